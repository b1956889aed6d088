/* Kernels for AVX2 that wider vectors do not better. */
#ifndef SRC_MATCH_MATCH_KERNELS_AVX2_H
#define SRC_MATCH_MATCH_KERNELS_AVX2_H

#include "src/match/match_kernels.h"

uint32_t avx2_most_bound(const struct scorer *scorer, const struct bound_mix *mix, const uint8_t *bounds, size_t count);
uint32_t avx2_block_search(uint8_t *which, uint8_t *place, const uint32_t *targets, uint32_t n, const uint32_t *documents);

#endif
