#include "index/format/container.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "index/codec/crc32c.h"
#include "src/util/bytes.h"
#include "tests/unit/tap.h"

#define ONE SECTION_ID('O', 'N', 'E', '_')
#define TWO SECTION_ID('T', 'W', 'O', '_')
#define EMPTY SECTION_ID('N', 'O', 'N', 'E')

static const uint32_t known[] = {ONE, TWO, EMPTY};

enum { FOOTER = 32, ENTRY = 32, MOST = 4096 };

static uint32_t written_toc_checksum;
static uint64_t written_length;

static void write_two(const char *path)
{
    struct container_writer writer;
    struct trawl_error error = {0};
    REQUIRE_OK(container_create(&writer, path, CONTAINER_SEGMENT, &error), &error);
    REQUIRE_OK(container_begin(&writer, ONE, SECTION_REQUIRED, &error), &error);
    REQUIRE_OK(container_append(&writer, "in two", 6, &error), &error);
    REQUIRE_OK(container_append(&writer, " parts", 6, &error), &error);
    REQUIRE_OK(container_end(&writer, &error), &error);
    REQUIRE_OK(container_add(&writer, EMPTY, 0, NULL, 0, &error), &error);
    REQUIRE_OK(container_add(&writer, TWO, 0, "whole", 5, &error), &error);
    REQUIRE_OK(container_finish(&writer, 1, &written_toc_checksum, &written_length, &error), &error);
}

static size_t read_file(uint8_t bytes[MOST], const char *path)
{
    FILE *file = fopen(path, "rb");
    REQUIRE(file != NULL);
    const size_t length = fread(bytes, 1, MOST, file);
    fclose(file);
    return length;
}

static void write_file(const char *path, const uint8_t *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    REQUIRE(file != NULL);
    REQUIRE(fwrite(bytes, 1, length, file) == length);
    fclose(file);
}

static int try_open(const char *path, enum container_kind kind, size_t known_count, struct trawl_error *error)
{
    struct container container;
    *error = (struct trawl_error){0};
    const int status = container_open(&container, path, kind, known, known_count, error);
    if (!status)
        container_close(&container);
    return status;
}

static void sections_come_back(void)
{
    struct container container;
    struct trawl_error error = {0};
    write_two(tap_path("c"));
    REQUIRE_OK(container_open(&container, tap_path("c"), CONTAINER_SEGMENT, known, 3, &error), &error);
    const struct span one = container_section(&container, ONE), two = container_section(&container, TWO);
    CHECK_BYTES(one.bytes, one.length, "in two parts", 12);
    CHECK_BYTES(two.bytes, two.length, "whole", 5);
    CHECK(container_section(&container, EMPTY).bytes != NULL);
    CHECK_UINT(container_section(&container, EMPTY).length, 0);
    CHECK(container_section(&container, SECTION_ID('N', 'O', 'P', 'E')).bytes == NULL);
    CHECK_UINT(container.toc_checksum, written_toc_checksum);
    CHECK_UINT(container.map.length, written_length);
    CHECK_OK(container_check(&container, NULL, NULL, &error), &error);
    container_close(&container);
}

static void sections_are_aligned_and_padded(void)
{
    struct container container;
    struct trawl_error error = {0};
    write_two(tap_path("c"));
    REQUIRE_OK(container_open(&container, tap_path("c"), CONTAINER_SEGMENT, known, 3, &error), &error);
    const uint64_t toc = container.map.length - FOOTER - 3 * ENTRY;
    for (size_t i = 0; i < container.section_count; i++) {
        const struct section_entry *section = &container.sections[i];
        const uint64_t end = section->offset + section->length;
        const uint64_t next = i + 1 < container.section_count ? container.sections[i + 1].offset : toc;
        CHECK_UINT(section->offset % 64, 0);
        CHECK(next >= end + 64 && next < end + 128);
        for (uint64_t at = end; at < next; at++)
            CHECK_UINT(container.map.bytes[at], 0);
    }
    container_close(&container);
}

static void unknown_sections(void)
{
    struct trawl_error error = {0};
    write_two(tap_path("c"));
    CHECK_INT(try_open(tap_path("c"), CONTAINER_SEGMENT, 1, &error), 0); /* TWO and EMPTY may be ignored */
    CHECK_INT(try_open(tap_path("c"), CONTAINER_SEGMENT, 0, &error), TRAWL_ERROR_UNSUPPORTED);
    CHECK(strstr(error.message, "ONE_") != NULL);
}

static void another_kind_or_version(void)
{
    struct trawl_error error = {0};
    uint8_t bytes[MOST];
    write_two(tap_path("c"));
    CHECK_INT(try_open(tap_path("c"), CONTAINER_MANIFEST, 3, &error), TRAWL_ERROR_CORRUPT);
    const size_t length = read_file(bytes, tap_path("c"));
    store_u32(bytes + 8, 2);
    write_file(tap_path("d"), bytes, length);
    CHECK_INT(try_open(tap_path("d"), CONTAINER_SEGMENT, 3, &error), TRAWL_ERROR_CORRUPT);
    store_u32(bytes + 12, crc32c(0, bytes, 12));
    write_file(tap_path("d"), bytes, length);
    CHECK_INT(try_open(tap_path("d"), CONTAINER_SEGMENT, 3, &error), TRAWL_ERROR_UNSUPPORTED);
    CHECK_INT(try_open(tap_path("none"), CONTAINER_SEGMENT, 3, &error), TRAWL_ERROR_NOT_FOUND);
}

/* Every byte in long runs, some in others. */
static size_t byte_step(void)
{
    return tap_rounds(8) > 8 ? 1 : 5;
}

static void shorter_files_are_refused(void)
{
    struct trawl_error error = {0};
    uint8_t bytes[MOST];
    write_two(tap_path("c"));
    const size_t length = read_file(bytes, tap_path("c"));
    for (size_t cut = 0; cut < length; cut += byte_step()) {
        write_file(tap_path("d"), bytes, cut);
        CHECK_THAT(try_open(tap_path("d"), CONTAINER_SEGMENT, 3, &error) == TRAWL_ERROR_CORRUPT, "cut to %zu", cut);
    }
}

static void count_damage(void *context, const struct trawl_error *error)
{
    CHECK_INT(error->code, TRAWL_ERROR_CORRUPT);
    CHECK(error->file[0] != '\0');
    ++*(size_t *)context;
}

static void changed_bytes_are_found(void)
{
    uint8_t bytes[MOST];
    write_two(tap_path("c"));
    const size_t length = read_file(bytes, tap_path("c"));
    for (size_t i = 0; i < length; i += byte_step()) {
        struct container container;
        struct trawl_error error = {0};
        size_t findings = 0;
        bytes[i] ^= 0x10;
        write_file(tap_path("d"), bytes, length);
        bytes[i] ^= 0x10;
        if (container_open(&container, tap_path("d"), CONTAINER_SEGMENT, known, 3, &error))
            continue;
        CHECK_THAT(container_check(&container, count_damage, &findings, &error) == TRAWL_ERROR_CORRUPT, "byte %zu", i);
        CHECK_UINT(findings, 1);
        container_close(&container);
    }
}

/* Writes the bytes with the table's checksum put right, and opens them. */
static int open_patched(uint8_t *bytes, size_t length)
{
    struct trawl_error error = {0};
    const size_t toc = length - FOOTER - 3 * ENTRY;
    store_u32(bytes + length - FOOTER + 12, crc32c(0, bytes + toc, 3 * ENTRY));
    write_file(tap_path("d"), bytes, length);
    return try_open(tap_path("d"), CONTAINER_SEGMENT, 3, &error);
}

static void sections_must_lie_inside_and_apart(void)
{
    uint8_t bytes[MOST];
    write_two(tap_path("c"));
    const size_t length = read_file(bytes, tap_path("c"));
    uint8_t *const offset = bytes + length - FOOTER - 3 * ENTRY + 8, *const size = offset + 8;
    const uint64_t good_offset = load_u64(offset), good_size = load_u64(size);
    CHECK_INT(open_patched(bytes, length), 0);
    static const uint64_t bad_offsets[] = {0, 65, 128, MOST, UINT64_MAX - 63};
    for (size_t i = 0; i < sizeof bad_offsets / sizeof *bad_offsets; i++) {
        store_u64(offset, bad_offsets[i]);
        CHECK_THAT(open_patched(bytes, length) == TRAWL_ERROR_CORRUPT, "offset %llu", (unsigned long long)bad_offsets[i]);
    }
    store_u64(offset, good_offset);
    static const uint64_t bad_sizes[] = {65, 100, MOST, UINT64_MAX, UINT64_MAX - 64};
    for (size_t i = 0; i < sizeof bad_sizes / sizeof *bad_sizes; i++) {
        store_u64(size, bad_sizes[i]);
        CHECK_THAT(open_patched(bytes, length) == TRAWL_ERROR_CORRUPT, "size %llu", (unsigned long long)bad_sizes[i]);
    }
    store_u64(size, good_size);
    store_u32(bytes + length - FOOTER - ENTRY, ONE);
    CHECK_INT(open_patched(bytes, length), TRAWL_ERROR_CORRUPT); /* ONE twice */
}

static void in_memory_as_in_a_file(void)
{
    struct container_writer writer;
    struct trawl_error error = {0};
    struct buffer built;
    uint8_t bytes[MOST];
    buffer_init(&built);
    for (size_t size = 0; size < 200; size++) {
        uint8_t payload[200];
        char name[16];
        memset(payload, (int)size, sizeof payload);
        snprintf(name, sizeof name, "%zu", size);
        REQUIRE_OK(container_create(&writer, tap_path(name), CONTAINER_MANIFEST, &error), &error);
        REQUIRE_OK(container_add(&writer, ONE, SECTION_REQUIRED, payload, size, &error), &error);
        REQUIRE_OK(container_finish(&writer, 0, NULL, NULL, &error), &error);
        buffer_reset(&built);
        CHECK_OK(container_build(&built, CONTAINER_MANIFEST, ONE, payload, size, &error), &error);
        const size_t length = read_file(bytes, tap_path(name));
        CHECK_BYTES(built.bytes, built.length, bytes, length);
    }
    buffer_release(&built);
}

static void an_abandoned_file_is_gone(void)
{
    struct container_writer writer;
    struct trawl_error error = {0};
    REQUIRE_OK(container_create(&writer, tap_path("c"), CONTAINER_SEGMENT, &error), &error);
    REQUIRE_OK(container_add(&writer, ONE, 0, "x", 1, &error), &error);
    container_abandon(&writer);
    CHECK_INT(try_open(tap_path("c"), CONTAINER_SEGMENT, 3, &error), TRAWL_ERROR_NOT_FOUND);
}

TAP_MAIN("container", TAP_CASE(sections_come_back), TAP_CASE(sections_are_aligned_and_padded), TAP_CASE(unknown_sections),
         TAP_CASE(another_kind_or_version), TAP_CASE(shorter_files_are_refused), TAP_CASE(changed_bytes_are_found),
         TAP_CASE(sections_must_lie_inside_and_apart), TAP_CASE(in_memory_as_in_a_file), TAP_CASE(an_abandoned_file_is_gone))
