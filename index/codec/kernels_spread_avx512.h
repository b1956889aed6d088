/* Walking sets of many numbers (kernels_spread.h) with AVX-512: sixteen numbers at a time. */
#ifndef INDEX_CODEC_KERNELS_SPREAD_AVX512_H
#define INDEX_CODEC_KERNELS_SPREAD_AVX512_H

#if defined(__AVX512VBMI2__)

#include <immintrin.h>

#include "index/codec/bit_places.h"
#include "index/codec/kernels_spread.h"

#define SIXTEEN_LANES _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)

/* Low bits of numbers from `number` on lie in 32 bits from the byte in which they begin. */
enum { LOW_MOST = 25 };

static inline __m512i sixteen_lows(const struct spread *set, uint32_t number, __mmask16 here)
{
    const uint64_t at = set->at + (uint64_t)number * set->low;
    const __m512i seven = _mm512_set1_epi32(7), steps = _mm512_mullo_epi32(SIXTEEN_LANES, _mm512_set1_epi32((int)set->low));
    const __m512i bits = _mm512_add_epi32(steps, _mm512_set1_epi32((int)(at % 8)));
    const __m512i words =
        _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), here, _mm512_srli_epi32(bits, 3), set->bytes + at / 8, 1);
    const __m512i shifted = _mm512_srlv_epi32(words, _mm512_and_si512(bits, seven));
    return _mm512_and_si512(shifted, _mm512_set1_epi32((1 << set->low) - 1));
}

/* Numbers whose ones stand at these places behind bit `base`. */
static inline __m512i sixteen_numbers(const struct spread *set, const uint8_t *places, uint64_t base, uint32_t number,
                                      __mmask16 here)
{
    const __m512i ones = _mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)(const void *)places));
    const __m512i before = _mm512_sub_epi32(SIXTEEN_LANES, _mm512_set1_epi32((int)(uint32_t)(base - set->high - number)));
    const __m512i highs = _mm512_sll_epi32(_mm512_sub_epi32(ones, before), _mm_cvtsi32_si128((int)set->low));
    return _mm512_or_si512(highs, sixteen_lows(set, number, here));
}

/* The marks of spread_walk(). */
struct spread_marks {
    __m512i low, high;
};

static inline struct spread_marks mark_wanted(const struct spread_wanted *wanted)
{
    uint32_t marks[2 * SPREAD_MARKS] = {0};
    for (uint32_t k = 0; k < wanted->n; k++)
        marks[wanted->kept[k] / 32 % (2 * SPREAD_MARKS)] |= UINT32_C(1) << wanted->kept[k] % 32;
    return (struct spread_marks){_mm512_loadu_si512(marks), _mm512_loadu_si512(marks + SPREAD_MARKS)};
}

static inline __mmask16 find_marked(const struct spread_marks *marks, __m512i numbers, __mmask16 here)
{
    const __m512i words = _mm512_permutex2var_epi32(marks->low, _mm512_srli_epi32(numbers, 5), marks->high);
    const __m512i places = _mm512_and_si512(numbers, _mm512_set1_epi32(31));
    return _mm512_mask_test_epi32_mask(here, words, _mm512_sllv_epi32(_mm512_set1_epi32(1), places));
}

static void take_marked(struct spread_wanted *wanted, __m512i sixteen, __mmask16 lanes)
{
    uint32_t numbers[16];
    _mm512_storeu_si512(numbers, sixteen);
    for (; lanes && wanted->found < wanted->most; lanes &= (__mmask16)(lanes - 1))
        spread_take(wanted, numbers[__builtin_ctz(lanes)]);
}

/* As spread_walk(), sixteen numbers at a time. */
static uint32_t walk_spread(struct spread_wanted *wanted, uint32_t shift, const struct spread *set)
{
    const struct spread_marks marks = mark_wanted(wanted);
    const __m512i in_word = _mm512_loadu_si512(word_places), minus = _mm512_set1_epi32((int)shift);
    uint64_t base = set->high / 8 * 8, word = load_u64(set->bytes + base / 8) >> set->high % 8 << set->high % 8;
    uint32_t number = 0;
    for (;; word = load_u64(set->bytes + base / 8)) {
        uint8_t places[64];
        const uint32_t ones = word_ones(word), left = set->count - number, count = ones < left ? ones : left;
        _mm512_storeu_si512(places, _mm512_maskz_compress_epi8(word, in_word));
        for (uint32_t k = 0; k < count; k += 16) {
            const __mmask16 here = (__mmask16)(count - k < 16 ? (1U << (count - k)) - 1 : 0xffff);
            const __m512i numbers = sixteen_numbers(set, places + k, base, number + k, here);
            const __m512i starts = _mm512_sub_epi32(numbers, minus);
            const __mmask16 lanes = find_marked(&marks, starts, _mm512_mask_cmpge_epu32_mask(here, numbers, minus));
            if (lanes)
                take_marked(wanted, starts, lanes);
        }
        number += count;
        base += 64;
        if (number == set->count || spread_has_all(wanted) || base >= set->end)
            return wanted->found;
    }
}

static uint32_t avx512_spread_keep(uint32_t *kept, uint32_t n, uint32_t shift, uint32_t most, const struct spread *set)
{
    if (spread_is_searched(n, set) || set->low > LOW_MOST)
        return spread_keep(kept, n, shift, most, set);
    struct spread_wanted wanted = {.kept = kept, .n = n, .most = most};
    return walk_spread(&wanted, shift, set);
}

#endif

#endif
