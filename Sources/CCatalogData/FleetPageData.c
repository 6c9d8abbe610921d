#include "FleetPageData.h"

// The assembler takes the files in; asking for them here makes the compiler note that this object depends on them.
#if !__has_include("fleet-page-texts.js") || \
    !__has_include("fleet-page-devices.js") || \
    !__has_include("fleet-page-filters.js") || \
    !__has_include("fleet-page-search.js") || \
    !__has_include("fleet-page-order.js") || \
    !__has_include("fleet-page-table.js") || \
    !__has_include("fleet-page-charts.js") || \
    !__has_include("fleet-page-device.js") || \
    !__has_include("fleet-page-start.js") || \
    !__has_include("fleet-page-style.css")
#error "a part of the page is missing from Sources/CCatalogData/include"
#endif

__asm__(".section .rodata\n"
        ".balign 16\n"
        "fleet_page_style_begin:\n"
        ".incbin \"fleet-page-style.css\"\n"
        "fleet_page_style_end:\n"
        ".byte 0\n"
        "fleet_page_script_begin:\n"
        ".incbin \"fleet-page-texts.js\"\n"
        ".incbin \"fleet-page-devices.js\"\n"
        ".incbin \"fleet-page-filters.js\"\n"
        ".incbin \"fleet-page-search.js\"\n"
        ".incbin \"fleet-page-order.js\"\n"
        ".incbin \"fleet-page-table.js\"\n"
        ".incbin \"fleet-page-charts.js\"\n"
        ".incbin \"fleet-page-device.js\"\n"
        ".incbin \"fleet-page-start.js\"\n"
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
