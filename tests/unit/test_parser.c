/* Limits, long input, and the end of memory. What queries mean is in the
 * golden tests. */
#include "src/query/query.h"

#include "src/util/memory.h"
#include "tests/unit/query_fixture.h"
#include "tests/unit/tap.h"

/* `piece` times `count`, then `end`. */
static int parse_repeated(struct query_fixture *fixture, const char *piece, size_t count, const char *end)
{
    struct buffer text;
    buffer_init(&text);
    for (size_t i = 0; i < count; i++)
        buffer_append_string(&text, piece);
    buffer_append_string(&text, end);
    REQUIRE_INT(text.status, 0);
    arena_reset(&fixture->arena);
    int status = fixture_parse(fixture, text.bytes, text.length);
    buffer_release(&text);
    return status;
}

static void check_over(struct query_fixture *fixture, const char *code)
{
    const struct query *query = &fixture->query;
    REQUIRE(query->diagnostic_count > 0);
    const struct query_diagnostic *last = &query->diagnostics[query->diagnostic_count - 1];
    CHECK_STRING(last->code, code);
    CHECK_INT(last->level, TRAWL_FAILURE);
    CHECK_STRING(fixture->error.message, last->message);
    CHECK_INT(query->root->kind, QUERY_NOTHING);
}

static void takes_1024_words_and_no_more(void)
{
    static const char *const lists[] = {"a ", "+a ", "-a ", "title:a ", "a OR ", "a AND ", "(a) ", "a* ", "* ", "a-b OR ", "\"a b\" "};
    struct query_fixture fixture;
    REQUIRE_OK(fixture_init(&fixture, "english"), &fixture.error);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        size_t words = i < 9 ? 1 : 2;
        CHECK_THAT(parse_repeated(&fixture, lists[i], 1024 / words - 1, words == 2 ? "a-b" : "a") == 0, "%s", lists[i]);
        CHECK_THAT(parse_repeated(&fixture, lists[i], 1024 / words, "a") == TRAWL_ERROR_LIMIT, "%s", lists[i]);
        check_over(&fixture, "too-many-clauses");
    }
    CHECK_INT(parse_repeated(&fixture, "-", 1, "a"), 0);
    fixture_release(&fixture);
}

static void a_phrase_counts_its_words(void)
{
    struct query_fixture fixture;
    REQUIRE_OK(fixture_init(&fixture, "english"), &fixture.error);
    CHECK_INT(parse_repeated(&fixture, "a-", 1023, "a"), 0);
    CHECK_UINT(fixture.query.root->term_count, 1024);
    CHECK_INT(parse_repeated(&fixture, "a-", 1024, "a"), TRAWL_ERROR_LIMIT);
    check_over(&fixture, "too-many-clauses");
    fixture_release(&fixture);
}

static void takes_128_parentheses_and_no_more(void)
{
    struct query_fixture fixture;
    REQUIRE_OK(fixture_init(&fixture, "english"), &fixture.error);
    CHECK_INT(parse_repeated(&fixture, "(", 128, "a"), 0);
    CHECK_INT(parse_repeated(&fixture, "(", 129, "a"), TRAWL_ERROR_LIMIT);
    check_over(&fixture, "too-deep");
    CHECK_INT(parse_repeated(&fixture, "+(a +(b ", 64, "c"), 0);
    CHECK_INT(parse_repeated(&fixture, "NOT (a AND ", 128, "b"), 0);
    CHECK_INT(parse_repeated(&fixture, "NOT (a AND ", 129, "b"), TRAWL_ERROR_LIMIT);
    fixture_release(&fixture);
}

/* 65 levels as written, but each is an OR within an AND within a NOT. */
static void counts_parentheses_that_the_canonical_form_needs(void)
{
    struct query_fixture fixture;
    REQUIRE_OK(fixture_init(&fixture, "english"), &fixture.error);
    fixture.options.all = 1;
    CHECK_INT(parse_repeated(&fixture, "NOT (p q OR r AND ", 64, "a"), 0);
    const char *canonical = fixture_canonical(&fixture);
    REQUIRE(canonical != NULL);
    CHECK_OK(fixture_parse(&fixture, canonical, strlen(canonical)), &fixture.error);
    CHECK_INT(parse_repeated(&fixture, "NOT (p q OR r AND ", 65, "a"), TRAWL_ERROR_LIMIT);
    check_over(&fixture, "too-deep");
    fixture_release(&fixture);
}

static void long_queries_end_early(void)
{
    struct query_fixture fixture;
    REQUIRE_OK(fixture_init(&fixture, "english"), &fixture.error);
    CHECK_INT(parse_repeated(&fixture, "word ", 100000, ""), TRAWL_ERROR_LIMIT);
    CHECK_INT(parse_repeated(&fixture, "(", 10000, ""), TRAWL_ERROR_LIMIT);
    CHECK_INT(parse_repeated(&fixture, "(a ", 10000, ""), TRAWL_ERROR_LIMIT);
    CHECK_INT(parse_repeated(&fixture, "w", 2000000, ""), TRAWL_ERROR_LIMIT);
    CHECK(fixture.arena.total < (size_t)8 << 20);
    fixture_release(&fixture);
}

/* Nothing in these counts against a limit; they must take linear time. */
static void long_nonsense_is_read_to_its_end(void)
{
    static const char *const pieces[] = {"!", "- ", "\"\" ", "AND ", "NOT ", "OR ", ") ", "() ", "\\", "*", "^", "~",
                                         "title: [", "+!", "?*", "\xFF", "\xE3\x80\x80", "title:{- TO ", "a:\\", "(!)^2 ", "\"\"~3^2"};
    struct query_fixture fixture;
    REQUIRE_OK(fixture_init(&fixture, "english"), &fixture.error);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        int status = parse_repeated(&fixture, pieces[i], 200000, "");
        CHECK_THAT(status == 0 || status == TRAWL_ERROR_LIMIT, "%s", pieces[i]);
        CHECK_THAT(fixture.query.diagnostic_count <= 66, "%s", pieces[i]);
    }
    fixture_release(&fixture);
}

static void many_problems_are_not_all_listed(void)
{
    struct query_fixture fixture;
    REQUIRE_OK(fixture_init(&fixture, "english"), &fixture.error);
    CHECK_INT(parse_repeated(&fixture, "a OR OR b ", 100, ""), 0);
    REQUIRE_UINT(fixture.query.diagnostic_count, 65);
    CHECK_STRING(fixture.query.diagnostics[64].code, "more-problems");
    fixture_release(&fixture);
}

static void takes_diagnostics_later(void)
{
    struct query_fixture fixture;
    REQUIRE_OK(fixture_init(&fixture, "english"), &fixture.error);
    REQUIRE_OK(fixture_parse(&fixture, "a* b", 4), &fixture.error);
    CHECK_INT(query_add_diagnostic(&fixture.query, TRAWL_WARNING, "too-many", 0, 2, "here", "%d terms begin so", 7), 0);
    REQUIRE_UINT(fixture.query.diagnostic_count, 1);
    CHECK_STRING(fixture.query.diagnostics[0].message, "7 terms begin so");
    CHECK_STRING(fixture.query.diagnostics[0].pointer, "here");
    CHECK_UINT(fixture.query.diagnostics[0].length, 2);
    fixture_release(&fixture);
}

static void places_are_bytes_of_the_query(void)
{
    struct query_fixture fixture;
    const char text[] = "\xFF\xFF caf\xC3\xA9 -title:\"x y\"";
    REQUIRE_OK(fixture_init(&fixture, "english"), &fixture.error);
    REQUIRE_OK(fixture_parse(&fixture, text, sizeof text - 1), &fixture.error);
    REQUIRE_UINT(fixture.query.root->clause_count, 2);
    const struct query_node *cafe = fixture.query.root->clauses[0].node, *phrase = fixture.query.root->clauses[1].node;
    CHECK_UINT(cafe->start, 3);
    CHECK_UINT(cafe->length, 5);
    CHECK_UINT(phrase->start, 9);
    CHECK_UINT(phrase->length, 12);
    fixture_release(&fixture);
}

/* Each allocation fails once: an error or the whole result, never half of it. */
static void survives_the_end_of_memory(void)
{
    static const char text[] = "+\"new york\" caf* -(a b \"c d\"^2) OR title:x AND foo:bar ( \"\"";
    struct query_fixture fixture;
    REQUIRE_OK(fixture_init(&fixture, "english"), &fixture.error);
    REQUIRE_OK(fixture_parse(&fixture, text, sizeof text - 1), &fixture.error);
    const char *expected = fixture_canonical(&fixture);
    size_t diagnostics = fixture.query.diagnostic_count, failed = 0;
    for (long allowed = 0;; allowed++) {
        struct arena arena;
        struct query query;
        struct trawl_error error = {0};
        arena_init(&arena);
        memory_fail_after(allowed);
        int status = query_parse(&query, (const uint8_t *)text, sizeof text - 1, fixture.analysis, &fixture.options, &arena, &error);
        const char *canonical = status ? NULL : query_canonical(&query, fixture_field_name, NULL);
        int is_whole = canonical != NULL;
        memory_fail_after(-1);
        CHECK_THAT(status == 0 || status == TRAWL_ERROR_MEMORY, "status %d after %ld allocations", status, allowed);
        if (is_whole) {
            CHECK_STRING(canonical, expected);
            CHECK_UINT(query.diagnostic_count, diagnostics);
        }
        failed += !is_whole;
        arena_release(&arena);
        if (is_whole && allowed > 40)
            break;
    }
    CHECK(failed > 2);
    fixture_release(&fixture);
}

TAP_MAIN("parser", TAP_CASE(takes_1024_words_and_no_more), TAP_CASE(a_phrase_counts_its_words),
         TAP_CASE(takes_128_parentheses_and_no_more), TAP_CASE(counts_parentheses_that_the_canonical_form_needs),
         TAP_CASE(long_queries_end_early), TAP_CASE(long_nonsense_is_read_to_its_end),
         TAP_CASE(many_problems_are_not_all_listed), TAP_CASE(takes_diagnostics_later),
         TAP_CASE(places_are_bytes_of_the_query), TAP_CASE(survives_the_end_of_memory))
