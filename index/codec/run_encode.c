/* The choice of a run's form, by size: counts of the numbers' bit widths give
 * the exact bytes of every patched width without trying any. */
#include "index/codec/run.h"

#include <string.h>

#include "index/codec/bits.h"
#include "index/codec/kernels.h"
#include "index/codec/vbyte.h"

enum { WIDEST = 32, MOST_PATCH_BYTES = 255, VBYTE_BITS = 7, SHARES = 4 };

struct survey {
    unsigned widest;
    uint8_t above[WIDEST + 1 + 4 * VBYTE_BITS]; /* how many numbers need more than so many bits */
};

static unsigned bits_of(uint32_t number)
{
    return 63 - (unsigned)__builtin_clzll((uint64_t)number << 1 | 1);
}

/* Neighbours tend to have the same width: they are counted in shares, so that
 * no count waits for the one before. */
static void count_widths(uint8_t counts[][SHARES], const uint32_t *numbers, size_t n)
{
    size_t i = 0;
    for (; i + SHARES <= n; i += SHARES)
        for (size_t share = 0; share < SHARES; share++)
            counts[bits_of(numbers[i + share])][share]++;
    for (; i < n; i++)
        counts[bits_of(numbers[i])][0]++;
}

static void survey(struct survey *survey, const uint32_t *numbers, size_t n, unsigned widest)
{
    uint8_t counts[WIDEST + 1][SHARES];
    memset(counts, 0, (widest + 1) * sizeof *counts);
    *survey = (struct survey){.widest = widest};
    count_widths(counts, numbers, n);
    for (unsigned width = widest; width > 0; width--) {
        const uint8_t *share = counts[width];
        survey->above[width - 1] = (uint8_t)(survey->above[width] + share[0] + share[1] + share[2] + share[3]);
    }
}

/* Bytes of the patches that width `width` leaves: an index each, and a byte for each seven bits above. */
static size_t patch_bytes(const struct survey *survey, unsigned width)
{
    const uint8_t *above = survey->above + width;
    return (size_t)2 * above[0] + above[VBYTE_BITS] + above[2 * VBYTE_BITS] + above[3 * VBYTE_BITS] + above[4 * VBYTE_BITS];
}

/* The width under `widest` whose patched form saves most over `unpatched`
 * bytes, and at least `gain`; else the widest itself. */
static unsigned choose_width(const struct survey *survey, size_t n, size_t unpatched, size_t gain)
{
    unsigned best = survey->widest;
    size_t best_bytes = unpatched < gain ? 0 : unpatched - gain + 1;
    for (unsigned width = survey->widest; width-- > 0;) {
        const size_t patches = patch_bytes(survey, width);
        if (patches > MOST_PATCH_BYTES || patches >= best_bytes)
            break; /* and narrower widths leave more */
        const size_t bytes = 1 + bits_size(n, width) + patches;
        if (bytes < best_bytes) {
            best_bytes = bytes;
            best = width;
        }
    }
    return best;
}

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

static uint8_t *put_patched(uint8_t *out, const uint32_t *numbers, size_t n, unsigned width)
{
    const uint32_t mask = (UINT32_C(1) << width) - 1; /* patches are left: width < 32 */
    uint32_t low[RUN_LENGTH];
    uint8_t *patch_length = out++;
    for (size_t i = 0; i < n; i++)
        low[i] = numbers[i] & mask;
    for (size_t i = n; i < RUN_LENGTH; i++)
        low[i] = 0;
    uint8_t *patches = put_packed(out, low, n, width);
    out = patches;
    for (size_t i = 0; i < n; i++) {
        if (numbers[i] == low[i])
            continue;
        *out++ = (uint8_t)i;
        out += vbyte_put(out, numbers[i] >> width);
    }
    *patch_length = (uint8_t)(out - patches);
    return out;
}

static uint8_t *put_smallest(uint8_t *out, const uint32_t *numbers, size_t n, unsigned widest, size_t patch_gain)
{
    struct survey found;
    survey(&found, numbers, n, widest);
    const unsigned width = choose_width(&found, n, bits_size(n, widest), patch_gain);
    *out++ = (uint8_t)(width | (width < widest ? RUN_PATCHED : 0));
    return width < widest ? put_patched(out, numbers, n, width) : put_packed(out, numbers, n, width);
}

size_t run_encode(uint8_t *out, const uint32_t *numbers, size_t n, size_t patch_gain)
{
    uint32_t differing = 0, all = 0;
    for (size_t i = 0; i < n; i++) {
        differing |= numbers[i] ^ numbers[0];
        all |= numbers[i];
    }
    const unsigned widest = bits_of(all);
    if (!differing && vbyte_size(numbers[0]) <= bits_size(n, widest)) {
        *out = RUN_ALL_EQUAL;
        return 1 + vbyte_put(out + 1, numbers[0]);
    }
    return (size_t)(put_smallest(out, numbers, n, widest, patch_gain) - out);
}
