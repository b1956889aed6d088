/* Large texts and the end of memory. What snippets show is in the golden tests. */
#include "src/snippet/snippet.h"

#include "src/util/memory.h"
#include "tests/unit/query_fixture.h"
#include "tests/unit/tap.h"

struct text_case {
    struct query_fixture fixture;
    struct buffer text;
    struct snippet_options options;
    struct snippet *snippets;
    size_t count;
};

static void start(struct text_case *of, const char *query)
{
    *of = (struct text_case){.options = {.count = 1, .length = 100}};
    buffer_init(&of->text);
    REQUIRE_OK(fixture_init(&of->fixture, "english"), &of->fixture.error);
    REQUIRE_OK(fixture_parse(&of->fixture, query, strlen(query)), &of->fixture.error);
}

static void repeat(struct text_case *of, const char *piece, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buffer_append_string(&of->text, piece);
    REQUIRE_INT(of->text.status, 0);
}

static int make(struct text_case *of)
{
    const struct snippet_field field = {.name = "body", .number = 1, .text = of->text.bytes, .length = of->text.length};
    return snippet_make(&of->snippets, &of->count, of->fixture.query.root, &field, 1, of->fixture.analysis, &of->options,
                        &of->fixture.arena, &of->fixture.error);
}

static void end(struct text_case *of)
{
    buffer_release(&of->text);
    fixture_release(&of->fixture);
}

static void check_marked(const struct snippet *snippet, size_t span, const char *expected)
{
    REQUIRE(span < snippet->span_count);
    CHECK_BYTES(snippet->text + snippet->spans[span][0], snippet->spans[span][1] - snippet->spans[span][0], expected,
                strlen(expected));
}

static void finds_the_only_match_of_a_long_text(void)
{
    struct text_case of;
    start(&of, "needle");
    repeat(&of, "a stack of hay, ", 200000);
    repeat(&of, "one needle, ", 1);
    repeat(&of, "and more hay ", 20);
    REQUIRE_OK(make(&of), &of.fixture.error);
    REQUIRE_UINT(of.count, 1);
    check_marked(&of.snippets[0], 0, "needle");
    CHECK_INT(of.snippets[0].starts_inside, 1);
    CHECK_INT(of.snippets[0].ends_inside, 1);
    end(&of);
}

static void a_text_full_of_matches_is_not_read_to_its_end(void)
{
    struct text_case of;
    start(&of, "hay needle");
    repeat(&of, "hay ", 600000);
    repeat(&of, "needle", 1);
    of.options.count = 3;
    REQUIRE_OK(make(&of), &of.fixture.error);
    REQUIRE_UINT(of.count, 3);
    CHECK_UINT(of.snippets[0].span_count, 25);
    CHECK_INT(of.snippets[0].starts_inside, 0);
    CHECK(of.fixture.arena.total < 1 << 20);
    end(&of);
}

/* Every word stands everywhere: the sweep gives up in time. */
static void long_phrases_of_one_word_come_to_an_end(void)
{
    static const char *const slops[] = {"", "~9"};
    for (size_t i = 0; i < 2; i++) {
        struct text_case of;
        struct buffer query;
        buffer_init(&query);
        buffer_append_string(&query, "\"");
        for (size_t k = 0; k < 1000; k++)
            buffer_append_string(&query, "hay ");
        buffer_append_string(&query, "\"");
        buffer_append_string(&query, slops[i]);
        start(&of, buffer_string(&query));
        repeat(&of, "hay ", 300000);
        REQUIRE_OK(make(&of), &of.fixture.error);
        CHECK_UINT(of.count, 1);
        check_marked(&of.snippets[0], 0, "hay hay hay hay hay hay hay hay hay hay hay hay hay hay hay hay hay hay hay hay hay hay hay hay hay");
        buffer_release(&query);
        end(&of);
    }
}

static void a_word_without_end_is_cut(void)
{
    struct text_case of;
    start(&of, "xxx*");
    repeat(&of, "x", 3000000);
    of.options.length = 10;
    REQUIRE_OK(make(&of), &of.fixture.error);
    REQUIRE_UINT(of.count, 1);
    CHECK_BYTES(of.snippets[0].text, of.snippets[0].length, "xxxxxxxxxx", 10);
    check_marked(&of.snippets[0], 0, "xxxxxxxxxx");
    end(&of);
}

static void marks_without_end_do_not_take_long(void)
{
    struct text_case of;
    start(&of, "hay");
    repeat(&of, "e", 1);
    repeat(&of, "\xCC\x81", 200000);
    repeat(&of, " hay ", 1);
    repeat(&of, "e", 1);
    repeat(&of, "\xCC\x81", 200000);
    REQUIRE_OK(make(&of), &of.fixture.error);
    REQUIRE_UINT(of.count, 1);
    check_marked(&of.snippets[0], 0, "hay");
    CHECK(of.snippets[0].text[of.snippets[0].length - 1] != ' ');
    end(&of);
}

static void blanks_alone_are_no_text(void)
{
    struct text_case of;
    start(&of, "hay");
    repeat(&of, " \n\t\xE3\x80\x80", 1000);
    REQUIRE_OK(make(&of), &of.fixture.error);
    CHECK_UINT(of.count, 0);
    end(&of);
}

static void weights_may_be_few_or_odd(void)
{
    static const double weights[] = {-1, 1e300};
    struct text_case of;
    start(&of, "hay straw grass");
    repeat(&of, "hay. Then many other words come that match nothing. ", 1);
    repeat(&of, "straw. Then many other words come that match nothing. ", 1);
    repeat(&of, "grass. Then many other words come that match nothing. ", 1);
    of.options.weights = weights;
    of.options.weight_count = 2;
    of.options.length = 10;
    REQUIRE_OK(make(&of), &of.fixture.error);
    REQUIRE_UINT(of.count, 1);
    check_marked(&of.snippets[0], 0, "straw");
    end(&of);
}

static void passages_do_not_overlap(void)
{
    struct text_case of;
    start(&of, "hay");
    for (size_t i = 0; i < 300; i++) {
        char piece[32];
        snprintf(piece, sizeof piece, "%zu hay, ", 1000 + i);
        repeat(&of, piece, 1);
    }
    of.options.count = 50;
    REQUIRE_OK(make(&of), &of.fixture.error);
    REQUIRE(of.count >= 25 && of.count <= 50);
    int seen[300] = {0};
    for (size_t i = 0; i < of.count; i++)
        for (size_t at = 0; at + 4 <= of.snippets[i].length; at++)
            if (of.snippets[i].text[at] == '1' && (at == 0 || of.snippets[i].text[at - 1] == ' ')) {
                long number = strtol((const char *)of.snippets[i].text + at, NULL, 10) - 1000;
                REQUIRE(number >= 0 && number < 300);
                CHECK_INT(seen[number]++, 0);
            }
    end(&of);
}

static void survives_the_end_of_memory(void)
{
    struct text_case of;
    size_t failed = 0;
    start(&of, "hay \"red straw\" gra* \"of hay\"~3");
    repeat(&of, "A stack of hay and of red straw and of grass, dry grass of the red hay. ", 200);
    for (long allowed = 0;; allowed++) {
        arena_release(&of.fixture.arena);
        REQUIRE_OK(fixture_parse(&of.fixture, "hay \"red straw\" gra* \"of hay\"~3", 31), &of.fixture.error);
        memory_fail_after(allowed);
        int status = make(&of);
        memory_fail_after(-1);
        CHECK(status == 0 || status == TRAWL_ERROR_MEMORY);
        CHECK_UINT(of.count, status ? 0 : 1);
        CHECK_INT(of.fixture.error.code, status);
        failed += status != 0;
        if (status == 0 && allowed > 30)
            break;
    }
    CHECK(failed > 5);
    end(&of);
}

TAP_MAIN("snippet", TAP_CASE(finds_the_only_match_of_a_long_text), TAP_CASE(a_text_full_of_matches_is_not_read_to_its_end),
         TAP_CASE(long_phrases_of_one_word_come_to_an_end), TAP_CASE(a_word_without_end_is_cut),
         TAP_CASE(marks_without_end_do_not_take_long), TAP_CASE(blanks_alone_are_no_text),
         TAP_CASE(weights_may_be_few_or_odd), TAP_CASE(passages_do_not_overlap), TAP_CASE(survives_the_end_of_memory))
