/* AVX2: eight numbers at a time. Lanes stay those of the format, four 32-bit
 * ones: a step of four is half a register, and two neighbouring steps, whose
 * numbers begin in one word of the lanes or in two neighbouring ones, are
 * shifted by amounts of their own. */
#include "index/codec/kernels_avx2.h"

#if defined(__AVX2__)

#include <immintrin.h>

#include "index/codec/bit_places.h"
#include "index/codec/kernels_bits.h"
#include "index/codec/kernels_spread.h"
#include "index/codec/kernels_unary.h"
#include "index/codec/widths.h"
#include "index/codec/word_bits.h"

/* ------------------------------------------------------------------ unpacking */

/* Words `word` of the lanes for the first step, `word` + `further` for the second. */
ALWAYS_INLINE __m256i load_words(const uint8_t *packed, unsigned word, unsigned further)
{
    const __m128i *at = (const __m128i *)(const void *)(packed + (size_t)16 * word);
    return further ? _mm256_loadu_si256((const __m256i *)(const void *)at)
                   : _mm256_broadcastsi128_si256(_mm_loadu_si128(at));
}

ALWAYS_INLINE __m256i two_steps(unsigned first, unsigned second)
{
    const int a = (int)first, b = (int)second;
    return _mm256_setr_epi32(a, a, a, a, b, b, b, b);
}

/* The numbers of steps 2 * pair and the next. Bits above a number's own are cut off,
 * whatever was shifted there. */
ALWAYS_INLINE __m256i unpack_eight(const uint8_t *packed, unsigned width, unsigned pair)
{
    const unsigned first = 2 * pair * width, second = first + width;
    const unsigned word = first / 32, further = second / 32 - word;
    const unsigned shift_first = first % 32, shift_second = second % 32;
    if (width == 0)
        return _mm256_setzero_si256();
    __m256i eight = _mm256_srlv_epi32(load_words(packed, word, further), two_steps(shift_first, shift_second));
    if (shift_first + width > 32 || shift_second + width > 32)
        eight = _mm256_or_si256(eight, _mm256_sllv_epi32(load_words(packed, word + 1, further),
                                                         two_steps(32 - shift_first, 32 - shift_second)));
    return width == 32 ? eight : _mm256_and_si256(eight, _mm256_set1_epi32((int)((UINT32_C(1) << width % 32) - 1)));
}

ALWAYS_INLINE void store_eight(uint32_t *numbers, __m256i eight)
{
    _mm256_storeu_si256((__m256i *)(void *)numbers, eight);
}

/* `before`: the document before these eight, in all lanes; moved on. */
ALWAYS_INLINE __m256i documents_of(__m256i gaps, __m256i *before)
{
    const __m256i count = _mm256_setr_epi32(1, 2, 3, 4, 5, 6, 7, 8);
    gaps = _mm256_add_epi32(gaps, _mm256_slli_si256(gaps, 4));
    gaps = _mm256_add_epi32(gaps, _mm256_slli_si256(gaps, 8));
    const __m256i half = _mm256_shuffle_epi32(gaps, 0xff);
    gaps = _mm256_add_epi32(gaps, _mm256_permute2x128_si256(half, half, 0x08));
    gaps = _mm256_add_epi32(gaps, count);
    const __m256i documents = _mm256_add_epi32(gaps, *before);
    *before = _mm256_add_epi32(*before, _mm256_permutevar8x32_epi32(gaps, _mm256_set1_epi32(7)));
    return documents;
}

#define UNPACK_STEP(pair) store_eight(numbers + 8 * (pair), _mm256_add_epi32(unpack_eight(packed, width, pair), all_plus));
#define DOCUMENT_STEP(pair) store_eight(documents + 8 * (pair), documents_of(unpack_eight(packed, width, pair), &before));

#define FUNCTIONS_OF(w)                                                                                          \
    static void unpack##w(uint32_t *restrict numbers, const uint8_t *restrict packed, uint32_t plus)             \
    {                                                                                                            \
        enum { width = w };                                                                                      \
        const __m256i all_plus = _mm256_set1_epi32((int)plus);                                                   \
        EIGHT(UNPACK_STEP, 0) EIGHT(UNPACK_STEP, 8)                                                              \
    }                                                                                                            \
    static void documents##w(uint32_t *restrict documents, const uint8_t *restrict packed, uint32_t previous)    \
    {                                                                                                            \
        enum { width = w };                                                                                      \
        __m256i before = _mm256_set1_epi32((int)previous);                                                       \
        EIGHT(DOCUMENT_STEP, 0) EIGHT(DOCUMENT_STEP, 8)                                                          \
    }
ALL_WIDTHS(FUNCTIONS_OF)
BY_WIDTH(static, unpack128, unpack128_documents)

static void sum_documents(uint32_t *numbers, size_t n, uint32_t previous)
{
    __m256i before = _mm256_set1_epi32((int)previous);
    size_t i = 0;
    for (; i + 8 <= n; i += 8)
        store_eight(numbers + i, documents_of(_mm256_loadu_si256((const __m256i *)(const void *)(numbers + i)), &before));
    for (previous = (uint32_t)_mm256_extract_epi32(before, 0); i < n; i++)
        numbers[i] = previous += numbers[i] + 1;
}

/* -------------------------------------------------------------------- bitsets */

/* A byte at a time, eight numbers stored for each: the next overwrites what was too many. No branch depends
 * on the bits. */
static size_t documents_of_bits(uint32_t *documents, const uint8_t *words, size_t count, uint32_t first)
{
    const size_t sum = bits_population(words, count);
    __m256i start = _mm256_set1_epi32((int)first);
    if (sum > RUN_LENGTH)
        return sum;
    for (size_t i = 0; i < 8 * count; i++) {
        const __m128i of_byte = _mm_loadl_epi64((const __m128i *)(const void *)(bit_places + words[i]));
        store_eight(documents, _mm256_add_epi32(start, _mm256_cvtepu8_epi32(of_byte)));
        documents += (unsigned)__builtin_popcount(words[i]);
        start = _mm256_add_epi32(start, _mm256_set1_epi32(8));
    }
    return sum;
}

/* Four words of the result from four of the bits and the four one before. */
void avx2_bitset_or(uint64_t *bits, size_t at, const uint8_t *words, size_t count)
{
    const unsigned shift = at & 63;
    const __m128i left = _mm_cvtsi32_si128((int)shift), right = _mm_cvtsi32_si128((int)(64 - shift));
    uint64_t *const out = bits + at / 64;
    size_t i = 1;
    *out |= load_u64(words) << shift;
    for (; i + 4 <= count; i += 4) {
        __m256i *const four = (__m256i *)(void *)(out + i);
        const __m256i here = _mm256_loadu_si256((const __m256i *)(const void *)(words + 8 * i));
        const __m256i before = _mm256_loadu_si256((const __m256i *)(const void *)(words + 8 * i - 8));
        const __m256i shifted = _mm256_or_si256(_mm256_sll_epi64(here, left), _mm256_srl_epi64(before, right));
        _mm256_storeu_si256(four, _mm256_or_si256(_mm256_loadu_si256(four), shifted));
    }
    bits_or_rest(out, shift, words, i, count);
}

/* ------------------------------------------------------------------ searching */

/* Of eight numbers, those that come before number n are looked at. */
static inline unsigned below_in_eight(const uint8_t *numbers, int first, int n, __m256i target)
{
    const __m256i lanes = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    const __m256i here = _mm256_cmpgt_epi32(_mm256_set1_epi32(n - first), lanes);
    const __m256i eight = _mm256_maskload_epi32((const int *)(const void *)numbers + first, here);
    const __m256i at_least = _mm256_cmpeq_epi32(_mm256_max_epu32(eight, target), eight);
    return (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_andnot_si256(at_least, here)));
}

/* All of them, so that no branch depends on how many there are. */
static uint32_t count_below(const uint8_t *numbers, uint32_t n, uint32_t target)
{
    const __m256i all = _mm256_set1_epi32((int)target);
    unsigned below = 0;
    for (int i = 0; i < COUNT_MOST; i += 8)
        below |= below_in_eight(numbers, i, (int)n, all) << i;
    return (uint32_t)__builtin_popcount(below);
}

/* ---------------------------------------------------------------------- unary */

/* Where a byte's ones stand, less how many ones there are before; eight are stored, and the next overwrite what was too many. */
static inline size_t zeros_of_byte(uint8_t *zeros, uint8_t byte, size_t at, size_t found)
{
    const __m128i ranks = _mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 0, 0, 0, 0, 0, 0, 0, 0);
    const __m128i before = _mm_sub_epi8(_mm_set1_epi8((char)(8 * at - found)), ranks);
    const __m128i places = _mm_loadl_epi64((const __m128i *)(const void *)(bit_places + byte));
    _mm_storel_epi64((__m128i *)(void *)(zeros + found), _mm_add_epi8(places, before));
    return found + (size_t)__builtin_popcount(byte);
}

static inline size_t count_zeros(uint8_t *zeros, const uint8_t *bytes, size_t size, size_t n)
{
    size_t found = 0, before = 0;
    for (size_t at = 0; at < size; at += 8) { /* by words: how many there are is foretold better */
        for (size_t i = at; i < at + 8; i++)
            found = zeros_of_byte(zeros, bytes[i], i, found);
        if (found >= n)
            return 8 * at + word_select(load_u64(bytes + at), (unsigned)(n - before)) + 1;
        before = found;
    }
    return 0;
}

UNARY_KERNELS(count_zeros)

const struct kernels kernels_avx2 = {
    .name = "avx2",
    .unpack128 = unpack128,
    .unpack128_documents = unpack128_documents,
    .sum_documents = sum_documents,
    .unary_add = unary_add,
    .unary_add_sums = unary_add_sums,
    .bitset_documents = documents_of_bits,
    .bitset_or = avx2_bitset_or,
    .bitset_add = bits_add,
    .bitset_absent = bits_absent,
    .bitset_ranks = bits_ranks,
    .count_below = count_below,
    .bitset_count = bits_count,
    .spread_read = spread_read,
    .spread_keep = spread_keep,
};

#endif
