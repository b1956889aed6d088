#include "src/match/phrase_matches.h"

#include <string.h>

#include "tests/unit/tap.h"

enum { MOST_WORDS = 8, MOST_POSITIONS = 32 };

struct phrase_text {
    struct phrase_word words[MOST_WORDS];
    uint32_t positions[MOST_WORDS][MOST_POSITIONS];
    uint32_t count;
};

/* A phrase of one-letter words over a text of such: "a b" in "b a b". */
static void find_words(struct phrase_text *out, const char *phrase, const char *text)
{
    out->count = 0;
    for (const char *letter = phrase; *letter; letter++) {
        if (*letter == ' ')
            continue;
        struct phrase_word *word = &out->words[out->count];
        uint32_t *positions = out->positions[out->count];
        *word = (struct phrase_word){.positions = positions, .offset = out->count, .term = (uint32_t)*letter};
        uint32_t position = 0;
        for (const char *at = text; *at; at++) {
            if (*at == *letter)
                positions[word->count++] = position;
            position += *at != ' ';
        }
        out->count++;
    }
}

static uint32_t count_exact(const char *phrase, const char *text)
{
    struct phrase_text made;
    uint32_t starts[MOST_POSITIONS];
    find_words(&made, phrase, text);
    uint32_t count = phrase_starts(starts, &made.words[0]);
    for (uint32_t i = 1; i < made.count; i++)
        count = phrase_keep_starts(starts, count, &made.words[i], UINT32_MAX);
    return count;
}

static uint32_t count_sloppy(const char *phrase, const char *text, uint32_t slop)
{
    struct phrase_text made;
    find_words(&made, phrase, text);
    for (uint32_t i = 0; i < made.count; i++)
        if (made.words[i].count == 0)
            return 0;
    return phrase_sloppy_count(made.words, made.count, slop, UINT32_MAX);
}

static void neighbours_are_found(void)
{
    CHECK_UINT(count_exact("a b", "a b"), 1);
    CHECK_UINT(count_exact("a b", "b a"), 0);
    CHECK_UINT(count_exact("a b", "a b a b b a b"), 3);
    CHECK_UINT(count_exact("a b c", "a b d a b c b c"), 1);
    CHECK_UINT(count_exact("b c", "c"), 0); /* the start would lie before the text */
    CHECK_UINT(count_exact("a a", "a a a"), 2);
}

static void enough_are_enough(void)
{
    struct phrase_text made;
    uint32_t starts[MOST_POSITIONS];
    find_words(&made, "a b", "a b a b a b");
    const uint32_t count = phrase_starts(starts, &made.words[0]);
    CHECK_UINT(phrase_keep_starts(starts, count, &made.words[1], 2), 2);
    CHECK_UINT(phrase_sloppy_count(made.words, made.count, 1, 2), 2);
}

static void slop_counts_moves(void)
{
    CHECK_UINT(count_sloppy("a b", "a x b", 0), 0);
    CHECK_UINT(count_sloppy("a b", "a x b", 1), 1);
    CHECK_UINT(count_sloppy("a b", "b a", 1), 0);
    CHECK_UINT(count_sloppy("a b", "b a", 2), 1);
    CHECK_UINT(count_sloppy("a b c", "a x b c", 1), 1);
    CHECK_UINT(count_sloppy("a b c", "c b a", 3), 0);
    CHECK_UINT(count_sloppy("a b c", "c b a", 4), 1);
}

static void tighter_windows_count_once(void)
{
    CHECK_UINT(count_sloppy("a b", "a a a b", 5), 1);
    CHECK_UINT(count_sloppy("a b", "a b b b", 5), 1);
    CHECK_UINT(count_sloppy("a b", "a b a b", 0), 2);
}

static void repeated_words_take_different_places(void)
{
    CHECK_UINT(count_sloppy("a a", "a", 10), 0);
    CHECK_UINT(count_sloppy("a a", "a x x a", 1), 0);
    CHECK_UINT(count_sloppy("a a", "a x x a", 2), 1);
    CHECK_UINT(count_sloppy("a b a", "a b", 10), 0);
    CHECK_UINT(count_sloppy("a b a", "a b x a", 1), 1);
}

/* A match is where the words stand. */
static void a_sweep_stops_at_its_matches(void)
{
    struct phrase_text made;
    struct phrase_sweep sweep;
    find_words(&made, "a b a", "a x b a b x a"); /* a at 0 3 6, b at 2 4 */
    phrase_sweep_start(&sweep, made.words, made.count, 2);
    static const uint32_t matches[][3] = {{0, 2, 3}, {3, 4, 6}};
    for (size_t i = 0; i < 2; i++) {
        REQUIRE_INT(phrase_sweep_next(&sweep), 1);
        for (uint32_t k = 0; k < 3; k++)
            CHECK_UINT(made.words[k].positions[made.words[k].at], matches[i][k]);
    }
    CHECK_INT(phrase_sweep_next(&sweep), 0);
    CHECK_INT(phrase_sweep_next(&sweep), 0);
}

static void a_sweep_takes_no_more_steps_than_it_may(void)
{
    struct phrase_text made;
    struct phrase_sweep sweep;
    find_words(&made, "a b", "a b a b a b a b");
    for (uint64_t steps = 0; steps < 8; steps++) {
        uint64_t matches = 0;
        phrase_sweep_start(&sweep, made.words, made.count, 0);
        sweep.steps = steps;
        while (phrase_sweep_next(&sweep))
            matches++;
        CHECK_UINT(matches, (steps + 1) / 2); /* the others are windows of b and the next a */
    }
}

/* Without slop both ways agree, whatever the text. */
static void both_ways_agree_without_slop(void)
{
    static const char *const phrases[] = {"a b", "a a", "a b a", "b a a c"};
    struct tap_random random = {4};
    for (size_t round = 0; round < tap_rounds(3000); round++) {
        char text[2 * MOST_POSITIONS];
        const size_t length = 1 + tap_random_below(&random, MOST_POSITIONS - 1);
        for (size_t i = 0; i < length; i++) {
            text[2 * i] = (char)('a' + tap_random_below(&random, 3));
            text[2 * i + 1] = i + 1 < length ? ' ' : '\0';
        }
        const char *phrase = phrases[round % (sizeof phrases / sizeof *phrases)];
        const uint32_t exact = count_exact(phrase, text), sloppy = count_sloppy(phrase, text, 0);
        CHECK_THAT(exact == sloppy, "\"%s\" in \"%s\": %u and %u", phrase, text, (unsigned)exact, (unsigned)sloppy);
    }
}

TAP_MAIN("phrase_matches", TAP_CASE(neighbours_are_found), TAP_CASE(enough_are_enough), TAP_CASE(slop_counts_moves),
         TAP_CASE(tighter_windows_count_once), TAP_CASE(repeated_words_take_different_places),
         TAP_CASE(a_sweep_stops_at_its_matches), TAP_CASE(a_sweep_takes_no_more_steps_than_it_may),
         TAP_CASE(both_ways_agree_without_slop))
