#include "index/format/parts.h"

#include "index/format/meta.h"
#include "tests/unit/container_fixture.h"

enum { DOCUMENTS = 200, MOST_PARTS = 40 };

static size_t make_parts(struct part parts[MOST_PARTS], uint32_t document)
{
    struct tap_random random = {document};
    const size_t count = document == 77 ? MOST_PARTS : tap_random_below(&random, 4);
    uint32_t start = 0;
    for (size_t i = 0; i < count; i++) {
        parts[i] = (struct part){.field = 1 + (uint32_t)tap_random_below(&random, 5), .start = start};
        start += 128 + (uint32_t)tap_random_below(&random, 100000);
    }
    return count;
}

static void check_parts(const struct part *found, size_t found_count, uint32_t document)
{
    struct part expected[MOST_PARTS];
    const size_t count = make_parts(expected, document);
    REQUIRE_UINT(found_count, count);
    for (size_t i = 0; i < count; i++)
        CHECK_THAT(found[i].field == expected[i].field && found[i].start == expected[i].start, "document %u, part %zu",
                   (unsigned)document, i);
}

static void parts_come_back(void)
{
    struct container_writer writer;
    struct container container;
    struct trawl_error error = {0};
    struct parts_writer parts_writer;
    struct parts parts;
    struct parts_cursor cursor;
    struct part one[MOST_PARTS];
    size_t count;
    parts_writer_init(&parts_writer);
    for (uint32_t i = 0; i < DOCUMENTS; i++) {
        count = make_parts(one, i);
        REQUIRE_OK(parts_writer_add(&parts_writer, one, count, &error), &error);
    }
    fixture_begin(&writer, "c");
    REQUIRE_OK(parts_writer_finish(&parts_writer, &writer, &error), &error);
    parts_writer_release(&parts_writer);
    fixture_reopen(&container, &writer, "c");
    REQUIRE_OK(parts_open(&parts, &container, DOCUMENTS, &error), &error);
    parts_start(&cursor, &parts);
    for (uint32_t i = 0; i < DOCUMENTS; i++) {
        REQUIRE_OK(parts_next(one, MOST_PARTS, &count, &cursor, &error), &error);
        check_parts(one, count, i);
        const uint32_t there = i * 37 % DOCUMENTS;
        REQUIRE_OK(parts_get(one, MOST_PARTS, &count, &parts, there, &error), &error);
        check_parts(one, count, there);
    }
    REQUIRE_OK(parts_get(one, 2, &count, &parts, 77, &error), &error);
    CHECK_UINT(count, MOST_PARTS); /* more than there was room for */
    container_close(&container);
}

static void plain_documents_need_no_section(void)
{
    struct container_writer writer;
    struct container container;
    struct trawl_error error = {0};
    struct parts_writer parts_writer;
    struct parts parts;
    struct part part = {.field = FIELD_BODY, .start = 0};
    size_t count;
    parts_writer_init(&parts_writer);
    for (uint32_t i = 0; i < DOCUMENTS; i++)
        REQUIRE_OK(parts_writer_add(&parts_writer, &part, 1, &error), &error);
    fixture_begin(&writer, "c");
    REQUIRE_OK(parts_writer_finish(&parts_writer, &writer, &error), &error);
    parts_writer_release(&parts_writer);
    fixture_reopen(&container, &writer, "c");
    CHECK_UINT(container.section_count, 0);
    REQUIRE_OK(parts_open(&parts, &container, DOCUMENTS, &error), &error);
    part.field = 9;
    REQUIRE_OK(parts_get(&part, 1, &count, &parts, 5, &error), &error);
    CHECK_UINT(count, 1);
    CHECK_UINT(part.field, FIELD_BODY);
    CHECK_UINT(part.start, 0);
    container_close(&container);
}

static int get_status(const void *bytes, size_t length)
{
    struct container_writer writer;
    struct container container;
    struct trawl_error error = {0};
    struct parts parts;
    struct part one[MOST_PARTS];
    size_t count;
    static int number;
    char name[2] = {(char)('a' + number++), '\0'};
    fixture_begin(&writer, name);
    REQUIRE_OK(container_add(&writer, SECTION_ID('F', 'L', 'D', 'S'), 0, bytes, length, &error), &error);
    fixture_reopen(&container, &writer, name);
    int status = parts_open(&parts, &container, 1, &error);
    if (!status)
        status = parts_get(one, MOST_PARTS, &count, &parts, 0, &error);
    container_close(&container);
    return status;
}

static void damage_is_refused(void)
{
    CHECK_INT(get_status("\0\0\0\0\3\0\0\0\1\1\0", 11), 0);
    CHECK_INT(get_status("\0\0\0\0", 4), TRAWL_ERROR_CORRUPT);                         /* no offset of the end */
    CHECK_INT(get_status("\0\0\0\0\4\0\0\0\1\1\0", 11), TRAWL_ERROR_CORRUPT);          /* ends outside */
    CHECK_INT(get_status("\2\0\0\0\1\0\0\0\1\1\0", 11), TRAWL_ERROR_CORRUPT);          /* ends before it starts */
    CHECK_INT(get_status("\0\0\0\0\3\0\0\0\2\1\0", 11), TRAWL_ERROR_CORRUPT);          /* two parts, one is there */
    CHECK_INT(get_status("\0\0\0\0\4\0\0\0\1\x80\x02\0", 12), TRAWL_ERROR_CORRUPT);    /* field 256 */
    CHECK_INT(get_status("\0\0\0\0\xd\0\0\0\2\1\xff\xff\xff\xff\xf\1\xff\xff\xff\xff\xf", 21), TRAWL_ERROR_CORRUPT);
}

TAP_MAIN("parts", TAP_CASE(parts_come_back), TAP_CASE(plain_documents_need_no_section), TAP_CASE(damage_is_refused))
