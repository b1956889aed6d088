/* The inner loops that processors do differently, as one table chosen once per
 * process (TRAWL_CPU=scalar forces the portable ones). Scalar is the
 * specification: every kernel gives the same bits, and a property test holds
 * each to that. */
#ifndef INDEX_CODEC_KERNELS_H
#define INDEX_CODEC_KERNELS_H

#include <stddef.h>
#include <stdint.h>

struct kernels {
    const char *name;
    /* 128 numbers of `width` (0..32) bits from 16*width bytes in lane order, each plus `plus`. */
    void (*unpack128)(uint32_t *numbers, const uint8_t *packed, unsigned width, uint32_t plus);
    /* Without `plus`, then documents[i] = previous + 1 + i + sum(numbers[0..i]). */
    void (*unpack128_documents)(uint32_t *documents, const uint8_t *packed, unsigned width, uint32_t previous);
    /* In place: gap-1 to documents, n numbers. */
    void (*sum_documents)(uint32_t *numbers, size_t n, uint32_t previous);
};

const struct kernels *kernels(void);
extern const struct kernels kernels_scalar;

/* 128 numbers to 16*width bytes; only writers need it. */
void pack128(uint8_t *packed, const uint32_t *numbers, unsigned width);

#endif
