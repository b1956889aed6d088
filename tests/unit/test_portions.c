#include "src/match/portions.h"

#include "tests/unit/tap.h"

static struct segment segments[] = {{.documents = 1000}, {.documents = 1}, {.documents = UINT32_MAX}, {.documents = 64}};
enum { SEGMENTS = sizeof segments / sizeof *segments };

static struct snapshot make_snapshot(struct segment *list[SEGMENTS], size_t count)
{
    struct snapshot snapshot = {.segments = list, .segment_count = count};
    for (size_t i = 0; i < count; i++) {
        list[i] = &segments[i];
        snapshot.documents += segments[i].documents;
    }
    return snapshot;
}

/* Each segment from its first document to its last, one portion behind the other. */
static void check_cover(const struct portions *portions, const struct snapshot *snapshot)
{
    size_t at = 0;
    for (size_t segment = 0; segment < snapshot->segment_count; segment++)
        for (uint32_t next = 0; next < snapshot->segments[segment]->documents; at++) {
            REQUIRE(at < portions->count);
            const struct portion *portion = &portions->list[at];
            REQUIRE_UINT(portion->segment, segment);
            REQUIRE_UINT(portion->first, next);
            CHECK_UINT(portion->first % 64, 0);
            REQUIRE(portion->end > portion->first);
            next = portion->end;
            REQUIRE(next <= snapshot->segments[segment]->documents);
        }
    CHECK_UINT(portions->count, at);
}

static void portions_cover_the_snapshot(void)
{
    static const size_t wanted[] = {1, 2, 3, 16, 100, 5000};
    struct segment *list[SEGMENTS];
    struct arena arena;
    arena_init(&arena);
    for (size_t count = 0; count <= SEGMENTS; count++)
        for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
            const struct snapshot snapshot = make_snapshot(list, count);
            struct portions portions;
            REQUIRE_INT(portions_make(&portions, &snapshot, wanted[i], &arena, NULL), 0);
            check_cover(&portions, &snapshot);
            CHECK(portions.count <= wanted[i] + count);
        }
    arena_release(&arena);
}

static void one_portion_is_a_whole_segment(void)
{
    struct segment *list[SEGMENTS];
    struct arena arena;
    struct portions portions;
    const struct snapshot snapshot = make_snapshot(list, SEGMENTS);
    arena_init(&arena);
    REQUIRE_INT(portions_make(&portions, &snapshot, 1, &arena, NULL), 0);
    CHECK_UINT(portions.count, SEGMENTS);
    arena_release(&arena);
}

TAP_MAIN("portions", TAP_CASE(portions_cover_the_snapshot), TAP_CASE(one_portion_is_a_whole_segment))
