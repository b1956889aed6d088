#include "index/format/lengths.h"

#include <stdlib.h>
#include <string.h>

#include "tests/unit/container_fixture.h"

/* The smallest lengths of codes, by the steps that the format describes: to
 * 40 one by one, then eight steps to each doubling of (length - 24). */
static void make_table(uint64_t smallest[256])
{
    uint64_t length = 0, step = 1;
    for (unsigned code = 0; code < 256; code++) {
        smallest[code] = length;
        if (code >= 40 && code % 8 == 0)
            step *= 2;
        length += step;
    }
}

static void codes_follow_the_table(void)
{
    uint64_t smallest[256];
    make_table(smallest);
    for (unsigned code = 0; code < 255; code++) {
        CHECK_UINT(length_decode((uint8_t)code), smallest[code]);
        CHECK_UINT(length_encode((uint32_t)smallest[code]), code);
        if (code < 254)
            CHECK_UINT(length_encode((uint32_t)smallest[code + 1] - 1), code);
    }
    CHECK_UINT(length_encode(UINT32_MAX), 254);
}

static void short_lengths_are_exact(void)
{
    for (uint32_t length = 0; length <= 40; length++)
        CHECK_UINT(length_decode(length_encode(length)), length);
    CHECK_UINT(length_decode(length_encode(41)), 40);
    CHECK_UINT(length_decode(length_encode(42)), 42);
}

static void longer_never_has_a_smaller_code(void)
{
    struct tap_random random = {31};
    for (size_t i = 0; i < 100000; i++) {
        const uint32_t a = (uint32_t)tap_random_next(&random) >> tap_random_below(&random, 32);
        const uint32_t b = a + (uint32_t)tap_random_below(&random, UINT32_MAX - (uint64_t)a + 1);
        CHECK(length_encode(a) <= length_encode(b));
        CHECK(length_decode(length_encode(a)) <= a);
    }
}

enum { DOCUMENTS = 1000 };

static void columns_come_back(void)
{
    struct container_writer writer;
    struct container container;
    struct trawl_error error = {0};
    static struct lengths lengths;
    uint8_t dense[DOCUMENTS], sparse[DOCUMENTS] = {0}, none[DOCUMENTS] = {0}, out[DOCUMENTS];
    for (size_t i = 0; i < DOCUMENTS; i++)
        dense[i] = (uint8_t)(i % 255);
    for (size_t i = 0; i < DOCUMENTS; i += 6)
        sparse[i] = (uint8_t)(1 + i % 100);
    const struct lengths_column columns[] = {{0, dense, NULL}, {3, sparse, NULL}, {7, none, NULL}};
    fixture_begin(&writer, "c");
    REQUIRE_OK(lengths_write(LENGTHS_SECTION, columns, 3, DOCUMENTS, &writer, &error), &error);
    fixture_reopen(&container, &writer, "c");
    REQUIRE_OK(lengths_open(&lengths, &container, LENGTHS_SECTION, DOCUMENTS, &error), &error);
    for (size_t i = 0; i < 3; i++) {
        const struct lengths_field *field = lengths_find(&lengths, columns[i].field);
        REQUIRE(field != NULL);
        CHECK_UINT(field->form, i > 0);
        CHECK_INT(lengths_expand(out, field, DOCUMENTS), 0);
        CHECK_BYTES(out, sizeof out, columns[i].codes, DOCUMENTS);
    }
    CHECK(lengths_find(&lengths, 1) == NULL);
    CHECK(lengths_find(&lengths, 9) == NULL);
    container_close(&container);
}

static void the_smaller_form_is_taken(void)
{
    struct container_writer writer;
    struct container container;
    struct trawl_error error = {0};
    static struct lengths lengths;
    uint8_t a_fifth[DOCUMENTS] = {0}, less[DOCUMENTS] = {0};
    memset(a_fifth, 9, DOCUMENTS / 5);
    memset(less, 9, DOCUMENTS / 5 - 1);
    const struct lengths_column columns[] = {{0, a_fifth, NULL}, {1, less, NULL}};
    fixture_begin(&writer, "c");
    REQUIRE_OK(lengths_write(LENGTHS_SECTION, columns, 2, DOCUMENTS, &writer, &error), &error);
    fixture_reopen(&container, &writer, "c");
    REQUIRE_OK(lengths_open(&lengths, &container, LENGTHS_SECTION, DOCUMENTS, &error), &error);
    CHECK_UINT(lengths.fields[0].form, 0);
    CHECK_UINT(lengths.fields[1].form, 1);
    container_close(&container);
}

static void the_largest_length_of_a_code_is_below_the_next(void)
{
    for (unsigned code = 0; code < 254; code++) {
        const uint32_t most = length_most((uint8_t)code);
        CHECK_UINT(length_encode(most), code);
        CHECK_UINT(length_encode(most + 1), code + 1);
    }
    CHECK_UINT(length_most(254), UINT32_MAX);
    CHECK_UINT(length_most(255), UINT32_MAX);
}

static void ends_may_be_missing_and_override_lengths(void)
{
    struct container_writer writer;
    struct container container;
    struct trawl_error error = {0};
    static struct lengths lengths;
    uint8_t codes[] = {1, 2, 3}, ends[] = {0, 9, 0};
    const struct lengths_column column = {.field = 0, .codes = codes};
    fixture_begin(&writer, "c");
    REQUIRE_OK(lengths_write(LENGTHS_SECTION, &column, 1, 3, &writer, &error), &error);
    fixture_reopen(&container, &writer, "c");
    REQUIRE_OK(lengths_open(&lengths, &container, ENDS_SECTION, 3, &error), &error);
    CHECK_UINT(lengths.field_count, 0);
    container_close(&container);
    lengths_override(codes, NULL, 3);
    CHECK_BYTES(codes, 3, "\1\2\3", 3);
    lengths_override(codes, ends, 3);
    CHECK_BYTES(codes, 3, "\1\x09\3", 3);
}

/* Of ends the dense form has all, the sparse one those that are not as lengths. */
static void ends_are_written_with_others(void)
{
    enum { COUNT = 12 };
    static struct lengths lengths;
    const uint8_t codes[COUNT] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    uint8_t ends[COUNT] = {0}, out[COUNT], expected[COUNT];
    char name[] = "ends0";
    for (uint32_t used = 1; used <= 3; used++) {
        const struct lengths_column column = {0, ends, codes};
        struct container_writer writer;
        struct container container;
        struct trawl_error error = {0};
        ends[4 * used - 3] = (uint8_t)(90 + used);
        name[4] = (char)('0' + used);
        fixture_begin(&writer, name);
        REQUIRE_OK(lengths_write(LENGTHS_SECTION, &column, 1, COUNT, &writer, &error), &error);
        fixture_reopen(&container, &writer, name);
        REQUIRE_OK(lengths_open(&lengths, &container, LENGTHS_SECTION, COUNT, &error), &error);
        CHECK_INT(lengths_are_dense(&lengths.fields[0]), used == 3);
        memcpy(expected, codes, sizeof expected);
        lengths_override(expected, ends, COUNT);
        memcpy(out, codes, sizeof out);
        CHECK_INT(lengths_put(out, &lengths.fields[0], COUNT), 0);
        CHECK_BYTES(out, COUNT, expected, COUNT);
        container_close(&container);
    }
}

static void documents_out_of_order_are_refused(void)
{
    static const uint8_t documents[] = {1, 0, 0, 0, 1, 0, 0, 0}, too_large[] = {1, 0, 0, 0, 10, 0, 0, 0};
    static const uint8_t codes[] = {5, 6};
    struct lengths_field field = {.form = 1, .count = 2, .documents = documents, .codes = codes};
    uint8_t out[11];
    CHECK_INT(lengths_expand(out, &field, 10), -1);
    field.documents = too_large;
    CHECK_INT(lengths_expand(out, &field, 10), -1);
    CHECK_INT(lengths_expand(out, &field, 11), 0);
}

TAP_MAIN("lengths", TAP_CASE(codes_follow_the_table), TAP_CASE(short_lengths_are_exact),
         TAP_CASE(longer_never_has_a_smaller_code), TAP_CASE(columns_come_back), TAP_CASE(the_smaller_form_is_taken),
         TAP_CASE(the_largest_length_of_a_code_is_below_the_next),
         TAP_CASE(ends_may_be_missing_and_override_lengths), TAP_CASE(ends_are_written_with_others),
         TAP_CASE(documents_out_of_order_are_refused))
