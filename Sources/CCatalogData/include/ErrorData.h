#pragma once
#include <stddef.h>
#include <stdint.h>

/// The bytes of errors.yaml, which are part of the program.
const uint8_t *_Nonnull error_catalog_bytes(void);

/// How many bytes errors.yaml has.
size_t error_catalog_size(void);

/// The bytes of error-names.txt, which are part of the program: lines of eight hexadecimal digits, a blank and a name.
const uint8_t *_Nonnull error_names_bytes(void);

/// How many bytes error-names.txt has.
size_t error_names_size(void);
