#include "src/engine/turn.h"

#include "tests/unit/tap.h"

enum { THREADS = 4, TURNS = 2000 };

static struct turn turn;
static uint64_t order[TURNS];
static size_t passed;

/* Thread t takes turns t, t + THREADS, ... */
static void *take_turns(void *context)
{
    const uint64_t first = *(const uint64_t *)context;
    for (uint64_t number = first; number < TURNS; number += THREADS) {
        if (turn_take(&turn, number))
            break;
        order[passed++] = number; /* safe only because turns are exclusive */
        turn_pass(&turn);
    }
    return NULL;
}

static void turns_come_in_order(void)
{
    static uint64_t firsts[THREADS];
    pthread_t threads[THREADS];
    turn_init(&turn);
    passed = 0;
    for (uint64_t i = 0; i < THREADS; i++) {
        firsts[i] = THREADS - 1 - i;
        REQUIRE_INT(pthread_create(&threads[i], NULL, take_turns, &firsts[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    REQUIRE_UINT(passed, TURNS);
    for (size_t i = 0; i < TURNS; i++)
        CHECK_THAT(order[i] == i, "turn %zu went to %llu", i, (unsigned long long)order[i]);
    turn_release(&turn);
}

static void *wait_forever(void *context)
{
    *(int *)context = turn_take(&turn, 7);
    return NULL;
}

static void breaking_sends_waiters_home(void)
{
    pthread_t thread;
    int status = 1;
    turn_init(&turn);
    REQUIRE_INT(pthread_create(&thread, NULL, wait_forever, &status), 0);
    turn_break(&turn);
    pthread_join(thread, NULL);
    CHECK_INT(status, TRAWL_ERROR_CANCELLED);
    CHECK_INT(turn_take(&turn, 0), TRAWL_ERROR_CANCELLED);
    turn_release(&turn);
}

static void any_turn_counts_too(void)
{
    turn_init(&turn);
    REQUIRE_INT(turn_take(&turn, TURN_ANY), 0);
    CHECK_UINT(turn.next, 0);
    turn_pass(&turn);
    REQUIRE_INT(turn_take(&turn, 1), 0);
    turn_pass(&turn);
    turn_release(&turn);
}

TAP_MAIN("turn", TAP_CASE(turns_come_in_order), TAP_CASE(breaking_sends_waiters_home), TAP_CASE(any_turn_counts_too))
