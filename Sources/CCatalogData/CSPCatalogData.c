#include "CSPCatalogData.h"

// The assembler takes the file in; asking for it here makes the compiler note that this object depends on it.
#if !__has_include("csp-catalog.txt")
#error "csp-catalog.txt is missing from Sources/CCatalogData/include"
#endif

__asm__(".section .rodata\n"
        ".balign 16\n"
        "csp_catalog_begin:\n"
        ".incbin \"csp-catalog.txt\"\n"
        "csp_catalog_end:\n"
        ".byte 0\n"
        ".previous\n");

extern const uint8_t csp_catalog_begin[];
extern const uint8_t csp_catalog_end[];

const uint8_t *csp_catalog_bytes(void) { return csp_catalog_begin; }

size_t csp_catalog_size(void) { return (size_t)(csp_catalog_end - csp_catalog_begin); }
