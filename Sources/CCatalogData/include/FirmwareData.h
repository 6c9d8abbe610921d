#pragma once
#include <stddef.h>
#include <stdint.h>

/// The bytes of vulnerable-firmware.yaml, which are part of the program.
const uint8_t *_Nonnull vulnerable_firmware_bytes(void);

/// How many bytes vulnerable-firmware.yaml has.
size_t vulnerable_firmware_size(void);
