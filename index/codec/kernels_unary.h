/* Numbers in unary: each as so many zeros and then a one, low bit first (FORMAT.md, "Runs"). What levels do differently is to
 * find the ones; the loops around that are for each level's file to compile with its instructions. */
#ifndef INDEX_CODEC_KERNELS_UNARY_H
#define INDEX_CODEC_KERNELS_UNARY_H

#include <stddef.h>
#include <stdint.h>

#include "index/codec/kernels.h"
#include "index/codec/run.h"
#include "src/util/bytes.h"

/* Where the first n ones of so many bytes stand, or of a few bytes more; there is room for KERNEL_ROOM others.
 * -> how many were found, of more than n any number */
typedef size_t find_ones_function(uint32_t *places, const uint8_t *bytes, size_t size, size_t n);

static inline size_t find_ones_each(uint32_t *places, const uint8_t *bytes, size_t size, size_t n)
{
    size_t found = 0;
    for (size_t at = 0; at < size && found < n; at += 8)
        for (uint64_t word = load_u64(bytes + at); word && found < n; word &= word - 1)
            places[found++] = (uint32_t)(8 * at) + (uint32_t)__builtin_ctzll(word);
    return found;
}

/* Bits up to and with the n-th one, 0 when it is not in the bytes. */
static inline size_t bits_of_ones(const uint32_t *places, size_t found, size_t size, size_t n)
{
    return found >= n && places[n - 1] < 8 * size ? places[n - 1] + 1 : 0;
}

/* Adds each number, shifted up by `low`. -> as bits_of_ones() */
static inline size_t add_unary(uint32_t *restrict numbers, const uint8_t *bytes, size_t size, size_t n, unsigned low,
                               find_ones_function *find_ones)
{
    uint32_t room[1 + RUN_LENGTH + KERNEL_ROOM], *const places = room + 1;
    const size_t bits = bits_of_ones(places, find_ones(places, bytes, size, n), size, n);
    room[0] = UINT32_MAX;
    for (size_t i = 0; bits && i < n; i++)
        numbers[i] += (places[i] - room[i] - 1) << low;
    return bits;
}

/* Adds the sum of the numbers up to each. */
static inline size_t add_unary_sums(uint32_t *restrict sums, const uint8_t *bytes, size_t size, size_t n, unsigned low,
                                    find_ones_function *find_ones)
{
    uint32_t places[RUN_LENGTH + KERNEL_ROOM];
    const size_t bits = bits_of_ones(places, find_ones(places, bytes, size, n), size, n);
    for (size_t i = 0; bits && i < n; i++)
        sums[i] += (places[i] - (uint32_t)i) << low;
    return bits;
}

/* The two kernels of a level. */
#define UNARY_KERNELS(find_ones)                                                                                     \
    static size_t unary_add(uint32_t *numbers, const uint8_t *bytes, size_t size, size_t n, unsigned low)            \
    {                                                                                                                \
        return add_unary(numbers, bytes, size, n, low, find_ones);                                                   \
    }                                                                                                                \
    static size_t unary_add_sums(uint32_t *sums, const uint8_t *bytes, size_t size, size_t n, unsigned low)          \
    {                                                                                                                \
        return add_unary_sums(sums, bytes, size, n, low, find_ones);                                                 \
    }

#endif
