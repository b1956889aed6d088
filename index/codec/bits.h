/* Arrays of w-bit numbers without gaps, low bit first: bits(w) of FORMAT.md. */
#ifndef INDEX_CODEC_BITS_H
#define INDEX_CODEC_BITS_H

#include <stddef.h>
#include <stdint.h>

#include "src/util/bytes.h"

enum { BITS_MAX_WIDTH = 57 }; /* what eight bytes hold wherever a number starts in the first */

/* Bytes of `count` numbers. */
static inline uint64_t bits_size(uint64_t count, unsigned width)
{
    return (count * width + 7) / 8;
}

/* Bits that `value` needs: 0 for 0. */
static inline unsigned bits_needed(uint64_t value)
{
    return value ? 64 - (unsigned)__builtin_clzll(value) : 0;
}

/* Number `index`, of at most BITS_MAX_WIDTH bits. Eight bytes are read from where
 * it starts, so that up to eight past the end must be readable. */
static inline uint64_t bits_get(const uint8_t *bytes, uint64_t index, unsigned width)
{
    const uint64_t bit = index * width;
    return load_u64(bytes + bit / 8) >> (bit % 8) & ((UINT64_C(1) << width) - 1);
}

/* Sets number `index` in bytes that are still zero there. */
void bits_put(uint8_t *bytes, uint64_t index, unsigned width, uint64_t value);

#endif
