#include "index/format/position_code.h"

#include "index/format/lengths.h"
#include "tests/unit/tap.h"

static struct position_code code;

static void sizes_are_those_of_sets(void)
{
    position_code_init(&code);
    for (unsigned end = 0; end < POSITION_CODES; end++)
        for (uint32_t tf = 1; tf < 100; tf++) {
            const uint32_t most = length_most((uint8_t)end), bound = most > SUBSET_LARGEST ? SUBSET_ANY : most;
            const uint64_t bits = subset_bits(bound, tf);
            const uint64_t expected = bits == UINT64_MAX && tf < POSITION_FEW ? POSITION_NONE : bits;
            CHECK_UINT(position_code_bits(&code, (uint8_t)end, tf), expected);
        }
}

static void nothing_and_too_much_bound_nothing(void)
{
    static const uint8_t ends[] = {0, 254, 255};
    for (size_t i = 0; i < sizeof ends; i++) {
        CHECK_UINT(code.bounds[ends[i]], SUBSET_ANY);
        CHECK_UINT(position_code_bits(&code, ends[i], 3), 96);
    }
    CHECK(code.bounds[253] > UINT32_C(1) << 30 && code.bounds[253] <= SUBSET_LARGEST);
    CHECK_UINT(code.bounds[1], 1);
    CHECK_UINT(position_code_bits(&code, 1, 1), 0);
    CHECK_UINT(position_code_bits(&code, 1, 2), POSITION_NONE);
}

/* FORMAT.md, "Sets": a document of 300 tokens has code 72, which goes up to 311. */
static void sizes_of_the_format(void)
{
    CHECK_UINT(code.bounds[length_encode(300)], 311);
    CHECK_UINT(position_code_bits(&code, length_encode(300), 1), 9);
    CHECK_UINT(position_code_bits(&code, length_encode(300), 2), 8 + 2 * 4);
    CHECK_UINT(position_code_bits(&code, length_encode(300), 10), 10 * 4 + 10 + (310 >> 4));
}

TAP_MAIN("position code", TAP_CASE(sizes_are_those_of_sets), TAP_CASE(nothing_and_too_much_bound_nothing),
         TAP_CASE(sizes_of_the_format))
