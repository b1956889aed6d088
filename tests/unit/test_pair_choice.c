#include "index/write/pair_choice.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/tap.h"

enum { TERMS = 5000, DOCUMENTS = 100000 };

static struct pair_choice choose(const uint32_t *frequencies, size_t count)
{
    struct pair_choice choice;
    pair_choice_init(&choice, DOCUMENTS);
    for (size_t i = 0; i < count; i++) {
        char term[16];
        const struct term_entry entry = {.df = frequencies[i]};
        const int length = snprintf(term, sizeof term, "%06zu", i);
        REQUIRE_INT(pair_choice_add(&choice, (const uint8_t *)term, (size_t)length, &entry), 0);
    }
    pair_choice_close(&choice);
    return choice;
}

static size_t count_from(const uint32_t *frequencies, size_t count, uint32_t least)
{
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        n += frequencies[i] >= least;
    return n;
}

/* The lowest bound that leaves PAIR_TERMS or fewer; all terms from there on, in their order. */
static void check_choice(const uint32_t *frequencies, size_t count)
{
    struct pair_choice choice = choose(frequencies, count);
    const uint32_t least = choice.pairs.least;
    REQUIRE(least >= PAIR_LEAST && count_from(frequencies, count, least) == choice.count);
    CHECK(choice.count <= PAIR_TERMS);
    CHECK(least == PAIR_LEAST || count_from(frequencies, count, least - 1) > PAIR_TERMS);
    size_t next = 0;
    for (size_t i = 0; i < count; i++) {
        char term[32];
        snprintf(term, sizeof term, "%06zu", i);
        if (frequencies[i] >= least)
            REQUIRE(memcmp(choice.terms[next++].bytes, term, 6) == 0);
    }
    CHECK_UINT(choice.pairs.together, (uint64_t)DOCUMENTS * DOCUMENTS / PAIR_TOGETHER);
    pair_choice_release(&choice);
}

static void the_most_frequent_are_chosen(void)
{
    static uint32_t frequencies[TERMS];
    struct tap_random random = {1};
    for (size_t round = 0; round < tap_rounds(40); round++) {
        const size_t count = tap_random_below(&random, TERMS);
        const uint64_t range = 1 + tap_random_below(&random, round % 2 ? 40 : DOCUMENTS); /* few: many are alike */
        for (size_t i = 0; i < count; i++)
            frequencies[i] = 1 + (uint32_t)(tap_random_below(&random, range) * (i + 1) / (count + 1));
        check_choice(frequencies, count);
    }
}

static void those_that_are_alike_are_in_or_out_together(void)
{
    uint32_t frequencies[PAIR_TERMS + 1];
    for (size_t i = 0; i <= PAIR_TERMS; i++)
        frequencies[i] = 50;
    struct pair_choice all = choose(frequencies, PAIR_TERMS), none = choose(frequencies, PAIR_TERMS + 1);
    CHECK_UINT(all.count, PAIR_TERMS);
    CHECK_UINT(none.count, 0);
    pair_choice_release(&all);
    pair_choice_release(&none);
}

static void long_terms_are_never_common(void)
{
    const uint8_t term[PAIR_TERM_BYTES + 1] = "long";
    const struct term_entry entry = {.df = 1000};
    struct pair_choice choice;
    pair_choice_init(&choice, DOCUMENTS);
    REQUIRE_INT(pair_choice_add(&choice, term, PAIR_TERM_BYTES + 1, &entry), 0);
    CHECK_UINT(choice.count, 0);
    REQUIRE_INT(pair_choice_add(&choice, term, PAIR_TERM_BYTES, &entry), 0);
    CHECK_UINT(choice.count, 1);
    pair_choice_release(&choice);
}

TAP_MAIN("pair_choice", TAP_CASE(the_most_frequent_are_chosen), TAP_CASE(those_that_are_alike_are_in_or_out_together),
         TAP_CASE(long_terms_are_never_common))
