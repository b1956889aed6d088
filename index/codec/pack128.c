/* 128 numbers into four lanes (kernels_scalar.c unpacks them). Only writers
 * come here: one loop for all widths is fast enough. */
#include "index/codec/kernels.h"
#include "index/codec/lanes.h"

static void store_bytes(uint8_t *at, lanes four)
{
    for (unsigned lane = 0; lane < 4; lane++)
        store_u32(at + 4 * lane, four[lane]);
}

void pack128(uint8_t *packed, const uint32_t *numbers, unsigned width)
{
    lanes word = lanes_of(0);
    unsigned filled = 0; /* bits of `word` */
    for (size_t i = 0; i < 128 && width; i += 4) {
        const lanes four = lanes_load(numbers + i);
        word |= four << filled;
        filled += width;
        if (filled < 32)
            continue;
        store_bytes(packed, word);
        packed += 16;
        filled -= 32;
        word = filled ? four >> (width - filled) : lanes_of(0);
    }
}
