/* The portable loops over bits, for each level's file to take what it cannot
 * better: compiled there, they use its instructions for shifting and counting. */
#ifndef INDEX_CODEC_KERNELS_BITS_H
#define INDEX_CODEC_KERNELS_BITS_H

#include <stddef.h>
#include <stdint.h>

#include "index/codec/run.h"
#include "src/util/bitset.h"
#include "src/util/bytes.h"

static inline size_t bits_count(const uint64_t *bits, size_t words)
{
#if defined(__POPCNT__) || defined(__aarch64__)
    size_t count = 0;
    for (size_t i = 0; i < words; i++)
        count += (size_t)__builtin_popcountll(bits[i]);
    return count;
#else
    return bitset_count(bits, words);
#endif
}

static inline uint32_t bits_of_word(const uint8_t *bits, uint32_t word, uint64_t mask)
{
    return (uint32_t)__builtin_popcountll(load_u64(bits + (size_t)8 * word) & mask);
}

static inline void bits_ranks(uint32_t *ranks, const uint8_t *bits, uint32_t from, const uint32_t *at, size_t n)
{
    uint64_t mask = UINT64_MAX << from % 64; /* what of the word at hand was not counted */
    uint32_t word = from / 64, rank = 0;
    for (size_t i = 0; i < n; i++) {
        for (; word < at[i] / 64; mask = UINT64_MAX)
            rank += bits_of_word(bits, word++, mask);
        ranks[i] = rank + bits_of_word(bits, word, mask & ((UINT64_C(1) << at[i] % 64) - 1));
    }
}

static inline size_t bits_population(const uint8_t *words, size_t count)
{
    size_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += (size_t)__builtin_popcountll(load_u64(words + 8 * i));
    return sum;
}

static inline size_t bits_documents(uint32_t *documents, const uint8_t *words, size_t count, uint32_t first)
{
    const uint32_t *const end = documents + RUN_LENGTH;
    uint32_t *out = documents;
    for (size_t i = 0; i < count && out <= end; i++, first += 64)
        for (uint64_t word = load_u64(words + 8 * i); word; word &= word - 1)
            *out++ = first + (uint32_t)__builtin_ctzll(word);
    return (size_t)(out - documents);
}

/* From word `from` on, > 0. */
static inline void bits_or_rest(uint64_t *out, unsigned shift, const uint8_t *words, size_t from, size_t count)
{
    for (size_t i = from; i < count; i++)
        out[i] |= load_u64(words + 8 * i) << shift | load_u64(words + 8 * i - 8) >> 1 >> (63 - shift);
    const uint64_t beyond = load_u64(words + 8 * count - 8) >> 1 >> (63 - shift);
    if (beyond)
        out[count] |= beyond;
}

static inline void bits_or(uint64_t *bits, size_t at, const uint8_t *words, size_t count)
{
    const unsigned shift = at & 63;
    uint64_t *const out = bits + at / 64;
    *out |= load_u64(words) << shift;
    bits_or_rest(out, shift, words, 1, count);
}

/* Documents that lie close, such as those of a word that all but a few have: by stretches without a gap. */
static void bits_add_close(uint64_t *bits, const uint32_t *documents, size_t n, uint32_t first)
{
    enum { FEW = 8 };
    const size_t half = n / 2;
    if (documents[n - 1] - documents[0] == n - 1) {
        bitset_set_range(bits, documents[0] - first, documents[0] - first + n);
    } else if (n > FEW) {
        bits_add_close(bits, documents, half, first);
        bits_add_close(bits, documents + half, n - half, first);
    } else {
        for (size_t i = 0; i < n; i++)
            bitset_set(bits, documents[i] - first);
    }
}

/* Neighbours may fall into one word, and each would wait for the store before
 * it: so four streams take turns. */
static inline void bits_add_far(uint64_t *bits, const uint32_t *documents, size_t n, uint32_t first)
{
    const size_t quarter = n / 4;
    for (size_t i = 0; i < quarter; i++) {
        bitset_set(bits, documents[i] - first);
        bitset_set(bits, documents[i + quarter] - first);
        bitset_set(bits, documents[i + 2 * quarter] - first);
        bitset_set(bits, documents[i + 3 * quarter] - first);
    }
    for (size_t i = 4 * quarter; i < n; i++)
        bitset_set(bits, documents[i] - first);
}

static inline void bits_add(uint64_t *bits, const uint32_t *documents, size_t n, uint32_t first)
{
    if (documents[n - 1] - documents[0] < 2 * n)
        bits_add_close(bits, documents, n, first);
    else
        bits_add_far(bits, documents, n, first);
}

static inline size_t bits_absent(const uint64_t *bits, const uint32_t *documents, size_t n, uint32_t first)
{
    size_t present = 0;
    for (size_t i = 0; i < n; i++) {
        const uint32_t bit = documents[i] - first;
        present += bits[bit / 64] >> bit % 64 & 1;
    }
    return n - present;
}

#endif
