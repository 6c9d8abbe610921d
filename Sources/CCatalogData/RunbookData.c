#include "RunbookData.h"

// The assembler takes the file in; asking for it here makes the compiler note that this object depends on it.
#if !__has_include("runbooks.yaml")
#error "runbooks.yaml is missing from Sources/CCatalogData/include"
#endif

__asm__(".section .rodata\n"
        ".balign 16\n"
        "runbook_catalog_begin:\n"
        ".incbin \"runbooks.yaml\"\n"
        "runbook_catalog_end:\n"
        ".byte 0\n"
        ".previous\n");

extern const uint8_t runbook_catalog_begin[];
extern const uint8_t runbook_catalog_end[];

const uint8_t *runbook_catalog_bytes(void) { return runbook_catalog_begin; }

size_t runbook_catalog_size(void) { return (size_t)(runbook_catalog_end - runbook_catalog_begin); }
