/* Bits of one word: how many are set, and where one of them is. */
#ifndef INDEX_CODEC_WORD_BITS_H
#define INDEX_CODEC_WORD_BITS_H

#include <stdint.h>

#if defined(__BMI2__)

#include <immintrin.h>

static inline unsigned word_ones(uint64_t word)
{
    return (unsigned)__builtin_popcountll(word);
}

/* Where one number `n` >= 1 of a word stands that has so many. */
static inline unsigned word_select(uint64_t word, unsigned n)
{
    return (unsigned)__builtin_ctzll(_pdep_u64(UINT64_C(1) << (n - 1), word));
}

#else

/* Bits set in the bytes up to and with each. */
static inline uint64_t word_sums(uint64_t word)
{
    word -= word >> 1 & UINT64_C(0x5555555555555555);
    word = (word & UINT64_C(0x3333333333333333)) + (word >> 2 & UINT64_C(0x3333333333333333));
    return ((word + (word >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f)) * UINT64_C(0x0101010101010101);
}

static inline unsigned word_ones(uint64_t word)
{
    return (unsigned)(word_sums(word) >> 56);
}

static inline unsigned word_select(uint64_t word, unsigned n)
{
    const uint64_t sums = word_sums(word), tops = UINT64_C(0x8080808080808080);
    const uint64_t enough = ((sums | tops) - n * UINT64_C(0x0101010101010101)) & tops; /* sums are at most 64 */
    const unsigned byte = (unsigned)__builtin_ctzll(enough) / 8 * 8;
    uint64_t left = n - (byte ? sums >> (byte - 8) & 0xff : 0), rest = word >> byte;
    while (--left)
        rest &= rest - 1;
    return byte + (unsigned)__builtin_ctzll(rest);
}

#endif

#endif
