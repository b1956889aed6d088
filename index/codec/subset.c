#include "index/codec/subset.h"

#include "index/codec/bits.h"
#include "index/codec/kernels.h"
#include "src/util/bytes.h"

enum { WIDEST = 32 };

/* Buckets for the high parts of 2, 3, 4 numbers, as bits of a part: what the tables hold. */
static unsigned part_bits(uint32_t count)
{
    return count == 2 ? 5 : 4;
}

/* Low bits of each of several numbers. */
static unsigned low_bits(uint32_t bound, uint32_t count)
{
    if (count <= SUBSET_FEW) {
        const unsigned width = bits_needed(bound - 1), parts = part_bits(count);
        return width > parts ? width - parts : 0;
    }
    const unsigned low = bits_needed(bound) - bits_needed(count); /* the most with count << low <= bound */
    return low && (uint64_t)count << low > bound ? low - 1 : low;
}

/* How many multisets of `count` (1 to 4) parts below `buckets` there are. */
static uint32_t multisets(uint32_t buckets, uint32_t count)
{
    const uint32_t n = buckets;
    switch (count) {
    case 1:
        return n;
    case 2:
        return n * (n + 1) / 2;
    case 3:
        return n * (n + 1) * (n + 2) / 6;
    default:
        return n * (n + 1) * (n + 2) * (n + 3) / 24;
    }
}

uint64_t subset_bits(uint32_t bound, uint32_t count)
{
    if (bound == SUBSET_ANY)
        return (uint64_t)count * WIDEST;
    if (count > bound)
        return UINT64_MAX;
    if (count == 1)
        return bits_needed(bound - 1);
    const unsigned low = low_bits(bound, count);
    const uint32_t high = (bound - 1) >> low;
    if (count <= SUBSET_FEW)
        return bits_needed(multisets(high + 1, count) - 1) + (uint64_t)count * low;
    return (uint64_t)count * (low + 1) + high;
}

/* ------------------------------------------------------------------- tables */

void subset_tables_init(struct subset_tables *tables)
{
    uint16_t *pair = tables->parts2, *triple = tables->parts3, *four = tables->parts4;
    for (unsigned b = 0; b < 32; b++)
        for (unsigned a = 0; a <= b; a++)
            *pair++ = (uint16_t)(a | b << 8);
    for (unsigned c = 0; c < 16; c++)
        for (unsigned b = 0; b <= c; b++)
            for (unsigned a = 0; a <= b; a++)
                *triple++ = (uint16_t)(a | b << 5 | c << 10);
    for (unsigned d = 0; d < 16; d++)
        for (unsigned c = 0; c <= d; c++)
            for (unsigned b = 0; b <= c; b++)
                for (unsigned a = 0; a <= b; a++)
                    *four++ = (uint16_t)(a | b << 4 | c << 8 | d << 12);
}

/* ------------------------------------------------------------------ writing */

static void put(uint8_t *bytes, uint64_t at, uint64_t value)
{
    uint8_t *word = bytes + at / 8;
    store_u64(word, load_u64(word) | value << at % 8);
}

static void put_low(uint8_t *bytes, uint64_t at, unsigned low, const uint32_t *numbers, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++, at += low)
        put(bytes, at, numbers[i] & ((UINT64_C(1) << low) - 1));
}

/* Multisets with a smaller largest part come before, and so on with the others. */
static uint32_t multiset_number(const uint32_t *numbers, uint32_t count, unsigned low)
{
    uint32_t number = 0;
    for (uint32_t i = 0; i < count; i++)
        number += multisets(numbers[i] >> low, i + 1);
    return number;
}

void subset_put(uint8_t *bytes, uint64_t at, uint32_t bound, const uint32_t *numbers, uint32_t count)
{
    if (bound == SUBSET_ANY || count == 1) {
        for (uint32_t i = 0; i < count; i++, at += WIDEST)
            put(bytes, at, numbers[i]);
        return;
    }
    const unsigned low = low_bits(bound, count);
    if (count <= SUBSET_FEW) {
        const unsigned width = (unsigned)(subset_bits(bound, count) - (uint64_t)count * low);
        put(bytes, at, multiset_number(numbers, count, low));
        put_low(bytes, at + width, low, numbers, count);
        return;
    }
    put_low(bytes, at, low, numbers, count);
    at += (uint64_t)count * low;
    for (uint32_t i = 0; i < count; i++)
        put(bytes, at + i + (numbers[i] >> low), 1);
}

/* ------------------------------------------------------------------ reading */

static inline uint64_t get(const uint8_t *bytes, uint64_t at, unsigned width)
{
    return load_u64(bytes + at / 8) >> at % 8 & ((UINT64_C(1) << width) - 1);
}

static int get_any(uint32_t *numbers, uint32_t count, const uint8_t *bytes, uint64_t at)
{
    unsigned falls = 0;
    for (uint32_t i = 0; i < count; i++, at += WIDEST) {
        numbers[i] = (uint32_t)get(bytes, at, WIDEST);
        falls |= i && numbers[i] <= numbers[i - 1];
    }
    return falls || numbers[count - 1] == UINT32_MAX ? -1 : 0;
}

/* The number of a multiset of high parts, then low bits; inlined for each count. */
static inline int get_parts(uint32_t *numbers, const uint16_t *parts_of, uint32_t multisets_known, uint32_t bound,
                            uint32_t count, uint64_t bits, const uint8_t *bytes, uint64_t at)
{
    const unsigned low = low_bits(bound, count), part = 16 / count;
    const unsigned width = (unsigned)(bits - (uint64_t)count * low);
    const uint64_t number = get(bytes, at, width);
    if (number >= multisets_known)
        return -1;
    const uint32_t parts = parts_of[number];
    unsigned falls = 0;
    at += width;
    for (uint32_t i = 0; i < count; i++, at += low) {
        numbers[i] = (parts >> i * part & ((1U << part) - 1)) << low | (uint32_t)get(bytes, at, low);
        falls |= i && numbers[i] <= numbers[i - 1];
    }
    return falls || numbers[count - 1] >= bound ? -1 : 0;
}

static inline int get_few(uint32_t *numbers, const struct subset_tables *tables, uint32_t bound, uint32_t count,
                          uint64_t bits, const uint8_t *bytes, uint64_t at)
{
    if (count == 2)
        return get_parts(numbers, tables->parts2, sizeof tables->parts2 / 2, bound, 2, bits, bytes, at);
    if (count == 3)
        return get_parts(numbers, tables->parts3, sizeof tables->parts3 / 2, bound, 3, bits, bytes, at);
    return get_parts(numbers, tables->parts4, sizeof tables->parts4 / 2, bound, 4, bits, bytes, at);
}

static struct spread spread_of(uint32_t bound, uint32_t count, uint64_t bits, const uint8_t *bytes, uint64_t at)
{
    const unsigned low = low_bits(bound, count);
    return (struct spread){.bytes = bytes,
                           .at = at,
                           .high = at + (uint64_t)count * low,
                           .end = at + bits,
                           .bound = bound,
                           .count = count,
                           .low = low};
}

static int get_many(uint32_t *numbers, const struct spread *set)
{
    return kernels()->spread_read(numbers, set) || numbers[set->count - 1] >= set->bound ? -1 : 0;
}

int subset_get_several(uint32_t *numbers, const struct subset_tables *tables, uint32_t bound, uint32_t count,
                       uint64_t bits, const uint8_t *bytes, uint64_t at)
{
    if (bound == SUBSET_ANY)
        return get_any(numbers, count, bytes, at);
    if (count <= SUBSET_FEW)
        return get_few(numbers, tables, bound, count, bits, bytes, at);
    const struct spread set = spread_of(bound, count, bits, bytes, at);
    return get_many(numbers, &set);
}

/* ------------------------------------------------------------------ looking up */

static uint32_t keep_of_array(uint32_t *kept, uint32_t n, uint32_t shift, uint32_t most, const uint32_t *numbers,
                              uint32_t count)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < n && found < most; i++) {
        unsigned is_there = 0;
        for (uint32_t k = 0; k < count; k++)
            is_there |= numbers[k] == kept[i] + shift;
        kept[found] = kept[i];
        found += is_there;
    }
    return found;
}

static uint32_t keep_of_any(uint32_t *kept, uint32_t n, uint32_t shift, uint32_t most, uint32_t count,
                            const uint8_t *bytes, uint64_t at)
{
    const uint64_t end = at + (uint64_t)count * WIDEST;
    uint32_t found = 0;
    for (uint32_t i = 0; i < n && found < most; i++) {
        const uint64_t wanted = (uint64_t)kept[i] + shift;
        while (at < end && get(bytes, at, WIDEST) < wanted)
            at += WIDEST;
        kept[found] = kept[i];
        found += at < end && get(bytes, at, WIDEST) == wanted;
    }
    return found;
}

uint32_t subset_keep_several(uint32_t *kept, uint32_t n, uint32_t shift, uint32_t most,
                             const struct subset_tables *tables, uint32_t bound, uint32_t count, uint64_t bits,
                             const uint8_t *bytes, uint64_t at)
{
    uint32_t few[SUBSET_FEW] = {0};
    if (bound == SUBSET_ANY)
        return keep_of_any(kept, n, shift, most, count, bytes, at);
    if (shift >= bound)
        return 0;
    if (count > SUBSET_FEW) {
        const struct spread set = spread_of(bound, count, bits, bytes, at);
        return kernels()->spread_keep(kept, n, shift, most, &set);
    }
    get_few(few, tables, bound, count, bits, bytes, at);
    return keep_of_array(kept, n, shift, most, few, count);
}
