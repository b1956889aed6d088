#include "index/codec/bits.h"

void bits_put(uint8_t *bytes, uint64_t index, unsigned width, uint64_t value)
{
    const uint64_t bit = index * width;
    uint8_t *at = bytes + bit / 8;
    const unsigned shift = (unsigned)(bit % 8);
    value <<= shift; /* at most 57 + 7 bits */
    for (unsigned left = width + shift; left; left -= left < 8 ? left : 8) {
        *at++ |= (uint8_t)value;
        value >>= 8;
    }
}
