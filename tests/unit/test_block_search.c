#include "src/match/block_search.h"

#include <string.h>

#include "index/codec/run.h"
#include "tests/unit/tap.h"

static struct block_map map;

static uint32_t ascending(uint32_t *out, uint32_t n, uint32_t from, uint64_t step, struct tap_random *random)
{
    for (uint32_t i = 0; i < n; i++) {
        out[i] = from + (uint32_t)tap_random_below(random, step);
        from = out[i] + 1;
    }
    return from;
}

static uint32_t below(const uint32_t *documents, uint32_t count, uint32_t target)
{
    uint32_t at = 0;
    while (at < count && documents[at] < target)
        at++;
    return at;
}

/* Targets of which about half are in the block; with one map through all rounds, so that it is full of old places. */
static void intersections_are_complete(void)
{
    struct tap_random random = {9};
    for (size_t round = 0; round < tap_rounds(3000); round++) {
        uint32_t documents[RUN_LENGTH], targets[RUN_LENGTH], n = 0;
        uint8_t which[RUN_LENGTH], places[RUN_LENGTH];
        const uint32_t count = round % 2 ? RUN_LENGTH : 1 + (uint32_t)tap_random_below(&random, RUN_LENGTH);
        const uint64_t step = 1 + tap_random_below(&random, UINT64_C(1) << tap_random_below(&random, 16));
        ascending(documents, count, (uint32_t)tap_random_below(&random, 5000), step, &random);
        const uint64_t rarity = 1 + tap_random_below(&random, 40);
        for (uint32_t i = 0; i < count; i++) {
            const int has_room = i + 1 < count && documents[i] + 1 < documents[i + 1];
            if (tap_random_below(&random, rarity) == 0)
                targets[n++] = documents[i] + (uint32_t)(has_room && tap_random_below(&random, 2));
        }
        const uint32_t found = block_intersect(which, places, targets, n, documents, count, &map);
        uint32_t expected = 0;
        for (uint32_t i = 0; i < n; i++) {
            const uint32_t at = below(documents, count, targets[i]);
            CHECK_UINT(block_lower_bound(documents, count, targets[i]), at);
            if (at == count || documents[at] != targets[i])
                continue;
            REQUIRE_THAT(expected < found && which[expected] == i && places[expected] == at, "round %zu, target %u",
                         round, (unsigned)i);
            expected++;
        }
        CHECK_UINT(found, expected);
    }
}

static void bits_are_looked_at(void)
{
    const uint8_t words[16] = {0x05, 0, 0, 0, 0, 0, 0, 0x80, 0x01};
    const uint32_t targets[] = {1000, 1001, 1002, 1062, 1063, 1064, 1065};
    uint8_t which[RUN_LENGTH];
    REQUIRE_UINT(block_intersect_bits(which, targets, 7, words, 1000), 4);
    CHECK(memcmp(which, "\0\2\4\5", 4) == 0);
}

static void empty_blocks_have_no_bound(void)
{
    const uint32_t one = 7;
    CHECK_UINT(block_lower_bound(&one, 1, 7), 0);
    CHECK_UINT(block_lower_bound(&one, 1, 8), 1);
    CHECK_UINT(block_lower_bound(&one, 0, 8), 0);
}

TAP_MAIN("block_search", TAP_CASE(intersections_are_complete), TAP_CASE(bits_are_looked_at),
         TAP_CASE(empty_blocks_have_no_bound))
