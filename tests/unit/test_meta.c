#include "index/format/meta.h"

#include <stdio.h>
#include <string.h>

#include "tests/unit/container_fixture.h"

static const struct meta written = {
    .documents = 1000,
    .base = UINT64_C(5000000000),
    .text_bytes = 123456,
    .field_count = 3,
    .fields = {{.id = 0, .documents = 990, .decoded_lengths = 77777, .tokens = 88888, .terms = 33, .first_block = 0, .blocks = 2},
               {.id = 2, .documents = 10, .decoded_lengths = 50, .tokens = 51, .terms = 5, .first_block = 2, .blocks = 1},
               {.id = 255}},
};

static void comes_back(void)
{
    struct container_writer writer;
    struct container container;
    struct trawl_error error = {0};
    static struct meta read;
    fixture_begin(&writer, "c");
    REQUIRE_OK(meta_write(&written, &writer, &error), &error);
    fixture_reopen(&container, &writer, "c");
    CHECK_UINT(container_section(&container, SECTION_ID('M', 'E', 'T', 'A')).length, 24 + 3 * 40);
    REQUIRE_OK(meta_open(&read, &container, &error), &error);
    CHECK_UINT(read.documents, written.documents);
    CHECK_UINT(read.base, written.base);
    CHECK_UINT(read.text_bytes, written.text_bytes);
    CHECK_UINT(read.field_count, written.field_count);
    for (size_t i = 0; i < written.field_count; i++)
        CHECK(!memcmp(&read.fields[i], &written.fields[i], sizeof read.fields[i]));
    CHECK_UINT(meta_find_field(&read, 2)->terms, 5);
    CHECK(meta_find_field(&read, 1) == NULL);
    CHECK(meta_find_field(&read, 255) == &read.fields[2]);
    container_close(&container);
}

static int status_of(const void *bytes, size_t length)
{
    struct container_writer writer;
    struct container container;
    struct trawl_error error = {0};
    static struct meta meta;
    static int number;
    char name[16];
    snprintf(name, sizeof name, "%d", number++);
    fixture_begin(&writer, name);
    REQUIRE_OK(container_add(&writer, SECTION_ID('M', 'E', 'T', 'A'), 0, bytes, length, &error), &error);
    fixture_reopen(&container, &writer, name);
    const int status = meta_open(&meta, &container, &error);
    container_close(&container);
    return status;
}

static void damage_is_refused(void)
{
    uint8_t bytes[24 + 3 * 40] = {0};
    bytes[4] = 2; /* fields */
    bytes[24 + 40] = 1;
    CHECK_INT(status_of(bytes, 24 + 2 * 40), 0);
    CHECK_INT(status_of(bytes, 23), TRAWL_ERROR_CORRUPT);
    CHECK_INT(status_of(bytes, 24 + 2 * 40 - 1), TRAWL_ERROR_CORRUPT);
    CHECK_INT(status_of(bytes, 24 + 3 * 40), TRAWL_ERROR_CORRUPT);
    bytes[24 + 40] = 0; /* the same field twice */
    CHECK_INT(status_of(bytes, 24 + 2 * 40), TRAWL_ERROR_CORRUPT);
    bytes[24 + 41] = 1; /* number 256 */
    CHECK_INT(status_of(bytes, 24 + 2 * 40), TRAWL_ERROR_CORRUPT);
}

TAP_MAIN("meta", TAP_CASE(comes_back), TAP_CASE(damage_is_refused))
