#include "FleetMappingData.h"

// The assembler takes the files in; asking for them here makes the compiler note that this object depends on them.
#if !__has_include("fleet-mapping-policyc.yaml") || !__has_include("fleet-mapping-intune.yaml") || \
    !__has_include("fleet-mapping-osquery.yaml")
#error "a mapping is missing from Sources/CCatalogData/include"
#endif

#define EMBED(NAME)                                                                                   \
    __asm__(".section .rodata\n"                                                                      \
            ".balign 16\n"                                                                            \
            "fleet_mapping_" #NAME "_begin:\n"                                                        \
            ".incbin \"fleet-mapping-" #NAME ".yaml\"\n"                                             \
            "fleet_mapping_" #NAME "_end:\n"                                                          \
            ".byte 0\n"                                                                               \
            ".previous\n");                                                                           \
    extern const uint8_t fleet_mapping_##NAME##_begin[];                                              \
    extern const uint8_t fleet_mapping_##NAME##_end[];                                                \
    const uint8_t *fleet_mapping_##NAME##_bytes(void) { return fleet_mapping_##NAME##_begin; }        \
    size_t fleet_mapping_##NAME##_size(void)                                                          \
    {                                                                                                 \
        return (size_t)(fleet_mapping_##NAME##_end - fleet_mapping_##NAME##_begin);                   \
    }

EMBED(policyc)
EMBED(intune)
EMBED(osquery)
