/* The portable search among a few ascending numbers. */
#ifndef INDEX_CODEC_KERNELS_SEARCH_H
#define INDEX_CODEC_KERNELS_SEARCH_H

#include <stddef.h>
#include <stdint.h>

#include "src/util/bytes.h"

/* By halves, without a branch on what is compared. */
static inline uint32_t count_below(const uint8_t *numbers, uint32_t n, uint32_t target)
{
    const uint8_t *at = numbers;
    while (n > 1) {
        const uint32_t half = n / 2;
        const size_t step = (size_t)4 * half;
        at += (load_u32(at + step - 4) < target) * step;
        n -= half;
    }
    return (uint32_t)((size_t)(at - numbers) / 4) + (n && load_u32(at) < target);
}

#endif
