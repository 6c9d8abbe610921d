#pragma once
#include <stddef.h>
#include <stdint.h>

/// The bytes of error-names.txt, which are part of the program: lines of eight hexadecimal digits, a blank and a name.
const uint8_t *_Nonnull error_names_bytes(void);

/// How many bytes error-names.txt has.
size_t error_names_size(void);
