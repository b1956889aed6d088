/* Snippets from golden files: matches stand in ⟦ ⟧, and … is text left out. */
#include "src/snippet/snippet.h"

#include "tests/golden/golden.h"
#include "tests/unit/query_fixture.h"
#include "tests/unit/tap.h"

enum { MOST_FIELDS = 8 };

struct golden_snippet {
    struct query_fixture fixture;
    const char *language;
    char query[512];
    struct snippet_field fields[MOST_FIELDS];
    char *texts[MOST_FIELDS];
    size_t field_count;
    struct snippet_options options;
    double weights[8];
};

static void start(struct golden_snippet *golden)
{
    for (size_t i = 0; i < golden->field_count; i++)
        free(golden->texts[i]);
    golden->field_count = 0;
    golden->options = (struct snippet_options){.count = 1, .length = 160};
}

/* \n and \t stand for themselves in other places; xx*9 is nine times xx, for long texts. */
static char *unescape(const char *value, size_t length)
{
    struct buffer text;
    buffer_init(&text);
    for (size_t i = 0; i < length; i++) {
        if (value[i] != '\\' || i + 1 == length) {
            buffer_append_u8(&text, (uint8_t)value[i]);
            continue;
        }
        char escape = value[++i];
        buffer_append_u8(&text, (uint8_t)(escape == 'n' ? '\n' : escape == 't' ? '\t' : escape == 'f' ? 0xFF : escape == 'b' ? 7 : escape));
    }
    return (char *)(buffer_string(&text), text.bytes);
}

static void add_field(struct golden_snippet *golden, const char *name, const char *value, size_t length)
{
    int number = fixture_find_field(NULL, name, strlen(name));
    char *text = unescape(value, length);
    golden->texts[golden->field_count] = text;
    golden->fields[golden->field_count++] = (struct snippet_field){
        .name = fixture_fields[number], .number = (uint32_t)number, .text = (const uint8_t *)text, .length = strlen(text)};
}

static void take(void *context, const char *key, const char *value, size_t length)
{
    struct golden_snippet *golden = context;
    if (strcmp(key, "query") == 0)
        snprintf(golden->query, sizeof golden->query, "%.*s", (int)length, value);
    else if (strcmp(key, "length") == 0)
        golden->options.length = strtoul(value, NULL, 10);
    else if (strcmp(key, "count") == 0)
        golden->options.count = strtoul(value, NULL, 10);
    else if (strcmp(key, "weights") == 0)
        for (char *end = (char *)value; golden->options.weight_count < 8 && end < value + length;)
            golden->weights[golden->options.weight_count++] = strtod(end, &end);
    else if (golden->field_count < MOST_FIELDS && fixture_find_field(NULL, key, strlen(key)) > 0)
        add_field(golden, key, value, length);
}

static void show(struct buffer *out, const struct snippet *snippet)
{
    size_t at = 0;
    buffer_printf(out, "  %s: %s", snippet->field, snippet->starts_inside ? "…" : "");
    for (size_t i = 0; i < snippet->span_count; i++) {
        buffer_append(out, snippet->text + at, snippet->spans[i][0] - at);
        buffer_append_string(out, "⟦");
        at = snippet->spans[i][0];
        buffer_append(out, snippet->text + at, snippet->spans[i][1] - at);
        buffer_append_string(out, "⟧");
        at = snippet->spans[i][1];
    }
    buffer_append(out, snippet->text + at, snippet->length - at);
    buffer_append_string(out, snippet->ends_inside ? "…\n" : "\n");
}

static void answer(struct buffer *out, void *context)
{
    struct golden_snippet *golden = context;
    struct query_fixture *fixture = &golden->fixture;
    struct snippet *snippets;
    size_t count;
    if (golden->options.weight_count)
        golden->options.weights = golden->weights;
    CHECK_OK(fixture_parse(fixture, golden->query, strlen(golden->query)), &fixture->error);
    CHECK_OK(snippet_make(&snippets, &count, fixture->query.root, golden->fields, golden->field_count, fixture->analysis,
                          &golden->options, &fixture->arena, &fixture->error),
             &fixture->error);
    for (size_t i = 0; i < count; i++)
        show(out, &snippets[i]);
    if (count == 0)
        buffer_append_string(out, "  none\n");
    start(golden);
}

static void check_file(const char *path, const char *language)
{
    struct golden_snippet golden = {.field_count = 0};
    REQUIRE_OK(fixture_init(&golden.fixture, language), &golden.fixture.error);
    start(&golden);
    golden_check(path, take, answer, &golden);
    start(&golden);
    fixture_release(&golden.fixture);
}

static void english(void)
{
    check_file("tests/golden/snippets.txt", "english");
}

static void french(void)
{
    check_file("tests/golden/snippets_french.txt", "french");
}

TAP_MAIN("snippet golden", TAP_CASE(english), TAP_CASE(french))
