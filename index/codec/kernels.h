/* The inner loops that processors do differently, as one table chosen once per
 * process (TRAWL_CPU=scalar forces the portable ones). These are the
 * specification: every kernel gives the same bits, and a property test holds
 * each to that. Bytes that are read may be followed by up to RUN_PADDING others. */
#ifndef INDEX_CODEC_KERNELS_H
#define INDEX_CODEC_KERNELS_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "src/util/cpu.h"

/* A set of many numbers in bits: subset.h. */
struct spread {
    const uint8_t *bytes;
    uint64_t at, high, end; /* bits: the low parts from `at` on, the high ones from `high` to `end` */
    uint32_t bound, count;
    unsigned low;           /* bits of a low part */
};

struct kernels {
    const char *name;
    /* 128 numbers of `width` (0..32) bits from 16*width bytes in lane order, each plus `plus`. */
    void (*unpack128)(uint32_t *numbers, const uint8_t *packed, unsigned width, uint32_t plus);
    /* Without `plus`, then documents[i] = previous + 1 + i + sum(numbers[0..i]). */
    void (*unpack128_documents)(uint32_t *documents, const uint8_t *packed, unsigned width, uint32_t previous);
    /* In place: gap-1 to documents, n numbers. */
    void (*sum_documents)(uint32_t *numbers, size_t n, uint32_t previous);

    /* numbers[i] += the i-th of n numbers (1..128) in unary from `bytes` on, shifted up by `low`; or the sum of all up
     * to it. -> bits that they take, 0 when `size` bytes do not hold them */
    size_t (*unary_add)(uint32_t *numbers, const uint8_t *bytes, size_t size, size_t n, unsigned low);
    size_t (*unary_add_sums)(uint32_t *sums, const uint8_t *bytes, size_t size, size_t n, unsigned low);

    /* first + i for each bit i set in so many words. -> how many; of more than 128 none is
     * written. There is room for KERNEL_ROOM more than 128. */
    size_t (*bitset_documents)(uint32_t *documents, const uint8_t *words, size_t count, uint32_t first);
    /* ORs so many words into the bits from bit `at` on; writes no word for zeros beyond them. */
    void (*bitset_or)(uint64_t *bits, size_t at, const uint8_t *words, size_t count);
    /* Sets the bits documents[i] - first; documents ascend, n > 0. */
    void (*bitset_add)(uint64_t *bits, const uint32_t *documents, size_t n, uint32_t first);
    /* How many of these bits are not set. */
    size_t (*bitset_absent)(const uint64_t *bits, const uint32_t *documents, size_t n, uint32_t first);
    /* ranks[i] = how many of the bits [from, at[i]) are set, for n ascending places from `from` on. */
    void (*bitset_ranks)(uint32_t *ranks, const uint8_t *bits, uint32_t from, const uint32_t *at, size_t n);
    /* How many of n <= COUNT_MOST ascending numbers of 32 bits, little-endian, are below the target; of damaged ones that do
     * not ascend, any number up to n. */
    uint32_t (*count_below)(const uint8_t *numbers, uint32_t n, uint32_t target);
    /* How many bits are set. */
    size_t (*bitset_count)(const uint64_t *bits, size_t words);

    /* All numbers of a set. -> 0, or -1: they are too few or do not ascend. Whether they are below the bound is not looked at. */
    int (*spread_read)(uint32_t *numbers, const struct spread *set);
    /* Of `n` ascending numbers keeps those that are in the set when `shift` (below the bound) is added, `most` at most. -> how many;
     * of damaged sets any */
    uint32_t (*spread_keep)(uint32_t *kept, uint32_t n, uint32_t shift, uint32_t most, const struct spread *set);
};

enum { KERNEL_ROOM = 64, COUNT_MOST = 32 };

extern const struct kernels kernels_scalar;
#if defined(__x86_64__)
extern const struct kernels kernels_sse41, kernels_avx2, kernels_avx512;
#endif

/* Those of a level; NULL: the level is of another family of processors. */
const struct kernels *kernels_of(enum cpu_level level);

/* Set once, to what is the same from every thread. */
extern _Atomic(const struct kernels *) kernels_chosen;
const struct kernels *kernels_choose(void);

static inline const struct kernels *kernels(void)
{
    const struct kernels *chosen = atomic_load_explicit(&kernels_chosen, memory_order_relaxed);
    return chosen ? chosen : kernels_choose();
}

/* 128 numbers to 16*width bytes; only writers need it. */
void pack128(uint8_t *packed, const uint32_t *numbers, unsigned width);

#endif
