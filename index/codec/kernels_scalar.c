/* The portable kernels, and the specification of all others.
 *
 * 128 numbers lie in four lanes: number 4i+j is in lane j, so that four
 * neighbours are unpacked by one load, shift and mask. Shifts are known when
 * compiling: each width has a function of its own with its 32 steps written
 * out, which is worth about five times the speed of a loop over shifts. */
#include "index/codec/kernels.h"

#include "index/codec/kernels_bits.h"
#include "index/codec/kernels_search.h"
#include "index/codec/kernels_spread.h"
#include "index/codec/kernels_unary.h"
#include "index/codec/lanes.h"
#include "index/codec/widths.h"

/* The step-th four numbers. */
ALWAYS_INLINE lanes unpack_four(const uint8_t *packed, unsigned width, unsigned step)
{
    if (width == 0)
        return lanes_of(0);
    const unsigned shift = step * width % 32;
    const uint8_t *word = packed + (size_t)16 * (step * width / 32);
    lanes four = lanes_load_bytes(word) >> shift;
    if (shift + width > 32)
        four |= lanes_load_bytes(word + 16) << (32 - shift);
    return width == 32 ? four : four & ((lanes_of(1) << width) - 1);
}

ALWAYS_INLINE void unpack_step(uint32_t *numbers, const uint8_t *packed, unsigned width, unsigned step, lanes plus)
{
    lanes_store(numbers + (size_t)4 * step, unpack_four(packed, width, step) + plus);
}

/* `before`: the document before these four, in all lanes; moved on. */
ALWAYS_INLINE void document_step(uint32_t *documents, const uint8_t *packed, unsigned width, unsigned step, lanes *before)
{
    const lanes count = {1, 2, 3, 4};
    const lanes four = lanes_running_sum(unpack_four(packed, width, step)) + count + *before;
    lanes_store(documents + (size_t)4 * step, four);
    *before = LANES_SHUFFLE(four, four, 3, 3, 3, 3);
}

#define ALL_STEPS(DO) EIGHT(DO, 0) EIGHT(DO, 8) EIGHT(DO, 16) EIGHT(DO, 24)
#define UNPACK_STEP(step) unpack_step(numbers, packed, width, step, all_plus);
#define DOCUMENT_STEP(step) document_step(documents, packed, width, step, &before);

#define FUNCTIONS_OF(w)                                                                         \
    static void unpack##w(uint32_t *restrict numbers, const uint8_t *restrict packed,           \
                          uint32_t plus)                                                        \
    {                                                                                           \
        enum { width = w };                                                                     \
        const lanes all_plus = lanes_of(plus);                                                  \
        ALL_STEPS(UNPACK_STEP)                                                                  \
    }                                                                                           \
    static void documents##w(uint32_t *restrict documents, const uint8_t *restrict packed,      \
                             uint32_t previous)                                                 \
    {                                                                                           \
        enum { width = w };                                                                     \
        lanes before = lanes_of(previous);                                                      \
        ALL_STEPS(DOCUMENT_STEP)                                                                \
    }
ALL_WIDTHS(FUNCTIONS_OF)

BY_WIDTH(/* not static */, lanes_unpack128, lanes_unpack128_documents)

void lanes_sum_documents(uint32_t *numbers, size_t n, uint32_t previous)
{
    const lanes count = {1, 2, 3, 4};
    lanes before = lanes_of(previous);
    size_t i = 0;
    for (; i + 4 <= n; i += 4) {
        const lanes four = lanes_running_sum(lanes_load(numbers + i)) + count + before;
        lanes_store(numbers + i, four);
        before = LANES_SHUFFLE(four, four, 3, 3, 3, 3);
    }
    for (previous = before[0]; i < n; i++)
        numbers[i] = previous += numbers[i] + 1;
}

UNARY_KERNELS_EACH

const struct kernels kernels_scalar = {
    .name = "scalar",
    .unpack128 = lanes_unpack128,
    .unpack128_documents = lanes_unpack128_documents,
    .sum_documents = lanes_sum_documents,
    .unary_add = unary_add,
    .unary_add_sums = unary_add_sums,
    .bitset_documents = bits_documents,
    .bitset_or = bits_or,
    .bitset_add = bits_add,
    .bitset_absent = bits_absent,
    .bitset_ranks = bits_ranks,
    .count_below = count_below,
    .bitset_count = bits_count,
    .spread_read = spread_read,
    .spread_keep = spread_keep,
};
