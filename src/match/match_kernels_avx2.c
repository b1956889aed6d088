/* AVX2: eight at a time. Closing the gaps of those that drop out is a
 * permutation; which, is looked up by the eight bits that tell who stays. */
#include "src/match/match_kernels_avx2.h"

#if defined(__AVX2__)

#include <immintrin.h>

#include "index/codec/bit_places.h"
#include "src/match/block_bound.h"
#include "src/match/match_loops.h"
#include "src/match/window_loops.h"

static inline __m256i load_eight(const uint32_t *numbers)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)numbers);
}

static inline void store_eight(uint32_t *numbers, __m256i eight)
{
    _mm256_storeu_si256((__m256i *)(void *)numbers, eight);
}

static inline unsigned eight_signs(__m256i eight)
{
    return (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(eight));
}

/* A bit for each that is at least as large. */
static inline unsigned at_least(__m256i eight, __m256i least)
{
    return eight_signs(_mm256_cmpeq_epi32(_mm256_max_epu32(eight, least), eight));
}

static inline __m128i places_of(unsigned bits)
{
    return _mm_loadl_epi64((const __m128i *)(const void *)(bit_places + bits));
}

/* Eight are written where fewer are kept, over those already read, or behind the last of all. */
static uint32_t keep(struct batch *batch, uint32_t from, uint32_t to, uint32_t units)
{
    const __m256i least = _mm256_set1_epi32((int)units);
    const uint32_t end = to == batch->count ? BATCH_SIZE : to;
    uint32_t kept = from, i = from;
    for (; i < to && i + 8 <= end; i += 8) {
        const __m256i has = load_eight(batch->units + i), documents = load_eight(batch->documents + i);
        const __m128i origins = _mm_loadl_epi64((const __m128i *)(const void *)(batch->origins + i));
        const unsigned here = to - i < 8 ? 0xffu >> (8 - (to - i)) : 0xff;
        const unsigned stay = at_least(has, least) & here;
        const __m128i places = places_of(stay);
        const __m256i wide = _mm256_cvtepu8_epi32(places);
        store_eight(batch->units + kept, _mm256_permutevar8x32_epi32(has, wide));
        store_eight(batch->documents + kept, _mm256_permutevar8x32_epi32(documents, wide));
        _mm_storel_epi64((__m128i *)(void *)(batch->origins + kept), _mm_shuffle_epi8(origins, places));
        kept += (unsigned)__builtin_popcount(stay);
    }
    return batch_keep_each(batch, kept, i, to, units);
}

static inline void take_word(struct batch *batch, uint64_t bits, uint32_t *units, uint32_t first, uint32_t needed)
{
    const __m256i least = _mm256_set1_epi32((int)needed), lanes = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    for (unsigned i = 0; i < 64; i += 8) {
        const unsigned here = (unsigned)(bits >> i) & 0xff;
        if (!here)
            continue;
        const __m256i has = load_eight(units + i);
        const unsigned stay = at_least(has, least) & here;
        store_eight(units + i, _mm256_setzero_si256());
        if (!stay)
            continue;
        const __m256i wide = _mm256_cvtepu8_epi32(places_of(stay));
        const __m256i documents = _mm256_add_epi32(_mm256_set1_epi32((int)(first + i)), lanes);
        store_eight(batch->units + batch->count, _mm256_permutevar8x32_epi32(has, wide));
        store_eight(batch->documents + batch->count, _mm256_permutevar8x32_epi32(documents, wide));
        batch->count += (unsigned)__builtin_popcount(stay);
    }
}

static const struct take_loops loops = {find_few_places, take_word};
TAKE_KERNEL(loops)

/* -------------------------------------------------------------------- bounds */

/* The bits of four numbers of 64 bits each from the n-th on, the low 32 of them, of eight blocks; in any order. */
static inline __m256i bits_from(__m256i a, __m256i b, unsigned n)
{
    const __m128i shift = _mm_cvtsi32_si128((int)n);
    return _mm256_castps_si256(_mm256_shuffle_ps(_mm256_castsi256_ps(_mm256_srl_epi64(a, shift)),
                                                 _mm256_castsi256_ps(_mm256_srl_epi64(b, shift)), 0x88));
}

/* As block_least(). */
static inline __m256 eight_least(__m256i a, __m256i b, unsigned direction)
{
    const __m256i code = _mm256_and_si256(bits_from(a, b, 10 * direction), _mm256_set1_epi32(1023));
    const __m256i bits = _mm256_add_epi32(_mm256_slli_epi32(code, 18), _mm256_set1_epi32(111 << 23));
    return _mm256_castsi256_ps(_mm256_andnot_si256(_mm256_cmpeq_epi32(code, _mm256_setzero_si256()), bits));
}

/* As block_bound(), of eight. */
static inline __m256i eight_bounds(const struct scorer *scorer, const struct bound_mix *mix, const uint8_t *bounds)
{
    const __m256i a = load_eight((const uint32_t *)(const void *)bounds);
    const __m256i b = load_eight((const uint32_t *)(const void *)(bounds + 4 * BOUND_BYTES));
    const __m256 weight = _mm256_set1_ps(scorer->weight), one = _mm256_set1_ps(1.0f), higher = _mm256_set1_ps(HIGHER);
    const __m256 least = _mm256_add_ps(_mm256_mul_ps(_mm256_set1_ps(mix->first), eight_least(a, b, mix->direction)),
                                       _mm256_mul_ps(_mm256_set1_ps(mix->second), eight_least(a, b, mix->direction + 1)));
    const __m256i is_one = _mm256_cmpeq_epi32(_mm256_and_si256(bits_from(a, b, 60), _mm256_set1_epi32(15)),
                                              _mm256_set1_epi32(15));
    __m256 part = _mm256_mul_ps(_mm256_div_ps(one, _mm256_add_ps(one, least)), higher);
    if (eight_signs(is_one)) {
        const __m256i low = bits_from(a, b, 0), byte = _mm256_set1_epi32(0xff);
        const __m256 tf = _mm256_max_ps(_mm256_cvtepi32_ps(_mm256_and_si256(low, byte)), one);
        const __m256 norm = _mm256_i32gather_ps(scorer->norms, _mm256_and_si256(_mm256_srli_epi32(low, 8), byte), 4);
        const __m256 of_one = _mm256_div_ps(tf, _mm256_add_ps(tf, norm));
        const __m256 is_smooth = _mm256_cmp_ps(norm, _mm256_set1_ps(ROUGH_NORM), _CMP_GE_OQ);
        const __m256 raised = _mm256_blendv_ps(_mm256_mul_ps(of_one, higher), of_one, is_smooth);
        part = _mm256_blendv_ps(part, raised, _mm256_castsi256_ps(is_one));
    }
    return _mm256_cvttps_epi32(_mm256_min_ps(_mm256_mul_ps(weight, part), weight));
}

static uint32_t most_of_eight(__m256i numbers)
{
    const __m128i four = _mm_max_epi32(_mm256_castsi256_si128(numbers), _mm256_extracti128_si256(numbers, 1));
    const __m128i two = _mm_max_epi32(four, _mm_unpackhi_epi64(four, four));
    return (uint32_t)_mm_cvtsi128_si32(_mm_max_epi32(two, _mm_shuffle_epi32(two, 1)));
}

/* The last eight may overlap those before. */
uint32_t avx2_most_bound(const struct scorer *scorer, const struct bound_mix *mix, const uint8_t *bounds, size_t count)
{
    if (count < 8)
        return block_bounds_most(scorer, mix, bounds, count);
    __m256i most = eight_bounds(scorer, mix, bounds + (count - 8) * BOUND_BYTES);
    for (size_t i = 0; i + 8 < count; i += 8)
        most = _mm256_max_epi32(most, eight_bounds(scorer, mix, bounds + i * BOUND_BYTES));
    return most_of_eight(most);
}

/* -------------------------------------------------------------------- blocks */

enum { FEW = 4 };

static inline __m128i load_four(const uint32_t *numbers)
{
    return _mm_loadu_si128((const __m128i *)(const void *)numbers);
}

/* The last of each of four eights. */
static inline __m128i four_lasts(const uint32_t *documents)
{
    const __m128i first = _mm_unpackhi_epi32(load_four(documents + 4), load_four(documents + 12));
    const __m128i second = _mm_unpackhi_epi32(load_four(documents + 20), load_four(documents + 28));
    return _mm_unpackhi_epi64(first, second);
}

static inline __m256i eight_lasts(const uint32_t *documents)
{
    const __m256i lasts = _mm256_set_m128i(four_lasts(documents + 32), four_lasts(documents));
    return _mm256_xor_si256(lasts, _mm256_set1_epi32(INT32_MIN)); /* AVX2 compares signed numbers alone */
}

/* How many eights end below the target tells the one to look at. */
uint32_t avx2_block_search(uint8_t *which, uint8_t *place, const uint32_t *targets, uint32_t n,
                           const uint32_t *documents)
{
    if (n < FEW)
        return block_search_loop(which, place, targets, n, documents);
    const __m256i lasts = eight_lasts(documents), lasts_behind = eight_lasts(documents + RUN_LENGTH / 2);
    uint32_t found = 0;
    for (uint32_t i = 0; i < n; i++) {
        const __m256i target = _mm256_set1_epi32((int)targets[i]);
        const __m256i as_signed = _mm256_xor_si256(target, _mm256_set1_epi32(INT32_MIN));
        const __m256i below = _mm256_packs_epi32(_mm256_cmpgt_epi32(as_signed, lasts), _mm256_cmpgt_epi32(as_signed, lasts_behind));
        uint32_t eight = (uint32_t)__builtin_popcount((unsigned)_mm256_movemask_epi8(below)) / 2;
        eight -= eight >> 4; /* behind all: the last has it no more than another */
        const unsigned equal = eight_signs(_mm256_cmpeq_epi32(load_eight(documents + (size_t)8 * eight), target));
        which[found] = (uint8_t)i;
        place[found] = (uint8_t)(8 * eight + (uint32_t)__builtin_ctz(equal | 0x100));
        found += equal != 0;
    }
    return found;
}

const struct match_kernels match_kernels_avx2 = {
    .bm25_add = bm25_add_loops,
    .bm25_add_found = bm25_add_found_loops,
    .batch_keep = keep,
    .most_bound = avx2_most_bound,
    .take_words = take,
    .block_search = avx2_block_search,
    .few_targets = 64,
};

#endif
