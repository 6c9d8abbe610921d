#ifndef POLICYC_CDIGEST_H
#define POLICYC_CDIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The SHA-1 digest of some bytes (FIPS 180-4). The digest may be written over the bytes.
void cdigest_sha1(const uint8_t *_Nullable bytes, size_t count, uint8_t *_Nonnull digest);

/// The SHA-256 digest of some bytes (FIPS 180-4). The digest may be written over the bytes.
void cdigest_sha256(const uint8_t *_Nullable bytes, size_t count, uint8_t *_Nonnull digest);

/// SHA-256 of a message that comes in pieces.
struct cdigest_sha256_stream {
  uint32_t state[8];
  uint8_t rest[64];
  uint64_t count;
};

/// Makes a stream one of no bytes yet.
void cdigest_sha256_start(struct cdigest_sha256_stream *_Nonnull stream);

/// Takes the next bytes.
void cdigest_sha256_update(
    struct cdigest_sha256_stream *_Nonnull stream, const uint8_t *_Nullable bytes, size_t count);

/// The digest of all bytes; the stream takes no more.
void cdigest_sha256_finish(struct cdigest_sha256_stream *_Nonnull stream, uint8_t *_Nonnull digest);

/// Whether this processor has instructions for SHA-1 and SHA-256, which are used then.
bool cdigest_has_instructions(void);

/// SHA-1 without such instructions.
void cdigest_portable_sha1(const uint8_t *_Nullable bytes, size_t count, uint8_t *_Nonnull digest);

/// SHA-256 without such instructions.
void cdigest_portable_sha256(const uint8_t *_Nullable bytes, size_t count, uint8_t *_Nonnull digest);

#endif
