#ifndef POLICYC_CDIGEST_H
#define POLICYC_CDIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Whether this processor has instructions for SHA-1 and SHA-256. Without them the functions below must not be called.
bool cdigest_is_supported(void);

/// The SHA-1 digest of some bytes (FIPS 180-4). The digest may be written over the bytes.
void cdigest_sha1(const uint8_t *bytes, size_t count, uint8_t digest[20]);

/// The SHA-256 digest of some bytes (FIPS 180-4). The digest may be written over the bytes.
void cdigest_sha256(const uint8_t *bytes, size_t count, uint8_t digest[32]);

#endif
