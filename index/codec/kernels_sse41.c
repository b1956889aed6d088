/* SSE4.1: bits. Unpacking is the portable one's, whose vectors are of that size. */
#include "index/codec/kernels.h"

#if defined(__SSE4_1__) && defined(__x86_64__)

#include <smmintrin.h>

#include "index/codec/bit_places.h"
#include "index/codec/kernels_bits.h"
#include "index/codec/kernels_search.h"
#include "index/codec/kernels_spread.h"
#include "index/codec/kernels_unary.h"
#include "index/codec/lanes.h"

static void store_four(uint32_t *numbers, __m128i start, __m128i bytes)
{
    _mm_storeu_si128((__m128i *)(void *)numbers, _mm_add_epi32(start, _mm_cvtepu8_epi32(bytes)));
}

/* As in kernels_avx2.c, by halves of eight. */
static size_t documents_of_bits(uint32_t *documents, const uint8_t *words, size_t count, uint32_t first)
{
    const size_t sum = bits_population(words, count);
    __m128i start = _mm_set1_epi32((int)first);
    if (sum > RUN_LENGTH)
        return sum;
    for (size_t i = 0; i < 8 * count; i++) {
        const __m128i of_byte = _mm_loadl_epi64((const __m128i *)(const void *)(bit_places + words[i]));
        store_four(documents, start, of_byte);
        store_four(documents + 4, start, _mm_srli_si128(of_byte, 4));
        documents += (unsigned)__builtin_popcount(words[i]);
        start = _mm_add_epi32(start, _mm_set1_epi32(8));
    }
    return sum;
}

UNARY_KERNELS_EACH

const struct kernels kernels_sse41 = {
    .name = "sse4.1",
    .unpack128 = lanes_unpack128,
    .unpack128_documents = lanes_unpack128_documents,
    .sum_documents = lanes_sum_documents,
    .unary_add = unary_add,
    .unary_add_sums = unary_add_sums,
    .bitset_documents = documents_of_bits,
    .bitset_or = bits_or,
    .bitset_add = bits_add,
    .bitset_absent = bits_absent,
    .bitset_ranks = bits_ranks,
    .count_below = count_below,
    .bitset_count = bits_count,
    .spread_read = spread_read,
    .spread_keep = spread_keep,
};

#endif
