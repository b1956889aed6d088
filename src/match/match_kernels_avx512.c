/* AVX-512: sixteen at a time; a mask tells who stays, and gaps are closed by one instruction. */
#include "src/match/match_kernels_avx2.h"

#if defined(__AVX512VBMI2__)

#include <immintrin.h>

#include "src/match/match_loops.h"
#include "src/match/window_loops.h"

static inline __mmask16 first_lanes(unsigned count)
{
    return (__mmask16)((UINT32_C(1) << count) - 1);
}

static void keep(struct batch *batch, uint32_t units)
{
    const __m512i least = _mm512_set1_epi32((int)units);
    const uint32_t count = batch->count;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i += 16) {
        const __mmask16 here = first_lanes(count - i < 16 ? count - i : 16);
        const __m512i has = _mm512_maskz_loadu_epi32(here, batch->units + i);
        const __m512i documents = _mm512_maskz_loadu_epi32(here, batch->documents + i);
        const __m128i origins = _mm_maskz_loadu_epi8(here, batch->origins + i);
        const __mmask16 stay = _mm512_mask_cmpge_epu32_mask(here, has, least);
        const unsigned more = (unsigned)__builtin_popcount(stay);
        const __mmask16 to = first_lanes(more);
        _mm512_mask_storeu_epi32(batch->units + kept, to, _mm512_maskz_compress_epi32(stay, has));
        _mm512_mask_storeu_epi32(batch->documents + kept, to, _mm512_maskz_compress_epi32(stay, documents));
        _mm_mask_storeu_epi8(batch->origins + kept, to, _mm_maskz_compress_epi8(stay, origins));
        kept += more;
    }
    batch->count = kept;
}

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

TAKE_KERNEL(take_word)

const struct match_kernels match_kernels_avx512 = {
    .bm25_add = bm25_add_loops,
    .batch_keep = keep,
    .most_bound = avx2_most_bound,
    .take_words = take,
    .block_search = avx2_block_search,
    .few_targets = 64,
};

#endif
