#include "src/source/records.h"

#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>

#include "src/util/memory.h"
#include "tests/unit/source_files.h"
#include "tests/unit/tap.h"

/* Appends the records as "line:bytes|" or "line!reason|". */
static int show_all(struct buffer *out, struct records *records, struct trawl_error *error)
{
    struct arena arena;
    struct raw_record record;
    int status;
    arena_init(&arena);
    while ((status = records_next(&record, records, &arena, error)) == 0) {
        buffer_printf(out, "%llu", (unsigned long long)record.line);
        buffer_append_string(out, record.reason ? "!" : ":");
        if (record.reason)
            buffer_append_string(out, record.reason);
        else
            buffer_append(out, record.bytes, record.length);
        buffer_append_string(out, "|");
    }
    arena_release(&arena);
    return status > 0 ? 0 : status;
}

static int show(struct buffer *out, int descriptor, enum trawl_format format, uint64_t limit, struct trawl_error *error)
{
    struct stream stream;
    struct records records;
    stream_init(&stream);
    records_init(&records);
    buffer_reset(out);
    int status = stream_open(&stream, descriptor, "file", error);
    if (status == 0) {
        records_begin(&records, &stream, format, limit);
        status = show_all(out, &records, error);
    }
    records_release(&records);
    stream_release(&stream);
    return status;
}

static void check_shown(const char *text, enum trawl_format format, uint64_t limit, const char *expected)
{
    struct buffer out;
    struct trawl_error error = {0};
    buffer_init(&out);
    CHECK_OK(show(&out, open(file_with("file", text), O_RDONLY), format, limit, &error), &error);
    CHECK_STRING(buffer_string(&out), expected);
    CHECK_OK(show(&out, pipe_with(text, strlen(text), 1), format, limit, &error), &error);
    CHECK_STRING(buffer_string(&out), expected);
    wait(NULL);
    buffer_release(&out);
}

static void lines(void)
{
    check_shown("", TRAWL_FORMAT_JSONL, 100, "");
    check_shown("\n\n", TRAWL_FORMAT_JSONL, 100, "");
    check_shown("one\ntwo\n", TRAWL_FORMAT_JSONL, 100, "1:one|2:two|");
    check_shown("one\ntwo", TRAWL_FORMAT_TSV, 100, "1:one|2:two|");
    check_shown("\n \t\r\none\r\n\n two \n  ", TRAWL_FORMAT_TSV, 100, "3:one\r|5: two |");
}

static void long_lines_are_reported(void)
{
    check_shown("12345\n123456\n1\n", TRAWL_FORMAT_JSONL, 5,
                "1:12345|2!over the maximum document size of 5 bytes|3:1|");
    check_shown("1\n1234567890", TRAWL_FORMAT_JSONL, 5, "1:1|2!over the maximum document size of 5 bytes|");
}

static void blank_lines_are_none_however_long(void)
{
    check_shown("          \n1\n          ", TRAWL_FORMAT_JSONL, 5, "2:1|");
    struct buffer text;
    buffer_init(&text);
    for (size_t i = 0; i < STREAM_WINDOW - 10; i++)
        buffer_append_u8(&text, 'x');
    buffer_append_string(&text, "\n                              \nafter\n");
    struct buffer out;
    struct trawl_error error = {0};
    buffer_init(&out);
    const int file = open(file_with_bytes("file", text.bytes, text.length), O_RDONLY);
    CHECK_OK(show(&out, file, TRAWL_FORMAT_JSONL, 100, &error), &error);
    CHECK_STRING(buffer_string(&out), "1!over the maximum document size of 100 bytes|3:after|");
    buffer_release(&out);
    buffer_release(&text);
}

static void trec(void)
{
    check_shown("", TRAWL_FORMAT_TREC, 100, "0!no <DOC> in this file|");
    check_shown("text\n", TRAWL_FORMAT_TREC, 100, "0!no <DOC> in this file|");
    check_shown("<DOC>a</DOC>", TRAWL_FORMAT_TREC, 100, "1:a|");
    check_shown("x\n<doc>\na\n</Doc> y <DOC>b</DOC><DOC></DOC>\n\n<DOC>c</DOC>", TRAWL_FORMAT_TREC, 100,
                "2:\na\n|4:b|4:|6:c|");
    check_shown("</DOC><DO<DOC>a<</DOC", TRAWL_FORMAT_TREC, 100, "1!<DOC> without </DOC>|");
    check_shown("<DOC>a\n<DOC>b</DOC>\n<DOC>", TRAWL_FORMAT_TREC, 100, "1!<DOC> without </DOC>|2:b|3!<DOC> without </DOC>|");
    check_shown("<DOC>12345</DOC><DOC>123456</DOC><DOC>1</DOC>", TRAWL_FORMAT_TREC, 5,
                "1:12345|1!over the maximum document size of 5 bytes|1:1|");
}

static void whole_files(void)
{
    check_shown("", TRAWL_FORMAT_TEXT, 100, "0:|");
    check_shown("a\nb\n", TRAWL_FORMAT_HTML, 100, "0:a\nb\n|");
    check_shown("12345", TRAWL_FORMAT_TEXT, 5, "0:12345|");
    check_shown("123456", TRAWL_FORMAT_TEXT, 5, "0!over the maximum document size of 5 bytes|");
}

/* Lines and documents around the size of the window, where one ends and the next begins. */
static void records_lie_across_windows(void)
{
    struct tap_random random = {5};
    static const char *const heads[] = {"", "<DOC>"}, *const tails[] = {"\n", "</DOC>\n"};
    for (int i = 0; i < 2; i++) {
        struct buffer text, expected, out;
        struct trawl_error error = {0};
        buffer_init(&text);
        buffer_init(&expected);
        buffer_init(&out);
        for (unsigned line = 1; line <= 40; line++) {
            const size_t length = 1 + tap_random_below(&random, line % 5 ? 30000 : 3 * STREAM_WINDOW / 2);
            buffer_append_string(&text, heads[i]);
            buffer_printf(&expected, "%u:", line);
            for (size_t at = 0; at < length; at++) {
                buffer_append_u8(&text, (uint8_t)"<abc"[at % 4]);
                buffer_append_u8(&expected, (uint8_t)"<abc"[at % 4]);
            }
            buffer_append_string(&text, tails[i]);
            buffer_append_string(&expected, "|");
        }
        const char *path = file_with_bytes("file", text.bytes, text.length);
        const enum trawl_format format = i ? TRAWL_FORMAT_TREC : TRAWL_FORMAT_TSV;
        CHECK_OK(show(&out, open(path, O_RDONLY), format, 1 << 20, &error), &error);
        CHECK_BYTES(out.bytes, out.length, expected.bytes, expected.length);
        CHECK_OK(show(&out, pipe_with(text.bytes, text.length, 4099), format, 1 << 20, &error), &error);
        CHECK_BYTES(out.bytes, out.length, expected.bytes, expected.length);
        wait(NULL);
        buffer_release(&text);
        buffer_release(&expected);
        buffer_release(&out);
    }
}

/* A line far over the limit is not held: gzip of zeros, so that the file stays small. */
static void endless_lines_are_not_held(void)
{
    enum { LENGTH = 64 << 20, LIMIT = 1 << 16 };
    struct buffer text, zipped;
    struct stream stream;
    struct records records;
    struct arena arena;
    struct raw_record record;
    struct trawl_error error = {0};
    buffer_init(&text);
    buffer_init(&zipped);
    REQUIRE(buffer_reserve(&text, LENGTH + 6) != NULL);
    memset(text.bytes, 'x', LENGTH);
    memcpy(text.bytes + LENGTH, "\nnext\n", 6);
    gzip_member(&zipped, text.bytes, LENGTH + 6);
    buffer_release(&text);
    stream_init(&stream);
    records_init(&records);
    arena_init(&arena);
    const int file = open(file_with_bytes("file", zipped.bytes, zipped.length), O_RDONLY);
    CHECK_OK(stream_open(&stream, file, "file", &error), &error);
    records_begin(&records, &stream, TRAWL_FORMAT_JSONL, LIMIT);
    CHECK_OK(records_next(&record, &records, &arena, &error), &error);
    CHECK(record.reason != NULL && record.line == 1);
    CHECK(records.pending.capacity <= 4 * LIMIT);
    CHECK(arena.total < LIMIT);
    CHECK_OK(records_next(&record, &records, &arena, &error), &error);
    CHECK_BYTES(record.bytes, record.length, "next", 4);
    CHECK_UINT(record.line, 2);
    records_release(&records);
    stream_release(&stream);
    arena_release(&arena);
    buffer_release(&zipped);
}

TAP_MAIN("records", TAP_CASE(lines), TAP_CASE(long_lines_are_reported),
         TAP_CASE(blank_lines_are_none_however_long), TAP_CASE(trec), TAP_CASE(whole_files),
         TAP_CASE(records_lie_across_windows), TAP_CASE(endless_lines_are_not_held))
