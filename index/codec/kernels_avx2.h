/* Kernels for AVX2 that wider vectors do not better. */
#ifndef INDEX_CODEC_KERNELS_AVX2_H
#define INDEX_CODEC_KERNELS_AVX2_H

#include "index/codec/kernels.h"

void avx2_bitset_or(uint64_t *bits, size_t at, const uint8_t *words, size_t count);

#endif
