#pragma once
#include <stddef.h>
#include <stdint.h>

/// The bytes of facts.yaml, which are part of the program.
const uint8_t *_Nonnull fact_catalog_bytes(void);

/// How many bytes facts.yaml has.
size_t fact_catalog_size(void);
