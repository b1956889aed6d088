/* AVX-512: sixteen at a time; a mask tells who stays, and gaps are closed by one instruction. */
#include "src/match/match_kernels_avx2.h"

#if defined(__AVX512VBMI2__)

#include <immintrin.h>

#include "index/codec/bit_places.h"
#include "src/match/match_loops.h"
#include "src/match/window_loops.h"

static inline __mmask16 first_lanes(unsigned count)
{
    return (__mmask16)((UINT32_C(1) << count) - 1);
}

static uint32_t keep(struct batch *batch, uint32_t from, uint32_t to, uint32_t units)
{
    const __m512i least = _mm512_set1_epi32((int)units);
    uint32_t kept = from;
    for (uint32_t i = from; i < to; i += 16) {
        const __mmask16 here = first_lanes(to - i < 16 ? to - i : 16);
        const __m512i has = _mm512_maskz_loadu_epi32(here, batch->units + i);
        const __m512i documents = _mm512_maskz_loadu_epi32(here, batch->documents + i);
        const __m128i origins = _mm_maskz_loadu_epi8(here, batch->origins + i);
        const __mmask16 stay = _mm512_mask_cmpge_epu32_mask(here, has, least);
        const unsigned more = (unsigned)__builtin_popcount(stay);
        const __mmask16 there = first_lanes(more);
        _mm512_mask_storeu_epi32(batch->units + kept, there, _mm512_maskz_compress_epi32(stay, has));
        _mm512_mask_storeu_epi32(batch->documents + kept, there, _mm512_maskz_compress_epi32(stay, documents));
        _mm_mask_storeu_epi8(batch->origins + kept, there, _mm_maskz_compress_epi8(stay, origins));
        kept += more;
    }
    return kept;
}

/* -------------------------------------------------------------------- scores */

/* As bm25_score(), of sixteen. */
static inline __m512i sixteen_scores(const struct scorer *scorer, __m512i tfs, __m512 norm)
{
    const __m512i positive = _mm512_and_si512(tfs, _mm512_set1_epi32(INT32_MAX));
    const __m512 tf = _mm512_max_ps(_mm512_cvtepi32_ps(positive), _mm512_set1_ps(1.0f));
    const __m512 part = _mm512_div_ps(tf, _mm512_add_ps(tf, norm));
    const __m512i units = _mm512_cvttps_epi32(_mm512_mul_ps(_mm512_set1_ps(scorer->weight), part));
    return _mm512_mullo_epi32(units, _mm512_set1_epi32((int)scorer->multiplicity));
}

static void add(uint32_t *units, const struct scorer *scorer, const uint32_t *documents, const uint32_t *tfs, size_t n)
{
    float norm[BATCH_SIZE];
    gather_norms(norm, scorer, documents, n);
    for (size_t i = 0; i < n; i += 16) {
        const __mmask16 here = first_lanes(n - i < 16 ? (unsigned)(n - i) : 16);
        const __m512i tf = tfs ? _mm512_maskz_loadu_epi32(here, tfs + i) : _mm512_set1_epi32(1);
        const __m512i more = sixteen_scores(scorer, tf, _mm512_maskz_loadu_ps(here, norm + i));
        _mm512_mask_storeu_epi32(units + i, here, _mm512_add_epi32(_mm512_maskz_loadu_epi32(here, units + i), more));
    }
}

/* ------------------------------------------------------------------- windows */

static inline void take_word(struct batch *batch, uint64_t bits, uint32_t *units, uint32_t first, uint32_t needed)
{
    const __m512i lanes = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    const __m512i least = _mm512_set1_epi32((int)needed);
    for (unsigned i = 0; i < 64; i += 16) {
        const __m512i has = _mm512_loadu_si512(units + i);
        const __mmask16 stay = _mm512_mask_cmpge_epu32_mask((__mmask16)(bits >> i), has, least);
        _mm512_storeu_si512(units + i, _mm512_setzero_si512());
        if (!stay)
            continue;
        const __m512i documents = _mm512_add_epi32(_mm512_set1_epi32((int)(first + i)), lanes);
        _mm512_storeu_si512(batch->units + batch->count, _mm512_maskz_compress_epi32(stay, has));
        _mm512_storeu_si512(batch->documents + batch->count, _mm512_maskz_compress_epi32(stay, documents));
        batch->count += (unsigned)__builtin_popcount(stay);
    }
}

static inline uint32_t find_places(uint16_t *places, const uint64_t *bits)
{
    const __m512i in_word = _mm512_loadu_si512(word_places);
    uint32_t found = 0;
    for (unsigned i = 0; i < TAKE_WORDS; i++) {
        const __m512i ones = _mm512_maskz_compress_epi8(bits[i], in_word), base = _mm512_set1_epi16((short)(64 * i));
        const uint32_t count = (uint32_t)__builtin_popcountll(bits[i]);
        _mm512_storeu_si512(places + found, _mm512_add_epi16(base, _mm512_cvtepu8_epi16(_mm512_castsi512_si256(ones))));
        if (count > 32)
            _mm512_storeu_si512(places + found + 32,
                                _mm512_add_epi16(base, _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(ones, 1))));
        found += count;
    }
    return found;
}

static const struct take_loops loops = {find_places, take_word};
TAKE_KERNEL(loops)

const struct match_kernels match_kernels_avx512 = {
    .bm25_add = add,
    .bm25_add_found = bm25_add_found_loops,
    .batch_keep = keep,
    .most_bound = avx2_most_bound,
    .take_words = take,
    .block_search = avx2_block_search,
    .few_targets = 64,
};

#endif
