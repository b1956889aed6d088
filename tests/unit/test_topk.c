#include "src/match/topk.h"

#include <stdlib.h>

#include "tests/unit/tap.h"

static int compare(const void *a, const void *b)
{
    const uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return (left < right) - (left > right);
}

/* Offers random documents, few different scores, and compares with sorting all. */
static void check_best(size_t limit, size_t offered, struct tap_random *random)
{
    const uint64_t scores = UINT64_C(1) << tap_random_below(random, 32);
    struct arena arena;
    struct topk topk;
    arena_init(&arena);
    uint64_t *ranks = malloc((offered + 1) * sizeof *ranks);
    REQUIRE(ranks && !topk_init(&topk, limit, 1000, &arena, NULL));
    for (size_t i = 0; i < offered; i++) {
        const uint32_t units = (uint32_t)tap_random_below(random, scores);
        const uint64_t insertion = 1000 + (i * 7919) % 10007; /* all differ, in no order */
        ranks[i] = topk_rank(&topk, units, insertion);
        CHECK(!topk.is_full || i >= limit);
        topk_add(&topk, ranks[i], 3, (uint32_t)i);
    }
    qsort(ranks, offered, sizeof *ranks, compare);
    topk_finish(&topk);
    REQUIRE_UINT(topk.count, limit < offered ? limit : offered);
    for (size_t i = 0; i < topk.count; i++) {
        CHECK_THAT(topk.entries[i].rank == ranks[i], "limit %zu of %zu: entry %zu", limit, offered, i);
        CHECK_UINT(topk.entries[i].segment, 3);
    }
    free(ranks);
    arena_release(&arena);
}

static void the_best_are_kept_in_order(void)
{
    static const size_t limits[] = {1, 2, 10, 99, 100, 101, 500, 1000};
    struct tap_random random = {3};
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        for (size_t round = 0; round < tap_rounds(20); round++)
            check_best(limits[i], tap_random_below(&random, 5000), &random);
}

/* The numbers that two documents at the edge of a full result need. */
static void ties_go_to_the_lower_number(void)
{
    struct arena arena;
    struct topk topk;
    arena_init(&arena);
    REQUIRE(!topk_init(&topk, 2, 0, &arena, NULL));
    CHECK_UINT(topk_required(&topk, 0), 0);
    topk_add(&topk, topk_rank(&topk, 9, 4), 0, 4);
    topk_add(&topk, topk_rank(&topk, 5, 6), 0, 6);
    CHECK_UINT(topk_required(&topk, 5), 5);
    CHECK_UINT(topk_required(&topk, 6), 6);
    CHECK_UINT(topk_required(&topk, 7), 6);
    topk_add(&topk, topk_rank(&topk, 5, 7), 0, 7);
    topk_add(&topk, topk_rank(&topk, 5, 5), 0, 5);
    topk_finish(&topk);
    CHECK_UINT(topk.entries[0].document, 4);
    CHECK_UINT(topk.entries[1].document, 5);
    arena_release(&arena);
}

/* Numbers too far apart for a rank tie, and none is lost. */
static void equal_ranks_do_no_harm(void)
{
    struct arena arena;
    struct topk topk;
    arena_init(&arena);
    REQUIRE(!topk_init(&topk, 200, 0, &arena, NULL));
    for (uint32_t i = 0; i < 3000; i++)
        topk_add(&topk, topk_rank(&topk, i % 3 + 1, UINT64_C(1) << 40), 0, i);
    topk_finish(&topk);
    REQUIRE_UINT(topk.count, 200);
    for (size_t i = 0; i < topk.count; i++)
        CHECK_UINT(topk_units(topk.entries[i].rank), 3);
    REQUIRE(!topk_init(&topk, 200, 0, &arena, NULL));
    for (uint32_t i = 0; i < 400; i++) /* 300 that tie, and a hundred better ones */
        topk_add(&topk, topk_rank(&topk, i < 300 ? 1 : 2, UINT64_C(1) << 40), 0, i);
    topk_finish(&topk);
    REQUIRE_UINT(topk.count, 200);
    CHECK_UINT(topk_units(topk.entries[99].rank), 2);
    CHECK_UINT(topk_units(topk.entries[100].rank), 1);
    arena_release(&arena);
}

static void absurd_limits_are_refused(void)
{
    struct trawl_error error = {0};
    struct arena arena;
    struct topk topk;
    arena_init(&arena);
    CHECK_INT(topk_init(&topk, SIZE_MAX, 0, &arena, &error), TRAWL_ERROR_MEMORY);
    CHECK_INT(topk_init(&topk, SIZE_MAX / 20, 0, &arena, &error), TRAWL_ERROR_MEMORY);
    arena_release(&arena);
}

TAP_MAIN("topk", TAP_CASE(the_best_are_kept_in_order), TAP_CASE(ties_go_to_the_lower_number),
         TAP_CASE(equal_ranks_do_no_harm), TAP_CASE(absurd_limits_are_refused))
