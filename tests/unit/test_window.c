#include "src/match/window.h"

#include "tests/unit/tap.h"

static void open_window(struct window *window, int scored, struct arena *arena)
{
    arena_init(arena);
    REQUIRE(!window_init(window, 256, scored, arena, NULL));
    window_move(window, 1000, 1200);
}

static void matches_come_out_in_order(void)
{
    struct batch batch = {.count = 3, .documents = {1001, 1063, 1199}, .units = {5, 6, 7}};
    struct arena arena;
    struct window window;
    open_window(&window, 1, &arena);
    window_add(&window, &batch);
    batch = (struct batch){.count = 2, .documents = {1000, 1063}, .units = {1, 10}};
    window_add(&window, &batch);
    window_take(&window, &batch, 0);
    REQUIRE_UINT(batch.count, 4);
    static const uint32_t documents[] = {1000, 1001, 1063, 1199}, units[] = {1, 5, 16, 7};
    for (uint32_t i = 0; i < 4; i++) {
        CHECK_UINT(batch.documents[i], documents[i]);
        CHECK_UINT(batch.units[i], units[i]);
    }
    window_take(&window, &batch, 0);
    CHECK_UINT(batch.count, 0);
    arena_release(&arena);
}

static void too_few_units_are_dropped(void)
{
    struct batch batch = {.count = 3, .documents = {1001, 1002, 1003}, .units = {5, 6, 7}};
    struct arena arena;
    struct window window;
    open_window(&window, 1, &arena);
    window_add(&window, &batch);
    window_take(&window, &batch, 6);
    REQUIRE_UINT(batch.count, 2);
    CHECK_UINT(batch.documents[0], 1002);
    window_move(&window, 1000, 1200);
    window_take(&window, &batch, 0); /* and forgotten */
    CHECK_UINT(batch.count, 0);
    arena_release(&arena);
}

static void a_full_window_takes_several_batches(void)
{
    struct arena arena;
    struct window window;
    struct batch batch;
    open_window(&window, 1, &arena);
    window_add_all(&window, 3);
    uint32_t next = 1000;
    for (window_take(&window, &batch, 0); batch.count > 0; window_take(&window, &batch, 0))
        for (uint32_t i = 0; i < batch.count; i++) {
            CHECK_UINT(batch.documents[i], next++);
            CHECK_UINT(batch.units[i], 3);
        }
    CHECK_UINT(next, 1200);
    arena_release(&arena);
}

static void counting_empties(void)
{
    struct batch batch = {.count = 2, .documents = {1000, 1199}};
    struct arena arena;
    struct window window;
    open_window(&window, 0, &arena);
    window_add(&window, &batch);
    CHECK_UINT(window_count(&window), 2);
    CHECK_UINT(window_count(&window), 0);
    window_add(&window, &batch);
    window_take(&window, &batch, 0);
    CHECK_UINT(batch.count, 2);
    CHECK_UINT(batch.units[1], 0);
    arena_release(&arena);
}

TAP_MAIN("window", TAP_CASE(matches_come_out_in_order), TAP_CASE(too_few_units_are_dropped),
         TAP_CASE(a_full_window_takes_several_batches), TAP_CASE(counting_empties))
