/* The loops over sets of many numbers (FORMAT.md, "Sets": low bits, then high parts in unary), for
 * each level's file to compile with its instructions. */
#ifndef INDEX_CODEC_KERNELS_SPREAD_H
#define INDEX_CODEC_KERNELS_SPREAD_H

#include <stdint.h>

#include "index/codec/kernels.h"
#include "index/codec/word_bits.h"
#include "src/util/bytes.h"

enum { SPREAD_MARKS = 16 /* words of bits */ };

static inline uint32_t spread_low(const struct spread *set, uint64_t number)
{
    const uint64_t at = set->at + number * set->low;
    return (uint32_t)(load_u64(set->bytes + at / 8) >> at % 8 & ((UINT64_C(1) << set->low) - 1));
}

/* The high part of a number is told by how many zeros stand before its one. */
static inline int spread_read(uint32_t *numbers, const struct spread *set)
{
    uint64_t base = set->high / 8 * 8, word = load_u64(set->bytes + base / 8) >> set->high % 8 << set->high % 8;
    uint32_t before = 0, i = 0;
    unsigned falls = 0;
    for (;; word = load_u64(set->bytes + base / 8)) {
        for (; word && i < set->count; word &= word - 1, i++) {
            const uint64_t one = base + (unsigned)__builtin_ctzll(word);
            const uint32_t number = (uint32_t)(one - set->high - i) << set->low | spread_low(set, i);
            falls |= i && number <= before;
            numbers[i] = before = number;
        }
        base += 64;
        if (i == set->count || base >= set->end)
            return falls || i < set->count ? -1 : 0;
    }
}

/* ----------------------------------------------------------------- searching */

/* Where the high parts of a set stand: moves forward only. */
struct spread_cursor {
    uint64_t at;    /* all before it was passed: */
    uint64_t zeros; /* so many of it */
};

/* Moves behind so many zeros of all. -> 0, or -1: there are not so many */
static inline int spread_pass(struct spread_cursor *cursor, const struct spread *set, uint64_t zeros)
{
    while (cursor->zeros < zeros) {
        if (cursor->at >= set->end)
            return -1;
        const unsigned bit = cursor->at % 8;
        const uint64_t word = ~load_u64(set->bytes + cursor->at / 8) >> bit << bit;
        const uint64_t here = word_ones(word), missing = zeros - cursor->zeros;
        const int is_here = here >= missing;
        cursor->zeros += is_here ? missing : here;
        cursor->at += (is_here ? word_select(word, (unsigned)missing) + 1 : 64) - bit;
    }
    return 0;
}

/* Goes through the numbers with the same high part. */
static inline int spread_has(struct spread_cursor *cursor, const struct spread *set, uint32_t number)
{
    const uint32_t high = number >> set->low, wanted = number & ((UINT32_C(1) << set->low) - 1);
    if (spread_pass(cursor, set, high))
        return 0;
    for (uint64_t at = cursor->at; at < set->end && set->bytes[at / 8] >> at % 8 & 1; at++) {
        const uint64_t ones = at - set->high - high;
        if (ones >= set->count) /* of damaged bytes */
            return 0;
        const uint32_t found = spread_low(set, ones);
        if (found >= wanted)
            return found == wanted;
    }
    return 0;
}

static inline uint32_t spread_search(uint32_t *kept, uint32_t n, uint32_t shift, uint32_t most, const struct spread *set)
{
    struct spread_cursor cursor = {.at = set->high};
    uint32_t found = 0;
    for (uint32_t i = 0; i < n && found < most; i++) {
        kept[found] = kept[i];
        found += kept[i] < set->bound - shift && spread_has(&cursor, set, kept[i] + shift);
    }
    return found;
}

/* ------------------------------------------------------------------- walking */

/* The ascending numbers looked for: those of `kept` from `next` on; `found` of those before stand at its start. */
struct spread_wanted {
    uint32_t *kept;
    uint32_t n, most, found, next;
};

/* Is this number, no smaller than the one before, wanted? Then it is found. */
static inline void spread_take(struct spread_wanted *wanted, uint32_t number)
{
    while (wanted->next < wanted->n && wanted->kept[wanted->next] < number)
        wanted->next++;
    if (wanted->next == wanted->n || wanted->kept[wanted->next] != number)
        return;
    wanted->kept[wanted->found++] = number;
    wanted->next++;
}

static inline int spread_has_all(const struct spread_wanted *wanted)
{
    return wanted->next == wanted->n || wanted->found == wanted->most;
}

/* Reads the set and looks each number up among the wanted ones: first in a few marks, so that the branch is seldom
 * taken and well foretold. */
static inline uint32_t spread_walk(uint32_t *kept, uint32_t n, uint32_t shift, uint32_t most, const struct spread *set)
{
    struct spread_wanted wanted = {.kept = kept, .n = n, .most = most};
    uint64_t marks[SPREAD_MARKS] = {0};
    uint32_t i = 0;
    for (uint32_t k = 0; k < n; k++)
        marks[kept[k] / 64 % SPREAD_MARKS] |= UINT64_C(1) << kept[k] % 64;
    uint64_t base = set->high / 8 * 8, word = load_u64(set->bytes + base / 8) >> set->high % 8 << set->high % 8;
    for (;; word = load_u64(set->bytes + base / 8)) {
        for (; word && i < set->count; word &= word - 1, i++) {
            const uint64_t one = base + (unsigned)__builtin_ctzll(word);
            const uint32_t number = (uint32_t)(one - set->high - i) << set->low | spread_low(set, i);
            const uint32_t start = number - shift;
            if (!(marks[start / 64 % SPREAD_MARKS] >> start % 64 & 1) || start > number)
                continue;
            spread_take(&wanted, start);
            if (wanted.found == most)
                return most;
        }
        base += 64;
        if (i == set->count || spread_has_all(&wanted) || base >= set->end)
            return wanted.found;
    }
}

static inline int spread_is_searched(uint32_t n, const struct spread *set)
{
    enum { SEARCH_COST = 8 }; /* of one number, as numbers read */
    return n < set->count / SEARCH_COST;
}

static inline uint32_t spread_keep(uint32_t *kept, uint32_t n, uint32_t shift, uint32_t most, const struct spread *set)
{
    return (spread_is_searched(n, set) ? spread_search : spread_walk)(kept, n, shift, most, set);
}

#endif
