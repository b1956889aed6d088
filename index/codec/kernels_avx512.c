/* AVX-512: sixteen numbers, or a word's 64 bits as a mask, at a time. */
#include "index/codec/kernels_avx2.h"

#if defined(__AVX512VBMI2__)

#include <immintrin.h>

#include "index/codec/kernels_bits.h"
#include "index/codec/kernels_spread.h"
#include "index/codec/kernels_unary.h"

/* ------------------------------------------------------------------ documents */

/* Moves numbers up by some lanes; zeros come in. */
#define LANES_UP(sixteen, lanes) _mm512_alignr_epi32(sixteen, _mm512_setzero_si512(), 16 - (lanes))

static void sum_documents(uint32_t *numbers, size_t n, uint32_t previous)
{
    const __m512i count = _mm512_setr_epi32(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
    __m512i before = _mm512_set1_epi32((int)previous);
    for (size_t i = 0; i < n; i += 16) {
        const __mmask16 here = (__mmask16)(n - i < 16 ? (1U << (n - i)) - 1 : 0xffff);
        __m512i gaps = _mm512_maskz_loadu_epi32(here, numbers + i);
        gaps = _mm512_add_epi32(gaps, LANES_UP(gaps, 1));
        gaps = _mm512_add_epi32(gaps, LANES_UP(gaps, 2));
        gaps = _mm512_add_epi32(gaps, LANES_UP(gaps, 4));
        gaps = _mm512_add_epi32(gaps, LANES_UP(gaps, 8));
        gaps = _mm512_add_epi32(gaps, count);
        _mm512_mask_storeu_epi32(numbers + i, here, _mm512_add_epi32(gaps, before));
        before = _mm512_add_epi32(before, _mm512_permutexvar_epi32(_mm512_set1_epi32(15), gaps));
    }
}

/* -------------------------------------------------------------------- bitsets */

static size_t count_bits(const uint64_t *bits, size_t words)
{
    __m512i sum = _mm512_setzero_si512();
    size_t i = 0;
    for (; i + 8 <= words; i += 8)
        sum = _mm512_add_epi64(sum, _mm512_popcnt_epi64(_mm512_loadu_si512(bits + i)));
    const __mmask8 left = (__mmask8)((1U << (words - i)) - 1);
    sum = _mm512_add_epi64(sum, _mm512_popcnt_epi64(_mm512_maskz_loadu_epi64(left, bits + i)));
    return (size_t)_mm512_reduce_add_epi64(sum);
}

#define EIGHT_FROM(n) n, n + 1, n + 2, n + 3, n + 4, n + 5, n + 6, n + 7
static const uint8_t places_in_word[64] = {EIGHT_FROM(0),  EIGHT_FROM(8),  EIGHT_FROM(16), EIGHT_FROM(24),
                                           EIGHT_FROM(32), EIGHT_FROM(40), EIGHT_FROM(48), EIGHT_FROM(56)};

/* The places of a word's bits side by side, as bytes; then sixteen of them as numbers. */
#define PUT_SIXTEEN(to, bytes, number, base)                                                  \
    _mm512_storeu_si512(to + 16 * (number),                                                   \
                        _mm512_add_epi32(base, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(bytes, number))))

static inline uint32_t *put_word(uint32_t *documents, uint64_t word, __m512i places, uint32_t first)
{
    const __m512i bytes = _mm512_maskz_compress_epi8(word, places), base = _mm512_set1_epi32((int)first);
    const unsigned count = (unsigned)__builtin_popcountll(word);
    PUT_SIXTEEN(documents, bytes, 0, base);
    if (count > 16)
        PUT_SIXTEEN(documents, bytes, 1, base);
    if (count > 32) {
        PUT_SIXTEEN(documents, bytes, 2, base);
        PUT_SIXTEEN(documents, bytes, 3, base);
    }
    return documents + count;
}

static size_t documents_of_bits(uint32_t *documents, const uint8_t *words, size_t count, uint32_t first)
{
    const size_t sum = bits_population(words, count);
    if (sum > RUN_LENGTH)
        return sum;
    const __m512i places = _mm512_loadu_si512(places_in_word);
    for (size_t i = 0; i < count; i++)
        documents = put_word(documents, load_u64(words + 8 * i), places, first + 64 * (uint32_t)i);
    return sum;
}

/* ---------------------------------------------------------------------- unary */

/* Words are half full: 48 places are put down whether they are there or not. */
static inline size_t find_ones(uint32_t *places, const uint8_t *bytes, size_t size, size_t n)
{
    const __m512i in_word = _mm512_loadu_si512(places_in_word);
    size_t found = 0;
    for (size_t at = 0; at < size && found < n; at += 8) {
        const uint64_t word = load_u64(bytes + at);
        const __m512i ones = _mm512_maskz_compress_epi8(word, in_word), base = _mm512_set1_epi32((int)(8 * at));
        uint32_t *const to = places + found;
        PUT_SIXTEEN(to, ones, 0, base);
        PUT_SIXTEEN(to, ones, 1, base);
        PUT_SIXTEEN(to, ones, 2, base);
        const size_t count = (size_t)__builtin_popcountll(word);
        if (count > 48)
            PUT_SIXTEEN(to, ones, 3, base);
        found += count;
    }
    return found;
}

UNARY_KERNELS(find_ones)

const struct kernels kernels_avx512 = {
    .name = "avx512",
    .unpack128 = avx2_unpack128,
    .unpack128_documents = avx2_unpack128_documents,
    .sum_documents = sum_documents,
    .unary_add = unary_add,
    .unary_add_sums = unary_add_sums,
    .bitset_documents = documents_of_bits,
    .bitset_or = avx2_bitset_or,
    .bitset_add = bits_add,
    .bitset_ranks = bits_ranks,
    .bitset_count = count_bits,
    .spread_read = spread_read,
    .spread_keep = spread_keep,
};

#endif
