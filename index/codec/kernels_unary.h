/* Numbers in unary: each as so many zeros and then a one, low bit first (FORMAT.md, "Runs"). What levels do differently is to
 * count the zeros before the ones; the loops around that are for each level's file to compile with its instructions. */
#ifndef INDEX_CODEC_KERNELS_UNARY_H
#define INDEX_CODEC_KERNELS_UNARY_H

#include <stddef.h>
#include <stdint.h>

#include "index/codec/kernels.h"
#include "index/codec/run.h"
#include "src/util/bytes.h"

/* zeros[i]: how many there are before the i-th of the first n ones, modulo 256; there is room for KERNEL_ROOM others.
 * Words are read whole that begin in the bytes. -> bits up to and with the n-th one; 0 when there are not so many */
typedef size_t count_zeros_function(uint8_t *zeros, const uint8_t *bytes, size_t size, size_t n);

/* One after the other. */
static inline size_t unary_add_each(uint32_t *numbers, const uint8_t *bytes, size_t size, size_t n, unsigned low, int sums)
{
    size_t found = 0, before = SIZE_MAX;
    for (size_t at = 0; at < size; at += 8)
        for (uint64_t word = load_u64(bytes + at); word; word &= word - 1) {
            const size_t one = 8 * at + (size_t)__builtin_ctzll(word);
            numbers[found] += (uint32_t)(sums ? one - found : one - before - 1) << low;
            before = one;
            if (++found == n)
                return one < 8 * size ? one + 1 : 0;
        }
    return 0;
}

/* zeros[-1] is 0. */
static inline void add_highs(uint32_t *restrict numbers, const uint8_t *restrict zeros, size_t n, unsigned low, int sums)
{
    const uint8_t *const before = zeros - 1;
    for (size_t i = 0; i < n; i++)
        numbers[i] += (uint32_t)(uint8_t)(sums ? zeros[i] : zeros[i] - before[i]) << low;
}

/* Adds each number, shifted up by `low`, or the sum of all up to it. */
static inline size_t unary_add_by(uint32_t *numbers, const uint8_t *bytes, size_t size, size_t n, unsigned low, int sums,
                                  count_zeros_function *count_zeros)
{
    enum { BYTE_VALUES = 256 };
    uint8_t room[1 + RUN_LENGTH + KERNEL_ROOM], *const zeros = room + 1;
    const size_t bits = count_zeros(zeros, bytes, size, n);
    zeros[-1] = 0;
    if (bits >= n + BYTE_VALUES)
        return unary_add_each(numbers, bytes, size, n, low, sums);
    if (!bits || bits > 8 * size)
        return 0;
    if (n == RUN_LENGTH)
        add_highs(numbers, zeros, RUN_LENGTH, low, sums);
    else
        add_highs(numbers, zeros, n, low, sums);
    return bits;
}

/* The two kernels of a level that counts zeros. */
#define UNARY_KERNELS(count_zeros)                                                                                   \
    static size_t unary_add(uint32_t *numbers, const uint8_t *bytes, size_t size, size_t n, unsigned low)            \
    {                                                                                                                \
        return unary_add_by(numbers, bytes, size, n, low, 0, count_zeros);                                           \
    }                                                                                                                \
    static size_t unary_add_sums(uint32_t *sums, const uint8_t *bytes, size_t size, size_t n, unsigned low)          \
    {                                                                                                                \
        return unary_add_by(sums, bytes, size, n, low, 1, count_zeros);                                              \
    }

/* And of one that does not. */
#define UNARY_KERNELS_EACH                                                                                           \
    static size_t unary_add(uint32_t *numbers, const uint8_t *bytes, size_t size, size_t n, unsigned low)            \
    {                                                                                                                \
        return unary_add_each(numbers, bytes, size, n, low, 0);                                                      \
    }                                                                                                                \
    static size_t unary_add_sums(uint32_t *sums, const uint8_t *bytes, size_t size, size_t n, unsigned low)          \
    {                                                                                                                \
        return unary_add_each(sums, bytes, size, n, low, 1);                                                         \
    }

#endif
