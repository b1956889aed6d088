#include "index/codec/kernels.h"

#include <string.h>

#include "tests/unit/tap.h"

enum { COUNT = 128, MOST_BYTES = 16 * 32 };

static void fill(uint32_t numbers[COUNT], unsigned width, struct tap_random *random)
{
    for (size_t i = 0; i < COUNT; i++)
        numbers[i] = (uint32_t)(tap_random_next(random) & ((UINT64_C(1) << width) - 1));
}

/* Number 4i+j lies in lane j from bit i * width on; word k of lane j is the u32 at 16k + 4j. */
static void lanes_are_where_the_format_says(void)
{
    struct tap_random random = {2};
    uint32_t numbers[COUNT];
    uint8_t packed[MOST_BYTES];
    const unsigned width = 7;
    fill(numbers, width, &random);
    pack128(packed, numbers, width);
    for (size_t i = 0; i < COUNT; i++)
        for (unsigned b = 0; b < width; b++) {
            const size_t bit = i / 4 * width + b;
            const size_t byte = 16 * (bit / 32) + 4 * (i % 4) + bit % 32 / 8;
            CHECK_THAT((packed[byte] >> bit % 8 & 1) == (int)(numbers[i] >> b & 1), "number %zu, bit %u", i, b);
        }
}

static void packing_writes_no_more_than_it_should(void)
{
    struct tap_random random = {3};
    uint32_t numbers[COUNT];
    uint8_t packed[MOST_BYTES + 1];
    for (unsigned width = 0; width <= 32; width++) {
        fill(numbers, width, &random);
        memset(packed, 0x5a, sizeof packed);
        pack128(packed, numbers, width);
        CHECK_UINT(packed[16 * width], 0x5a);
    }
}

static void every_width_comes_back(void)
{
    struct tap_random random = {4};
    uint32_t numbers[COUNT], unpacked[COUNT];
    uint8_t packed[MOST_BYTES + 64] = {0};
    for (unsigned width = 0; width <= 32; width++) {
        fill(numbers, width, &random);
        pack128(packed, numbers, width);
        kernels()->unpack128(unpacked, packed, width, 0);
        CHECK_BYTES(unpacked, sizeof unpacked, numbers, sizeof numbers);
    }
}

static void documents_are_running_sums(void)
{
    struct tap_random random = {5};
    uint32_t numbers[COUNT], expected[COUNT], documents[COUNT];
    uint8_t packed[MOST_BYTES + 64] = {0};
    for (unsigned width = 0; width <= 32; width++) {
        const uint32_t previous = width % 2 ? UINT32_MAX : 1000;
        uint32_t sum = previous;
        fill(numbers, width, &random);
        for (size_t i = 0; i < COUNT; i++)
            expected[i] = sum += numbers[i] + 1;
        pack128(packed, numbers, width);
        kernels()->unpack128_documents(documents, packed, width, previous);
        CHECK_BYTES(documents, sizeof documents, expected, sizeof expected);
        for (size_t n = 0; n <= COUNT; n++) {
            uint32_t some[COUNT];
            memcpy(some, numbers, sizeof some);
            kernels()->sum_documents(some, n, previous);
            CHECK_BYTES(some, n * sizeof *some, expected, n * sizeof *expected);
            CHECK_BYTES(some + n, (COUNT - n) * sizeof *some, numbers + n, (COUNT - n) * sizeof *some);
        }
    }
}

TAP_MAIN("kernels", TAP_CASE(lanes_are_where_the_format_says), TAP_CASE(packing_writes_no_more_than_it_should),
         TAP_CASE(every_width_comes_back), TAP_CASE(documents_are_running_sums))
