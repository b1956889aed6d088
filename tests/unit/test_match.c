/* Searches over a handful of documents whose scores can be worked out by hand;
 * the property test against the reference searcher does the rest. */
#include "src/match/match.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "index/format/meta.h"
#include "src/match/room.h"
#include "src/util/memory.h"
#include "tests/unit/segment_fixture.h"
#include "tests/unit/tap.h"

static struct snapshot *snapshot;
static struct arena arena;
static struct query query;

static void open_index(const char *const *texts, size_t count, int has_positions)
{
    struct trawl_error error = {0};
    struct fixture *fixture = fixture_new(has_positions);
    char id[32];
    for (size_t i = 0; i < count; i++) {
        snprintf(id, sizeof id, "%zu", i);
        fixture_document(fixture, id);
        fixture_value(fixture, FIELD_BODY, texts[i]);
    }
    REQUIRE_OK(fixture_write(fixture, tap_folder(), &error), &error);
    REQUIRE_OK(fixture_commit(fixture, tap_folder(), &error), &error);
    fixture_free(fixture);
    REQUIRE_OK(snapshot_open(&snapshot, tap_folder(), &error), &error);
    arena_init(&arena);
}

static void close_index(void)
{
    arena_release(&arena);
    snapshot_release(snapshot);
}

/* Words separated by spaces: one is a term, several a phrase; PREFIX has one. */
static struct query_node *leaf(enum query_kind kind, const char *words)
{
    struct query_node *node = arena_alloc_zero(&arena, 1, sizeof *node);
    struct query_term *terms = arena_alloc_zero(&arena, 8, sizeof *terms);
    *node = (struct query_node){.kind = kind, .boost = 1.0f, .terms = terms};
    for (size_t length; *words; words += length + (words[length] == ' ')) {
        length = strcspn(words, " ");
        terms[node->term_count] = (struct query_term){(const uint8_t *)words, (uint32_t)length, node->term_count};
        node->term_count++;
    }
    return node;
}

/* The last word is a prefix, and `stem` its stem. */
static struct query_node *phrase_prefix(const char *words, const char *stem)
{
    struct query_node *node = leaf(QUERY_PHRASE, words);
    struct query_term *term = arena_alloc_zero(&arena, 1, sizeof *term);
    *term = (struct query_term){(const uint8_t *)stem, (uint32_t)strlen(stem), node->term_count - 1};
    node->stem = term;
    return node;
}

static struct query_node *boolean(size_t count, const enum query_occur *occurs, struct query_node *const *nodes)
{
    struct query_node *node = arena_alloc_zero(&arena, 1, sizeof *node);
    struct query_clause *clauses = arena_alloc_zero(&arena, count, sizeof *clauses);
    for (size_t i = 0; i < count; i++)
        clauses[i] = (struct query_clause){occurs[i], nodes[i]};
    *node = (struct query_node){
        .kind = QUERY_BOOLEAN, .boost = 1.0f, .clauses = clauses, .clause_count = (uint32_t)count};
    return node;
}

static const struct match_options ten = {.k1 = 0.9f, .b = 0.4f, .limit = 10, .count = 1, .max_expansions = 1024};

static int search(struct match_results *results, const struct query_node *root, const struct match_options *options,
                  struct trawl_error *error)
{
    query = (struct query){.root = root, .arena = &arena};
    return match_search(results, snapshot, &query, options, &arena, error);
}

static struct match_results found(const struct query_node *root, const struct match_options *options)
{
    struct match_results results;
    struct trawl_error error = {0};
    REQUIRE_OK(search(&results, root, options, &error), &error);
    return results;
}

static const char *const nets[] = {"nets nets harbour", "harbour", "cod nets", "cod harbour nets", "herring"};

/* ------------------------------------------------------------------- results */

static void scores_are_the_formulas(void)
{
    open_index(nets, 5, 1);
    const struct match_results results = found(leaf(QUERY_TERM, "nets"), &ten);
    const double idf = log(1.0 + (5 - 3 + 0.5) / 3.5), average = 10.0 / 5;
    REQUIRE_UINT(results.hit_count, 3);
    CHECK_UINT(results.hits[0].document, 0);
    CHECK_DOUBLE((double)results.hits[0].score, idf * 2 / (2 + 0.9 * (0.6 + 0.4 * 3 / average)), 1e-6);
    CHECK_UINT(results.hits[1].document, 2);
    CHECK_DOUBLE((double)results.hits[1].score, idf / (1 + 0.9 * (0.6 + 0.4 * 2 / average)), 1e-6);
    CHECK_UINT(results.hits[2].document, 3);
    close_index();
}

static void totals_are_told(void)
{
    struct match_options options = ten;
    open_index(nets, 5, 1);
    struct query_node *const either[] = {leaf(QUERY_TERM, "nets"), leaf(QUERY_TERM, "cod")};
    const struct query_node *root = boolean(2, (enum query_occur[]){QUERY_SHOULD, QUERY_SHOULD}, either);
    struct match_results results = found(root, &ten);
    CHECK_UINT(results.total, 3);
    CHECK(results.total_is_exact);
    options.limit = 0;
    results = found(root, &options);
    CHECK_UINT(results.total, 3);
    CHECK_UINT(results.hit_count, 0);
    options.limit = 1;
    options.count = 0;
    results = found(root, &options);
    CHECK_UINT(results.hit_count, 1);
    CHECK(results.total >= 1 && results.total <= 3);
    options.limit = SIZE_MAX;
    results = found(leaf(QUERY_ALL, ""), &options);
    CHECK_UINT(results.total, 5);
    CHECK_UINT(results.hit_count, 5);
    close_index();
}

static void nothing_is_found_for_nothing(void)
{
    open_index(nets, 5, 1);
    CHECK_UINT(found(NULL, &ten).total, 0);
    CHECK_UINT(found(leaf(QUERY_TERM, "absent"), &ten).hit_count, 0);
    CHECK_UINT(found(leaf(QUERY_PHRASE, "nets absent"), &ten).total, 0);
    CHECK_UINT(found(leaf(QUERY_PREFIX, "zz"), &ten).total, 0);
    CHECK_UINT(found(phrase_prefix("nets zz", "zz"), &ten).total, 0);
    CHECK_UINT(found(phrase_prefix("absent ne", "ne"), &ten).total, 0);
    CHECK_UINT(found(phrase_prefix("herring ne", "ne"), &ten).total, 0);
    close_index();
}

static void an_index_may_be_empty(void)
{
    struct trawl_error error = {0};
    struct fixture *fixture = fixture_new(1);
    REQUIRE_OK(fixture_commit(fixture, tap_folder(), &error), &error);
    fixture_free(fixture);
    REQUIRE_OK(snapshot_open(&snapshot, tap_folder(), &error), &error);
    arena_init(&arena);
    CHECK_UINT(found(leaf(QUERY_ALL, ""), &ten).total, 0);
    CHECK_UINT(found(leaf(QUERY_TERM, "nets"), &ten).total, 0);
    CHECK_UINT(found(phrase_prefix("cod ne", "ne"), &ten).total, 0);
    close_index();
}

static void ties_keep_the_order_of_insertion(void)
{
    static const char *const same[] = {"cod", "cod", "cod", "cod"};
    struct match_options options = ten;
    options.limit = 3;
    open_index(same, 4, 1);
    const struct match_results results = found(leaf(QUERY_TERM, "cod"), &options);
    REQUIRE_UINT(results.hit_count, 3);
    for (uint32_t i = 0; i < 3; i++)
        CHECK_UINT(results.hits[i].insertion, i);
    close_index();
}

/* -------------------------------------------------------------- prefixes */

static void prefixes_score_as_one_word(void)
{
    static const char *const texts[] = {"cod coda coda", "coda", "herring cod"};
    open_index(texts, 3, 1);
    const struct match_results results = found(leaf(QUERY_PREFIX, "cod"), &ten);
    const double idf = log(1.0 + (3 - 3 + 0.5) / 3.5);
    REQUIRE_UINT(results.hit_count, 3);
    CHECK_UINT(results.hits[0].document, 0);
    CHECK_DOUBLE((double)results.hits[0].score, idf * 3 / (3 + 0.9 * (0.6 + 0.4 * 3 / 2)), 1e-6);
    CHECK_UINT(query.diagnostic_count, 0);
    close_index();
}

static void too_many_expansions_are_reported(void)
{
    static const char *const texts[] = {"coda codb codc", "codc codb", "codc coda", "codd"};
    struct match_options options = ten;
    options.max_expansions = 2;
    open_index(texts, 4, 1);
    const struct match_results results = found(leaf(QUERY_PREFIX, "cod"), &options);
    CHECK_UINT(results.total, 3); /* codc, and coda before codb */
    REQUIRE_UINT(query.diagnostic_count, 1);
    CHECK_STRING(query.diagnostics[0].code, "too-many-expansions");
    CHECK_STRING(query.diagnostics[0].message, "\"cod*\" stands for 4 terms; the 2 in most documents are searched");
    CHECK_INT(results.total_is_exact, 0);
    close_index();
}

static void too_many_expansions_can_be_refused(void)
{
    static const char *const texts[] = {"coda codb codc", "codc codb", "codc coda", "codd"};
    struct match_options options = ten;
    struct match_results results;
    struct trawl_error error = {0};
    options.max_expansions = 3;
    options.strict = 1;
    open_index(texts, 4, 1);
    CHECK_INT(search(&results, leaf(QUERY_PREFIX, "cod"), &options, &error), TRAWL_ERROR_LIMIT);
    CHECK_STRING(error.message, "\"cod*\" stands for 4 terms, over the limit of 3 (--max-expansions)");
    REQUIRE_UINT(query.diagnostic_count, 1);
    CHECK_INT(query.diagnostics[0].level, TRAWL_FAILURE);
    options.max_expansions = 4;
    CHECK_UINT(found(leaf(QUERY_PREFIX, "cod"), &options).total, 4);
    close_index();
}

/* "north sea*": its occurrences with any of the terms, idf of north and of the union. */
static void phrases_may_end_in_a_prefix(void)
{
    static const char *const texts[] = {"north sea north seas", "seas north", "north run of sea", "south"};
    open_index(texts, 4, 1);
    const struct query_node *root = phrase_prefix("north sea", "run");
    const struct match_results results = found(root, &ten);
    const double idf = 2 * log(1.0 + (4 - 3 + 0.5) / 3.5), average = 11.0 / 4;
    REQUIRE_UINT(results.hit_count, 2);
    CHECK_UINT(results.total, 2);
    CHECK_UINT(results.hits[0].document, 0);
    CHECK_DOUBLE((double)results.hits[0].score, idf * 2 / (2 + 0.9 * (0.6 + 0.4 * 4 / average)), 1e-6);
    CHECK_UINT(results.hits[1].document, 2); /* by the stem */
    struct query_node *sloppy = phrase_prefix("north sea", "sea");
    sloppy->slop = 2;
    CHECK_UINT(found(sloppy, &ten).total, 3);
    struct query_node *const but_not[] = {leaf(QUERY_ALL, ""), phrase_prefix("north sea", "sea")};
    CHECK_UINT(found(boolean(2, (enum query_occur[]){QUERY_MUST, QUERY_MUST_NOT}, but_not), &ten).total, 3);
    CHECK_UINT(query.diagnostic_count, 0);
    close_index();
}

/* Those in the most documents, whether the phrase is there or not. */
static void a_phrase_can_expand_too_far(void)
{
    static const char *const texts[] = {"coda codb codc", "codc codb", "codc coda", "north codb", "north codc"};
    struct match_options options = ten;
    struct match_results results;
    struct trawl_error error = {0};
    options.max_expansions = 1;
    open_index(texts, 5, 1);
    results = found(phrase_prefix("north cod", "cod"), &options);
    REQUIRE_UINT(results.hit_count, 1);
    CHECK_UINT(results.hits[0].document, 4);
    CHECK_INT(results.total_is_exact, 0);
    REQUIRE_UINT(query.diagnostic_count, 1);
    CHECK_STRING(query.diagnostics[0].message, "\"cod*\" stands for 3 terms; the 1 in most documents are searched");
    struct query_node *const but_not[] = {leaf(QUERY_TERM, "north"), phrase_prefix("north cod", "cod")};
    results = found(boolean(2, (enum query_occur[]){QUERY_MUST, QUERY_MUST_NOT}, but_not), &options);
    CHECK_UINT(results.total, 0);
    CHECK_UINT(query.diagnostic_count, 0);
    options.strict = 1;
    CHECK_INT(search(&results, phrase_prefix("north cod", "cod"), &options, &error), TRAWL_ERROR_LIMIT);
    close_index();
}

/* ---------------------------------------------------------------- refusals */

static void phrases_need_positions(void)
{
    struct match_results results;
    struct trawl_error error = {0};
    open_index(nets, 5, 0);
    CHECK_INT(search(&results, leaf(QUERY_PHRASE, "harbour nets"), &ten, &error), TRAWL_ERROR_UNSUPPORTED);
    CHECK_INT(search(&results, phrase_prefix("harbour ne", "ne"), &ten, &error), TRAWL_ERROR_UNSUPPORTED);
    CHECK_UINT(found(leaf(QUERY_TERM, "harbour"), &ten).total, 3);
    close_index();
}

/* Documents i % 2 ? "a" : "b", "c", and a word of their own that starts with "own". */
static void open_large_index(unsigned documents)
{
    struct trawl_error error = {0};
    struct fixture *fixture = fixture_new(1);
    char text[32];
    for (unsigned i = 0; i < documents; i++) {
        snprintf(text, sizeof text, "own%06u", i);
        fixture_document(fixture, text);
        fixture_occurrence(fixture, FIELD_DEFAULT, i % 2 ? "a" : "b", 1, 0);
        fixture_occurrence(fixture, FIELD_DEFAULT, "c", 1, 1);
        fixture_occurrence(fixture, FIELD_DEFAULT, text, strlen(text), 2);
    }
    REQUIRE_OK(fixture_write(fixture, tap_folder(), &error), &error);
    REQUIRE_OK(fixture_commit(fixture, tap_folder(), &error), &error);
    fixture_free(fixture);
    REQUIRE_OK(snapshot_open(&snapshot, tap_folder(), &error), &error);
    arena_init(&arena);
}

/* Enough batches that the clock is looked at, which has long passed the deadline. */
static void deadlines_are_kept(void)
{
    struct trawl_error error = {0};
    struct match_results results;
    open_large_index(30000);
    struct query_node *const both[] = {leaf(QUERY_TERM, "a"), leaf(QUERY_TERM, "c")};
    const struct query_node *root = boolean(2, (enum query_occur[]){QUERY_SHOULD, QUERY_SHOULD}, both);
    struct match_options options = ten;
    static struct match_room room; /* what a search leaves behind that was given up does not matter to the next */
    options.room = &room;
    options.deadline_ns = 1;
    options.exhaustive = 1;
    CHECK_INT(search(&results, root, &options, &error), TRAWL_ERROR_TIMEOUT);
    CHECK(room.is_dirty);
    options.deadline_ns = UINT64_MAX;
    const struct match_results again = found(root, &options);
    CHECK(!room.is_dirty);
    CHECK_UINT(again.total, 30000);
    options.room = NULL;
    results = found(root, &options);
    REQUIRE_UINT(results.hit_count, again.hit_count);
    for (size_t i = 0; i < results.hit_count; i++)
        CHECK(results.hits[i].document == again.hits[i].document && results.hits[i].units == again.hits[i].units);
    close_index();
}

static void check_late(const char *what, const struct query_node *root, const struct match_options *options)
{
    struct match_results results;
    struct trawl_error error = {0};
    struct match_options with = *options;
    with.deadline_ns = 1;
    const int status = search(&results, root, &with, &error);
    CHECK_THAT(status == TRAWL_ERROR_TIMEOUT, "%s, limit %zu, count %d, exhaustive %d: %d, not late", what, with.limit,
               with.count, with.exhaustive, status);
    with.deadline_ns = UINT64_MAX;
    found(root, &with);
}

/* Every way to match has more to do than is done between two looks at the clock. */
static void every_phase_keeps_deadlines(void)
{
    static const enum query_occur either[] = {QUERY_SHOULD, QUERY_SHOULD}, both[] = {QUERY_MUST, QUERY_MUST},
                                  but_not[] = {QUERY_MUST, QUERY_MUST_NOT};
    open_large_index(20000);
    struct query_node *const a = leaf(QUERY_TERM, "a"), *const b = leaf(QUERY_TERM, "b"), *const c = leaf(QUERY_TERM, "c");
    struct query_node *const own = leaf(QUERY_PREFIX, "own");
    struct query_node *const not_b = boolean(1, &but_not[1], (struct query_node *[]){b});
    struct query_node *const any = boolean(2, either, (struct query_node *[]){a, b});
    const struct {
        const char *what;
        const struct query_node *root;
    } queries[] = {
        {"own*", own},
        {"a OR b", any},
        {"a AND b", boolean(2, both, (struct query_node *[]){a, b})},
        {"a OR NOT b", boolean(2, either, (struct query_node *[]){a, not_b})},
        {"NOT b", not_b},
        {"(a OR b) NOT c", boolean(2, but_not, (struct query_node *[]){any, c})},
        {"c AND (a OR b)", boolean(2, both, (struct query_node *[]){c, any})},
        {"\"a c\"", leaf(QUERY_PHRASE, "a c")},
        {"\"a c*\"", phrase_prefix("a c", "c")},
        {"\"c own*\"", phrase_prefix("c own", "own")},
    };
    struct match_options options = ten;
    options.max_expansions = 100000;
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        for (int way = 0; way < 4; way++) {
            if (way == 2 && queries[i].root->kind == QUERY_PHRASE && !queries[i].root->stem)
                continue; /* the ten best are found at once */
            options.limit = way == 0 ? 0 : 10;
            options.count = way < 2;
            options.exhaustive = way == 3;
            check_late(queries[i].what, queries[i].root, &options);
        }
    options.max_expansions = 3;
    check_late("own* of few", own, &options);
    close_index();
}

/* What only adds to scores is not even looked up: here it stands for more words than are allowed. */
static void counts_pass_over_optional_clauses(void)
{
    static const char *const texts[] = {"net cod", "net cow", "net coal hook", "coal"};
    open_index(texts, 4, 1);
    struct query_node *const nodes[] = {leaf(QUERY_TERM, "net"), leaf(QUERY_PREFIX, "co"), leaf(QUERY_TERM, "hook")};
    struct match_options options = ten;
    options.limit = 0;
    options.strict = 1;
    options.max_expansions = 1;
    struct match_results results = found(boolean(2, (enum query_occur[]){QUERY_MUST, QUERY_SHOULD}, nodes), &options);
    CHECK_UINT(results.total, 3);
    CHECK(results.total_is_exact);
    results = found(boolean(3, (enum query_occur[]){QUERY_MUST, QUERY_SHOULD, QUERY_MUST_NOT}, nodes), &options);
    CHECK_UINT(results.total, 2);
    struct trawl_error error = {0};
    options.limit = 10;
    CHECK_INT(search(&results, boolean(2, (enum query_occur[]){QUERY_MUST, QUERY_SHOULD}, nodes), &options, &error),
              TRAWL_ERROR_LIMIT);
    close_index();
}

static void memory_may_end_anywhere(void)
{
    open_index(nets, 5, 1);
    struct query_node *const clauses[] = {leaf(QUERY_PHRASE, "harbour nets"), leaf(QUERY_PREFIX, "co"),
                                          phrase_prefix("cod ne", "ne"), leaf(QUERY_TERM, "herring")};
    const struct query_node *root =
        boolean(4, (enum query_occur[]){QUERY_SHOULD, QUERY_SHOULD, QUERY_SHOULD, QUERY_MUST_NOT}, clauses);
    int failed = 0;
    for (long allocations = 0; allocations < 1000; allocations++) {
        struct match_results results;
        struct trawl_error error = {0};
        struct arena small;
        arena_init(&small);
        query = (struct query){.root = root, .arena = &arena};
        memory_fail_after(allocations);
        const int status = match_search(&results, snapshot, &query, &ten, &small, &error);
        memory_fail_after(-1);
        arena_release(&small);
        if (status == 0)
            break;
        CHECK_INT(status, TRAWL_ERROR_MEMORY);
        failed++;
    }
    CHECK(failed > 2);
    close_index();
}

/* ------------------------------------------------------------- explanations */

static void explanations_show_the_numbers(void)
{
    struct match_explanation *explanation;
    struct trawl_error error = {0};
    open_index(nets, 5, 1);
    struct query_node *const clauses[] = {leaf(QUERY_TERM, "nets"), leaf(QUERY_PHRASE, "harbour nets"),
                                          leaf(QUERY_TERM, "herring")};
    clauses[0]->boost = 2.0f;
    query = (struct query){
        .root = boolean(3, (enum query_occur[]){QUERY_SHOULD, QUERY_SHOULD, QUERY_MUST_NOT}, clauses), .arena = &arena};
    REQUIRE_OK(match_explain(&explanation, snapshot, &query, &ten, 0, 0, &arena, &error), &error);
    CHECK(explanation->matches);
    REQUIRE_UINT(explanation->child_count, 3);
    const struct match_explanation *term = &explanation->children[0], *phrase = &explanation->children[1];
    const double idf = log(1.0 + (5 - 3 + 0.5) / 3.5);
    CHECK(term->matches && !phrase->matches && !explanation->children[2].matches);
    CHECK_UINT(term->tf, 2);
    CHECK_UINT(term->df, 3);
    CHECK_UINT(term->documents, 5);
    CHECK_UINT(term->length, 3);
    CHECK_DOUBLE(term->idf, idf, 1e-12);
    CHECK_DOUBLE((double)term->weight, 2 * idf, 1e-6);
    CHECK_DOUBLE((double)term->average_length, 2.0, 0);
    CHECK_DOUBLE((double)explanation->score, (double)term->score, 0);
    CHECK_DOUBLE(phrase->idf, 2 * idf, 1e-12);
    REQUIRE(phrase->words != NULL && term->words == NULL);
    CHECK_UINT(phrase->df, 0);
    for (size_t i = 0; i < 2; i++) {
        CHECK_UINT(phrase->words[i].df, 3);
        CHECK_DOUBLE(phrase->words[i].idf, idf, 1e-12);
    }
    REQUIRE_OK(match_explain(&explanation, snapshot, &query, &ten, 0, 3, &arena, &error), &error);
    CHECK_UINT(explanation->children[1].tf, 1);
    CHECK(explanation->children[1].matches);
    close_index();
}

static void explanations_of_a_phrase_that_ends_in_a_prefix(void)
{
    struct match_explanation *explanation;
    struct trawl_error error = {0};
    open_index(nets, 5, 1);
    query = (struct query){.root = phrase_prefix("harbour n", "n"), .arena = &arena};
    const struct match_results results = found(query.root, &ten);
    REQUIRE_UINT(results.hit_count, 1);
    REQUIRE_OK(match_explain(&explanation, snapshot, &query, &ten, 0, 3, &arena, &error), &error);
    CHECK(explanation->matches);
    CHECK_DOUBLE((double)explanation->score, (double)results.hits[0].score, 0);
    CHECK_UINT(explanation->tf, 1);
    CHECK_UINT(explanation->df, 0);
    REQUIRE(explanation->words != NULL);
    CHECK_UINT(explanation->words[0].df, 3);
    CHECK_UINT(explanation->words[1].df, 3);
    CHECK_DOUBLE(explanation->idf, explanation->words[0].idf + explanation->words[1].idf, 0);
    REQUIRE_OK(match_explain(&explanation, snapshot, &query, &ten, 0, 0, &arena, &error), &error);
    CHECK(!explanation->matches);
    close_index();
}

TAP_MAIN("match", TAP_CASE(scores_are_the_formulas), TAP_CASE(totals_are_told), TAP_CASE(nothing_is_found_for_nothing),
         TAP_CASE(an_index_may_be_empty), TAP_CASE(ties_keep_the_order_of_insertion),
         TAP_CASE(prefixes_score_as_one_word), TAP_CASE(too_many_expansions_are_reported), TAP_CASE(too_many_expansions_can_be_refused),
         TAP_CASE(phrases_may_end_in_a_prefix), TAP_CASE(a_phrase_can_expand_too_far),
         TAP_CASE(phrases_need_positions), TAP_CASE(deadlines_are_kept), TAP_CASE(every_phase_keeps_deadlines),
         TAP_CASE(counts_pass_over_optional_clauses), TAP_CASE(memory_may_end_anywhere), TAP_CASE(explanations_show_the_numbers),
         TAP_CASE(explanations_of_a_phrase_that_ends_in_a_prefix))
