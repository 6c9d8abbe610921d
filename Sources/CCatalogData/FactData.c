#include "FactData.h"

// The assembler takes the file in; asking for it here makes the compiler note that this object depends on it.
#if !__has_include("facts.yaml")
#error "facts.yaml is missing from Sources/CCatalogData/include"
#endif

__asm__(".section .rodata\n"
        ".balign 16\n"
        "fact_catalog_begin:\n"
        ".incbin \"facts.yaml\"\n"
        "fact_catalog_end:\n"
        ".byte 0\n"
        ".previous\n");

extern const uint8_t fact_catalog_begin[];
extern const uint8_t fact_catalog_end[];

const uint8_t *fact_catalog_bytes(void) { return fact_catalog_begin; }

size_t fact_catalog_size(void) { return (size_t)(fact_catalog_end - fact_catalog_begin); }
