/* Variable-length integers: seven bits a byte, low first, high bit on all but
 * the last. FORMAT.md, head. */
#ifndef INDEX_CODEC_VBYTE_H
#define INDEX_CODEC_VBYTE_H

#include <stddef.h>
#include <stdint.h>

enum { VBYTE_MAX = 10 };

/* -> bytes written, at most VBYTE_MAX */
size_t vbyte_put(uint8_t *out, uint64_t value);
size_t vbyte_size(uint64_t value);

/* Reads one from [*at, end) and moves *at behind it. -> 0, or -1 when it does
 * not end in time or is over 64 bits (*at unchanged). */
static inline int vbyte_get(uint64_t *value, const uint8_t **at, const uint8_t *end)
{
    const uint8_t *byte = *at;
    uint64_t sum = 0;
    for (unsigned shift = 0; byte < end && shift < 64; shift += 7) {
        const uint64_t bits = *byte & 0x7f;
        if (shift == 63 && bits > 1)
            return -1;
        sum |= bits << shift;
        if (*byte++ < 0x80) {
            *value = sum;
            *at = byte;
            return 0;
        }
    }
    return -1;
}

/* As vbyte_get, but the value must fit 32 bits. */
static inline int vbyte_get_u32(uint32_t *value, const uint8_t **at, const uint8_t *end)
{
    const uint8_t *start = *at;
    uint64_t wide;
    if (vbyte_get(&wide, at, end))
        return -1;
    if (wide > UINT32_MAX) {
        *at = start;
        return -1;
    }
    *value = (uint32_t)wide;
    return 0;
}

#endif
