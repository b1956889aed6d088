/* AVX-512: sixteen numbers, or a word's 64 bits as a mask, at a time. */
#include "index/codec/kernels_avx2.h"

#if defined(__AVX512VBMI2__)

#include <immintrin.h>

#include "index/codec/bit_places.h"
#include "index/codec/kernels_bits.h"
#include "index/codec/kernels_spread_avx512.h"
#include "index/codec/kernels_unary.h"
#include "index/codec/widths.h"
#include "index/codec/word_bits.h"

/* ------------------------------------------------------------------ documents */

/* Moves numbers up by some lanes; zeros come in. */
#define LANES_UP(sixteen, lanes) _mm512_alignr_epi32(sixteen, _mm512_setzero_si512(), 16 - (lanes))

/* `before`: the document before these sixteen, in all lanes; moved on. */
ALWAYS_INLINE __m512i documents_of(__m512i gaps, __m512i *before)
{
    const __m512i count = _mm512_setr_epi32(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
    gaps = _mm512_add_epi32(gaps, LANES_UP(gaps, 1));
    gaps = _mm512_add_epi32(gaps, LANES_UP(gaps, 2));
    gaps = _mm512_add_epi32(gaps, LANES_UP(gaps, 4));
    gaps = _mm512_add_epi32(gaps, LANES_UP(gaps, 8));
    gaps = _mm512_add_epi32(gaps, count);
    const __m512i documents = _mm512_add_epi32(gaps, *before);
    *before = _mm512_add_epi32(*before, _mm512_permutexvar_epi32(_mm512_set1_epi32(15), gaps));
    return documents;
}

static void sum_documents(uint32_t *numbers, size_t n, uint32_t previous)
{
    __m512i before = _mm512_set1_epi32((int)previous);
    for (size_t i = 0; i < n; i += 16) {
        const __mmask16 here = (__mmask16)(n - i < 16 ? (1U << (n - i)) - 1 : 0xffff);
        const __m512i gaps = _mm512_maskz_loadu_epi32(here, numbers + i);
        _mm512_mask_storeu_epi32(numbers + i, here, documents_of(gaps, &before));
    }
}

/* ------------------------------------------------------------------ unpacking */

/* Four steps, of four numbers each, at a time: `four` is which. Their words are picked out of four neighbouring ones of the
 * lanes, and out of the four one further for what goes over a word's end. Macros, as picks have to be constants whatever a
 * compiler inlines. (One instruction shifts out of two words, but clang 14 takes the wrong one where a shift is 0.) */
#define WORD(step) ((step) * width / 32)
#define PASSES(step) ((step) * width % 32 + width > 32)
#define ANY_PASSES(four) (PASSES(4 * (four)) || PASSES(4 * (four) + 1) || PASSES(4 * (four) + 2) || PASSES(4 * (four) + 3))
#define PICK(four, step) ((WORD(4 * (four) + (step)) - WORD(4 * (four))) % 4 << 2 * (step))
#define PICKS(four) (PICK(four, 0) | PICK(four, 1) | PICK(four, 2) | PICK(four, 3))
#define WORDS(four, further) _mm512_loadu_si512(packed + (size_t)16 * (WORD(4 * (four)) + (further)))
#define PICKED(four, further) _mm512_shuffle_i32x4(WORDS(four, further), WORDS(four, further), PICKS(four))
#define SHIFTS(four)                                                                                             \
    _mm512_and_si512(_mm512_set1_epi32(31), _mm512_add_epi32(first_shifts, _mm512_set1_epi32(4 * (four) * width % 32)))
#define ABOVE(four) _mm512_sllv_epi32(PICKED(four, 1), _mm512_sub_epi32(_mm512_set1_epi32(32), SHIFTS(four)))
#define BELOW(four) _mm512_srlv_epi32(PICKED(four, 0), SHIFTS(four))
#define SIXTEEN(four) \
    _mm512_and_si512(own_bits, ANY_PASSES(four) ? _mm512_or_si512(BELOW(four), ABOVE(four)) : BELOW(four))

ALWAYS_INLINE __m512i bits_of_width(unsigned width)
{
    return _mm512_set1_epi32((int)((UINT64_C(1) << width) - 1));
}

/* How far the first four steps are shifted. */
ALWAYS_INLINE __m512i shifts_of_width(int width)
{
    const __m512i steps = _mm512_setr_epi32(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);
    return _mm512_mullo_epi32(_mm512_set1_epi32(width), steps);
}

#define UNPACK_STEP(four) _mm512_storeu_si512(numbers + 16 * (four), _mm512_add_epi32(SIXTEEN(four), all_plus));
#define DOCUMENT_STEP(four) _mm512_storeu_si512(documents + 16 * (four), documents_of(SIXTEEN(four), &before));

#define FUNCTIONS_OF(w)                                                                                          \
    static void unpack##w(uint32_t *restrict numbers, const uint8_t *restrict packed, uint32_t plus)             \
    {                                                                                                            \
        enum { width = w };                                                                                      \
        const __m512i own_bits = bits_of_width(width), first_shifts = shifts_of_width(width);                    \
        const __m512i all_plus = _mm512_set1_epi32((int)plus);                                                   \
        EIGHT(UNPACK_STEP, 0)                                                                                    \
    }                                                                                                            \
    static void documents##w(uint32_t *restrict documents, const uint8_t *restrict packed, uint32_t previous)    \
    {                                                                                                            \
        enum { width = w };                                                                                      \
        const __m512i own_bits = bits_of_width(width), first_shifts = shifts_of_width(width);                    \
        __m512i before = _mm512_set1_epi32((int)previous);                                                       \
        EIGHT(DOCUMENT_STEP, 0)                                                                                  \
    }
ALL_WIDTHS(FUNCTIONS_OF)
BY_WIDTH(static, unpack128, unpack128_documents)

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

static size_t absent_bits(const uint64_t *bits, const uint32_t *documents, size_t n, uint32_t first)
{
    const __m512i start = _mm512_set1_epi32((int)first), one = _mm512_set1_epi32(1), low = _mm512_set1_epi32(31);
    size_t present = 0;
    for (size_t i = 0; i < n; i += 16) {
        const __mmask16 here = (__mmask16)(n - i < 16 ? (1U << (n - i)) - 1 : 0xffff);
        const __m512i places = _mm512_sub_epi32(_mm512_maskz_loadu_epi32(here, documents + i), start);
        const __m512i halves = _mm512_mask_i32gather_epi32(one, here, _mm512_srli_epi32(places, 5), bits, 4);
        present += (unsigned)__builtin_popcount(
            _mm512_mask_test_epi32_mask(here, halves, _mm512_sllv_epi32(one, _mm512_and_si512(places, low))));
    }
    return n - present;
}

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
    const __m512i places = _mm512_loadu_si512(word_places);
    for (size_t i = 0; i < count; i++)
        documents = put_word(documents, load_u64(words + 8 * i), places, first + 64 * (uint32_t)i);
    return sum;
}

/* ------------------------------------------------------------------ searching */

/* All of them, so that no branch depends on how many there are. */
static uint32_t count_below(const uint8_t *numbers, uint32_t n, uint32_t target)
{
    const __m512i all = _mm512_set1_epi32((int)target);
    const uint32_t here = (uint32_t)((UINT64_C(1) << n) - 1);
    const __mmask16 low = (__mmask16)here, high = (__mmask16)(here >> 16);
    const unsigned below = _mm512_mask_cmplt_epu32_mask(low, _mm512_maskz_loadu_epi32(low, numbers), all);
    const unsigned behind = _mm512_mask_cmplt_epu32_mask(high, _mm512_maskz_loadu_epi32(high, numbers + 64), all);
    return (uint32_t)__builtin_popcount(below | behind << 16);
}

/* ---------------------------------------------------------------------- unary */

/* Where a word's ones stand, less how many ones there are before: all 64 are stored, and the next overwrite what was too many. */
static inline size_t count_zeros(uint8_t *zeros, const uint8_t *bytes, size_t size, size_t n)
{
    const __m512i in_word = _mm512_loadu_si512(word_places);
    size_t found = 0;
    for (size_t at = 0; at < size; at += 8) {
        const uint64_t word = load_u64(bytes + at);
        const size_t count = (size_t)__builtin_popcountll(word);
        const __m512i in_front = _mm512_sub_epi8(_mm512_maskz_compress_epi8(word, in_word), in_word);
        _mm512_storeu_si512(zeros + found, _mm512_add_epi8(in_front, _mm512_set1_epi8((char)(8 * at - found))));
        if (found + count >= n)
            return 8 * at + word_select(word, (unsigned)(n - found)) + 1;
        found += count;
    }
    return 0;
}

UNARY_KERNELS(count_zeros)

const struct kernels kernels_avx512 = {
    .name = "avx512",
    .unpack128 = unpack128,
    .unpack128_documents = unpack128_documents,
    .sum_documents = sum_documents,
    .unary_add = unary_add,
    .unary_add_sums = unary_add_sums,
    .bitset_documents = documents_of_bits,
    .bitset_or = avx2_bitset_or,
    .bitset_add = bits_add,
    .bitset_absent = absent_bits,
    .bitset_ranks = bits_ranks,
    .count_below = count_below,
    .bitset_count = count_bits,
    .spread_read = spread_read,
    .spread_keep = avx512_spread_keep,
};

#endif
