/* The example at the end of index/FORMAT.md, byte by byte: the index that it
 * describes is built, and its files are compared with the dumps there.
 *
 * A dump is a run of lines "    OFFSET  BYTES   comment" behind a line "`FILE`:". */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "index/format/meta.h"
#include "index/read/check.h"
#include "src/util/buffer.h"
#include "src/util/file.h"
#include "tests/unit/segment_fixture.h"
#include "tests/unit/tap.h"

enum { COMMENTS_FROM = 47 }; /* column where comments start */

static int is_pair(const char *at, const char *end)
{
    return end - at >= 2 && isxdigit((unsigned char)at[0]) && isxdigit((unsigned char)at[1]) &&
           (end - at == 2 || !isalnum((unsigned char)at[2]));
}

/* Appends the bytes of one line; "xx * n" n times. */
static void append_line(struct buffer *bytes, const char *line, const char *end)
{
    if (end - line > COMMENTS_FROM)
        end = line + COMMENTS_FROM;
    REQUIRE_UINT(strtoul(line, NULL, 16), bytes->length);
    for (const char *at = line + 4; at < end; at++) {
        if (*at == '*') {
            const uint8_t repeated = bytes->bytes[bytes->length - 1];
            for (unsigned long n = strtoul(at + 1, NULL, 10); n > 1; n--)
                buffer_append_u8(bytes, repeated);
            return;
        }
        if (*at == ' ')
            continue;
        REQUIRE_THAT(is_pair(at, end), "no byte at \"%.*s\"", (int)(end - line), line);
        buffer_append_u8(bytes, (uint8_t)strtoul(at, NULL, 16));
        at += 2;
    }
}

/* The bytes that the text dumps for a file. */
static void read_dump(struct buffer *bytes, const char *text, const char *file)
{
    char head[64];
    snprintf(head, sizeof head, "\n`%s`:\n\n", file);
    const char *line = strstr(text, head);
    REQUIRE_THAT(line != NULL, "no dump of %s", file);
    line += strlen(head);
    while (*line) {
        const char *end = strchr(line, '\n');
        REQUIRE(end != NULL);
        if (end > line && *line != ' ')
            return;
        if (end > line + 4)
            append_line(bytes, line + 4, end);
        line = end + 1;
    }
}

static void build_example(void)
{
    struct trawl_error error = {0};
    struct fixture *fixture = fixture_new(1);
    struct manifest *manifest = fixture_manifest(fixture);
    manifest->commit_time = 1700000000;
    manifest->store = TRAWL_STORE_NONE;
    REQUIRE(!manifest_set_string(manifest, &manifest->language, "none"));
    REQUIRE(!manifest_set_string(manifest, &manifest->analysis, "example"));
    REQUIRE_INT(manifest_add_field(manifest, "title", 5), 2);
    fixture_document(fixture, "x1");
    fixture_value(fixture, FIELD_BODY, "red net");
    fixture_document(fixture, "x2");
    fixture_value(fixture, 2, "net");
    fixture_value(fixture, FIELD_BODY, "red red boat");
    REQUIRE_OK(fixture_write(fixture, tap_folder(), &error), &error);
    REQUIRE_OK(fixture_commit(fixture, tap_folder(), &error), &error);
    fixture_free(fixture);
}

static void check_file(const char *text, const char *file)
{
    struct buffer dumped;
    struct file_map map;
    struct trawl_error error = {0};
    buffer_init(&dumped);
    read_dump(&dumped, text, file);
    REQUIRE_OK(file_map_open(&map, tap_path(file), &error), &error);
    CHECK_BYTES(map.bytes, map.length, dumped.bytes, dumped.length);
    file_map_close(&map);
    buffer_release(&dumped);
}

static void the_dumps_are_what_is_written(void)
{
    struct file_map map;
    struct trawl_error error = {0};
    struct buffer text;
    build_example();
    REQUIRE_OK(file_map_open(&map, tap_source_path("index/FORMAT.md"), &error), &error);
    buffer_init(&text);
    buffer_append(&text, map.bytes, map.length);
    file_map_close(&map);
    check_file(buffer_string(&text), "00000000.seg");
    check_file(buffer_string(&text), "manifest");
    buffer_release(&text);
}

static void the_example_is_sound(void)
{
    struct trawl_error error = {0};
    build_example();
    CHECK_OK(check_index(tap_folder(), NULL, NULL, &error), &error);
}

TAP_MAIN("format example", TAP_CASE(the_dumps_are_what_is_written), TAP_CASE(the_example_is_sound))
