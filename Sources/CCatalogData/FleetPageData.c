#include "FleetPageData.h"

// The assembler takes the files in; asking for them here makes the compiler note that this object depends on them.
#if !__has_include("fleet-page.css")
#error "fleet-page.css is missing from Sources/CCatalogData/include"
#endif
#if !__has_include("fleet-page.js")
#error "fleet-page.js is missing from Sources/CCatalogData/include"
#endif

__asm__(".section .rodata\n"
        ".balign 16\n"
        "fleet_page_style_begin:\n"
        ".incbin \"fleet-page.css\"\n"
        "fleet_page_style_end:\n"
        ".byte 0\n"
        "fleet_page_script_begin:\n"
        ".incbin \"fleet-page.js\"\n"
        "fleet_page_script_end:\n"
        ".byte 0\n"
        ".previous\n");

extern const uint8_t fleet_page_style_begin[];
extern const uint8_t fleet_page_style_end[];
extern const uint8_t fleet_page_script_begin[];
extern const uint8_t fleet_page_script_end[];

const uint8_t *fleet_page_style_bytes(void) { return fleet_page_style_begin; }

size_t fleet_page_style_size(void) { return (size_t)(fleet_page_style_end - fleet_page_style_begin); }

const uint8_t *fleet_page_script_bytes(void) { return fleet_page_script_begin; }

size_t fleet_page_script_size(void) { return (size_t)(fleet_page_script_end - fleet_page_script_begin); }
