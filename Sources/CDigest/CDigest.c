// SHA-1 and SHA-256 of short messages by the SHA extensions of x86-64 (Intel 64 and IA-32 Architectures Software Developer's Manual,
// volume 2, SHA1RNDS4 to SHA256RNDS2). A replay of a boot log is tens of thousands of digests of one or two blocks, for which the context
// that a library sets up, copies and wipes costs more than the digest.

#include "CDigest.h"

#include <string.h>

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

#define SHA_INSTRUCTIONS __attribute__((target("sha,sse4.1,ssse3")))
#define UNROLLED _Pragma("clang loop unroll(full)")

bool cdigest_is_supported(void) {
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return false;
  const unsigned ssse3_and_sse41 = 1u << 9 | 1u << 19;
  if ((c & ssse3_and_sse41) != ssse3_and_sse41) return false;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & 1u << 29);
}

// Group `i` of four words of a block's schedule, of which `w` keeps the last four groups.
#define LOADED(p, i, order) _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(p) + (i)), order)

SHA_INSTRUCTIONS static void sha1_blocks(uint32_t state[5], const uint8_t *p, size_t blocks) {
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

SHA_INSTRUCTIONS static void sha256_blocks(uint32_t state[8], const uint8_t *p, size_t blocks) {
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

// The end of a message behind its whole blocks: what is left, a bit, zeros, the length in bits. The number of blocks that it takes.
static size_t padded(uint8_t last[128], const uint8_t *bytes, size_t count) {
  const size_t left = count % 64, blocks = left < 56 ? 1 : 2;
  memset(last, 0, 128);
  if (left > 0) memcpy(last, bytes + count - left, left);
  last[left] = 0x80;
  const uint64_t bits = __builtin_bswap64((uint64_t)count * 8);
  memcpy(last + blocks * 64 - 8, &bits, 8);
  return blocks;
}

static void store(uint8_t *digest, const uint32_t *state, size_t words) {
  for (size_t i = 0; i < words; i++) {
    const uint32_t word = __builtin_bswap32(state[i]);
    memcpy(digest + i * 4, &word, 4);
  }
}

void cdigest_sha1(const uint8_t *bytes, size_t count, uint8_t digest[20]) {
  uint32_t state[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
  uint8_t last[128];
  const size_t blocks = padded(last, bytes, count);
  sha1_blocks(state, bytes, count / 64);
  sha1_blocks(state, last, blocks);
  store(digest, state, 5);
}

void cdigest_sha256(const uint8_t *bytes, size_t count, uint8_t digest[32]) {
  uint32_t state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                       0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  uint8_t last[128];
  const size_t blocks = padded(last, bytes, count);
  sha256_blocks(state, bytes, count / 64);
  sha256_blocks(state, last, blocks);
  store(digest, state, 8);
}

#else

bool cdigest_is_supported(void) { return false; }
void cdigest_sha1(const uint8_t *bytes, size_t count, uint8_t digest[20]) { __builtin_trap(); }
void cdigest_sha256(const uint8_t *bytes, size_t count, uint8_t digest[32]) { __builtin_trap(); }

#endif
