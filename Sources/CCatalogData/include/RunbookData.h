#pragma once
#include <stddef.h>
#include <stdint.h>

/// The bytes of runbooks.yaml, which are part of the program.
const uint8_t *_Nonnull runbook_catalog_bytes(void);

/// How many bytes runbooks.yaml has.
size_t runbook_catalog_size(void);
