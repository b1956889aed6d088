#include "src/util/bitset.h"

#include <string.h>

#include "tests/unit/tap.h"

enum { BITS = 300, WORDS = (BITS + 63) / 64 };

static void single_bits(void)
{
    uint64_t words[WORDS] = {0};
    for (size_t bit = 0; bit < BITS; bit++) {
        CHECK_INT(bitset_test(words, bit), 0);
        bitset_set(words, bit);
        CHECK_INT(bitset_test(words, bit), 1);
        CHECK_UINT(bitset_count(words, WORDS), 1);
        CHECK_UINT(words[bit / 64], UINT64_C(1) << bit % 64);
        bitset_clear(words, bit);
    }
    CHECK_UINT(bitset_count(words, WORDS), 0);
}

static void words_hold_the_bits(void)
{
    CHECK_UINT(bitset_words(0), 0);
    CHECK_UINT(bitset_words(1), 1);
    CHECK_UINT(bitset_words(64), 1);
    CHECK_UINT(bitset_words(65), 2);
}

static void ranges_are_what_single_bits_make(void)
{
    for (size_t from = 0; from <= 200; from++)
        for (size_t to = from ? from - 1 : 0; to <= 200; to++) {
            uint64_t range[WORDS] = {0}, single[WORDS] = {0};
            bitset_set_range(range, from, to);
            for (size_t bit = from; bit < to; bit++)
                bitset_set(single, bit);
            CHECK_THAT(memcmp(range, single, sizeof range) == 0, "[%zu, %zu)", from, to);
            CHECK_UINT(bitset_count(range, WORDS), from < to ? to - from : 0);
        }
}

TAP_MAIN("bitset", TAP_CASE(single_bits), TAP_CASE(words_hold_the_bits), TAP_CASE(ranges_are_what_single_bits_make))
