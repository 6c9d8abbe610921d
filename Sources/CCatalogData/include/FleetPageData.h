#pragma once
#include <stddef.h>
#include <stdint.h>

/// The bytes of fleet-page-style.css, which are part of the program.
const uint8_t *_Nonnull fleet_page_style_bytes(void);

/// How many bytes fleet-page-style.css has.
size_t fleet_page_style_size(void);

/// The bytes of the scripts fleet-page-*.js one after another, which are part of the program.
const uint8_t *_Nonnull fleet_page_script_bytes(void);

/// How many bytes the scripts fleet-page-*.js have.
size_t fleet_page_script_size(void);
