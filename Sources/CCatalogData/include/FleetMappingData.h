#pragma once
#include <stddef.h>
#include <stdint.h>

/// The bytes of fleet-mapping-policyc.yaml, which are part of the program.
const uint8_t *_Nonnull fleet_mapping_policyc_bytes(void);

/// How many bytes fleet-mapping-policyc.yaml has.
size_t fleet_mapping_policyc_size(void);

/// The bytes of fleet-mapping-intune.yaml, which are part of the program.
const uint8_t *_Nonnull fleet_mapping_intune_bytes(void);

/// How many bytes fleet-mapping-intune.yaml has.
size_t fleet_mapping_intune_size(void);

/// The bytes of fleet-mapping-osquery.yaml, which are part of the program.
const uint8_t *_Nonnull fleet_mapping_osquery_bytes(void);

/// How many bytes fleet-mapping-osquery.yaml has.
size_t fleet_mapping_osquery_size(void);
