/* Bits in 64-bit words, bit i in word i/64 at i%64. */
#ifndef TRAWL_UTIL_BITSET_H
#define TRAWL_UTIL_BITSET_H

#include <stddef.h>
#include <stdint.h>

static inline size_t bitset_words(size_t bits)
{
    return (bits + 63) / 64;
}

static inline int bitset_test(const uint64_t *words, size_t bit)
{
    return (int)(words[bit >> 6] >> (bit & 63) & 1);
}

static inline void bitset_set(uint64_t *words, size_t bit)
{
    words[bit >> 6] |= UINT64_C(1) << (bit & 63);
}

static inline void bitset_clear(uint64_t *words, size_t bit)
{
    words[bit >> 6] &= ~(UINT64_C(1) << (bit & 63));
}

/* Sets bits [from, to). */
void bitset_set_range(uint64_t *words, size_t from, size_t to);

size_t bitset_count(const uint64_t *words, size_t word_count);

#endif
