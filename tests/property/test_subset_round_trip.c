/* Sets in bits, at every level of processor, against the arrays that they were made from: all kinds of bounds and
 * counts, at every bit of a byte; and damaged ones, which must stay inside. Inputs are heap
 * blocks that end with the padding that may be read. */
#include <stdlib.h>
#include <string.h>

#include "index/codec/kernels.h"
#include "index/codec/subset.h"
#include "tests/property/levels.h"
#include "tests/unit/tap.h"

enum { MOST = 400, GUARD = 0x5a5a5a5a };

static struct subset_tables tables;

/* A random set, by drawing each number with the right chance. */
static void draw(uint32_t *numbers, uint32_t bound, uint32_t count, struct tap_random *random)
{
    uint64_t left = bound ? bound : UINT32_MAX, next = 0;
    for (uint32_t i = 0; i < count; i++) {
        const uint64_t room = left - (count - i); /* so many may be skipped */
        uint64_t skip = 0;
        if (tap_random_below(random, 8)) { /* else next to the one before */
            skip = tap_random_below(random, 1 + 2 * room / (count - i));
            skip = skip < room ? skip : room;
        }
        numbers[i] = (uint32_t)(next + skip);
        next += skip + 1;
        left -= skip + 1;
    }
}

/* A heap block of zeros with room for the set and the padding. */
static uint8_t *make_block(uint64_t end)
{
    uint8_t *bytes = calloc(end / 8 + 1 + SUBSET_PADDING, 1);
    REQUIRE(bytes != NULL);
    return bytes;
}

static void check_keep(const uint8_t *bytes, uint64_t at, uint32_t bound, const uint32_t *numbers, uint32_t count,
                       struct tap_random *random)
{
    const uint64_t bits = subset_bits(bound, count);
    const uint32_t limit = bound ? bound : UINT32_MAX;
    uint32_t n = 1 + (uint32_t)tap_random_below(random, 12);
    const uint32_t shift = (uint32_t)tap_random_below(random, limit < 9 ? limit : 9);
    const uint32_t most = tap_random_below(random, 3) ? UINT32_MAX : 1;
    uint32_t starts[12], expected[12], found = 0;
    for (uint32_t i = 0, next = 0; i < n; i++) {
        const uint32_t near = numbers[tap_random_below(random, count)];
        starts[i] = tap_random_below(random, 2) && near >= (uint64_t)shift + next ? near - shift : next;
        if (starts[i] == UINT32_MAX)
            n = i + 1;
        next = starts[i] + 1;
        for (uint32_t k = 0; k < count && found < most; k++)
            if (numbers[k] == (uint64_t)starts[i] + shift)
                expected[found++] = starts[i];
    }
    const uint32_t kept = subset_keep(starts, n, shift, most, &tables, bound, count, bits, bytes, at);
    REQUIRE_THAT(kept == found, "%u of %u below %u, shift %u: kept %u, not %u", n, count, bound, shift, kept, found);
    REQUIRE(!memcmp(starts, expected, found * sizeof *starts));
}

static void check_set(uint32_t bound, uint32_t count, struct tap_random *random)
{
    uint32_t numbers[MOST], read[MOST + 1];
    const uint64_t bits = subset_bits(bound, count), at = tap_random_below(random, 70);
    draw(numbers, bound, count, random);
    uint8_t *bytes = make_block(at + bits);
    subset_put(bytes, at, bound, numbers, count);
    for (uint64_t bit = 0; bit < at; bit++)
        REQUIRE(!(bytes[bit / 8] >> bit % 8 & 1));
    for (uint64_t bit = at + bits; bit < (at + bits + 8) / 8 * 8; bit++)
        REQUIRE(!(bytes[bit / 8] >> bit % 8 & 1));
    read[count] = GUARD;
    REQUIRE_INT(subset_get(read, &tables, bound, count, bits, bytes, at), 0);
    REQUIRE_THAT(!memcmp(read, numbers, count * sizeof *read) && read[count] == GUARD, "%u below %u", count, bound);
    for (int i = 0; i < 4; i++)
        check_keep(bytes, at, bound, numbers, count, random);
    free(bytes);
}

static uint32_t random_bound(struct tap_random *random)
{
    const uint32_t bound = (uint32_t)tap_random_next(random) & SUBSET_LARGEST;
    switch (tap_random_below(random, 8)) {
    case 0:
        return SUBSET_ANY;
    case 1:
        return SUBSET_LARGEST - (bound & 1);
    default:
        return 1 + (bound >> tap_random_below(random, 31));
    }
}

static void sets_come_back(void)
{
    struct tap_random random = {21};
    for (size_t round = 0; round < tap_rounds(40000); round++) {
        const uint32_t bound = random_bound(&random), limit = bound && bound < MOST ? bound : MOST;
        const uint32_t count = 1 + (uint32_t)tap_random_below(&random, tap_random_below(&random, 2) ? limit : limit < 8 ? limit : 8);
        check_set(bound, count, &random);
    }
}

/* Whatever is below a small bound, and every number of it. */
static void full_and_small_sets(void)
{
    struct tap_random random = {22};
    for (uint32_t bound = 1; bound < 80; bound++)
        for (uint32_t count = 1; count <= bound; count++)
            check_set(bound, count, &random);
    CHECK_UINT(subset_bits(1, 1), 0);
    CHECK_UINT(subset_bits(7, 8), UINT64_MAX);
    CHECK_UINT(subset_bits(SUBSET_ANY, 7), 7 * 32);
}

/* Bytes that are no set: an error, or numbers that ascend below the bound. */
static void damaged_sets_stay_inside(void)
{
    struct tap_random random = {23};
    uint32_t numbers[MOST + 1], starts[9];
    for (size_t round = 0; round < tap_rounds(40000); round++) {
        const uint32_t bound = random_bound(&random), limit = bound && bound < MOST ? bound : MOST;
        const uint32_t count = 1 + (uint32_t)tap_random_below(&random, limit), n = 1 + (uint32_t)tap_random_below(&random, 9);
        const uint64_t bits = subset_bits(bound, count), at = tap_random_below(&random, 9);
        const uint8_t filling = (uint8_t)tap_random_next(&random);
        uint8_t *bytes = make_block(at + bits);
        for (size_t i = 0; i < (at + bits) / 8 + 1; i++)
            bytes[i] = filling & 1 ? (uint8_t)tap_random_next(&random) : filling & 2 ? 0xff : 0;
        numbers[count] = GUARD;
        const int status = subset_get(numbers, &tables, bound, count, bits, bytes, at);
        REQUIRE_UINT(numbers[count], GUARD);
        for (uint32_t i = 0; i < count && !status; i++)
            REQUIRE((!i || numbers[i] > numbers[i - 1]) && (!bound || numbers[i] < bound));
        for (uint32_t i = 0; i < n; i++)
            starts[i] = i * (1 + filling);
        REQUIRE(subset_keep(starts, n, 1, UINT32_MAX, &tables, bound, count, bits, bytes, at) <= n);
        free(bytes);
    }
}

static int has(const uint32_t *numbers, uint32_t count, uint32_t number)
{
    for (uint32_t i = 0; i < count; i++)
        if (numbers[i] == number)
            return 1;
    return 0;
}

/* Searching and walking, which is chosen by how much is looked for, in the kernels of all levels. */
static void levels_keep_the_same(void)
{
    struct tap_random random = {24};
    for (size_t round = 0; round < tap_rounds(20000); round++) {
        const uint32_t bound = 6 + (uint32_t)tap_random_below(&random, 5000);
        const uint32_t count = 5 + (uint32_t)tap_random_below(&random, (bound < MOST ? bound : MOST) - 5);
        const uint64_t bits = subset_bits(bound, count);
        uint32_t numbers[MOST], starts[40], of_scalar[40], read[MOST];
        unsigned low = 0;
        while ((uint64_t)count << (low + 1) <= bound)
            low++;
        draw(numbers, bound, count, &random);
        uint8_t *bytes = make_block(bits);
        subset_put(bytes, 0, bound, numbers, count);
        const struct spread set = {
            .bytes = bytes, .high = (uint64_t)count * low, .end = bits, .bound = bound, .count = count, .low = low};
        const uint32_t n = 1 + (uint32_t)tap_random_below(&random, bound < 40 ? bound : 40);
        draw(starts, bound, n, &random);
        memcpy(of_scalar, starts, sizeof starts);
        const uint32_t shift = round % 2 ? (uint32_t)tap_random_below(&random, bound < 8 ? bound : 8) : 0;
        const uint32_t most = round % 3 ? UINT32_MAX : 1 + (uint32_t)tap_random_below(&random, 3);
        const uint32_t kept = kernels_scalar.spread_keep(of_scalar, n, shift, most, &set);
        uint32_t expected = 0;
        for (uint32_t i = 0; i < n && expected < most; i++)
            if (has(numbers, count, starts[i] + shift))
                REQUIRE_UINT(of_scalar[expected++], starts[i]);
        REQUIRE_UINT(kept, expected);
        for (int level = CPU_SCALAR; level < LEVELS; level++) {
            const struct kernels *kernel = level_runs_here((enum cpu_level)level) ? kernels_of((enum cpu_level)level) : NULL;
            uint32_t again[40];
            if (!kernel)
                continue;
            memcpy(again, starts, sizeof starts);
            REQUIRE_UINT(kernel->spread_keep(again, n, shift, most, &set), kept);
            REQUIRE_THAT(!memcmp(again, of_scalar, kept * sizeof *again), "%s", kernel->name);
            REQUIRE_INT(kernel->spread_read(read, &set), 0);
            REQUIRE_THAT(!memcmp(read, numbers, count * sizeof *read), "%s", kernel->name);
        }
        free(bytes);
    }
}

static void make_tables(void)
{
    subset_tables_init(&tables);
    CHECK_UINT(tables.parts2[4], 1 | 2 << 8);             /* 00 01 11 02 12 */
    CHECK_UINT(tables.parts3[3], 1 | 1 << 5 | 1 << 10);   /* 000 001 011 111 */
    CHECK_UINT(tables.parts4[3875], 0xffff);
}

TAP_MAIN("subset round trip", TAP_CASE(make_tables), TAP_CASE(full_and_small_sets), TAP_CASE(sets_come_back),
         TAP_CASE(damaged_sets_stay_inside), TAP_CASE(levels_keep_the_same))
