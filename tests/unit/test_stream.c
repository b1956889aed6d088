#include "src/source/stream.h"

#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>

#include "src/util/memory.h"
#include "tests/unit/source_files.h"
#include "tests/unit/tap.h"

/* All bytes of a descriptor. -> 0, or the error's status */
static int read_all(struct buffer *out, struct stream *stream, int descriptor, struct trawl_error *error)
{
    buffer_reset(out);
    int status = stream_open(stream, descriptor, "the file", error);
    while (status == 0) {
        buffer_append(out, stream->window + stream->at, stream->end - stream->at);
        stream->at = stream->end;
        status = stream_fill(stream, error);
    }
    return status > 0 ? 0 : status;
}

static int read_file(struct buffer *out, const char *path, struct trawl_error *error)
{
    struct stream stream;
    stream_init(&stream);
    const int descriptor = open(path, O_RDONLY);
    REQUIRE(descriptor >= 0);
    const int status = read_all(out, &stream, descriptor, error);
    stream_release(&stream);
    return status;
}

static void check_file(const void *bytes, size_t length, const void *expected, size_t expected_length)
{
    struct buffer out;
    struct trawl_error error = {0};
    buffer_init(&out);
    CHECK_OK(read_file(&out, file_with_bytes("file", bytes, length), &error), &error);
    CHECK_BYTES(out.bytes, out.length, expected, expected_length);
    buffer_release(&out);
}

/* `length` bytes that zip well but not too well. */
static uint8_t *some_text(size_t length)
{
    struct tap_random random = {length};
    uint8_t *text = malloc(length + 1);
    REQUIRE(text != NULL);
    for (size_t i = 0; i < length; i++)
        text[i] = (uint8_t)(i % 7 ? 'a' + tap_random_below(&random, 20) : ' ');
    return text;
}

static void plain_bytes_pass(void)
{
    static const size_t sizes[] = {0, 1, 2, 3, 4, 100, STREAM_PEEK - 1, STREAM_PEEK, STREAM_PEEK + 1, STREAM_WINDOW - 1,
                                   STREAM_WINDOW, STREAM_WINDOW + 1, 3 * STREAM_WINDOW + 5};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        uint8_t *text = some_text(sizes[i]);
        check_file(text, sizes[i], text, sizes[i]);
        free(text);
    }
}

static void gzip_is_told_by_its_bytes(void)
{
    static const size_t sizes[] = {0, 1, 100, STREAM_PEEK, 100000, 2 * STREAM_WINDOW + 77};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct buffer zipped;
        uint8_t *text = some_text(sizes[i]);
        buffer_init(&zipped);
        gzip_member(&zipped, text, sizes[i]);
        check_file(zipped.bytes, zipped.length, text, sizes[i]);
        buffer_release(&zipped);
        free(text);
    }
}

static void members_follow_each_other(void)
{
    struct buffer zipped, text;
    buffer_init(&zipped);
    buffer_init(&text);
    struct tap_random random = {3};
    for (size_t i = 0; i < 300; i++) {
        const size_t length = tap_random_below(&random, 500);
        uint8_t *part = some_text(length);
        gzip_member(&zipped, part, length);
        buffer_append(&text, part, length);
        free(part);
    }
    check_file(zipped.bytes, zipped.length, text.bytes, text.length);
    buffer_release(&zipped);
    buffer_release(&text);
}

static void what_follows_gzip_is_passed_over(void)
{
    static const char *const garbage[] = {"\0\0\0\0", "\x1f", "garbage", "\x1f\x8c"};
    for (size_t i = 0; i < sizeof garbage / sizeof *garbage; i++) {
        struct buffer zipped;
        buffer_init(&zipped);
        gzip_member(&zipped, "text", 4);
        buffer_append(&zipped, garbage[i], i == 0 ? 4 : strlen(garbage[i]));
        check_file(zipped.bytes, zipped.length, "text", 4);
        buffer_release(&zipped);
    }
}

static void gzip_cut_short_is_an_error(void)
{
    struct buffer zipped, out;
    buffer_init(&zipped);
    buffer_init(&out);
    gzip_member(&zipped, "some text that is long enough to be cut", 39);
    const size_t first = zipped.length;
    gzip_member(&zipped, "another member", 14);
    for (size_t length = 2; length < zipped.length; length++) {
        struct trawl_error error = {0};
        const int status = read_file(&out, file_with_bytes("cut", zipped.bytes, length), &error);
        if (length == first || length == first + 1) {
            CHECK_INT(status, 0); /* the second member was not begun */
            continue;
        }
        CHECK_INT(status, TRAWL_ERROR_IO);
        CHECK_STRING(error.file, "the file");
        CHECK_STRING(error.message, "the gzip data ends too early");
        CHECK_UINT(error.offset, length);
    }
    buffer_release(&zipped);
    buffer_release(&out);
}

static void damaged_gzip_is_an_error(void)
{
    struct buffer zipped, out;
    uint8_t *text = some_text(1000);
    buffer_init(&zipped);
    buffer_init(&out);
    gzip_member(&zipped, text, 1000);
    struct tap_random random = {11};
    size_t found = 0, tries = 0;
    for (size_t i = 0, rounds = tap_rounds(400); i < rounds; i++, tries++) {
        struct trawl_error error = {0};
        const size_t at = 10 + tap_random_below(&random, zipped.length - 10);
        const uint8_t bit = (uint8_t)(1u << tap_random_below(&random, 8));
        zipped.bytes[at] ^= bit;
        const int status = read_file(&out, file_with_bytes("damaged", zipped.bytes, zipped.length), &error);
        found += status == TRAWL_ERROR_IO;
        CHECK_THAT(status == TRAWL_ERROR_IO, "a flipped bit at %zu went unseen", at);
        zipped.bytes[at] ^= bit;
    }
    CHECK_UINT(found, tries);
    buffer_release(&zipped);
    buffer_release(&out);
    free(text);
}

static void byte_order_marks_are_no_text(void)
{
    check_file("\xEF\xBB\xBFtext", 7, "text", 4);
    check_file("\xEF\xBB\xBF", 3, "", 0);
    check_file("\xEF\xBBtext", 6, "\xEF\xBBtext", 6);
    check_file("\xFF\xFEt\0\xE9\0", 6, "t\xC3\xA9", 3);
    check_file("\xFE\xFF\0t\0\xE9", 6, "t\xC3\xA9", 3);
    check_file("\xFF\xFE", 2, "", 0);
    check_file("\xFF\xFE\0\0t\0\0\0", 8, "\xFF\xFE\0\0t\0\0\0", 8); /* UTF-32 stays what it is */
}

static void utf16_becomes_utf8(void)
{
    check_file("\xFF\xFE\x3D\xD8\0\xDE", 6, "\xF0\x9F\x98\x80", 4);
    check_file("\xFF\xFE\x3D\xD8", 4, "\xFF", 1);           /* half a pair: damage */
    check_file("\xFF\xFE\x3D\xD8t\0", 6, "\xFFt", 2);
    check_file("\xFF\xFE\0\xDEt\0", 6, "\xFFt", 2);
    check_file("\xFF\xFEt\0x", 5, "t\xFF", 2);              /* half a unit */
    check_file("\xFE\xFF\x20\xAC", 4, "\xE2\x82\xAC", 3);
}

static void much_utf16_becomes_utf8(void)
{
    enum { UNITS = STREAM_WINDOW * 2 };
    struct buffer wide, narrow, zipped;
    buffer_init(&wide);
    buffer_init(&narrow);
    buffer_init(&zipped);
    buffer_append(&wide, "\xFE\xFF", 2);
    for (size_t i = 0; i < UNITS; i++) { /* each three bytes long in UTF-8 */
        buffer_append(&wide, "\x20\xAC", 2);
        buffer_append(&narrow, "\xE2\x82\xAC", 3);
    }
    check_file(wide.bytes, wide.length, narrow.bytes, narrow.length);
    gzip_member(&zipped, wide.bytes, wide.length);
    check_file(zipped.bytes, zipped.length, narrow.bytes, narrow.length);
    buffer_release(&wide);
    buffer_release(&narrow);
    buffer_release(&zipped);
}

static void check_pipe(const struct buffer *bytes, size_t piece, const void *expected, size_t expected_length)
{
    struct stream stream;
    struct buffer out;
    struct trawl_error error = {0};
    stream_init(&stream);
    buffer_init(&out);
    CHECK_OK(read_all(&out, &stream, pipe_with(bytes->bytes, bytes->length, piece), &error), &error);
    CHECK_BYTES(out.bytes, out.length, expected, expected_length);
    CHECK_UINT(stream.bytes_read, bytes->length);
    wait(NULL);
    stream_release(&stream);
    buffer_release(&out);
}

static void pipes_give_what_they_have(void)
{
    static const size_t pieces[] = {1, 2, 3, 1000};
    struct buffer bytes;
    buffer_init(&bytes);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        uint8_t *text = some_text(3000);
        buffer_reset(&bytes);
        gzip_member(&bytes, text, 3000);
        check_pipe(&bytes, pieces[i], text, 3000);
        free(text);
        buffer_reset(&bytes);
        buffer_append(&bytes, "\xFF\xFE\x3D\xD8\0\xDE\xAC\x20", 8);
        check_pipe(&bytes, pieces[i], "\xF0\x9F\x98\x80\xE2\x82\xAC", 7);
    }
    buffer_release(&bytes);
}

/* The first bytes show whole even when they come one by one. */
static void opening_waits_for_the_front(void)
{
    struct stream stream;
    struct trawl_error error = {0};
    uint8_t *text = some_text(STREAM_PEEK + 100);
    stream_init(&stream);
    CHECK_OK(stream_open(&stream, pipe_with(text, STREAM_PEEK + 100, 700), "pipe", &error), &error);
    CHECK(stream.end - stream.at >= STREAM_PEEK);
    CHECK(memcmp(stream.window, text, STREAM_PEEK) == 0);
    stream_release(&stream);
    wait(NULL);
    free(text);
}

static void one_stream_reads_many_files(void)
{
    struct stream stream;
    struct buffer zipped, out;
    struct trawl_error error = {0};
    stream_init(&stream);
    buffer_init(&zipped);
    buffer_init(&out);
    gzip_member(&zipped, "zipped", 6);
    for (int i = 0; i < 3; i++) {
        CHECK_OK(read_all(&out, &stream, open(file_with("a", "plain"), O_RDONLY), &error), &error);
        CHECK_BYTES(out.bytes, out.length, "plain", 5);
        CHECK_OK(read_all(&out, &stream, open(file_with_bytes("b", zipped.bytes, zipped.length), O_RDONLY), &error), &error);
        CHECK_BYTES(out.bytes, out.length, "zipped", 6);
        CHECK_OK(read_all(&out, &stream, open(file_with_bytes("c", "\xFE\xFF\0w", 4), O_RDONLY), &error), &error);
        CHECK_BYTES(out.bytes, out.length, "w", 1);
    }
    stream_release(&stream);
    buffer_release(&zipped);
    buffer_release(&out);
}

static void a_failed_read_names_the_file(void)
{
    struct buffer out;
    struct trawl_error error = {0};
    buffer_init(&out);
    CHECK_INT(read_file(&out, tap_folder(), &error), TRAWL_ERROR_IO);
    CHECK_STRING(error.file, "the file");
    buffer_release(&out);
}

static void memory_may_end_anywhere(void)
{
    struct buffer zipped, out;
    buffer_init(&zipped);
    buffer_init(&out);
    gzip_member(&zipped, "\xFF\xFEt\0", 4);
    const char *path = file_with_bytes("file", zipped.bytes, zipped.length);
    int status = TRAWL_ERROR_MEMORY;
    REQUIRE(buffer_reserve(&out, 100) != NULL);
    for (long i = 0; status && i < 100; i++) {
        struct trawl_error error = {0};
        memory_fail_after(i);
        status = read_file(&out, path, &error);
        memory_fail_after(-1);
        CHECK(status == 0 || (status == TRAWL_ERROR_MEMORY && error.code == status));
    }
    CHECK_INT(status, 0);
    CHECK_BYTES(out.bytes, out.length, "t", 1);
    buffer_release(&zipped);
    buffer_release(&out);
}

TAP_MAIN("stream", TAP_CASE(plain_bytes_pass), TAP_CASE(gzip_is_told_by_its_bytes), TAP_CASE(members_follow_each_other),
         TAP_CASE(what_follows_gzip_is_passed_over), TAP_CASE(gzip_cut_short_is_an_error), TAP_CASE(damaged_gzip_is_an_error),
         TAP_CASE(byte_order_marks_are_no_text), TAP_CASE(utf16_becomes_utf8), TAP_CASE(much_utf16_becomes_utf8),
         TAP_CASE(pipes_give_what_they_have), TAP_CASE(opening_waits_for_the_front), TAP_CASE(one_stream_reads_many_files),
         TAP_CASE(a_failed_read_names_the_file), TAP_CASE(memory_may_end_anywhere))
