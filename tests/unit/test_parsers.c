#include "src/source/parsers.h"

#include <stdlib.h>
#include <string.h>

#include "src/util/memory.h"
#include "tests/unit/source_dump.h"
#include "tests/unit/tap.h"

static struct raw_record record_of(enum trawl_format format, const char *path, const void *bytes, size_t length)
{
    return (struct raw_record){.format = format, .path = path, .bytes = bytes, .length = length};
}

/* A record parsed and dumped as source_dump.h does. */
static void dump(struct buffer *out, enum trawl_format format, const void *bytes, size_t length, uint64_t limit)
{
    struct parser *parser;
    struct trawl_error error = {0};
    struct raw_record record = record_of(format, "dir/file", bytes, length);
    record.line = 7;
    REQUIRE_OK(parser_new(&parser, limit, &error), &error);
    CHECK_OK(dump_record(out, parser, &record, &error), &error);
    parser_free(parser);
}

static void check(enum trawl_format format, const void *bytes, size_t length, const char *expected)
{
    struct buffer out;
    buffer_init(&out);
    dump(&out, format, bytes, length, 1 << 20);
    CHECK_STRING(buffer_string(&out), expected);
    buffer_release(&out);
}

static void check_text(enum trawl_format format, const char *text, const char *expected)
{
    check(format, text, strlen(text), expected);
}

/* --------------------------------------------------------------------- ids */

static void ids_are_checked(void)
{
    static const struct {
        const char *id;
        size_t length;
        const char *fault;
    } rows[] = {
        {"a", 1, NULL}, {"a b/c:d", 7, NULL}, {"\xC3\xA9", 2, NULL}, {"\xC2\xA0", 2, NULL}, {"\xE2\x80\xA8", 3, NULL},
        {"", 0, "the id is empty"}, {"a\0b", 3, "the id holds a control character"},
        {"a\n", 2, "the id holds a control character"}, {"\x7F", 1, "the id holds a control character"},
        {"\xC2\x85", 2, "the id holds a control character"}, {"\xC3", 1, "the id is not valid UTF-8"},
        {"\xED\xA0\x80", 3, "the id is not valid UTF-8"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *fault = document_id_fault((const uint8_t *)rows[i].id, rows[i].length);
        CHECK_STRING(fault ? fault : "fine", rows[i].fault ? rows[i].fault : "fine");
    }
    uint8_t longest[1025];
    memset(longest, 'x', sizeof longest);
    CHECK(document_id_fault(longest, 1024) == NULL);
    CHECK_STRING(document_id_fault(longest, 1025), "the id is longer than 1,024 bytes");
}

static void bad_ids_are_faults(void)
{
    check_text(TRAWL_FORMAT_JSONL, "{\"id\":\"a\xFF\"}", "! dir/file:7: the id is not valid UTF-8\n");
    check_text(TRAWL_FORMAT_JSONL, "{\"id\":\"\xC3\xA9\\ud800\"}", "! dir/file:7: the id is not valid UTF-8\n");
    check_text(TRAWL_FORMAT_TSV, "a\xFF\ttext", "! dir/file:7: the id is not valid UTF-8\n");
    check(TRAWL_FORMAT_TSV, "a\0b\ttext", 8, "! dir/file:7: the id holds a control character\n");
}

static void missing_ids_are_places(void)
{
    struct parser *parser;
    struct trawl_error error = {0};
    struct document document;
    REQUIRE_OK(parser_new(&parser, 100, &error), &error);
    struct raw_record record = record_of(TRAWL_FORMAT_JSONL, "-", "{}", 2);
    record.line = 12;
    CHECK_OK(parser_parse(&document, parser, &record, &error), &error);
    CHECK_BYTES(document.id, document.id_length, "-:12", 4);
    record.format = TRAWL_FORMAT_TEXT;
    record.line = 0;
    record.path = "some/file";
    CHECK_OK(parser_parse(&document, parser, &record, &error), &error);
    CHECK_BYTES(document.id, document.id_length, "some/file", 9);
    record.path = "some/f\xE9le";
    CHECK_INT(parser_parse(&document, parser, &record, &error), TRAWL_ERROR_DOCUMENT);
    CHECK_STRING(error.message, "the id is not valid UTF-8");
    parser_free(parser);
}

/* ------------------------------------------------------------------ faults */

static void reasons_are_passed_on(void)
{
    struct parser *parser;
    struct trawl_error error = {0};
    struct document document;
    REQUIRE_OK(parser_new(&parser, 100, &error), &error);
    const struct raw_record record = {.format = TRAWL_FORMAT_TEXT, .path = "file", .line = 3, .reason = "too long, 100% so"};
    CHECK_INT(parser_parse(&document, parser, &record, &error), TRAWL_ERROR_DOCUMENT);
    CHECK_STRING(error.file, "file");
    CHECK_UINT(error.offset, 3);
    CHECK_STRING(error.message, "too long, 100% so");
    CHECK_INT(parser_parse(&document, parser, &record, NULL), TRAWL_ERROR_DOCUMENT);
    parser_free(parser);
}

static void field_names_have_a_limit(void)
{
    char text[700];
    snprintf(text, sizeof text, "{\"id\":1,\"%0255d\":\"x\"}", 0);
    struct buffer out;
    buffer_init(&out);
    dump(&out, TRAWL_FORMAT_JSONL, text, strlen(text), 10000);
    CHECK(strncmp(buffer_string(&out), "= 1\n000", 7) == 0);
    buffer_release(&out);
    snprintf(text, sizeof text, "{\"id\":1,\"%0256d\":\"x\"}", 0);
    check_text(TRAWL_FORMAT_JSONL, text, "! dir/file:7: a field name is longer than 255 bytes\n");
    snprintf(text, sizeof text, "{\"id\":1,\"%0127d\":{\"%0127d\":\"x\"}}", 0, 0);
    dump(&out, TRAWL_FORMAT_JSONL, text, strlen(text), 10000);
    CHECK(strncmp(buffer_string(&out), "= 1\n000", 7) == 0);
    buffer_release(&out);
    snprintf(text, sizeof text, "{\"id\":1,\"%0127d\":{\"%0128d\":\"x\"}}", 0, 0);
    check_text(TRAWL_FORMAT_JSONL, text, "! dir/file:7: a field name is longer than 255 bytes\n");
    snprintf(text, sizeof text, "{\"id\":1,\"%0255d\":{\"\":\"x\"}}", 0);
    check_text(TRAWL_FORMAT_JSONL, text, "! dir/file:7: a field name is longer than 255 bytes\n");
}

static void objects_may_nest_as_deep_as_names_reach(void)
{
    char text[2000] = "{\"id\":1,";
    for (int i = 0; i < 127; i++)
        strcat(text, "\"a\":{");
    strcat(text, "\"a\":\"x\"");
    char deeper[2000];
    snprintf(deeper, sizeof deeper, "%.*s{\"a\":\"x\"}", (int)strlen(text) - 3, text);
    for (int i = 0; i < 128; i++) {
        strcat(text, "}");
        strcat(deeper, "}");
    }
    struct buffer out;
    buffer_init(&out);
    dump(&out, TRAWL_FORMAT_JSONL, text, strlen(text), 10000);
    CHECK_STRING(buffer_string(&out) + out.length - 8, ".a.a: x\n");
    buffer_release(&out);
    check_text(TRAWL_FORMAT_JSONL, deeper, "! dir/file:7: a field name is longer than 255 bytes\n");
}

static void parsed_text_has_a_limit(void)
{
    struct buffer out;
    buffer_init(&out);
    dump(&out, TRAWL_FORMAT_TEXT, "12345", 5, 5); /* the title stands in the text: it counts once */
    CHECK_STRING(buffer_string(&out), "= dir/file:7\ntitle~ 12345\nbody: 12345\n");
    buffer_reset(&out);
    dump(&out, TRAWL_FORMAT_TEXT, "\xFF\xFF", 2, 5); /* each grows to three bytes */
    CHECK_STRING(buffer_string(&out), "! dir/file:7: over the maximum document size of 5 bytes\n");
    buffer_release(&out);
}

static void values_have_a_limit(void)
{
    struct buffer text, out;
    buffer_init(&text);
    buffer_init(&out);
    buffer_append_string(&text, "{\"id\":1,\"a\":[\"\"");
    for (size_t i = 0; i < VALUE_LIMIT; i++)
        buffer_append_string(&text, ",\"\"");
    buffer_append_string(&text, "]}");
    dump(&out, TRAWL_FORMAT_JSONL, text.bytes, text.length, 1 << 20);
    CHECK_STRING(buffer_string(&out), "! dir/file:7: more than 262,144 values\n");
    buffer_release(&text);
    buffer_release(&out);
}

/* ------------------------------------------------------------------ values */

static void damage_is_repaired_and_counted(void)
{
    check_text(TRAWL_FORMAT_JSONL, "{\"id\":1,\"a\xFF\":\"b\xC3\",\"c\":[\"\xFF\",1]}",
               "= 1\na\xEF\xBF\xBD: b\xEF\xBF\xBD\nc= [\"\xEF\xBF\xBD\",1]\n(3 damaged)\n");
    check_text(TRAWL_FORMAT_TSV, "1\tt\xFF\tx\xE2\x82y", "= 1\ntitle: t\xEF\xBF\xBD\nbody: x\xEF\xBF\xBDy\n(2 damaged)\n");
    check_text(TRAWL_FORMAT_TREC, "<DOCNO>1</DOCNO>\xFF", "= 1\nbody: \xEF\xBF\xBD\n(1 damaged)\n");
    check_text(TRAWL_FORMAT_MARKDOWN, "# a\xFF", "= dir/file:7\ntitle~ a\xEF\xBF\xBD\nbody: a\xEF\xBF\xBD\n(1 damaged)\n");
    check_text(TRAWL_FORMAT_TEXT, "a\xFF", "= dir/file:7\ntitle~ a\xEF\xBF\xBD\nbody: a\xEF\xBF\xBD\n(1 damaged)\n");
}

/* Half a pair in an array that turns out to be stored is no damage: it stays an escape. */
static void stored_escapes_are_no_damage(void)
{
    check_text(TRAWL_FORMAT_JSONL, "{\"id\":1,\"a\":[\"\\ud800\",1]}", "= 1\na= [\"\\ud800\",1]\n");
}

static void values_are_not_copied_where_they_need_not_be(void)
{
    static const uint8_t line[] = "{\"id\":\"abc\",\"title\":\"T\",\"text\":\"plain \xC3\xA9\",\"n\":[1,2]}";
    struct parser *parser;
    struct trawl_error error = {0};
    struct document document;
    const struct raw_record record = record_of(TRAWL_FORMAT_JSONL, "f", line, sizeof line - 1);
    REQUIRE_OK(parser_new(&parser, 1000, &error), &error);
    REQUIRE_OK(parser_parse(&document, parser, &record, &error), &error);
    CHECK(document.id == line + 7);
    for (size_t i = 0; i < document.field_count; i++)
        CHECK(document.fields[i].value > line && document.fields[i].value < line + sizeof line);
    parser_free(parser);
}

static void titles_come_first_in_their_order(void)
{
    check_text(TRAWL_FORMAT_JSONL, "{\"id\":1,\"a\":\"1\",\"title\":\"2\",\"b\":\"3\",\"title\":[\"4\",\"5\"],\"c\":\"6\"}",
               "= 1\ntitle: 2\ntitle: 4\ntitle: 5\na: 1\nb: 3\nc: 6\n");
    check_text(TRAWL_FORMAT_JSONL, "{\"id\":1,\"title\":\"2\",\"b\":\"3\"}", "= 1\ntitle: 2\nb: 3\n");
}

static void long_first_lines_are_cut_at_a_word(void)
{
    char text[600], expected[1200], cut[300];
    memset(text, 'x', 599);
    text[599] = '\0';
    text[240] = ' ';
    memcpy(cut, text, 240);
    cut[240] = '\0';
    snprintf(expected, sizeof expected, "= dir/file:7\ntitle~ %s\nbody: %s\n", cut, text);
    check_text(TRAWL_FORMAT_TEXT, text, expected);
    text[240] = 'x';
    memcpy(cut, text, 256);
    cut[256] = '\0';
    snprintf(expected, sizeof expected, "= dir/file:7\ntitle~ %s\nbody: %s\n", cut, text);
    check_text(TRAWL_FORMAT_TEXT, text, expected);
}

static void empty_files_are_empty_documents(void)
{
    check_text(TRAWL_FORMAT_TEXT, "", "= dir/file:7\nbody: \n");
    check_text(TRAWL_FORMAT_MARKDOWN, "", "= dir/file:7\n");
    check_text(TRAWL_FORMAT_HTML, "", "= dir/file:7\n");
    check_text(TRAWL_FORMAT_TREC, "", "= dir/file:7\n");
}

/* A parser is used for many documents of all formats: nothing of one may show in the next. */
static void nothing_is_left_of_the_document_before(void)
{
    static const struct {
        enum trawl_format format;
        const char *text, *expected;
    } rows[] = {
        {TRAWL_FORMAT_HTML, "<title>t</title><h1>h</h1>b \xFF", "title: t\nbody: h\\nb \xEF\xBF\xBD\n(1 damaged)\n"},
        {TRAWL_FORMAT_HTML, "<p>c", "title~ c\nbody: c\n"},
        {TRAWL_FORMAT_MARKDOWN, "<b>\n\n# m", "title~ m\nbody: m\n"},
        {TRAWL_FORMAT_MARKDOWN, "n", "title~ n\nbody: n\n"},
        {TRAWL_FORMAT_JSONL, "{\"id\":[1]}", "! "},
        {TRAWL_FORMAT_TREC, "<TITLE>a</TITLE>b", "title: a\nbody: b\n"},
        {TRAWL_FORMAT_TREC, "c", "body: c\n"},
        {TRAWL_FORMAT_JSONL, "{\"k\":\"v\"}", "k: v\n"},
    };
    struct parser *parser;
    struct trawl_error error = {0};
    struct buffer out;
    buffer_init(&out);
    REQUIRE_OK(parser_new(&parser, 1000, &error), &error);
    for (size_t i = 0; i < 5 * sizeof rows / sizeof *rows; i++) {
        const size_t row = i * 3 % (sizeof rows / sizeof *rows);
        const struct raw_record record = record_of(rows[row].format, "f", rows[row].text, strlen(rows[row].text));
        buffer_reset(&out);
        CHECK_OK(dump_record(&out, parser, &record, &error), &error);
        const char *shown = buffer_string(&out);
        CHECK_THAT(strncmp(shown, rows[row].expected, 2) == 0 || strcmp(shown + 4, rows[row].expected) == 0, "row %zu: %s", row,
                   shown);
    }
    parser_free(parser);
    buffer_release(&out);
}

static int parse_once(const struct raw_record *record, struct trawl_error *error)
{
    struct parser *parser;
    struct document document;
    int status = parser_new(&parser, 1 << 20, error);
    if (status)
        return status;
    status = parser_parse(&document, parser, record, error);
    parser_free(parser);
    return status;
}

static void memory_may_end_anywhere(void)
{
    static const struct {
        enum trawl_format format;
        const char *text;
    } rows[] = {
        {TRAWL_FORMAT_TEXT, "title\n\xFF"},
        {TRAWL_FORMAT_TSV, "1\t\xFF\ttext"},
        {TRAWL_FORMAT_JSONL, "{\"k\\n\":{\"a\":\"\\n\xFF\"},\"b\":[\"x\",\"y\"],\"title\":\"t\",\"c\":[1],"
                             "\"_id\":2,\"docno\":\"x\\n\"}"},
        {TRAWL_FORMAT_TREC, "<TITLE>a &amp; b</TITLE>text \xFF"},
        {TRAWL_FORMAT_HTML, "<title>a</title><meta charset=latin1><p>b\xE9"},
        {TRAWL_FORMAT_MARKDOWN, "---\ntitle: x\n---\n# a\n\n<p>b</p>\n\nc\n"},
    };
    for (size_t row = 0; row < sizeof rows / sizeof *rows; row++) {
        const struct raw_record record = record_of(rows[row].format, "f", rows[row].text, strlen(rows[row].text));
        int status = TRAWL_ERROR_MEMORY;
        for (long i = 0; status == TRAWL_ERROR_MEMORY && i < 200; i++) {
            struct trawl_error error = {0};
            memory_fail_after(i);
            status = parse_once(&record, &error);
            memory_fail_after(-1);
            CHECK_THAT(status == 0 || (status == TRAWL_ERROR_MEMORY && error.code == status), "row %zu, %ld: %d", row, i, status);
        }
        CHECK_INT(status, 0);
    }
}

TAP_MAIN("parsers", TAP_CASE(ids_are_checked), TAP_CASE(bad_ids_are_faults), TAP_CASE(missing_ids_are_places),
         TAP_CASE(reasons_are_passed_on), TAP_CASE(field_names_have_a_limit), TAP_CASE(objects_may_nest_as_deep_as_names_reach),
         TAP_CASE(parsed_text_has_a_limit), TAP_CASE(values_have_a_limit), TAP_CASE(damage_is_repaired_and_counted),
         TAP_CASE(stored_escapes_are_no_damage),
         TAP_CASE(values_are_not_copied_where_they_need_not_be), TAP_CASE(titles_come_first_in_their_order),
         TAP_CASE(long_first_lines_are_cut_at_a_word), TAP_CASE(empty_files_are_empty_documents),
         TAP_CASE(nothing_is_left_of_the_document_before), TAP_CASE(memory_may_end_anywhere))
