// HMAC-SHA256 (RFC 2104, FIPS 180-4) in plain C, compiled by clang -O3: the same work.
//
// A reference for measurements only. Both pads are absorbed once per key, as in the
// library, and all 64 rounds are unrolled.

#ifndef C_REFERENCE_HMAC_H
#define C_REFERENCE_HMAC_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
  uint32_t inner[8];
  uint32_t outer[8];
} reference_hmac_key;

// Absorbs a key of at most 64 bytes.
void reference_hmac_init(reference_hmac_key *key, const uint8_t *secret, size_t count);

// Writes the 32 bytes of the code of `message`.
void reference_hmac(
    const reference_hmac_key *key, const uint8_t *message, size_t count, uint8_t code[32]);

#endif
