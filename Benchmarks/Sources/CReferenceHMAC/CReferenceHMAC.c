#include "CReferenceHMAC.h"

#include <string.h>

static const uint32_t initial_state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                          0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

static inline uint32_t rotate_right(uint32_t x, unsigned n) { return x >> n | x << (32 - n); }

static inline uint32_t load_word(const uint8_t *p) {
  return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static inline void store_word(uint8_t *p, uint32_t x) {
  p[0] = x >> 24, p[1] = x >> 16, p[2] = x >> 8, p[3] = x;
}

#define BIG0(x) (rotate_right(x, 2) ^ rotate_right(x, 13) ^ rotate_right(x, 22))
#define BIG1(x) (rotate_right(x, 6) ^ rotate_right(x, 11) ^ rotate_right(x, 25))
#define SMALL0(x) (rotate_right(x, 7) ^ rotate_right(x, 18) ^ (x) >> 3)
#define SMALL1(x) (rotate_right(x, 17) ^ rotate_right(x, 19) ^ (x) >> 10)

#define ROUND(a, b, c, d, e, f, g, h, k, w)                                    \
  do {                                                                         \
    uint32_t t1 = h + BIG1(e) + (g ^ (e & (f ^ g))) + (k) + (w);               \
    d += t1;                                                                   \
    h = t1 + BIG0(a) + ((a & b) | (c & (a | b)));                              \
  } while (0)

#define RENEW(i)                                                               \
  (w[(i) & 15] += SMALL1(w[((i) + 14) & 15]) + w[((i) + 9) & 15] +             \
                  SMALL0(w[((i) + 1) & 15]))

#define EIGHT(i, W, k0, k1, k2, k3, k4, k5, k6, k7)                            \
  ROUND(a, b, c, d, e, f, g, h, k0, W(i));                                     \
  ROUND(h, a, b, c, d, e, f, g, k1, W(i + 1));                                 \
  ROUND(g, h, a, b, c, d, e, f, k2, W(i + 2));                                 \
  ROUND(f, g, h, a, b, c, d, e, k3, W(i + 3));                                 \
  ROUND(e, f, g, h, a, b, c, d, k4, W(i + 4));                                 \
  ROUND(d, e, f, g, h, a, b, c, k5, W(i + 5));                                 \
  ROUND(c, d, e, f, g, h, a, b, k6, W(i + 6));                                 \
  ROUND(b, c, d, e, f, g, h, a, k7, W(i + 7))

#define LOAD(i) (w[i] = load_word(block + 4 * (i)))

static void compress(uint32_t state[8], const uint8_t *block) {
  uint32_t w[16];
  uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
  uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
  EIGHT(0, LOAD, 0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1,
        0x923f82a4, 0xab1c5ed5);
  EIGHT(8, LOAD, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
        0x9bdc06a7, 0xc19bf174);
  EIGHT(16, RENEW, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
        0x5cb0a9dc, 0x76f988da);
  EIGHT(24, RENEW, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
        0x06ca6351, 0x14292967);
  EIGHT(32, RENEW, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb,
        0x81c2c92e, 0x92722c85);
  EIGHT(40, RENEW, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624,
        0xf40e3585, 0x106aa070);
  EIGHT(48, RENEW, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
        0x5b9cca4f, 0x682e6ff3);
  EIGHT(56, RENEW, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb,
        0xbef9a3f7, 0xc67178f2);
  state[0] += a, state[1] += b, state[2] += c, state[3] += d;
  state[4] += e, state[5] += f, state[6] += g, state[7] += h;
}

// Absorbs the rest of a message whose first block was a pad, with the padding of FIPS 180-4 §5.1.1.
static void finish(uint32_t state[8], const uint8_t *message, size_t count) {
  uint64_t bit_count = ((uint64_t)count + 64) * 8;
  for (; count >= 64; message += 64, count -= 64) compress(state, message);
  uint8_t last[128] = {0};
  memcpy(last, message, count);
  last[count] = 0x80;
  size_t end = count + 9 <= 64 ? 64 : 128;
  store_word(last + end - 8, bit_count >> 32);
  store_word(last + end - 4, (uint32_t)bit_count);
  compress(state, last);
  if (end == 128) compress(state, last + 64);
}

static void absorb_pad(uint32_t state[8], const uint8_t *secret, size_t count, uint8_t pad) {
  uint8_t block[64];
  memset(block, pad, sizeof block);
  for (size_t i = 0; i < count; i++) block[i] ^= secret[i];
  memcpy(state, initial_state, sizeof initial_state);
  compress(state, block);
}

void reference_hmac_init(reference_hmac_key *key, const uint8_t *secret, size_t count) {
  absorb_pad(key->inner, secret, count, 0x36);
  absorb_pad(key->outer, secret, count, 0x5c);
}

void reference_hmac(
    const reference_hmac_key *key, const uint8_t *message, size_t count, uint8_t code[32]) {
  uint32_t inner[8], outer[8];
  memcpy(inner, key->inner, sizeof inner);
  memcpy(outer, key->outer, sizeof outer);
  finish(inner, message, count);
  uint8_t digest[32];
  for (int i = 0; i < 8; i++) store_word(digest + 4 * i, inner[i]);
  finish(outer, digest, sizeof digest);
  for (int i = 0; i < 8; i++) store_word(code + 4 * i, outer[i]);
}
