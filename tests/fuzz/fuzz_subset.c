/* Input: four bytes for a bound, one for a count, one for a bit, then a set. What is read ascends below the bound, comes
 * back when it is written again, and is found where it is looked up. */
#include <stdlib.h>
#include <string.h>

#include "index/codec/subset.h"
#include "src/util/bytes.h"
#include "tests/fuzz/fuzz.h"

enum { HEAD = 6, MOST = 256, MOST_BYTES = MOST * 8 };

static void promise(int holds)
{
    if (!holds)
        abort();
}

static void check_again(const struct subset_tables *tables, uint32_t bound, const uint32_t *numbers, uint32_t count)
{
    uint8_t bytes[MOST_BYTES + SUBSET_PADDING] = {0};
    uint32_t again[MOST];
    const uint64_t bits = subset_bits(bound, count);
    subset_put(bytes, 0, bound, numbers, count);
    promise(subset_get(again, tables, bound, count, bits, bytes, 0) == 0);
    promise(memcmp(again, numbers, count * sizeof *again) == 0);
    promise(subset_keep(again, count, 0, UINT32_MAX, tables, bound, count, bits, bytes, 0) == count);
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t length)
{
    static struct subset_tables tables;
    uint8_t bytes[MOST_BYTES + SUBSET_PADDING] = {0};
    uint32_t numbers[MOST], wanted[MOST];
    if (length < HEAD)
        return 0;
    subset_tables_init(&tables);
    const uint32_t bound = load_u32(input) & SUBSET_LARGEST, count = 1 + input[4];
    const uint64_t bits = subset_bits(bound, count), at = input[5] % 8;
    const size_t given = length - HEAD < MOST_BYTES ? length - HEAD : MOST_BYTES;
    if (bits == UINT64_MAX || at + bits > 8 * MOST_BYTES)
        return 0;
    memcpy(bytes, input + HEAD, given);
    for (uint32_t i = 0; i < count; i++)
        wanted[i] = 3 * i;
    promise(subset_keep(wanted, count, 1, UINT32_MAX, &tables, bound, count, bits, bytes, at) <= count);
    if (subset_get(numbers, &tables, bound, count, bits, bytes, at))
        return 0;
    for (uint32_t i = 0; i < count; i++)
        promise((i == 0 || numbers[i] > numbers[i - 1]) && (bound == SUBSET_ANY || numbers[i] < bound));
    check_again(&tables, bound, numbers, count);
    return 0;
}

size_t fuzz_seed(uint8_t *bytes, size_t capacity, size_t number)
{
    static const uint32_t bounds[] = {1, 5, 24, 300, 70000, SUBSET_LARGEST, SUBSET_ANY};
    static const uint8_t counts[] = {1, 2, 3, 4, 5, 40, 200};
    const uint32_t bound = bounds[number % 7], count = counts[number / 7 % 7];
    uint32_t numbers[MOST];
    if (number >= 49 || capacity < HEAD + MOST_BYTES + SUBSET_PADDING)
        return 0;
    memset(bytes, 0, HEAD + MOST_BYTES + SUBSET_PADDING);
    store_u32(bytes, bound);
    bytes[4] = (uint8_t)(count - 1);
    if (bound && count > bound)
        return HEAD;
    for (uint32_t i = 0; i < count; i++)
        numbers[i] = i * ((bound ? bound : 1000) / count);
    subset_put(bytes + HEAD, 0, bound, numbers, count);
    return HEAD + (size_t)(subset_bits(bound, count) + 7) / 8;
}
