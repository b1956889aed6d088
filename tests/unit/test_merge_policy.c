#include "index/write/merge_policy.h"

#include <string.h>

#include "tests/unit/tap.h"

enum { MOST = 400 };

struct list {
    struct manifest_segment segments[MOST];
    size_t count;
    uint64_t rewritten; /* bytes, by all merges so far */
};

static void add(struct list *list, uint32_t documents, uint64_t bytes_each, uint32_t deleted)
{
    REQUIRE(list->count < MOST);
    list->segments[list->count++] =
        (struct manifest_segment){.documents = documents, .deleted = deleted, .length = documents * bytes_each};
}

/* What a merge makes of a stretch. */
static void merge(struct list *list, size_t first, size_t count)
{
    struct manifest_segment sum = {0};
    for (size_t i = first; i < first + count; i++) {
        const struct manifest_segment *segment = &list->segments[i];
        const uint32_t live = segment->documents - segment->deleted;
        sum.documents += live;
        sum.length += segment->length / segment->documents * live;
    }
    list->rewritten += sum.length;
    memmove(list->segments + first + 1, list->segments + first + count,
            (list->count - first - count) * sizeof *list->segments);
    list->segments[first] = sum;
    list->count -= count - 1;
}

static void settle(struct list *list)
{
    size_t first, count;
    for (int rounds = 0; merge_policy_choose(&first, &count, list->segments, list->count); rounds++) {
        REQUIRE(count >= 1 && first + count <= list->count);
        REQUIRE(rounds < 100);
        merge(list, first, count);
    }
}

static void few_segments_are_left_alone(void)
{
    size_t first, count;
    struct list list = {0};
    CHECK_INT(merge_policy_choose(&first, &count, list.segments, 0), 0);
    for (int i = 0; i < MERGE_WIDTH - 1; i++)
        add(&list, 10, 100, 0);
    CHECK_INT(merge_policy_choose(&first, &count, list.segments, list.count), 0);
    add(&list, 10, 100, 0);
    CHECK_INT(merge_policy_choose(&first, &count, list.segments, list.count), 1);
    CHECK_UINT(first, 0);
    CHECK_UINT(count, MERGE_WIDTH);
}

static void a_large_neighbour_is_not_rewritten_for_small_ones(void)
{
    size_t first, count;
    struct list list = {0};
    add(&list, 1000000, 1000, 0);
    for (int i = 0; i < MERGE_WIDTH; i++)
        add(&list, 10, 100, 0);
    CHECK_INT(merge_policy_choose(&first, &count, list.segments, list.count), 1);
    CHECK_UINT(first, 1);
    CHECK_UINT(count, MERGE_WIDTH);
}

static void many_deletes_are_purged(void)
{
    size_t first, count;
    struct list list = {0};
    add(&list, 100, 100, 0);
    add(&list, 100, 100, 20);
    CHECK_INT(merge_policy_choose(&first, &count, list.segments, list.count), 0);
    list.segments[1].deleted = 21;
    CHECK_INT(merge_policy_choose(&first, &count, list.segments, list.count), 1);
    CHECK_UINT(first, 1);
    CHECK_UINT(count, 1);
}

/* Ten thousand commits of a document each: few segments, each byte rewritten
 * a few times. */
static void small_commits_stay_few_and_cheap(void)
{
    enum { COMMITS = 10000, BYTES = 3000 };
    struct list list = {0};
    size_t most = 0;
    for (int i = 0; i < COMMITS; i++) {
        add(&list, 1, BYTES, 0);
        settle(&list);
        most = list.count > most ? list.count : most;
    }
    CHECK_THAT(most <= 40, "%zu segments", most);
    CHECK_THAT(list.rewritten < (uint64_t)COMMITS * BYTES * 8, "%llu bytes", (unsigned long long)list.rewritten);
}

static void segments_of_any_size_stay_few(void)
{
    struct tap_random random = {.state = 6};
    struct list list = {0};
    for (int i = 0; i < 3000; i++) {
        const uint32_t documents = 1U << tap_random_below(&random, 20);
        add(&list, documents, 1000, (uint32_t)tap_random_below(&random, documents));
        settle(&list);
        CHECK(list.count <= MERGE_MOST_SEGMENTS);
    }
}

TAP_MAIN("merge_policy", TAP_CASE(few_segments_are_left_alone),
         TAP_CASE(a_large_neighbour_is_not_rewritten_for_small_ones),
         TAP_CASE(many_deletes_are_purged), TAP_CASE(small_commits_stay_few_and_cheap),
         TAP_CASE(segments_of_any_size_stay_few))
