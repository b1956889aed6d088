#include "index/format/bounds.h"

#include "index/format/lengths.h"
#include "tests/unit/tap.h"

static void check_bounds_of(const uint8_t (*postings)[2], size_t count, const char expected[BOUND_BYTES])
{
    struct bounds bounds;
    uint8_t bytes[BOUND_BYTES];
    bounds_init(&bounds);
    for (size_t i = 0; i < count; i++)
        bounds_add(&bounds, postings[i][0], postings[i][1]);
    bounds_write(bytes, &bounds);
    CHECK_BYTES(bytes, sizeof bytes, expected, BOUND_BYTES);
}

static void only_the_frontier_is_kept(void)
{
    static const uint8_t postings[][2] = {{3, 20}, {1, 10}, {2, 30}, {3, 25}, {1, 12}};
    check_bounds_of(postings, 5, "\x03\x01\x01\x01\x14\x0a\x0a\x0a");
}

static void the_last_pair_is_repeated(void)
{
    static const uint8_t postings[][2] = {{7, 50}};
    check_bounds_of(postings, 1, "\x07\x07\x07\x07\x32\x32\x32\x32");
}

static void the_cheapest_neighbours_are_joined(void)
{
    /* costs of joining: 10 x 10, 1 x 2, 5 x 6, 3 x 3: the second and third become (10, 38) */
    static const uint8_t postings[][2] = {{20, 50}, {10, 40}, {9, 38}, {4, 32}, {1, 29}};
    check_bounds_of(postings, 5, "\x14\x0a\x04\x01\x32\x26\x20\x1d");
}

static void the_earliest_of_equals_is_joined(void)
{
    static const uint8_t postings[][2] = {{5, 50}, {4, 49}, {3, 48}, {2, 47}, {1, 46}};
    check_bounds_of(postings, 5, "\x05\x03\x02\x01\x31\x30\x2f\x2e");
}

static void large_frequencies_are_many(void)
{
    struct bounds bounds;
    uint8_t bytes[BOUND_BYTES];
    bounds_init(&bounds);
    bounds_add(&bounds, 100000, 60);
    bounds_add(&bounds, 255, 55);
    bounds_add(&bounds, 254, 50);
    bounds_write(bytes, &bounds);
    CHECK_BYTES(bytes, sizeof bytes, "\xff\xfe\xfe\xfe\x37\x32\x32\x32", BOUND_BYTES);
}

static int holds(const uint8_t bytes[BOUND_BYTES], uint32_t tf, uint8_t code)
{
    for (size_t i = 0; i < BOUND_PAIRS; i++)
        if ((bytes[i] >= tf || bytes[i] == BOUND_TF_MANY) && bytes[BOUND_PAIRS + i] <= code)
            return 1;
    return 0;
}

static double part(double tf, double length, double k1, double b)
{
    return tf / (tf + k1 * (1 - b + b * length / 80));
}

/* No posting scores more than the best of the pairs, for any k1 and b. */
static void check_scores(const uint8_t bytes[BOUND_BYTES], uint32_t tf, uint8_t code, struct tap_random *random)
{
    const double k1 = (double)tap_random_below(random, 400) / 100, b = (double)tap_random_below(random, 101) / 100;
    double most = 0;
    for (size_t i = 0; i < BOUND_PAIRS; i++) {
        const double pair_tf = bytes[i] == BOUND_TF_MANY ? 1e12 : bytes[i];
        const double score = part(pair_tf, length_decode(bytes[BOUND_PAIRS + i]), k1, b);
        most = score > most ? score : most;
    }
    const double score = part(tf, length_decode(code), k1, b);
    CHECK_THAT(score <= most, "tf %u, code %u, k1 %g, b %g: %.17g > %.17g", (unsigned)tf, code, k1, b, score, most);
}

static void every_posting_is_bounded(void)
{
    struct tap_random random = {21};
    enum { MOST = 200 };
    for (size_t round = 0; round < tap_rounds(2000); round++) {
        const size_t count = 1 + tap_random_below(&random, MOST);
        const uint64_t range = round % 3 ? 12 : 400;
        uint32_t tf[MOST];
        uint8_t code[MOST], bytes[BOUND_BYTES];
        struct bounds bounds, half;
        bounds_init(&bounds);
        bounds_init(&half);
        for (size_t i = 0; i < count; i++) {
            tf[i] = 1 + (uint32_t)tap_random_below(&random, range);
            code[i] = (uint8_t)tap_random_below(&random, 255);
            bounds_add(i % 2 ? &half : &bounds, tf[i], code[i]);
        }
        bounds_merge(&bounds, &half);
        bounds_write(bytes, &bounds);
        for (size_t i = 1; i < BOUND_PAIRS; i++)
            CHECK(bytes[i] <= bytes[i - 1] && bytes[BOUND_PAIRS + i] <= bytes[BOUND_PAIRS + i - 1]);
        for (size_t i = 0; i < count; i++) {
            CHECK_THAT(holds(bytes, tf[i], code[i]), "round %zu: (%u, %u)", round, (unsigned)tf[i], code[i]);
            check_scores(bytes, tf[i], code[i], &random);
        }
    }
}

TAP_MAIN("bounds", TAP_CASE(only_the_frontier_is_kept), TAP_CASE(the_last_pair_is_repeated),
         TAP_CASE(the_cheapest_neighbours_are_joined), TAP_CASE(the_earliest_of_equals_is_joined),
         TAP_CASE(large_frequencies_are_many), TAP_CASE(every_posting_is_bounded))
