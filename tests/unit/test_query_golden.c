/* Queries, their canonical forms, trees and diagnostics, from golden files. */
#include "src/query/query.h"

#include "tests/golden/golden.h"
#include "tests/unit/query_fixture.h"
#include "tests/unit/tap.h"

struct golden_query {
    struct query_fixture fixture;
    struct query_options options; /* those that each block starts with */
    char text[1024];
    size_t length;
};

static void set_flags(struct query_options *options, const char *flags, size_t length)
{
    char list[128] = "";
    memcpy(list, flags, length < sizeof list ? length : sizeof list - 1);
    options->all = strstr(list, "all") != NULL;
    options->literal = strstr(list, "literal") != NULL;
    options->strict = strstr(list, "strict") != NULL;
    options->drop_stopwords = strstr(list, "stopwords") != NULL;
    options->has_positions = strstr(list, "no-positions") == NULL;
}

static void take_bytes(struct golden_query *golden, const char *hex, size_t length)
{
    golden->length = 0;
    for (size_t i = 0; i + 1 < length; i += 3)
        golden->text[golden->length++] = (char)strtoul(hex + i, NULL, 16);
}

static void take(void *context, const char *key, const char *value, size_t length)
{
    struct golden_query *golden = context;
    if (strcmp(key, "flags") == 0)
        set_flags(&golden->fixture.options, value, length);
    if (strcmp(key, "bytes") == 0)
        take_bytes(golden, value, length);
    if (strcmp(key, "query") == 0 && length <= sizeof golden->text) {
        memcpy(golden->text, value, length);
        golden->length = length;
    }
}

static void show_diagnostics(struct buffer *out, const struct query *query)
{
    static const char *const levels[] = {"note", "warning", "error"};
    for (size_t i = 0; i < query->diagnostic_count; i++) {
        const struct query_diagnostic *d = &query->diagnostics[i];
        buffer_printf(out, "  %s %s %u+%u: %s", levels[d->level], d->code, (unsigned)d->offset, (unsigned)d->length, d->message);
        buffer_printf(out, *d->pointer ? " | %s\n" : "\n", d->pointer);
    }
}

/* The canonical form must parse to itself and to the same tree, under all flags. */
static void check_canonical(struct golden_query *golden, const char *canonical, const struct buffer *tree)
{
    struct query_options *options = &golden->fixture.options;
    options->literal = 0;
    for (int flags = 0; flags < 8; flags++) {
        struct buffer again;
        buffer_init(&again);
        options->all = flags & 1;
        options->strict = flags >> 1 & 1;
        options->drop_stopwords = flags >> 2 & 1;
        CHECK_OK(fixture_parse(&golden->fixture, canonical, strlen(canonical)), &golden->fixture.error);
        CHECK_STRING(fixture_canonical(&golden->fixture), canonical);
        fixture_show_tree(&again, golden->fixture.query.root, 2, "");
        CHECK_BYTES(again.bytes, again.length, tree->bytes, tree->length);
        buffer_release(&again);
    }
}

static void answer(struct buffer *out, void *context)
{
    static const char *const statuses[] = {[-TRAWL_ERROR_QUERY] = "broken", [-TRAWL_ERROR_LIMIT] = "over a limit"};
    struct golden_query *golden = context;
    struct buffer tree;
    buffer_init(&tree);
    int status = fixture_parse(&golden->fixture, golden->text, golden->length);
    if (status) {
        buffer_printf(out, "  -> %s: %s\n", statuses[-status], golden->fixture.error.message);
    } else {
        const char *canonical = fixture_canonical(&golden->fixture);
        buffer_printf(out, "  = %s\n", canonical);
        fixture_show_tree(&tree, golden->fixture.query.root, 2, "");
        buffer_append(out, tree.bytes, tree.length);
    }
    show_diagnostics(out, &golden->fixture.query);
    if (!status)
        check_canonical(golden, fixture_canonical(&golden->fixture), &tree);
    buffer_release(&tree);
    golden->fixture.options = golden->options;
}

static void check_file(const char *path)
{
    struct golden_query golden = {.length = 0};
    REQUIRE_OK(fixture_init(&golden.fixture, "english"), &golden.fixture.error);
    golden.options = golden.fixture.options;
    golden_check(path, take, answer, &golden);
    fixture_release(&golden.fixture);
}

static void lists(void)
{
    check_file("tests/golden/query_lists.txt");
}

static void words(void)
{
    check_file("tests/golden/query_words.txt");
}

static void repairs(void)
{
    check_file("tests/golden/query_repairs.txt");
}

TAP_MAIN("query golden", TAP_CASE(lists), TAP_CASE(words), TAP_CASE(repairs))
