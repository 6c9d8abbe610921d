#include "FirmwareData.h"

// The assembler takes the file in; asking for it here makes the compiler note that this object depends on it.
#if !__has_include("vulnerable-firmware.yaml")
#error "vulnerable-firmware.yaml is missing from Sources/CCatalogData/include"
#endif

__asm__(".section .rodata\n"
        ".balign 16\n"
        "vulnerable_firmware_begin:\n"
        ".incbin \"vulnerable-firmware.yaml\"\n"
        "vulnerable_firmware_end:\n"
        ".byte 0\n"
        ".previous\n");

extern const uint8_t vulnerable_firmware_begin[];
extern const uint8_t vulnerable_firmware_end[];

const uint8_t *vulnerable_firmware_bytes(void) { return vulnerable_firmware_begin; }

size_t vulnerable_firmware_size(void) { return (size_t)(vulnerable_firmware_end - vulnerable_firmware_begin); }
