/* The matcher against the reference searcher: the same documents, in the same
 * order, with the same scores to the bit, the same counts; pruned or not, in one
 * segment or in several; whatever kernels are used. */
#include <string.h>

#include "tests/property/levels.h"
#include "src/match/room.h"
#include "tests/property/random_index.h"
#include "tests/unit/tap.h"

struct trial {
    const struct random_index *index;
    struct query query;
    struct match_options options;
    struct arena arena;
    const char *text; /* of the query and the options */
};

static void check_hits(const struct trial *trial, const struct match_results *found, const struct reference_hits *expected)
{
    const size_t wanted = trial->options.limit < expected->count ? trial->options.limit : expected->count;
    CHECK_THAT(found->hit_count == wanted, "%zu hits instead of %zu: %s", found->hit_count, wanted, trial->text);
    for (size_t i = 0; i < wanted && i < found->hit_count; i++) {
        const struct match_hit *hit = &found->hits[i];
        const struct reference_hit *right = &expected->hits[i];
        REQUIRE_THAT(hit->insertion == right->insertion && hit->units == right->units,
                     "hit %zu is %llu with %llu units instead of %llu with %llu: %s", i,
                     (unsigned long long)hit->insertion, (unsigned long long)hit->units,
                     (unsigned long long)right->insertion, (unsigned long long)right->units, trial->text);
        REQUIRE_THAT(memcmp(&hit->score, &right->score, sizeof hit->score) == 0, "the score of hit %zu: %s", i,
                     trial->text);
    }
}

static void check_total(const struct trial *trial, const struct match_results *found, const struct reference_hits *expected)
{
    const int exact = found->total_is_exact;
    const int is_cut = trial->query.diagnostic_count > 0; /* too many expansions */
    CHECK_THAT(!exact || !is_cut, "an exact total: %s", trial->text);
    REQUIRE_THAT(exact || is_cut || (!trial->options.count && trial->options.limit > 0), "no exact total: %s", trial->text);
    REQUIRE_THAT(exact ? found->total == expected->count
                       : found->total >= found->hit_count && found->total <= expected->count,
                 "total %llu instead of %zu: %s", (unsigned long long)found->total, expected->count, trial->text);
}

static void check_search(struct trial *trial, const struct reference_hits *expected)
{
    struct match_results found;
    struct trawl_error error = {0};
    struct arena arena;
    arena_init(&arena);
    trial->text = arena_printf(&trial->arena, "limit %zu, count %d, exhaustive %d, k1 %g, b %g: %s", trial->options.limit,
                               trial->options.count, trial->options.exhaustive, (double)trial->options.k1,
                               (double)trial->options.b, random_query_text(trial->query.root, &trial->arena));
    const int status =
        match_search(&found, trial->index->snapshot, &trial->query, &trial->options, &arena, &error);
    REQUIRE_THAT(status == 0, "%s: %s", error.message, trial->text);
    check_hits(trial, &found, expected);
    check_total(trial, &found, expected);
    arena_release(&arena);
}

/* A hit explains its own score. */
static void check_explanation(struct trial *trial, const struct reference_hit *hit)
{
    const struct snapshot *snapshot = trial->index->snapshot;
    struct match_explanation *explanation;
    struct trawl_error error = {0};
    size_t segment = 0;
    while (segment + 1 < snapshot->segment_count && snapshot->segments[segment + 1]->order.base <= hit->insertion)
        segment++;
    uint32_t document;
    const uint32_t ordinal = (uint32_t)(hit->insertion - snapshot->segments[segment]->order.base);
    REQUIRE_OK(segment_document(&document, snapshot->segments[segment], ordinal, &error), &error);
    REQUIRE_OK(match_explain(&explanation, trial->index->snapshot, &trial->query, &trial->options, (uint32_t)segment,
                             document, &trial->arena, &error),
               &error);
    REQUIRE_THAT(explanation->matches, "explained as no match: %s", trial->text);
    REQUIRE_THAT(memcmp(&explanation->score, &hit->score, sizeof hit->score) == 0, "explained with another score: %s",
                 trial->text);
}

static void set_options(struct match_options *options, struct tap_random *random)
{
    static const float k1s[] = {0.9f, 0.9f, 1.2f, 0.0f, 0.01f, 30.0f}, bs[] = {0.4f, 0.75f, 0.0f, 1.0f};
    static const size_t limits[] = {10, 10, 10, 1, 3, 100, 101, 1000, 0};
    static struct match_room room; /* of all searches that have one */
    *options = (struct match_options){.room = tap_random_below(random, 2) ? &room : NULL,
                                      .k1 = k1s[tap_random_below(random, sizeof k1s / sizeof *k1s)],
                                      .b = bs[tap_random_below(random, sizeof bs / sizeof *bs)],
                                      .limit = limits[tap_random_below(random, sizeof limits / sizeof *limits)],
                                      .count = (int)tap_random_below(random, 2),
                                      .max_expansions = tap_random_below(random, 4) ? 1000 : 3};
}

/* `word`: the query; NULL: a random one. */
static void try_query(const struct random_index *index, const char *word, struct tap_random *random)
{
    struct query_term term = {(const uint8_t *)word, word ? (uint32_t)strlen(word) : 0, 0};
    const struct query_node node = {.kind = QUERY_TERM, .boost = 1.0f, .terms = &term, .term_count = 1};
    struct trial trial = {.index = index};
    arena_init(&trial.arena);
    level_use((enum cpu_level)tap_random_below(random, LEVELS));
    set_options(&trial.options, random);
    trial.query = (struct query){.root = word ? &node : random_query(index, &trial.arena, random), .arena = &trial.arena};
    const struct reference_hits *expected = reference_search(index->reference, trial.query.root, &trial.options);
    check_search(&trial, expected);
    trial.options.exhaustive = 1;
    check_search(&trial, expected);
    if (expected->count > 0)
        check_explanation(&trial, &expected->hits[tap_random_below(random, expected->count)]);
    arena_release(&trial.arena);
}

static void try_shape(const struct random_shape *shape, size_t queries, struct tap_random *random)
{
    struct random_index index;
    random_index_make(&index, shape, random);
    for (size_t i = 0; i < queries; i++)
        try_query(&index, NULL, random);
    random_index_release(&index);
}

static void random_flags(struct random_shape *shape, struct tap_random *random)
{
    shape->has_fields = (int)tap_random_below(random, 2);
    shape->has_deletes = (int)tap_random_below(random, 2);
    shape->is_reordered = tap_random_below(random, 3) == 0;
    shape->segments = tap_random_below(random, 2) ? 1 : 1 + tap_random_below(random, 4);
}

static void few_documents(void)
{
    struct tap_random random = random_start(11);
    for (size_t i = 0; i < tap_rounds(60); i++) {
        struct random_shape shape = {.documents = 1 + tap_random_below(&random, 60), .longest = 30};
        random_flags(&shape, &random);
        try_shape(&shape, 40, &random);
    }
}

static void some_documents(void)
{
    struct tap_random random = random_start(12);
    for (size_t i = 0; i < tap_rounds(8); i++) {
        struct random_shape shape = {.documents = 300 + tap_random_below(&random, 1200), .longest = 12};
        random_flags(&shape, &random);
        try_shape(&shape, 40, &random);
    }
}

/* Enough for blocks in groups, and for several windows. */
static void many_documents(void)
{
    struct tap_random random = random_start(13);
    for (size_t i = 0; i < tap_rounds(2); i++) {
        struct random_shape shape = {.documents = 9000 + tap_random_below(&random, 14000), .longest = 5};
        random_flags(&shape, &random);
        shape.segments = 1 + i % 2;
        try_shape(&shape, 50, &random);
    }
}

/* A list of more groups than are looked at closely from the beginning. */
static void one_word_in_many_documents(void)
{
    static const char *const words[] = {"a", "a", "aa", "b"};
    struct tap_random random = random_start(14);
    struct random_shape shape = {.documents = 45000, .segments = 1, .longest = 4};
    for (size_t i = 0; i < 2; i++) {
        struct random_index index;
        shape.is_reordered = i == 1;
        shape.has_deletes = (int)tap_random_below(&random, 2);
        random_index_make(&index, &shape, &random);
        for (size_t k = 0; k < tap_rounds(40); k++)
            try_query(&index, words[k % (sizeof words / sizeof *words)], &random);
        random_index_release(&index);
    }
}

TAP_MAIN("match_reference", TAP_CASE(few_documents), TAP_CASE(some_documents), TAP_CASE(many_documents),
         TAP_CASE(one_word_in_many_documents))
