#pragma once
#include <stddef.h>
#include <stdint.h>

/// The bytes of csp-catalog.txt, which are part of the program.
const uint8_t *_Nonnull csp_catalog_bytes(void);

/// How many bytes csp-catalog.txt has.
size_t csp_catalog_size(void);
