// SHA-1 and SHA-256 of short messages, by the SHA extensions of x86-64 where the processor has them (Intel 64 and IA-32 Architectures
// Software Developer's Manual, volume 2, SHA1RNDS4 to SHA256RNDS2), else as FIPS 180-4 spells them out. A replay of a boot log is tens of
// thousands of digests of one or two blocks, for which the context that a library sets up, copies and wipes costs more than the digest; and
// a build that names the digests of its outputs needs no library.

#include "CDigest.h"

#include <stdatomic.h>
#include <string.h>

static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t word_at(const uint8_t *p) {
  return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | (uint32_t)p[3];
}

static uint32_t left(uint32_t word, unsigned count) { return word << count | word >> (32 - count); }

static uint32_t right(uint32_t word, unsigned count) { return word >> count | word << (32 - count); }

// FIPS 180-4, 6.1.2.
static void sha1_blocks(uint32_t state[5], const uint8_t *p, size_t blocks) {
  static const uint32_t k[4] = {0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6};
  for (; blocks > 0; blocks--, p += 64) {
    uint32_t w[80];
    for (int i = 0; i < 16; i++) w[i] = word_at(p + i * 4);
    for (int i = 16; i < 80; i++) w[i] = left(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
    for (int i = 0; i < 80; i++) {
      const uint32_t f = i < 20 ? (b & c) | (~b & d) : i < 40 || i >= 60 ? b ^ c ^ d : (b & c) | (b & d) | (c & d);
      const uint32_t next = left(a, 5) + f + e + k[i / 20] + w[i];
      e = d, d = c, c = left(b, 30), b = a, a = next;
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d, state[4] += e;
  }
}

// FIPS 180-4, 6.2.2.
static void sha256_blocks(uint32_t state[8], const uint8_t *p, size_t blocks) {
  for (; blocks > 0; blocks--, p += 64) {
    uint32_t w[64], v[8];
    for (int i = 0; i < 16; i++) w[i] = word_at(p + i * 4);
    for (int i = 16; i < 64; i++) {
      const uint32_t s0 = right(w[i - 15], 7) ^ right(w[i - 15], 18) ^ w[i - 15] >> 3;
      const uint32_t s1 = right(w[i - 2], 17) ^ right(w[i - 2], 19) ^ w[i - 2] >> 10;
      w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    memcpy(v, state, sizeof v);
    for (int i = 0; i < 64; i++) {
      const uint32_t s1 = right(v[4], 6) ^ right(v[4], 11) ^ right(v[4], 25);
      const uint32_t t1 = v[7] + s1 + ((v[4] & v[5]) ^ (~v[4] & v[6])) + constants[i] + w[i];
      const uint32_t s0 = right(v[0], 2) ^ right(v[0], 13) ^ right(v[0], 22);
      const uint32_t t2 = s0 + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
      memmove(v + 1, v, 7 * sizeof v[0]);
      v[4] += t1;
      v[0] = t1 + t2;
    }
    for (int i = 0; i < 8; i++) state[i] += v[i];
  }
}

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

#define SHA_INSTRUCTIONS __attribute__((target("sha,sse4.1,ssse3")))
#define UNROLLED _Pragma("clang loop unroll(full)")

static bool has_instructions(void) {
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return false;
  const unsigned ssse3_and_sse41 = 1u << 9 | 1u << 19;
  if ((c & ssse3_and_sse41) != ssse3_and_sse41) return false;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & 1u << 29);
}

// Group `i` of four words of a block's schedule, of which `w` keeps the last four groups.
#define LOADED(p, i, order) _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(p) + (i)), order)

SHA_INSTRUCTIONS static void sha1_blocks_by_instructions(uint32_t state[5], const uint8_t *p, size_t blocks) {
  const __m128i order = _mm_set_epi64x(0x0001020304050607, 0x08090a0b0c0d0e0f);
  __m128i abcd = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0x1B);
  __m128i e = _mm_set_epi32((int)state[4], 0, 0, 0);
  for (; blocks > 0; blocks--, p += 64) {
    const __m128i saved = abcd, saved_e = e;
    __m128i w[4], before = abcd;
// Four rounds with the function and constant that go with `kind`.
#define ROUNDS(i, kind)                                                                             \
  {                                                                                                 \
    __m128i m = (i) < 4 ? LOADED(p, (i) & 3, order)                                                 \
                        : _mm_sha1msg2_epu32(                                                       \
                              _mm_xor_si128(                                                        \
                                  _mm_sha1msg1_epu32(w[(i) & 3], w[((i) + 1) & 3]), w[((i) + 2) & 3]), \
                              w[((i) + 3) & 3]);                                                    \
    w[(i) & 3] = m;                                                                                 \
    const __m128i added = (i) == 0 ? _mm_add_epi32(e, m) : _mm_sha1nexte_epu32(before, m);          \
    before = abcd;                                                                                  \
    abcd = _mm_sha1rnds4_epu32(abcd, added, kind);                                                  \
  }
    UNROLLED for (int i = 0; i < 5; i++) ROUNDS(i, 0)
    UNROLLED for (int i = 5; i < 10; i++) ROUNDS(i, 1)
    UNROLLED for (int i = 10; i < 15; i++) ROUNDS(i, 2)
    UNROLLED for (int i = 15; i < 20; i++) ROUNDS(i, 3)
#undef ROUNDS
    e = _mm_sha1nexte_epu32(before, saved_e);
    abcd = _mm_add_epi32(abcd, saved);
  }
  _mm_storeu_si128((__m128i *)state, _mm_shuffle_epi32(abcd, 0x1B));
  state[4] = (uint32_t)_mm_extract_epi32(e, 3);
}

SHA_INSTRUCTIONS static void sha256_blocks_by_instructions(uint32_t state[8], const uint8_t *p, size_t blocks) {
  const __m128i order = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  // The instructions keep the state as the words A B E F and C D G H, the first in the highest place.
  const __m128i cdab = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0xB1);
  const __m128i efgh = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state + 1), 0x1B);
  __m128i abef = _mm_alignr_epi8(cdab, efgh, 8), cdgh = _mm_blend_epi16(efgh, cdab, 0xF0);
  for (; blocks > 0; blocks--, p += 64) {
    const __m128i saved_abef = abef, saved_cdgh = cdgh;
    __m128i w[4];
    UNROLLED for (int i = 0; i < 16; i++) {
      const __m128i m = i < 4 ? LOADED(p, i & 3, order)
                              : _mm_sha256msg2_epu32(
                                    _mm_add_epi32(
                                        _mm_sha256msg1_epu32(w[i & 3], w[(i + 1) & 3]),
                                        _mm_alignr_epi8(w[(i + 3) & 3], w[(i + 2) & 3], 4)),
                                    w[(i + 3) & 3]);
      w[i & 3] = m;
      const __m128i added = _mm_add_epi32(m, _mm_loadu_si128((const __m128i *)constants + i));
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, added);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(added, 0x0E));
    }
    abef = _mm_add_epi32(abef, saved_abef);
    cdgh = _mm_add_epi32(cdgh, saved_cdgh);
  }
  const __m128i feba = _mm_shuffle_epi32(abef, 0x1B), dchg = _mm_shuffle_epi32(cdgh, 0xB1);
  _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(feba, dchg, 0xF0));
  _mm_storeu_si128((__m128i *)state + 1, _mm_alignr_epi8(dchg, feba, 8));
}

#else

static bool has_instructions(void) { return false; }
#define sha1_blocks_by_instructions sha1_blocks
#define sha256_blocks_by_instructions sha256_blocks

#endif

bool cdigest_has_instructions(void) {
  // Whoever comes first asks the processor; it gives the same answer to all.
  static _Atomic int answer = 0;
  int known = atomic_load_explicit(&answer, memory_order_relaxed);
  if (known == 0) {
    known = has_instructions() ? 1 : 2;
    atomic_store_explicit(&answer, known, memory_order_relaxed);
  }
  return known == 1;
}

static void store_word(uint8_t *p, uint32_t word) {
  for (int i = 0; i < 4; i++) p[i] = (uint8_t)(word >> (24 - 8 * i));
}

// The end of a message of `count` bytes, which ends at `end`: what is behind its whole blocks, a bit, zeros, the length in bits. The number of
// blocks that it takes.
static size_t padded(uint8_t last[128], const uint8_t *end, uint64_t count) {
  const size_t rest = count % 64, blocks = rest < 56 ? 1 : 2;
  memset(last, 0, 128);
  if (rest > 0) memcpy(last, end - rest, rest);
  last[rest] = 0x80;
  const uint64_t bits = count * 8;
  store_word(last + blocks * 64 - 8, (uint32_t)(bits >> 32));
  store_word(last + blocks * 64 - 4, (uint32_t)bits);
  return blocks;
}

static void store(uint8_t *digest, const uint32_t *state, size_t words) {
  for (size_t i = 0; i < words; i++) store_word(digest + i * 4, state[i]);
}

static void sha1(
    const uint8_t *bytes, size_t count, uint8_t *digest, void (*blocks)(uint32_t[5], const uint8_t *, size_t)) {
  uint32_t state[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
  uint8_t last[128];
  const size_t ending = padded(last, count > 0 ? bytes + count : bytes, count);
  blocks(state, bytes, count / 64);
  blocks(state, last, ending);
  store(digest, state, 5);
}

static void sha256(
    const uint8_t *bytes, size_t count, uint8_t *digest, void (*blocks)(uint32_t[8], const uint8_t *, size_t)) {
  uint32_t state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                       0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  uint8_t last[128];
  const size_t ending = padded(last, count > 0 ? bytes + count : bytes, count);
  blocks(state, bytes, count / 64);
  blocks(state, last, ending);
  store(digest, state, 8);
}

void cdigest_sha1(const uint8_t *bytes, size_t count, uint8_t *digest) {
  sha1(bytes, count, digest, cdigest_has_instructions() ? sha1_blocks_by_instructions : sha1_blocks);
}

void cdigest_sha256(const uint8_t *bytes, size_t count, uint8_t *digest) {
  sha256(bytes, count, digest, cdigest_has_instructions() ? sha256_blocks_by_instructions : sha256_blocks);
}

void cdigest_portable_sha1(const uint8_t *bytes, size_t count, uint8_t *digest) {
  sha1(bytes, count, digest, sha1_blocks);
}

void cdigest_portable_sha256(const uint8_t *bytes, size_t count, uint8_t *digest) {
  sha256(bytes, count, digest, sha256_blocks);
}

void cdigest_sha256_start(struct cdigest_sha256_stream *stream) {
  static const uint32_t start[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  memset(stream, 0, sizeof *stream);
  memcpy(stream->state, start, sizeof start);
}

static void take(struct cdigest_sha256_stream *stream, const uint8_t *p, size_t blocks) {
  if (cdigest_has_instructions()) sha256_blocks_by_instructions(stream->state, p, blocks);
  else sha256_blocks(stream->state, p, blocks);
}

void cdigest_sha256_update(struct cdigest_sha256_stream *stream, const uint8_t *bytes, size_t count) {
  const size_t held = stream->count % 64;
  stream->count += count;
  if (held > 0) {
    const size_t missing = 64 - held, taken = count < missing ? count : missing;
    if (taken > 0) memcpy(stream->rest + held, bytes, taken);
    if (taken < missing) return;
    take(stream, stream->rest, 1);
    bytes += taken;
    count -= taken;
  }
  if (count == 0) return;
  take(stream, bytes, count / 64);
  memcpy(stream->rest, bytes + count / 64 * 64, count % 64);
}

void cdigest_sha256_finish(struct cdigest_sha256_stream *stream, uint8_t *digest) {
  uint8_t last[128];
  take(stream, last, padded(last, stream->rest + stream->count % 64, stream->count));
  store(digest, stream->state, 8);
}
