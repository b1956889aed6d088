/* Whatever numbers a run holds, of every length, width and mixture: they come
 * back, the size is right, nothing is written past n, and the form chosen is
 * never larger than plain packing. */
#include <string.h>

#include "index/codec/run.h"
#include "tests/unit/tap.h"

enum { BUFFER = RUN_MAX_BYTES + RUN_PADDING, GUARD = 0x5a5a5a5a };

enum mixture { UNIFORM, FEW_OUTLIERS, MANY_OUTLIERS, HALVING, ALL_EQUAL, MIXTURES };

static uint32_t below_bits(struct tap_random *random, unsigned width)
{
    return (uint32_t)(tap_random_next(random) & ((UINT64_C(1) << width) - 1));
}

static void make(uint32_t *numbers, size_t n, unsigned width, enum mixture mixture, struct tap_random *random)
{
    const uint64_t every = mixture == FEW_OUTLIERS ? 40 : 6;
    const uint32_t same = below_bits(random, width);
    for (size_t i = 0; i < n; i++) {
        numbers[i] = mixture == ALL_EQUAL ? same : below_bits(random, width);
        if (mixture == HALVING) /* each as likely as all larger ones, nearly */
            numbers[i] >>= (unsigned)__builtin_ctzll(tap_random_next(random) | UINT64_C(1) << width);
        else if (mixture != UNIFORM && mixture != ALL_EQUAL && tap_random_below(random, every) == 0)
            numbers[i] = below_bits(random, 32);
    }
}

static void check_run(const uint32_t *numbers, size_t n, unsigned width, size_t gain)
{
    uint8_t bytes[BUFFER];
    uint32_t decoded[RUN_LENGTH + 1];
    memset(bytes, 0xee, sizeof bytes);
    const size_t size = run_encode(bytes, numbers, n, gain);
    REQUIRE_THAT(size <= RUN_MAX_BYTES, "n %zu, width %u: %zu bytes", n, width, size);
    REQUIRE_THAT(run_size(bytes, bytes + size, n) == size, "n %zu, width %u: size", n, width);
    REQUIRE_THAT(run_size(bytes, bytes + size - 1, n) == 0, "n %zu, width %u: one byte less", n, width);
    decoded[n] = GUARD;
    REQUIRE_THAT(run_decode(decoded, bytes, bytes + size, n, 0) == size, "n %zu, width %u: decoded size", n, width);
    REQUIRE_THAT(!memcmp(decoded, numbers, n * sizeof *numbers), "n %zu, width %u: numbers", n, width);
    REQUIRE_THAT(decoded[n] == GUARD, "n %zu, width %u: wrote past the end", n, width);
}

static uint64_t sum(const uint32_t *numbers, size_t n)
{
    uint64_t total = 0;
    for (size_t i = 0; i < n; i++)
        total += numbers[i];
    return total;
}

static void check_documents(const uint32_t *numbers, size_t n, unsigned width, uint32_t previous)
{
    uint8_t bytes[BUFFER] = {0};
    uint32_t documents[RUN_LENGTH + 1];
    const size_t size = run_encode(bytes, numbers, n, 8);
    documents[n] = GUARD;
    const int fits = sum(numbers, n) + n <= UINT32_MAX;
    const size_t decoded = run_decode_documents(documents, bytes, bytes + size, n, previous);
    REQUIRE_THAT(decoded == (fits ? size : 0), "n %zu, width %u: size", n, width);
    uint32_t expected = previous;
    for (size_t i = 0; fits && i < n; i++) {
        expected += numbers[i] + 1;
        REQUIRE_THAT(documents[i] == expected, "n %zu, width %u: document %zu", n, width, i);
    }
    REQUIRE_THAT(documents[n] == GUARD, "n %zu, width %u: wrote past the end", n, width);
}

static void every_length_and_width(void)
{
    struct tap_random random = {11};
    uint32_t numbers[RUN_LENGTH];
    const size_t step = tap_rounds(8) < 8 ? 7 : 1;
    for (size_t n = 1; n <= RUN_LENGTH; n += n + step > RUN_LENGTH && n < RUN_LENGTH ? RUN_LENGTH - n : step)
        for (unsigned width = 0; width <= 32; width++)
            for (int mixture = 0; mixture < MIXTURES; mixture++) {
                make(numbers, n, width, (enum mixture)mixture, &random);
                check_run(numbers, n, width, tap_random_below(&random, 12));
                check_documents(numbers, n, width, mixture % 2 ? UINT32_MAX : (uint32_t)tap_random_next(&random));
            }
}

static void damaged_runs_stay_inside(void)
{
    struct tap_random random = {12};
    uint8_t bytes[BUFFER];
    uint32_t numbers[RUN_LENGTH + 1];
    for (size_t round = 0; round < tap_rounds(200000); round++) {
        const size_t length = 1 + tap_random_below(&random, 40), n = 1 + tap_random_below(&random, RUN_LENGTH);
        for (size_t i = 0; i < length; i++)
            bytes[i] = (uint8_t)tap_random_next(&random);
        bytes[0] = (uint8_t)(tap_random_below(&random, 4) ? bytes[0] & 0x27 : bytes[0]); /* narrow ones are likelier sound */
        const size_t size = run_size(bytes, bytes + length, n);
        REQUIRE(size <= length);
        numbers[n] = GUARD;
        REQUIRE_UINT(run_decode(numbers, bytes, bytes + length, n, 0), size);
        REQUIRE_UINT(numbers[n], GUARD);
        const size_t documents = run_decode_documents(numbers, bytes, bytes + length, n, UINT32_MAX);
        REQUIRE(documents == size || documents == 0);
        for (size_t i = 1; documents && i < n; i++)
            REQUIRE(numbers[i - 1] < numbers[i]);
        REQUIRE_UINT(numbers[n], GUARD);
    }
}

TAP_MAIN("run round trip", TAP_CASE(every_length_and_width), TAP_CASE(damaged_runs_stay_inside))
