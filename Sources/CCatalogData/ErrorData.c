#include "ErrorData.h"

// The assembler takes the file in; asking for it here makes the compiler note that this object depends on them.
#if !__has_include("error-names.txt")
#error "error-names.txt is missing from Sources/CCatalogData/include"
#endif

__asm__(".section .rodata\n"
        ".balign 16\n"
        "error_names_begin:\n"
        ".incbin \"error-names.txt\"\n"
        "error_names_end:\n"
        ".byte 0\n"
        ".previous\n");

extern const uint8_t error_names_begin[];
extern const uint8_t error_names_end[];

const uint8_t *error_names_bytes(void) { return error_names_begin; }

size_t error_names_size(void) { return (size_t)(error_names_end - error_names_begin); }
