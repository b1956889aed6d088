#include "index/format/bounds.h"

#include <string.h>

#include "index/format/lengths.h"
#include "src/util/bytes.h"
#include "tests/unit/tap.h"

static void check_bounds_of(const uint32_t (*postings)[2], size_t count, uint64_t expected)
{
    struct bounds bounds;
    uint8_t bytes[BOUND_BYTES];
    bounds_init(&bounds);
    for (size_t i = 0; i < count; i++)
        bounds_add(&bounds, postings[i][0], (uint8_t)postings[i][1]);
    bounds_write(bytes, &bounds);
    CHECK_UINT(load_u64(bytes), expected);
}

static void the_best_posting_is_kept_itself(void)
{
    static const uint32_t postings[][2] = {{3, 20}, {1, 30}, {2, 20}, {3, 25}, {1, 22}};
    check_bounds_of(postings, 5, UINT64_C(15) << 60 | 20 << 8 | 3);
}

static void large_frequencies_are_never_kept(void)
{
    static const uint32_t most[][2] = {{BOUND_TF_MOST, 9}}, more[][2] = {{256, 0}};
    check_bounds_of(most, 1, UINT64_C(15) << 60 | 9 << 8 | BOUND_TF_MOST);
    uint64_t expected = 0; /* of length 0: 2^-8 in all directions but the last, eight octaves of 32 steps above 2^-16 */
    for (unsigned direction = 0; direction < BOUND_DIRECTIONS - 1; direction++)
        expected |= UINT64_C(256) << 10 * direction;
    check_bounds_of(more, 1, expected);
}

/* The code of a number: 2^-16 is 0, five bits of exponent and five behind the leading one. */
static uint64_t code(double number)
{
    unsigned octave = 0;
    number *= 65536;
    for (; number >= 2; number /= 2)
        octave++;
    return octave * 32 + (unsigned)((number - 1) * 32);
}

static void the_least_of_every_direction_is_kept(void)
{
    const double length[] = {length_decode(60), length_decode(20)}, tf[] = {8, 2};
    static const uint32_t postings[][2] = {{8, 60}, {2, 20}, {1, 40}};
    static const double slopes[] = {0, 1, 4, 16, 64};
    uint64_t expected = 0;
    for (unsigned direction = 0; direction < BOUND_DIRECTIONS; direction++) {
        double least = 1e9;
        for (unsigned i = 0; i < 2; i++) {
            const double part = direction < 5 ? 1 + slopes[direction] * length[i] / 1024 : 64 * length[i] / 1024;
            least = part / tf[i] < least ? part / tf[i] : least;
        }
        expected |= code(least) << 10 * direction;
    }
    check_bounds_of(postings, 3, expected);
}

static double norm(double length, double k1, double b)
{
    return k1 * (1 - b + b * length / 80);
}

/* What any direction's least is, from those of its neighbours. */
static double least_norm_by_tf(uint64_t bounds, double x, double y)
{
    unsigned direction = 0;
    float first, second;
    while (direction < 4 && y > (double)bound_slopes[direction + 1] * x)
        direction++;
    const uint32_t bits = bounds_least_bits(bounds, direction), next = bounds_least_bits(bounds, direction + 1);
    memcpy(&first, &bits, sizeof first);
    memcpy(&second, &next, sizeof second);
    const double slope = (double)bound_slopes[direction];
    const double part = direction < 4 ? (y - slope * x) / ((double)bound_slopes[direction + 1] - slope) : 0;
    return direction < 4 ? (x - part) * (double)first + part * (double)second
                         : x * (double)first + (y - slope * x) / slope * (double)second;
}

/* No posting scores more than its bound, for any k1 and b. */
static void check_scores(const uint8_t bytes[BOUND_BYTES], uint32_t tf, uint8_t code_of_length, struct tap_random *random)
{
    const double k1 = (double)tap_random_below(random, 400) / 100, b = (double)tap_random_below(random, 101) / 100;
    const double own = norm(length_decode(code_of_length), k1, b) / tf;
    const uint64_t bounds = load_u64(bytes);
    double least = norm(length_decode(bounds_one_code(bounds)), k1, b) / bounds_one_tf(bounds);
    if (!bounds_are_one(bounds))
        least = least_norm_by_tf(bounds, norm(0, k1, b), 1024 * (norm(1, k1, b) - norm(0, k1, b)));
    CHECK_THAT(own >= least * (1 - 1e-6), "tf %u, code %u, k1 %g, b %g: %.17g < %.17g", (unsigned)tf, code_of_length, k1,
               b, own, least);
}

static void every_posting_is_bounded(void)
{
    struct tap_random random = {21};
    enum { MOST = 200 };
    for (size_t round = 0; round < tap_rounds(2000); round++) {
        const size_t count = 1 + tap_random_below(&random, round % 4 ? MOST : 3);
        const uint64_t range = round % 3 ? 12 : round % 2 ? 400 : 1000000;
        uint32_t tf[MOST];
        uint8_t codes[MOST], bytes[BOUND_BYTES];
        struct bounds bounds, half;
        bounds_init(&bounds);
        bounds_init(&half);
        for (size_t i = 0; i < count; i++) {
            tf[i] = 1 + (uint32_t)tap_random_below(&random, range);
            codes[i] = (uint8_t)tap_random_below(&random, 255);
            bounds_add(i % 2 ? &half : &bounds, tf[i], codes[i]);
        }
        bounds_merge(&bounds, &half);
        bounds_write(bytes, &bounds);
        for (size_t i = 0; i < count; i++) {
            CHECK_THAT(bounds_hold(bytes, tf[i], codes[i]), "round %zu: (%u, %u)", round, (unsigned)tf[i], codes[i]);
            check_scores(bytes, tf[i], codes[i], &random);
        }
    }
}

static void what_is_better_is_not_held(void)
{
    static const uint32_t postings[][2] = {{8, 60}, {2, 20}};
    struct bounds bounds;
    uint8_t bytes[BOUND_BYTES];
    bounds_init(&bounds);
    bounds_add(&bounds, postings[0][0], (uint8_t)postings[0][1]);
    bounds_write(bytes, &bounds);
    CHECK(!bounds_hold(bytes, 9, 60));
    CHECK(!bounds_hold(bytes, 8, 59));
    bounds_add(&bounds, postings[1][0], (uint8_t)postings[1][1]);
    bounds_write(bytes, &bounds);
    CHECK(bounds_hold(bytes, 1, 20));
    CHECK(!bounds_hold(bytes, 9, 60));
    CHECK(!bounds_hold(bytes, 2, 10));
}

TAP_MAIN("bounds", TAP_CASE(the_best_posting_is_kept_itself), TAP_CASE(large_frequencies_are_never_kept),
         TAP_CASE(the_least_of_every_direction_is_kept), TAP_CASE(every_posting_is_bounded),
         TAP_CASE(what_is_better_is_not_held))
