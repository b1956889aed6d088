/* Every level's kernels of the matcher that this processor can run, against
 * plain loops: scores to the bit, candidates kept, blocks searched. */
#include <string.h>

#include "index/format/bounds.h"
#include "tests/property/levels.h"
#include "tests/unit/tap.h"

enum { GUARD = 0x5a5a5a5a };

#define FOR_ALL_LEVELS(kernel)                            \
    for (int level = CPU_SCALAR; level < LEVELS; level++) \
        for (const struct match_kernels *kernel = of_level(level); kernel; kernel = NULL)

static const struct match_kernels *of_level(int level)
{
    return level_runs_here((enum cpu_level)level) ? match_kernels_of((enum cpu_level)level) : NULL;
}

/* ------------------------------------------------------------------- scores */

static uint32_t some_tf(struct tap_random *random)
{
    static const uint32_t extreme[] = {0, 1, 255, 1 << 24, INT32_MAX, UINT32_MAX};
    if (tap_random_below(random, 8) == 0)
        return extreme[tap_random_below(random, sizeof extreme / sizeof *extreme)];
    return 1 + (uint32_t)tap_random_below(random, 20);
}

static float some_norm(struct tap_random *random)
{
    static const float extreme[] = {0.0f, 1e-30f, 1.0f / 64, 1e30f};
    if (tap_random_below(random, 8) == 0)
        return extreme[tap_random_below(random, sizeof extreme / sizeof *extreme)];
    return (float)tap_random_below(random, 1000000) / 200000.0f;
}

/* Some of the documents are found, at any places of a block. */
static void check_found(const struct match_kernels *kernel, const struct scorer *scorer, const uint32_t *documents,
                        const uint32_t *tfs, const uint32_t *before, struct tap_random *random)
{
    uint8_t which[RUN_LENGTH], places[RUN_LENGTH];
    uint32_t units[RUN_LENGTH], expected[RUN_LENGTH];
    struct found_places found = {which, places, 0};
    const uint32_t one_of = 1 + (uint32_t)tap_random_below(random, 30);
    memcpy(units, before, sizeof units);
    memcpy(expected, before, sizeof expected);
    for (uint32_t i = 0; i < RUN_LENGTH; i++) {
        if (tap_random_below(random, one_of))
            continue;
        const uint8_t place = (uint8_t)tap_random_below(random, RUN_LENGTH);
        expected[i] += bm25_score(scorer, documents[i], tfs ? tfs[place] : 1);
        which[found.count] = (uint8_t)i;
        places[found.count++] = place;
    }
    if (found.count)
        kernel->bm25_add_found(units, scorer, documents, tfs, &found);
    REQUIRE_THAT(!memcmp(units, expected, sizeof units), "%u found", (unsigned)found.count);
}

static void scores_are_the_same_to_the_bit(void)
{
    enum { DOCUMENTS = 1000 };
    struct tap_random random = {41};
    float norms[LENGTH_CODES];
    uint8_t codes[DOCUMENTS];
    for (size_t round = 0; round < tap_rounds(4000); round++) {
        uint32_t documents[RUN_LENGTH], tfs[RUN_LENGTH], before[RUN_LENGTH], units[RUN_LENGTH];
        const size_t n = tap_random_below(&random, RUN_LENGTH + 1);
        const struct scorer scorer = {.weight = (float)tap_random_below(&random, UINT64_C(1) << tap_random_below(&random, 31)),
                                      .multiplicity = 1 + (uint32_t)tap_random_below(&random, 3),
                                      .norms = norms,
                                      .codes = codes};
        for (size_t i = 0; i < LENGTH_CODES; i++)
            norms[i] = some_norm(&random);
        for (size_t i = 0; i < DOCUMENTS; i++)
            codes[i] = (uint8_t)tap_random_next(&random);
        for (size_t i = 0; i < RUN_LENGTH; i++) {
            documents[i] = (uint32_t)tap_random_below(&random, DOCUMENTS);
            tfs[i] = some_tf(&random);
            before[i] = (uint32_t)tap_random_next(&random);
        }
        FOR_ALL_LEVELS(kernel) {
            const int all_ones = round % 3 == 0;
            memcpy(units, before, sizeof units);
            kernel->bm25_add(units, &scorer, documents, all_ones ? NULL : tfs, n);
            for (size_t i = 0; i < n; i++)
                REQUIRE_THAT(units[i] == before[i] + bm25_score(&scorer, documents[i], all_ones ? 1 : tfs[i]),
                             "level %d, %zu of %zu: tf %u", level, i, n, (unsigned)tfs[i]);
            REQUIRE(memcmp(units + n, before + n, (RUN_LENGTH - n) * sizeof *units) == 0);
            check_found(kernel, &scorer, documents, all_ones ? NULL : tfs, before, &random);
        }
    }
}

/* ---------------------------------------------------------------- candidates */

static void the_competitive_are_kept(void)
{
    static const uint32_t needs[] = {1, 2, 50, 99, 100, INT32_MAX, UINT32_C(1) << 31, UINT32_MAX};
    struct tap_random random = {42};
    for (size_t round = 0; round < tap_rounds(8000); round++) {
        const uint32_t needed = needs[round % (sizeof needs / sizeof *needs)];
        struct batch batch = {.count = (uint32_t)tap_random_below(&random, BATCH_SIZE + 1)}, expected = {0};
        for (uint32_t i = 0; i < BATCH_SIZE; i++) {
            batch.documents[i] = (uint32_t)tap_random_next(&random);
            batch.units[i] = needed <= 100 ? (uint32_t)tap_random_below(&random, 100) : (uint32_t)tap_random_next(&random);
            batch.origins[i] = (uint8_t)tap_random_next(&random);
        }
        const uint32_t to = round % 2 ? batch.count : (uint32_t)tap_random_below(&random, batch.count + 1);
        const uint32_t from = round % 3 ? 0 : (uint32_t)tap_random_below(&random, to + 1);
        for (uint32_t i = 0; i < to; i++) {
            if (i >= from && batch.units[i] < needed)
                continue;
            expected.documents[expected.count] = batch.documents[i];
            expected.units[expected.count] = batch.units[i];
            expected.origins[expected.count++] = batch.origins[i];
        }
        FOR_ALL_LEVELS(kernel) {
            struct batch found = batch;
            found.count = kernel->batch_keep(&found, from, to, needed);
            REQUIRE(!memcmp(found.documents + to, batch.documents + to, (batch.count - to) * sizeof *batch.documents));
            REQUIRE(!memcmp(found.units + to, batch.units + to, (batch.count - to) * sizeof *batch.units));
            REQUIRE(!memcmp(found.origins + to, batch.origins + to, batch.count - to));
            REQUIRE_THAT(found.count == expected.count, "level %d: %u kept instead of %u", level, (unsigned)found.count,
                         (unsigned)expected.count);
            REQUIRE(!memcmp(found.documents, expected.documents, found.count * sizeof *found.documents));
            REQUIRE(!memcmp(found.units, expected.units, found.count * sizeof *found.units));
            REQUIRE(!memcmp(found.origins, expected.origins, found.count));
        }
    }
}

/* ------------------------------------------------------------------- windows */

enum { WINDOW_WORDS = 40 };

struct window_model {
    uint64_t bits[WINDOW_WORDS];
    uint32_t units[64 * WINDOW_WORDS];
};

/* Words that are empty, sparse, dense and, in some windows, full. */
static void fill_window(struct window_model *window, int has_full, uint32_t most, struct tap_random *random)
{
    *window = (struct window_model){0};
    for (size_t word = 0; word < WINDOW_WORDS; word++) {
        static const uint64_t kinds[] = {0, 0, 0, 1, UINT64_MAX};
        uint64_t bits = kinds[tap_random_below(random, has_full ? 5 : 4)];
        if (bits == 1)
            for (size_t i = 0; i < 1 + tap_random_below(random, 30); i++)
                bits |= UINT64_C(1) << tap_random_below(random, 64);
        window->bits[word] = bits;
        for (size_t i = 0; i < 64; i++)
            window->units[64 * word + i] = bits >> i & 1 ? (uint32_t)tap_random_below(random, most) : 0;
    }
}

/* Takes all of the window, batch by batch, and looks at each candidate. */
static void empty_window(const struct match_kernels *kernel, const struct window_model *window, uint32_t words, uint32_t first,
                         uint32_t needed)
{
    static struct window_model left;
    struct batch batch;
    uint32_t word = 0, next = 0;
    left = *window;
    do {
        batch.count = 0;
        word = kernel->take_words(&batch, left.bits, left.units, first, word, words, needed);
        for (uint32_t i = 0; i < batch.count; i++, next++) {
            while (!(window->bits[next / 64] >> next % 64 & 1) || window->units[next] < needed)
                REQUIRE(++next < 64 * words);
            REQUIRE(batch.documents[i] == first + next && batch.units[i] == window->units[next]);
        }
        REQUIRE(batch.count <= BATCH_SIZE && (batch.count > 0 || word == words));
    } while (word < words);
    for (; next < 64 * words; next++)
        REQUIRE(!(window->bits[next / 64] >> next % 64 & 1) || window->units[next] < needed);
    for (uint32_t i = 0; i < WINDOW_WORDS; i++)
        REQUIRE(left.bits[i] == (i < words ? 0 : window->bits[i]));
    for (uint32_t i = 0; i < 64 * WINDOW_WORDS; i++)
        REQUIRE(left.units[i] == (i < 64 * words ? 0 : window->units[i]));
}

static void windows_are_emptied(void)
{
    static struct window_model window;
    struct tap_random random = {44};
    for (size_t round = 0; round < tap_rounds(2000); round++) {
        const uint32_t words = 1 + (uint32_t)tap_random_below(&random, WINDOW_WORDS);
        const uint32_t first = (uint32_t)tap_random_below(&random, 1 << 20), needed = (uint32_t)tap_random_below(&random, 110);
        fill_window(&window, round % 2, round % 3 ? 100 : UINT32_MAX, &random);
        FOR_ALL_LEVELS(kernel)
            empty_window(kernel, &window, words, first, needed);
    }
}

/* ------------------------------------------------------------------- bounds */

static void put_some_bounds(uint8_t *bytes, struct tap_random *random)
{
    struct bounds bounds;
    bounds_init(&bounds);
    for (size_t i = 0; i < 1 + tap_random_below(random, 4); i++)
        bounds_add(&bounds, some_tf(random) % 1000 + 1, (uint8_t)tap_random_below(random, LENGTH_CODES - 1));
    bounds_write(bytes, &bounds);
}

static void the_most_of_bounds_is_the_same_to_the_bit(void)
{
    enum { BLOCKS = 70 };
    struct tap_random random = {45};
    for (size_t round = 0; round < tap_rounds(4000); round++) {
        uint8_t bounds[BLOCKS * BOUND_BYTES];
        float norms[LENGTH_CODES];
        struct bound_mix mix;
        const uint32_t count = (uint32_t)tap_random_below(&random, BLOCKS + 1);
        const struct scorer scorer = {
            .weight = (float)tap_random_below(&random, UINT64_C(1) << tap_random_below(&random, 31)), .multiplicity = 1, .norms = norms};
        bm25_norms(norms, some_norm(&random), (float)tap_random_below(&random, 101) / 100.0f, 250.0);
        bm25_mix(&mix, norms);
        for (size_t i = 0; i < BLOCKS; i++)
            put_some_bounds(bounds + i * BOUND_BYTES, &random);
        uint32_t expected = 0;
        for (uint32_t i = 0; i < count; i++) {
            const uint32_t bound = bm25_block_bound(&scorer, &mix, bounds + i * BOUND_BYTES);
            expected = bound > expected ? bound : expected;
        }
        FOR_ALL_LEVELS(kernel)
            REQUIRE_THAT(kernel->most_bound(&scorer, &mix, bounds, count) == expected, "level %d, %u blocks", level,
                         (unsigned)count);
    }
}

/* ------------------------------------------------------------------- blocks */

static void check_search(const uint32_t *documents, const uint32_t *targets, uint32_t n)
{
    FOR_ALL_LEVELS(kernel) {
        uint8_t which[RUN_LENGTH], places[RUN_LENGTH];
        const uint32_t found = kernel->block_search(which, places, targets, n, documents);
        uint32_t expected = 0;
        for (uint32_t i = 0; i < n; i++)
            for (uint32_t at = 0; at < RUN_LENGTH; at++) {
                if (documents[at] != targets[i])
                    continue;
                REQUIRE_THAT(expected < found && which[expected] == i && places[expected] == at, "level %d: target %u",
                             level, (unsigned)i);
                expected++;
            }
        REQUIRE_THAT(found == expected, "level %d: %u found instead of %u", level, (unsigned)found, (unsigned)expected);
    }
}

static void targets_are_found_where_they_are(void)
{
    struct tap_random random = {43};
    for (size_t round = 0; round < tap_rounds(2000); round++) {
        uint32_t documents[RUN_LENGTH], targets[RUN_LENGTH], n = 0;
        const uint64_t most = (UINT64_C(1) << (round % 25)) - 1; /* 128 of them stay below 2^32 */
        uint64_t next = round % 5 ? tap_random_below(&random, 1000) : UINT32_MAX - 128 * (most + 1);
        for (uint32_t i = 0; i < RUN_LENGTH; i++, next++)
            documents[i] = (uint32_t)(next += tap_random_below(&random, most + 1));
        const uint32_t rarity = 1 + (uint32_t)tap_random_below(&random, 60);
        for (uint32_t i = 0; i < RUN_LENGTH; i++) {
            const uint32_t before = i ? documents[i - 1] + 1 : 0;
            if (tap_random_below(&random, rarity) == 0) /* it, or one of those before it */
                targets[n++] = documents[i] - (uint32_t)(tap_random_below(&random, 2) * (documents[i] - before));
        }
        if (n < RUN_LENGTH && documents[RUN_LENGTH - 1] < UINT32_MAX)
            targets[n++] = documents[RUN_LENGTH - 1] + 1;
        check_search(documents, targets, n);
    }
}

TAP_MAIN("match kernels", TAP_CASE(scores_are_the_same_to_the_bit), TAP_CASE(the_competitive_are_kept),
         TAP_CASE(windows_are_emptied), TAP_CASE(the_most_of_bounds_is_the_same_to_the_bit),
         TAP_CASE(targets_are_found_where_they_are))
