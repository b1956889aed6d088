#include "index/codec/bits.h"

#include "tests/unit/tap.h"

static void low_bits_come_first(void)
{
    uint8_t bytes[16] = {0};
    const unsigned width = 5;
    static const uint64_t numbers[] = {1, 31, 0, 17, 9};
    for (size_t i = 0; i < 5; i++)
        bits_put(bytes, i, width, numbers[i]);
    /* 00001 11111 00000 10001 01001, from the lowest bit up */
    CHECK_BYTES(bytes, (size_t)bits_size(5, width), "\xe1\x83\x98\x00", 4);
    for (size_t i = 0; i < 5; i++)
        CHECK_UINT(bits_get(bytes, i, width), numbers[i]);
}

static void every_width_comes_back(void)
{
    struct tap_random random = {1};
    enum { COUNT = 50 };
    for (unsigned width = 0; width <= BITS_MAX_WIDTH; width++) {
        uint8_t bytes[COUNT * 8 + 8] = {0};
        uint64_t numbers[COUNT];
        for (size_t i = 0; i < COUNT; i++) {
            numbers[i] = tap_random_next(&random) & ((UINT64_C(1) << width) - 1);
            bits_put(bytes, i, width, numbers[i]);
        }
        for (size_t i = 0; i < COUNT; i++)
            CHECK_THAT(bits_get(bytes, i, width) == numbers[i], "width %u, number %zu", width, i);
        for (size_t i = (size_t)bits_size(COUNT, width); i < sizeof bytes; i++)
            CHECK_THAT(bytes[i] == 0, "width %u wrote byte %zu", width, i);
    }
}

static void needed_bits(void)
{
    CHECK_UINT(bits_needed(0), 0);
    CHECK_UINT(bits_needed(1), 1);
    CHECK_UINT(bits_needed(255), 8);
    CHECK_UINT(bits_needed(256), 9);
    CHECK_UINT(bits_needed(UINT64_MAX), 64);
}

TAP_MAIN("bits", TAP_CASE(low_bits_come_first), TAP_CASE(every_width_comes_back), TAP_CASE(needed_bits))
