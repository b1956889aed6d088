/* AVX2: eight at a time. Closing the gaps of those that drop out is a
 * permutation; which, is looked up by the eight bits that tell who stays. */
#include "src/match/match_kernels.h"

#if defined(__AVX2__)

#include <immintrin.h>

#include "index/codec/bit_places.h"
#include "src/match/match_loops.h"

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

static void keep(struct batch *batch, uint32_t units)
{
    const __m256i least = _mm256_set1_epi32((int)units);
    const uint32_t count = batch->count;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i += 8) {
        const __m256i has = load_eight(batch->units + i), documents = load_eight(batch->documents + i);
        const __m128i origins = _mm_loadl_epi64((const __m128i *)(const void *)(batch->origins + i));
        const unsigned here = count - i < 8 ? 0xffu >> (8 - (count - i)) : 0xff;
        const unsigned stay = at_least(has, least) & here;
        const __m128i places = places_of(stay);
        const __m256i wide = _mm256_cvtepu8_epi32(places);
        store_eight(batch->units + kept, _mm256_permutevar8x32_epi32(has, wide));
        store_eight(batch->documents + kept, _mm256_permutevar8x32_epi32(documents, wide));
        _mm_storel_epi64((__m128i *)(void *)(batch->origins + kept), _mm_shuffle_epi8(origins, places));
        kept += (unsigned)__builtin_popcount(stay);
    }
    batch->count = kept;
}

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
static uint32_t search(uint8_t *which, uint8_t *place, const uint32_t *targets, uint32_t n, const uint32_t *documents)
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
    .batch_keep = keep,
    .block_search = search,
    .few_targets = 64,
};

#endif
