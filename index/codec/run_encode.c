/* The choice of a run's form, by size. */
#include "index/codec/run.h"

#include <string.h>

#include "index/codec/bits.h"
#include "index/codec/kernels.h"
#include "index/codec/vbyte.h"

enum { MOST_LOW = RUN_SPLIT_LAST - RUN_SPLIT };

static unsigned bits_of(uint64_t number)
{
    return 63 - (unsigned)__builtin_clzll(number << 1 | 1);
}

/* ------------------------------------------------------------------- splitting */

/* What is above `low` bits, added up. */
static uint64_t sum_above(const uint32_t *numbers, size_t n, unsigned low)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += numbers[i] >> low;
    return sum;
}

/* Bytes of a run with so many low bits apart; SIZE_MAX: what readers need not take, as the numbers might be too large. */
static size_t split_size(const uint32_t *numbers, size_t n, unsigned low)
{
    const uint64_t bits = n + sum_above(numbers, n, low);
    if (bits > 8 * RUN_MAX_BYTES || (bits << low) + n > UINT32_MAX)
        return SIZE_MAX;
    return 1 + (size_t)bits_size(n, low) + (size_t)(bits + 7) / 8;
}

/* The best number of low bits is one of those near the mean's; of equally good ones the fewest. */
static unsigned choose_low(size_t *size, const uint32_t *numbers, size_t n, uint64_t sum)
{
    const unsigned mean = bits_of(sum / n);
    unsigned best = 0;
    *size = SIZE_MAX;
    for (unsigned low = mean < 2 ? 0 : mean - 2; low <= mean && low <= MOST_LOW; low++) {
        const size_t bytes = split_size(numbers, n, low);
        best = bytes < *size ? low : best;
        *size = bytes < *size ? bytes : *size;
    }
    return best;
}

/* -------------------------------------------------------------------- writing */

static void pack_short(uint8_t *out, const uint32_t *numbers, size_t n, unsigned width)
{
    uint64_t word = 0;
    unsigned filled = 0; /* bits of `word` not written yet */
    for (size_t i = 0; i < n; i++) {
        word |= (uint64_t)numbers[i] << filled;
        filled += width;
        if (filled < 32)
            continue;
        store_u32(out, (uint32_t)word);
        out += 4;
        word >>= 32;
        filled -= 32;
    }
    for (; filled; filled -= filled < 8 ? filled : 8) {
        *out++ = (uint8_t)word;
        word >>= 8;
    }
}

static uint8_t *put_packed(uint8_t *out, const uint32_t *numbers, size_t n, unsigned width)
{
    if (n == RUN_LENGTH)
        pack128(out, numbers, width);
    else
        pack_short(out, numbers, n, width);
    return out + bits_size(n, width);
}

/* `size`: of the whole run. */
static void put_split(uint8_t *out, const uint32_t *numbers, size_t n, unsigned low, size_t size)
{
    uint32_t lows[RUN_LENGTH] = {0};
    for (size_t i = 0; i < n; i++)
        lows[i] = numbers[i] & ((UINT32_C(1) << low) - 1);
    uint8_t *const unary = put_packed(out + 1, lows, n, low);
    memset(unary, 0, (size_t)(out + size - unary));
    size_t bit = 0;
    for (size_t i = 0; i < n; i++, bit++) {
        bit += numbers[i] >> low;
        unary[bit / 8] |= (uint8_t)(1U << bit % 8);
    }
}

size_t run_encode(uint8_t *out, const uint32_t *numbers, size_t n, size_t gain)
{
    uint32_t differing = 0, all = 0;
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        differing |= numbers[i] ^ numbers[0];
        all |= numbers[i];
        sum += numbers[i];
    }
    const unsigned width = bits_of(all);
    const size_t packed = 1 + (size_t)bits_size(n, width);
    if (!differing && 1 + vbyte_size(numbers[0]) <= packed) {
        *out = RUN_ALL_EQUAL;
        return 1 + vbyte_put(out + 1, numbers[0]);
    }
    size_t split;
    const unsigned low = choose_low(&split, numbers, n, sum);
    if (split > packed - (gain < packed ? gain : packed)) {
        *out = (uint8_t)width;
        put_packed(out + 1, numbers, n, width);
        return packed;
    }
    *out = (uint8_t)(RUN_SPLIT + low);
    put_split(out, numbers, n, low, split);
    return split;
}
