/* Random texts and queries: the laws of snippet_laws.h; the sweep of sloppy
 * phrases against trying everything; the filter by first letters against
 * the stemmers. */
#include "src/snippet/occurrences.h"
#include "src/snippet/startfilter.h"
#include "tests/fuzz/snippet_laws.h"
#include "tests/unit/tap.h"

static const char *const words[] = {"a",     "b",       "the",     "run",    "running", "runs",   "Harbour", "harbours", "caf\xC3\xA9", "cafe", "U.S.",
                                    "it's",  "x-ray",   "die",     "dying",  "\xE6\x97\xA5", "\xE6\x9C\xAC", "\xE8\xAA\x9E", "Mr", "abcdefghijklmnopqrstuvwxyz",
                                    "e\xCC\x81t\xC3\xA9", "\xD0\xB7\xD0\xB2\xD1\x91\xD0\xB7\xD0\xB4\xD1\x8B", "5", "3.14", "\xE0\xB9\x84\xE0\xB8\x97\xE0\xB8\xA2"};
static const char *const gaps[] = {" ", " ", " ", " ", " ", ", ", ". ", "! ", "  ", "\n", "\n\n", "-", "", ".\n", "\xE3\x80\x80", "\xE3\x80\x82", " (", ") ", "\"", "\t"};
static const char *const forms[] = {"%s ", "%s ", "+%s ", "%s* ", "\"%s %s\" ", "\"%s %s\" ", "\"%s %s %s\" ", "-%s ",
                                    "title:%s ", "(%s AND NOT %s) ", "\"%s %s\"~3 ", "\"%s %s %s\"~5 ", "%s%s ",
                                    "\"%s %s*\" ", "\"%s %s %s*\"~4 ", "title:%s-%s* "};

static const char *pick(const char *const *list, size_t count, struct tap_random *random)
{
    return list[tap_random_below(random, count)];
}

static const char *random_word(struct tap_random *random)
{
    size_t few = tap_random_below(random, 3) ? 6 : sizeof words / sizeof *words;
    return pick(words, few, random);
}

static void random_text(struct buffer *text, size_t most, struct tap_random *random)
{
    buffer_reset(text);
    for (size_t i = 0, count = tap_random_below(random, most); i < count; i++) {
        buffer_append_string(text, random_word(random));
        buffer_append_string(text, pick(gaps, sizeof gaps / sizeof *gaps, random));
    }
    buffer_string(text);
}

static void random_query(char *query, size_t room, struct tap_random *random)
{
    size_t length = 0;
    query[0] = '\0';
    for (size_t i = 0, count = 1 + tap_random_below(random, 4); i < count && length + 120 < room; i++) {
        const char *form = pick(forms, sizeof forms / sizeof *forms, random), *a = random_word(random);
        const char *b = random_word(random), *c = random_word(random);
        for (const char *at = form; *at; at++) {
            if (at[0] != '%') {
                query[length++] = *at;
                continue;
            }
            length += (size_t)snprintf(query + length, room - length, "%s", a);
            a = b;
            b = c;
            at++;
        }
    }
    query[length] = '\0';
}

static void laws_hold(void)
{
    static const size_t lengths[] = {1, 5, 20, 60, 160, 100000};
    static char query[512];
    struct query_fixture fixture;
    struct tap_random random = {1};
    struct buffer title, body;
    buffer_init(&title);
    buffer_init(&body);
    REQUIRE_OK(fixture_init(&fixture, "english"), &fixture.error);
    for (size_t i = 0; i < tap_rounds(3000); i++) {
        random_text(&title, 6, &random);
        random_text(&body, tap_random_below(&random, 4) ? 60 : 400, &random);
        random_query(query, sizeof query, &random);
        const struct snippet_field fields[] = {{.name = "title", .number = 2, .text = title.bytes, .length = title.length},
                                               {.name = "body", .number = 1, .text = body.bytes, .length = body.length}};
        struct snippet_case of = {.fixture = &fixture, .fields = fields, .field_count = 2};
        of.options.length = lengths[tap_random_below(&random, 6)];
        of.options.count = 1 + tap_random_below(&random, 3);
        arena_reset(&fixture.arena);
        REQUIRE_OK(fixture_parse(&fixture, query, strlen(query)), &fixture.error);
        const char *broken = snippet_laws(&of);
        REQUIRE_THAT(!broken, "round %zu, length %zu: %s: %s in: %s", i, of.options.length, broken, query, (char *)body.bytes);
    }
    buffer_release(&title);
    buffer_release(&body);
    fixture_release(&fixture);
}

/* ----------------------------------------------------------------------- slop */

enum { MOST_WORDS = 4, MOST_POSITIONS = 5, TERMS = 3 };

struct counted {
    size_t count;
    uint32_t slop;
    int is_wrong;
};

/* `at`: which of its occurrences each word takes */
static int is_match(const struct phrase_word *phrase, uint32_t count, const uint32_t *at, uint32_t slop)
{
    int64_t low = INT64_MAX, high = INT64_MIN;
    for (uint32_t i = 0; i < count; i++) {
        int64_t shifted = (int64_t)phrase[i].positions[at[i]] - phrase[i].offset;
        low = shifted < low ? shifted : low;
        high = shifted > high ? shifted : high;
        for (uint32_t k = 0; k < i; k++)
            if (phrase[k].term == phrase[i].term && at[k] >= at[i])
                return 0;
    }
    return high - low <= (int64_t)slop;
}

static int count_match(void *context, const struct phrase_word *phrase, uint32_t count)
{
    struct counted *counted = context;
    uint32_t at[MOST_WORDS];
    for (uint32_t i = 0; i < count; i++)
        at[i] = phrase[i].at;
    counted->count++;
    counted->is_wrong |= !is_match(phrase, count, at, counted->slop);
    return 0;
}

/* All ways to choose an occurrence for each word. */
static size_t count_choices(const struct phrase_word *phrase, uint32_t count, uint32_t chosen, uint32_t *at, uint32_t slop)
{
    size_t found = 0;
    if (chosen == count)
        return (size_t)is_match(phrase, count, at, slop);
    for (at[chosen] = 0; at[chosen] < phrase[chosen].count; at[chosen]++)
        found += count_choices(phrase, count, chosen + 1, at, slop);
    return found;
}

static uint32_t random_positions(uint32_t *positions, struct tap_random *random)
{
    uint32_t count = 0;
    for (uint32_t position = 0; position < 12 && count < MOST_POSITIONS; position++)
        if (tap_random_below(random, 3) == 0)
            positions[count++] = position;
    return count;
}

/* What a search counts in the same text. */
static uint32_t count_as_search(struct phrase_word *phrase, uint32_t count, uint32_t slop)
{
    for (uint32_t i = 0; i < count; i++)
        if (phrase[i].count == 0)
            return 0;
    return phrase_sloppy_count(phrase, count, slop, UINT32_MAX);
}

static void the_sweep_finds_a_match_where_there_is_one(void)
{
    struct tap_random random = {2};
    for (size_t i = 0; i < tap_rounds(20000); i++) {
        uint32_t positions[TERMS][MOST_POSITIONS], counts[TERMS], at[MOST_WORDS];
        struct phrase_word phrase[MOST_WORDS];
        const uint32_t count = 2 + (uint32_t)tap_random_below(&random, MOST_WORDS - 1);
        struct counted counted = {.slop = (uint32_t)tap_random_below(&random, 6)};
        for (size_t k = 0; k < TERMS; k++)
            counts[k] = random_positions(positions[k], &random);
        for (uint32_t k = 0; k < count; k++) {
            const uint32_t term = (uint32_t)tap_random_below(&random, TERMS);
            phrase[k] = (struct phrase_word){.positions = positions[term], .count = counts[term], .offset = k, .term = term};
        }
        uint64_t work = OCCURRENCES_WORK;
        CHECK_INT(occurrences_match(phrase, count, counted.slop, &work, count_match, &counted), 0);
        size_t choices = count_choices(phrase, count, 0, at, counted.slop);
        REQUIRE_THAT((counted.count > 0) == (choices > 0), "round %zu: %zu matches, %zu choices", i, counted.count, choices);
        REQUIRE_THAT(counted.slop > 0 || counted.count == choices, "round %zu: %zu of %zu", i, counted.count, choices);
        REQUIRE_THAT(!counted.is_wrong, "round %zu: not a match", i);
        REQUIRE_UINT(counted.count, count_as_search(phrase, count, counted.slop));
    }
}

/* --------------------------------------------------------------------- filter */

/* A word passes the filter made for its own term. */
static void check_word(struct query_fixture *fixture, const char *language, const char *word, size_t length)
{
    static struct start_filter filter;
    struct tokenizer tokenizer;
    struct surface surface;
    const uint8_t *term;
    size_t term_length;
    tokenizer_init(&tokenizer, (const uint8_t *)word, length);
    while (tokenizer_next(&tokenizer, &surface)) {
        REQUIRE_INT(analysis_word(&term, &term_length, fixture->analysis, surface.bytes, surface.length, WORD_STEMMED), 0);
        start_filter_init(&filter, language);
        start_filter_add(&filter, term, term_length);
        REQUIRE_THAT(start_filter_passes(&filter, &surface), "%s: %.*s", language, (int)length, word);
    }
}

static void words_pass_the_filter_of_their_term(void)
{
    static const char *const languages[] = {"english", "porter", "none",    "finnish",    "french",  "german",
                                            "hungarian", "italian", "portuguese", "spanish", "swedish", "turkish", "dutch"};
    static const char *const starts[] = {"", "un", "y", "sk", "dy", "a.", "O'", "l'", "qu'", "ae", "ii", "bb", "X", "9", "I"};
    static const char *const middles[] = {"", "ing", "ie", "ying", "y", "ss", "e", "a", "net", "ll", "gent", "ea"};
    static const char *const ends[] = {"", "s", "es", "ies", "ed", "ing", "ly", "ational", "ment", "en", "heit", "issimo", "'s", "amente"};
    struct query_fixture fixture;
    for (size_t l = 0; l < sizeof languages / sizeof *languages; l++) {
        REQUIRE_OK(fixture_init(&fixture, languages[l]), &fixture.error);
        for (size_t i = 0; i < 15 * 12 * 14; i++) {
            char word[64];
            int length = snprintf(word, sizeof word, "%s%s%s", starts[i % 15], middles[i / 15 % 12], ends[i / 180]);
            check_word(&fixture, languages[l], word, (size_t)length);
        }
        fixture_release(&fixture);
    }
}

TAP_MAIN("snippet laws", TAP_CASE(laws_hold), TAP_CASE(the_sweep_finds_a_match_where_there_is_one),
         TAP_CASE(words_pass_the_filter_of_their_term))
