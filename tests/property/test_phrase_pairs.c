/* Word pairs change how phrases are found, not what is found: two indexes live
 * through the same additions, replacements, deletes and merges, one with pairs and one
 * without, and answer every query alike to the bit. Few words, so that most are common and
 * stand side by side all the time; documents of one value and of several; and terms that no
 * pair is kept of. */
#include <stdio.h>

#include "src/engine/searcher.h"
#include "src/match/match.h"
#include "tests/unit/engine_fixture.h"

enum { WORDS = 14, IDS = 90, TEXT_BYTES = 4096, LIVES = 6, STEPS = 9, QUERIES = 40 };

struct twin {
    const char *path;
    int pairs;
};

/* The first words are far more frequent than the last. */
static unsigned any_word(struct tap_random *random)
{
    const uint64_t most = 1 + tap_random_below(random, WORDS);
    return (unsigned)tap_random_below(random, most);
}

static void add_words(char *text, size_t count, struct tap_random *random)
{
    size_t length = strlen(text);
    for (size_t i = 0; i < count; i++)
        length += (size_t)snprintf(text + length, TEXT_BYTES - length, "%sw%u", i ? " " : "", any_word(random));
}

/* ----------------------------------------------------------------- the index */

static void add_document(trawl_writer *writer, uint64_t seed)
{
    struct tap_random random = {seed};
    char id[16], title[TEXT_BYTES] = "", body[TEXT_BYTES] = "";
    snprintf(id, sizeof id, "d%u", (unsigned)tap_random_below(&random, IDS));
    add_words(title, tap_random_below(&random, 3), &random);
    add_words(body, tap_random_below(&random, 50), &random);
    fixture_add(writer, id, title, body);
}

static void change(trawl_writer *writer, uint64_t seed)
{
    struct tap_random random = {seed};
    struct trawl_error error = {0};
    char query[16];
    switch (tap_random_below(&random, 4)) {
    case 0:
        snprintf(query, sizeof query, "w%d", WORDS - 1);
        REQUIRE_OK(trawl_writer_delete_query(writer, query, strlen(query), NULL, &error), &error);
        break;
    case 1:
        REQUIRE_OK(trawl_writer_merge(writer, &error), &error);
        break;
    default:
        for (uint64_t i = 2 + tap_random_below(&random, 60); i > 0; i--)
            add_document(writer, tap_random_next(&random));
    }
}

static void step(const struct twin *twin, uint64_t seed)
{
    struct trawl_writer_options options = TRAWL_WRITER_OPTIONS_INIT;
    struct trawl_error error = {0};
    options.language = "none";
    options.pairs = twin->pairs;
    options.threads = 1 + (unsigned)(seed & 1);
    trawl_writer *writer = fixture_writer(twin->path, &options);
    change(writer, seed);
    fixture_commit(writer);
    CHECK_OK(trawl_verify(twin->path, NULL, NULL, &error), &error);
}

/* ------------------------------------------------------------------- queries */

static void add_phrase(char *query, struct tap_random *random)
{
    strcat(query, "\"");
    add_words(query, 2 + tap_random_below(random, 4), random);
    if (tap_random_below(random, 4) == 0)
        strcat(query, "*"); /* w1* is w10 to w13, too */
    strcat(query, tap_random_below(random, 8) ? "\"" : "\"~2");
}

/* A phrase, mostly; sometimes several with words between. */
static void make_query(char *query, struct tap_random *random)
{
    static const char *const joints[] = {" ", " +", " -"};
    query[0] = '\0';
    if (tap_random_below(random, 8) == 0)
        strcat(query, "title:");
    add_phrase(query, random);
    while (tap_random_below(random, 3) == 0) {
        strcat(query, joints[tap_random_below(random, 3)]);
        if (tap_random_below(random, 2))
            add_phrase(query, random);
        else
            add_words(query, 1, random);
    }
}

static void find(struct match_results *found, trawl_searcher *searcher, const char *text, struct match_options *options,
                 struct arena *arena)
{
    struct trawl_search_options search = TRAWL_SEARCH_OPTIONS_INIT;
    struct trawl_error error = {0};
    struct query query = {0};
    options->k1 = search.k1;
    options->b = search.b;
    options->max_expansions = search.max_expansions;
    REQUIRE_OK(searcher_parse(&query, searcher, (const uint8_t *)text, strlen(text), &search, arena, &error), &error);
    REQUIRE_OK(match_search(found, searcher->snapshot->index, &query, options, arena, &error), &error);
}

static void compare(trawl_searcher *const *searchers, const char *text, struct match_options *options)
{
    struct match_results found[2];
    struct arena arena;
    arena_init(&arena);
    for (int i = 0; i < 2; i++)
        find(&found[i], searchers[i], text, options, &arena);
    CHECK_THAT(!options->count || found[0].total == found[1].total, "%s: %llu with pairs, %llu without", text,
               (unsigned long long)found[0].total, (unsigned long long)found[1].total);
    REQUIRE_THAT(found[0].hit_count == found[1].hit_count, "%s: %zu hits, %zu", text, found[0].hit_count,
                 found[1].hit_count);
    for (size_t i = 0; i < found[0].hit_count; i++)
        REQUIRE_THAT(found[0].hits[i].insertion == found[1].hits[i].insertion &&
                         found[0].hits[i].units == found[1].hits[i].units,
                     "%s: hit %zu differs", text, i);
    arena_release(&arena);
}

static void ask(trawl_searcher *const *searchers, struct tap_random *random)
{
    static const size_t limits[] = {0, 1, 5, 1000};
    char query[TEXT_BYTES];
    make_query(query, random);
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        for (int count = limits[i] == 0; count < 2; count++) {
            struct match_options options = {.limit = limits[i], .count = count};
            compare(searchers, query, &options);
            options.exhaustive = 1;
            compare(searchers, query, &options);
        }
}

/* --------------------------------------------------------------------- lives */

static void add_size(void *context, const char *part, uint64_t bytes)
{
    if (strcmp(part, "pairs") == 0)
        *(uint64_t *)context += bytes;
}

static uint64_t bytes_of_pairs(const trawl_searcher *searcher)
{
    struct trawl_error error = {0};
    uint64_t bytes = 0;
    REQUIRE_OK(trawl_snapshot_sizes(searcher->snapshot, add_size, &bytes, &error), &error);
    return bytes;
}

/* -> bytes of pairs in the end */
static uint64_t live(uint64_t seed)
{
    uint64_t bytes = 0;
    char names[2][32];
    struct twin twins[2];
    struct tap_random random = {seed};
    for (int i = 0; i < 2; i++) {
        snprintf(names[i], sizeof names[i], "%u-%d", (unsigned)seed, i);
        twins[i] = (struct twin){.path = tap_path(names[i]), .pairs = !i};
    }
    for (int i = 0; i < STEPS; i++) {
        const uint64_t what = tap_random_next(&random);
        trawl_searcher *searchers[2];
        for (int k = 0; k < 2; k++) {
            step(&twins[k], what);
            searchers[k] = fixture_searcher(twins[k].path);
        }
        for (int k = 0; k < QUERIES; k++)
            ask(searchers, &random);
        CHECK_UINT(bytes_of_pairs(searchers[1]), 0);
        bytes = bytes_of_pairs(searchers[0]);
        trawl_searcher_free(searchers[0]);
        trawl_searcher_free(searchers[1]);
    }
    return bytes;
}

static void pairs_change_nothing(void)
{
    uint64_t most = 0;
    for (uint64_t seed = 1; seed <= tap_rounds(LIVES) || seed <= 2; seed++) {
        const uint64_t bytes = live(seed);
        most = bytes > most ? bytes : most;
    }
    CHECK(most > 1000);
}

static void the_setting_is_fixed(void)
{
    struct trawl_writer_options options = TRAWL_WRITER_OPTIONS_INIT;
    struct trawl_error error = {0};
    const char *path = tap_path("index");
    trawl_writer *writer;
    options.pairs = 0;
    writer = fixture_writer(path, &options);
    fixture_add(writer, "x", "", "one two");
    fixture_commit(writer);
    options.pairs = 1;
    CHECK_INT(trawl_writer_open(&writer, path, &options, &error), TRAWL_ERROR_SETTINGS);
    CHECK(strstr(error.message, "pairs") != NULL);
    options.pairs = -1;
    trawl_writer_close(fixture_writer(path, &options));
}

TAP_MAIN("phrase_pairs", TAP_CASE(pairs_change_nothing), TAP_CASE(the_setting_is_fixed))
