#pragma once
#include <stddef.h>
#include <stdint.h>

/// The bytes of fleet-page.css, which are part of the program.
const uint8_t *_Nonnull fleet_page_style_bytes(void);

/// How many bytes fleet-page.css has.
size_t fleet_page_style_size(void);

/// The bytes of fleet-page.js, which are part of the program.
const uint8_t *_Nonnull fleet_page_script_bytes(void);

/// How many bytes fleet-page.js has.
size_t fleet_page_script_size(void);
