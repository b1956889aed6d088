/* Sets of numbers below a bound in as many bits as their size and the bound
 * alone tell: FORMAT.md, "Sets". So sets can follow each other without marks,
 * and each is found by adding up the sizes of those before.
 *
 *     1 number         the number itself
 *     2 to 4           their high parts as one number, then the low bits of each
 *     5 and more       the low bits of each, then the high parts in unary (Elias-Fano)
 *
 * High parts of few numbers ascend, but may be equal: they are a multiset of a few
 * buckets, and its number, in the order of the largest part, then the next, is looked up in a table that
 * serves any number of buckets up to the table's. */
#ifndef INDEX_CODEC_SUBSET_H
#define INDEX_CODEC_SUBSET_H

#include <stdint.h>

#include "src/util/bytes.h"

enum {
    SUBSET_FEW = 4, /* numbers whose high parts are looked up */
    SUBSET_PADDING = 16
};

/* Bounds are at most SUBSET_LARGEST; SUBSET_ANY stands for no bound but 2^32: 32 bits a number. */
#define SUBSET_LARGEST UINT32_C(0x7fffffff)
#define SUBSET_ANY UINT32_C(0)

/* By the number of a multiset: its parts, the smallest in the lowest 16 / count bits. */
struct subset_tables {
    uint16_t parts2[32 * 33 / 2], parts3[16 * 17 * 18 / 6], parts4[16 * 17 * 18 * 19 / 24];
};
void subset_tables_init(struct subset_tables *tables);

/* Bits of a set of `count` >= 1 numbers below `bound`; UINT64_MAX: there is none. */
uint64_t subset_bits(uint32_t bound, uint32_t count);

/* Writes a set (ascending, below the bound) from bit `at` on: bytes are zero there, and SUBSET_PADDING more may be touched. */
void subset_put(uint8_t *bytes, uint64_t at, uint32_t bound, const uint32_t *numbers, uint32_t count);

/* Reads a set whose `bits` = subset_bits(bound, count) lie in readable bytes, with SUBSET_PADDING more behind
 * them. -> 0, or -1 when they are none: numbers that are given ascend and are below the bound. */
int subset_get_several(uint32_t *numbers, const struct subset_tables *tables, uint32_t bound, uint32_t count,
                       uint64_t bits, const uint8_t *bytes, uint64_t at);

static inline uint32_t subset_get_one(uint64_t bits, const uint8_t *bytes, uint64_t at)
{
    return (uint32_t)(load_u64(bytes + at / 8) >> at % 8 & ((UINT64_C(1) << bits) - 1));
}

static inline int subset_get(uint32_t *numbers, const struct subset_tables *tables, uint32_t bound, uint32_t count,
                             uint64_t bits, const uint8_t *bytes, uint64_t at)
{
    if (count > 1 || bound == SUBSET_ANY)
        return subset_get_several(numbers, tables, bound, count, bits, bytes, at);
    numbers[0] = subset_get_one(bits, bytes, at);
    return numbers[0] < bound ? 0 : -1;
}

/* Of `n` ascending numbers keeps those that the set has when `shift` is added, and no more than `most` of them: the set is not read
 * but where they would be. Of bytes that are no set any may be kept. -> how many */
uint32_t subset_keep_several(uint32_t *kept, uint32_t n, uint32_t shift, uint32_t most,
                             const struct subset_tables *tables, uint32_t bound, uint32_t count, uint64_t bits,
                             const uint8_t *bytes, uint64_t at);

static inline uint32_t subset_keep(uint32_t *kept, uint32_t n, uint32_t shift, uint32_t most,
                                   const struct subset_tables *tables, uint32_t bound, uint32_t count, uint64_t bits,
                                   const uint8_t *bytes, uint64_t at)
{
    if (count > 1 || bound == SUBSET_ANY)
        return subset_keep_several(kept, n, shift, most, tables, bound, count, bits, bytes, at);
    const uint32_t wanted = subset_get_one(bits, bytes, at) - shift;
    for (uint32_t i = 0; i < n; i++)
        if (kept[i] == wanted) {
            kept[0] = wanted;
            return 1;
        }
    return 0;
}

#endif
