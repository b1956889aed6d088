/* The choice of a run's form, by size: a histogram of the numbers' bit widths
 * gives the exact bytes of every patched width without trying any. */
#include "index/codec/run.h"

#include "index/codec/bits.h"
#include "index/codec/kernels.h"
#include "index/codec/vbyte.h"

enum { WIDEST = 32, MOST_PATCH_BYTES = 255 };

struct survey {
    uint8_t with_width[WIDEST + 1]; /* how many numbers need so many bits */
    unsigned widest;
    int all_equal;
};

static void survey(struct survey *survey, const uint32_t *numbers, size_t n)
{
    *survey = (struct survey){0};
    uint32_t differing = 0, all = 0;
    for (size_t i = 0; i < n; i++) {
        differing |= numbers[i] ^ numbers[0];
        all |= numbers[i];
        survey->with_width[bits_needed(numbers[i])]++;
    }
    survey->widest = bits_needed(all);
    survey->all_equal = !differing;
}

/* Bytes of the patches that width `width` leaves; more than fit: SIZE_MAX. */
static size_t patch_bytes(const struct survey *survey, unsigned width)
{
    size_t bytes = 0;
    for (unsigned needed = width + 1; needed <= survey->widest; needed++)
        bytes += survey->with_width[needed] * (1 + (needed - width + 6) / (size_t)7);
    return bytes <= MOST_PATCH_BYTES ? bytes : SIZE_MAX;
}

/* The width under `widest` whose patched form saves most over `unpatched`
 * bytes, and at least `gain`; else the widest itself. */
static unsigned choose_width(const struct survey *survey, size_t n, size_t unpatched, size_t gain)
{
    unsigned best = survey->widest;
    size_t best_bytes = unpatched < gain ? 0 : unpatched - gain + 1;
    for (unsigned width = survey->widest; width-- > 0;) {
        const size_t patches = patch_bytes(survey, width);
        if (patches >= best_bytes)
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
    uint32_t low[RUN_LENGTH] = {0};
    uint8_t *patch_length = out++;
    for (size_t i = 0; i < n; i++)
        low[i] = numbers[i] & mask;
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

size_t run_encode(uint8_t *out, const uint32_t *numbers, size_t n, size_t patch_gain)
{
    struct survey found;
    survey(&found, numbers, n);
    const size_t unpatched = bits_size(n, found.widest);
    uint8_t *at = out + 1;
    if (found.all_equal && vbyte_size(numbers[0]) <= unpatched) {
        *out = RUN_ALL_EQUAL;
        return 1 + vbyte_put(at, numbers[0]);
    }
    const unsigned width = choose_width(&found, n, unpatched, patch_gain);
    *out = (uint8_t)(width | (width < found.widest ? RUN_PATCHED : 0));
    if (width < found.widest)
        at = put_patched(at, numbers, n, width);
    else
        at = put_packed(at, numbers, n, width);
    return (size_t)(at - out);
}
