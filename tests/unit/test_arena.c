#include "src/util/arena.h"

#include <string.h>

#include "src/util/memory.h"
#include "tests/unit/tap.h"

static void everything_is_aligned_and_apart(void)
{
    struct arena arena;
    arena_init(&arena);
    struct tap_random random = {1};
    enum { COUNT = 2000 };
    static uint8_t *parts[COUNT];
    static size_t sizes[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        sizes[i] = tap_random_below(&random, i % 100 ? 200 : 20000);
        parts[i] = arena_alloc(&arena, sizes[i]);
        REQUIRE(parts[i]);
        CHECK_UINT((uintptr_t)parts[i] % 16, 0);
        memset(parts[i], (int)(i & 255), sizes[i]);
    }
    for (size_t i = 0; i < COUNT; i++)
        for (size_t at = 0; at < sizes[i]; at++)
            REQUIRE_THAT(parts[i][at] == (i & 255), "part %zu was overwritten at %zu", i, at);
    arena_release(&arena);
}

static void packed_bytes_lie_side_by_side(void)
{
    struct arena arena;
    arena_init(&arena);
    uint8_t *first = arena_alloc_packed(&arena, 3);
    uint8_t *second = arena_alloc_packed(&arena, 5);
    uint8_t *aligned = arena_alloc(&arena, 8);
    REQUIRE(first && second && aligned);
    memset(first, 1, 3);
    memset(second, 2, 5);
    memset(aligned, 3, 8);
    CHECK(second >= first + 3 && second < first + 32);
    CHECK_UINT((uintptr_t)aligned % 16, 0);
    CHECK_BYTES(first, 3, "\1\1\1", 3);
    arena_release(&arena);
}

static void large_requests_leave_the_room_that_was_there(void)
{
    struct arena arena;
    arena_init(&arena);
    const char *before = arena_alloc(&arena, 16);
    char *large = arena_alloc(&arena, 5 << 20);
    const char *after = arena_alloc(&arena, 16);
    REQUIRE(before && large && after);
    large[(5 << 20) - 1] = 1;
    CHECK(after > before && after < before + 100);
    CHECK(arena.total >= 5 << 20);
    CHECK(arena.total < 6 << 20);
    arena_release(&arena);
    CHECK_UINT(arena.total, 0);
}

static void reset_uses_the_same_memory_again(void)
{
    struct arena arena;
    arena_init(&arena);
    arena_reset(&arena);
    for (int i = 0; i < 10000; i++)
        REQUIRE(arena_alloc(&arena, 100));
    arena_reset(&arena);
    size_t kept = arena.total;
    CHECK(kept > 0 && kept <= 1 << 20);
    memory_fail_after(0);
    for (size_t used = 0; used + 256 < kept; used += 256)
        REQUIRE(arena_alloc(&arena, 200));
    memory_fail_after(-1);
    CHECK_UINT(arena.total, kept);
    arena_release(&arena);
}

static void reset_gives_a_large_request_back(void)
{
    enum { LARGE = 5 << 20 };
    for (int is_first = 0; is_first < 2; is_first++) {
        struct arena arena;
        arena_init(&arena);
        if (!is_first)
            REQUIRE(arena_alloc(&arena, 100));
        REQUIRE(arena_alloc(&arena, LARGE));
        CHECK(arena.total > LARGE);
        arena_reset(&arena);
        CHECK(arena.total <= 1 << 20);
        uint8_t *again = arena_alloc(&arena, 100);
        REQUIRE(again);
        memset(again, 1, 100);
        arena_release(&arena);
    }
}

static void copies_and_prints(void)
{
    struct arena arena;
    arena_init(&arena);
    CHECK_STRING(arena_copy(&arena, "harbour", 4), "harb");
    CHECK_STRING(arena_copy(&arena, NULL, 0), "");
    CHECK_STRING(arena_printf(&arena, "%s-%d", "net", 7), "net-7");
    const uint8_t *zeros = arena_alloc_zero(&arena, 100, 100);
    REQUIRE(zeros);
    for (size_t i = 0; i < 10000; i++)
        REQUIRE_UINT(zeros[i], 0);
    arena_release(&arena);
}

static void memory_that_ends_is_null(void)
{
    struct arena arena;
    arena_init(&arena);
    volatile size_t huge = SIZE_MAX;
    CHECK(!arena_alloc(&arena, huge));
    CHECK(!arena_alloc_packed(&arena, huge - 8));
    CHECK(!arena_alloc_zero(&arena, huge / 2, 4));
    CHECK(!arena_copy(&arena, "", huge));
    memory_fail_after(0);
    CHECK(!arena_alloc(&arena, 1));
    memory_fail_after(0);
    CHECK(!arena_printf(&arena, "%d", 1));
    memory_fail_after(-1);
    CHECK(arena_alloc(&arena, 1));
    arena_release(&arena);
}

TAP_MAIN("arena", TAP_CASE(everything_is_aligned_and_apart), TAP_CASE(packed_bytes_lie_side_by_side),
         TAP_CASE(large_requests_leave_the_room_that_was_there), TAP_CASE(reset_uses_the_same_memory_again),
         TAP_CASE(reset_gives_a_large_request_back), TAP_CASE(copies_and_prints), TAP_CASE(memory_that_ends_is_null))
