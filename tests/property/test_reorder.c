/* A reordered index answers every query as the plain one does: the same
 * documents by insertion number, in the same order, with the same scores and
 * counts. Texts are short and of few words, so that very many scores are equal. */
#include <string.h>

#include "src/match/match.h"
#include "tests/property/random_index.h"
#include "tests/unit/write_fixture.h"

enum { LOADS = 3, LONGEST = 8 };

/* The same documents go into all of these. */
struct pair {
    struct index_writer *writers[2]; /* plain, reordered */
    struct fixture_load loads[2];
};

/* Topics, so that there is an order to be found; words of one to three letters, as random queries have. */
static size_t random_words(uint32_t *words, struct tap_random *random)
{
    const uint64_t topic = tap_random_below(random, 9);
    const size_t count = 1 + tap_random_below(random, LONGEST);
    for (size_t i = 0; i < count; i++) {
        const uint64_t any = tap_random_below(random, 3 + 9 + 27);
        words[i] = (uint32_t)(tap_random_below(random, 3) ? 3 + 9 + topic * 3 + any % 3 : any);
    }
    return count;
}

static size_t spell(uint8_t word[3], uint32_t number)
{
    const size_t length = number < 3 ? 1 : number < 3 + 9 ? 2 : 3;
    number -= length == 1 ? 0 : length == 2 ? 3 : 3 + 9;
    for (size_t i = length; i-- > 0; number /= 3)
        word[i] = (uint8_t)('a' + number % 3);
    return length;
}

static void add_document(struct fixture_load *load, uint64_t id, const uint32_t *words, size_t count)
{
    char name[32];
    struct trawl_error error = {0};
    const struct field_length length = {.field = FIELD_DEFAULT, .tokens = (uint32_t)count};
    const struct part part = {FIELD_BODY, 0};
    const uint32_t ordinal = segment_writer_documents(load->segment);
    REQUIRE_OK(segment_writer_add_document(load->segment, (const uint8_t *)name, fixture_id(name, id), &part, 1, &length, 1,
                                           NULL, &error), &error);
    for (size_t i = 0; i < count; i++) {
        uint8_t word[3];
        const size_t word_length = spell(word, words[i]);
        const int64_t handle = inverter_term(load->inverters[0], FIELD_DEFAULT, word, word_length);
        REQUIRE_INT(inverter_add(load->inverters[0], (uint32_t)handle, ordinal, (uint32_t)i), 0);
    }
}

/* Ids come again now and then: those documents are dropped or deleted. */
static void load(struct pair *pair, uint64_t *next_id, size_t documents, struct tap_random *random)
{
    struct trawl_error error = {0};
    for (int i = 0; i < 2; i++)
        REQUIRE_OK(fixture_begin(&pair->loads[i], pair->writers[i], 1, &error), &error);
    for (size_t j = 0; j < documents; j++) {
        uint32_t words[LONGEST];
        const size_t count = random_words(words, random);
        const uint64_t id = *next_id && !tap_random_below(random, 20) ? tap_random_below(random, *next_id) : (*next_id)++;
        for (int i = 0; i < 2; i++)
            add_document(&pair->loads[i], id, words, count);
    }
    for (int i = 0; i < 2; i++)
        REQUIRE_OK(fixture_finish(&pair->loads[i], NULL, &error), &error);
}

static void make_pair(const char *folders[2], size_t documents, struct tap_random *random)
{
    struct trawl_error error = {0};
    struct pair pair;
    uint64_t next_id = 0;
    const int merges = (int)tap_random_below(random, 3) == 0;
    for (int i = 0; i < 2; i++) {
        pair.writers[i] = fixture_open(folders[i], 1, TRAWL_STORE_NONE);
        index_writer_set_reorder(pair.writers[i], i ? 1 : 0);
        index_writer_set_threads(pair.writers[i], 2);
    }
    for (uint64_t loads = 1 + tap_random_below(random, LOADS); loads > 0; loads--)
        load(&pair, &next_id, documents, random);
    for (int i = 0; i < 2; i++) {
        if (merges)
            REQUIRE_OK(index_writer_merge(pair.writers[i], NULL, NULL, &error), &error);
        fixture_commit_and_close(pair.writers[i]);
        REQUIRE_OK(check_index(folders[i], fixture_report, NULL, &error), &error);
    }
}

static void search(struct match_results *found, const struct random_index *index, struct query *query,
                   const struct match_options *options, struct arena *arena)
{
    struct trawl_error error = {0};
    REQUIRE_OK(match_search(found, index->snapshot, query, options, arena, &error), &error);
}

static void compare(const struct random_index indexes[2], struct query *query, const struct match_options *options,
                    struct arena *arena)
{
    struct match_results found[2];
    const char *text = random_query_text(query->root, arena);
    for (int i = 0; i < 2; i++)
        search(&found[i], &indexes[i], query, options, arena);
    REQUIRE_THAT(found[0].hit_count == found[1].hit_count, "%zu and %zu hits: %s", found[0].hit_count, found[1].hit_count,
                 text);
    for (size_t i = 0; i < found[0].hit_count; i++) {
        const struct match_hit *a = &found[0].hits[i], *b = &found[1].hits[i];
        REQUIRE_THAT(a->insertion == b->insertion && a->units == b->units && memcmp(&a->score, &b->score, sizeof a->score) == 0,
                     "hit %zu of limit %zu is %llu and %llu: %s", i, options->limit, (unsigned long long)a->insertion,
                     (unsigned long long)b->insertion, text);
    }
    if (found[0].total_is_exact && found[1].total_is_exact)
        REQUIRE_THAT(found[0].total == found[1].total, "%llu and %llu matches: %s", (unsigned long long)found[0].total,
                     (unsigned long long)found[1].total, text);
    else
        REQUIRE_THAT(!options->count, "no exact total: %s", text);
}

static void try_queries(const struct random_index indexes[2], size_t queries, struct tap_random *random)
{
    static const size_t limits[] = {10, 10, 1, 3, 100, 101, 1000, 0};
    for (size_t i = 0; i < queries; i++) {
        struct arena arena;
        arena_init(&arena);
        struct query query = {.root = random_query(&indexes[0], &arena, random), .arena = &arena};
        const struct match_options options = {.k1 = tap_random_below(random, 2) ? 0.9f : 1.2f,
                                              .b = tap_random_below(random, 2) ? 0.4f : 0.75f,
                                              .limit = limits[tap_random_below(random, sizeof limits / sizeof *limits)],
                                              .count = (int)tap_random_below(random, 2),
                                              .max_expansions = 1000};
        compare(indexes, &query, &options, &arena);
        arena_release(&arena);
    }
}

static int is_reordered(const struct snapshot *snapshot)
{
    int found = 0;
    for (size_t i = 0; i < snapshot->segment_count; i++)
        found |= snapshot->segments[i]->order.ordinals != NULL;
    return found;
}

/* -> were any documents put into another order? */
static int try_pair(size_t round, size_t documents, size_t queries, struct tap_random *random)
{
    char names[2][32];
    const char *folders[2];
    struct random_index indexes[2] = {{.has_fields = 0}, {.has_fields = 0}};
    struct trawl_error error = {0};
    for (int i = 0; i < 2; i++) {
        snprintf(names[i], sizeof names[i], "%s-%zu", i ? "reordered" : "plain", round);
        folders[i] = tap_path(names[i]);
    }
    make_pair(folders, documents, random);
    for (int i = 0; i < 2; i++)
        REQUIRE_OK(snapshot_open(&indexes[i].snapshot, folders[i], &error), &error);
    CHECK(!is_reordered(indexes[0].snapshot));
    const int found = is_reordered(indexes[1].snapshot);
    try_queries(indexes, queries, random);
    for (int i = 0; i < 2; i++)
        snapshot_release(indexes[i].snapshot);
    return found;
}

static void few_documents(void)
{
    struct tap_random random = random_start(31);
    size_t reordered = 0;
    const size_t rounds = tap_rounds(24);
    for (size_t i = 0; i < rounds; i++)
        reordered += (size_t)try_pair(i, 1 + tap_random_below(&random, 600), 60, &random);
    CHECK_THAT(reordered > rounds / 4, "%zu of %zu indexes were reordered", reordered, rounds);
}

/* Several blocks to a list, and groups of blocks. */
static void many_documents(void)
{
    struct tap_random random = random_start(32);
    for (size_t i = 0; i < tap_rounds(4); i++)
        CHECK(try_pair(i, 2000 + tap_random_below(&random, 9000), 100, &random));
}

TAP_MAIN("reorder", TAP_CASE(few_documents), TAP_CASE(many_documents))
