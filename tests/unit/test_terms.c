#include "index/format/terms.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "index/format/postings.h"
#include "tests/unit/container_fixture.h"

enum { DOCUMENTS = 5000 };

struct dictionary {
    struct container container;
    struct meta meta;
    struct terms terms;
};

/* TIDX and TERM as the writer has them; POST and POSN of the lengths that the terms claim. */
static void open_dictionary(struct dictionary *dictionary, struct terms_writer *terms, const struct meta_field *fields,
                            uint32_t field_count, const char *name)
{
    struct container_writer writer;
    struct trawl_error error = {0};
    uint8_t *bytes = calloc((size_t)(terms->postings_end + terms->positions_end + 1), 1);
    REQUIRE(bytes != NULL);
    fixture_begin(&writer, name);
    REQUIRE_OK(terms_writer_finish(terms, &writer, &error), &error);
    int status = container_add(&writer, SECTION_ID('P', 'O', 'S', 'T'), 1, bytes, (size_t)terms->postings_end, &error);
    if (!status && terms->has_positions)
        status = container_add(&writer, SECTION_ID('P', 'O', 'S', 'N'), 1, bytes, (size_t)terms->positions_end, &error);
    REQUIRE_OK(status, &error);
    free(bytes);
    terms_writer_release(terms);
    fixture_reopen(&dictionary->container, &writer, name);
    dictionary->meta = (struct meta){.documents = DOCUMENTS, .field_count = field_count};
    memcpy(dictionary->meta.fields, fields, field_count * sizeof *fields);
    REQUIRE_OK(terms_open(&dictionary->terms, &dictionary->container, &dictionary->meta, &error), &error);
}

static void entries_take_few_bytes(void)
{
    struct terms_writer writer;
    struct trawl_error error = {0};
    terms_writer_init(&writer, 1);
    const struct term_entry once = {.df = 1, .cf = 1, .document = 3, .inline_positions = {7}};
    const struct term_entry twice = {.df = 1, .cf = 2, .document = 3, .inline_positions = {7, 8}};
    const struct term_entry many = {.df = 300, .cf = 302, .postings_length = 200, .positions_length = 5};
    REQUIRE_OK(terms_writer_add(&writer, (const uint8_t *)"net", 3, &once, &error), &error);
    REQUIRE_OK(terms_writer_add(&writer, (const uint8_t *)"nets", 4, &twice, &error), &error);
    REQUIRE_OK(terms_writer_add(&writer, (const uint8_t *)"never", 5, &many, &error), &error);
    CHECK_BYTES(writer.blocks.bytes, writer.blocks.length,
                "\0\0"                              /* bases */
                "\x02net\x03\x03\x07"               /* shares 0, suffix of 3; df 1 = cf; document; position */
                "\x30s\x02\x00\x03\x07\x00"         /* shares 3; df 1, one more; document; positions 7 and 8 */
                "\x22ver\xd8\x04\x01\xc8\x01\x05",  /* shares 2; df 300, two more; lengths */
                26);
    terms_writer_release(&writer);
}

static void lengths_beyond_a_nibble(void)
{
    struct terms_writer writer;
    struct dictionary dictionary;
    struct trawl_error error = {0};
    struct term_entry entry = {.df = 1, .cf = 1};
    uint8_t term[TERM_MAX_BYTES];
    uint32_t terms = 0;
    terms_writer_init(&writer, 0);
    for (size_t length = 1; length <= TERM_MAX_BYTES; length += 1 + length / 9, terms++) { /* a, aa, aaa, ... */
        memset(term, 'a', length);
        entry.document = (uint32_t)length;
        REQUIRE_OK(terms_writer_add(&writer, term, length, &entry, &error), &error);
    }
    memset(term, 'b', sizeof term);
    entry.document = 0;
    REQUIRE_OK(terms_writer_add(&writer, term, sizeof term, &entry, &error), &error);
    const struct meta_field field = {.terms = ++terms, .blocks = writer.block_count};
    open_dictionary(&dictionary, &writer, &field, 1, "c");
    REQUIRE_OK(terms_find(&entry, &dictionary.terms, &field, term, sizeof term, &error), &error);
    CHECK_UINT(entry.document, 0);
    for (size_t length = 1; length <= TERM_MAX_BYTES; length += 1 + length / 9) {
        memset(term, 'a', length);
        REQUIRE_OK(terms_find(&entry, &dictionary.terms, &field, term, length, &error), &error);
        CHECK_UINT(entry.document, length);
    }
    container_close(&dictionary.container);
}

static void impossible_terms_are_refused(void)
{
    static uint8_t term[TERM_MAX_BYTES + 1];
    const struct term_entry entry = {.df = 1, .cf = 1};
    struct terms_writer writer;
    struct trawl_error error = {0};
    terms_writer_init(&writer, 0);
    CHECK_INT(terms_writer_add(&writer, term, 0, &entry, &error), TRAWL_ERROR_ARGUMENT);
    CHECK_INT(terms_writer_add(&writer, term, sizeof term, &entry, &error), TRAWL_ERROR_ARGUMENT);
    terms_writer_release(&writer);
}

static void all_kinds_of_entries_come_back(void)
{
    static const struct term_entry entries[] = {
        {.df = 1, .cf = 1, .document = 4999, .inline_positions = {UINT32_MAX - 1}},
        {.df = 1, .cf = 8, .document = 0, .inline_positions = {0, 1, 2, 3, 500, 501, 70000, 70001}},
        {.df = 1, .cf = 9, .document = 12, .positions_length = 11},
        {.df = 1, .cf = UINT32_MAX, .document = 12, .positions_length = 100},
        {.df = 2, .cf = 2, .postings_length = 5, .positions_length = 3},
        {.df = 5000, .cf = UINT64_C(1) << 40, .postings_length = 1 << 20, .positions_length = 1 << 21},
    };
    enum { COUNT = sizeof entries / sizeof *entries };
    for (int has_positions = 0; has_positions < 2; has_positions++) {
        struct terms_writer writer;
        struct dictionary dictionary;
        struct terms_cursor cursor;
        struct trawl_error error = {0};
        uint64_t postings = 0, positions = 0;
        terms_writer_init(&writer, has_positions);
        for (size_t i = 0; i < COUNT; i++) {
            struct term_entry entry = entries[i];
            const uint8_t term = (uint8_t)('a' + i);
            entry.positions_length = has_positions ? entry.positions_length : 0;
            REQUIRE_OK(terms_writer_add(&writer, &term, 1, &entry, &error), &error);
        }
        const struct meta_field field = {.terms = COUNT, .blocks = 1};
        open_dictionary(&dictionary, &writer, &field, 1, has_positions ? "with" : "without");
        REQUIRE_OK(terms_seek(&cursor, &dictionary.terms, &field, (const uint8_t *)"", 0, &error), &error);
        for (size_t i = 0; i < COUNT; i++) {
            const struct term_entry *found = &cursor.entry, *expected = &entries[i];
            REQUIRE_OK(terms_next(&cursor, &error), &error);
            CHECK_UINT(found->df, expected->df);
            CHECK_UINT(found->cf, expected->cf);
            CHECK_UINT(found->document, expected->document);
            CHECK_UINT(found->postings_length, expected->postings_length);
            CHECK_UINT(found->positions_length, has_positions ? expected->positions_length : 0);
            CHECK(!found->postings_length || found->postings == postings);
            CHECK(!found->positions_length || found->positions == positions);
            if (has_positions)
                CHECK(!memcmp(found->inline_positions, expected->inline_positions, sizeof found->inline_positions));
            postings += found->postings_length;
            positions += found->positions_length;
        }
        CHECK_INT(terms_next(&cursor, &error), TRAWL_END);
        container_close(&dictionary.container);
    }
}

/* Each field's terms are its own, also when blocks share the index. */
static void fields_do_not_mix(void)
{
    struct terms_writer writer;
    struct dictionary dictionary;
    struct trawl_error error = {0};
    struct term_entry entry = {.df = 1, .cf = 1};
    struct meta_field fields[3] = {{.id = 0, .terms = 40}, {.id = 2, .terms = 0}, {.id = 3, .terms = 33}};
    char term[16];
    terms_writer_init(&writer, 0);
    for (uint32_t f = 0; f < 3; f++) {
        fields[f].first_block = terms_writer_new_field(&writer);
        for (uint32_t i = 0; i < fields[f].terms; i++) {
            snprintf(term, sizeof term, "term%02u", (unsigned)i);
            entry.document = 100 * f + i;
            REQUIRE_OK(terms_writer_add(&writer, (const uint8_t *)term, strlen(term), &entry, &error), &error);
        }
        fields[f].blocks = writer.block_count - fields[f].first_block;
    }
    open_dictionary(&dictionary, &writer, fields, 3, "c");
    for (uint32_t f = 0; f < 3; f++)
        for (uint32_t i = 0; i < 50; i++) {
            snprintf(term, sizeof term, "term%02u", (unsigned)i);
            const int status = terms_find(&entry, &dictionary.terms, &fields[f], (const uint8_t *)term, 6, &error);
            CHECK_INT(status, i < fields[f].terms ? 0 : TRAWL_END);
            CHECK(status || entry.document == 100 * f + i);
        }
    container_close(&dictionary.container);
}

static void blocks_must_be_as_many_as_terms_need(void)
{
    struct terms_writer writer;
    struct dictionary dictionary;
    struct trawl_error error = {0};
    struct meta meta = {.documents = DOCUMENTS, .field_count = 1, .fields = {{.terms = 1, .blocks = 1}}};
    const struct term_entry entry = {.df = 1, .cf = 1};
    terms_writer_init(&writer, 0);
    REQUIRE_OK(terms_writer_add(&writer, (const uint8_t *)"x", 1, &entry, &error), &error);
    open_dictionary(&dictionary, &writer, meta.fields, 1, "c");
    static const struct meta_field bad[] = {
        {.terms = 33, .blocks = 1}, {.terms = 33, .blocks = 2}, {.terms = 1, .blocks = 1, .first_block = 1},
        {.terms = 0, .blocks = 1},  {.terms = 1, .blocks = 0},  {.first_block = 2},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        meta.fields[0] = bad[i];
        CHECK_THAT(terms_open(&dictionary.terms, &dictionary.container, &meta, NULL) == TRAWL_ERROR_CORRUPT, "row %zu", i);
    }
    container_close(&dictionary.container);
}

/* Entries that contradict the segment, written on purpose. */
static void entries_out_of_range_are_refused(void)
{
    static const struct term_entry bad[] = {
        {.df = 1, .cf = 1, .document = DOCUMENTS},
        {.df = DOCUMENTS + 1, .cf = DOCUMENTS + 1, .postings_length = 4},
        {.df = 0, .cf = 0, .postings_length = 4},
        {.df = 2, .cf = 2, .postings_length = 0},
        {.df = 1, .cf = (uint64_t)UINT32_MAX + 1},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct terms_writer writer;
        struct dictionary dictionary;
        struct term_entry entry;
        struct trawl_error error = {0};
        const struct meta_field field = {.terms = 1, .blocks = 1};
        const char name[2] = {(char)('0' + i), '\0'};
        terms_writer_init(&writer, 0);
        REQUIRE_OK(terms_writer_add(&writer, (const uint8_t *)"x", 1, &bad[i], &error), &error);
        open_dictionary(&dictionary, &writer, &field, 1, name);
        CHECK_INT(terms_find(&entry, &dictionary.terms, &field, (const uint8_t *)"x", 1, &error), TRAWL_ERROR_CORRUPT);
        container_close(&dictionary.container);
    }
}

TAP_MAIN("terms", TAP_CASE(entries_take_few_bytes), TAP_CASE(lengths_beyond_a_nibble),
         TAP_CASE(impossible_terms_are_refused), TAP_CASE(all_kinds_of_entries_come_back), TAP_CASE(fields_do_not_mix),
         TAP_CASE(blocks_must_be_as_many_as_terms_need), TAP_CASE(entries_out_of_range_are_refused))
