#include "index/format/term_hash.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "index/format/terms.h"
#include "src/util/bytes.h"
#include "tests/unit/container_fixture.h"
#include "tests/unit/tap.h"

enum { DOCUMENTS = 100000, FIELD = 3, LEAST = 64, TERMS = 3000 };

struct made {
    struct container container;
    struct meta meta;
    struct terms terms;
};

static const struct meta_field *field_of(const struct made *made)
{
    return &made->meta.fields[0];
}

/* A dictionary of "t0000", "t0001", ..., and its hash; some are in many documents. */
static struct term_entry entry_of(uint32_t number)
{
    const uint32_t df = number % 3 ? 2 + number % 60 : LEAST + number;
    return (struct term_entry){.df = df,
                               .cf = df + number % 7 * number,
                               .has_positions = 1,
                               .field = FIELD,
                               .postings_length = 3 + number % 400,
                               .positions_length = number % 70000};
}

static struct term_floors floors_of(uint32_t number)
{
    struct term_floors floors;
    for (unsigned i = 0; i < FLOOR_COUNTS; i++)
        for (unsigned ratio = 0; ratio < FLOOR_RATIOS; ratio++)
            floors.levels[i][ratio] = (uint16_t)((number * 7 + i * 100 + ratio) % FLOOR_LEVELS);
    return floors;
}

static size_t term_of(char *term, uint32_t number)
{
    return (size_t)sprintf(term, "t%04u", number);
}

static void add_terms(struct terms_writer *terms, struct term_hash_writer *hash)
{
    struct trawl_error error = {0};
    char term[16];
    for (uint32_t i = 0; i < TERMS; i++) {
        struct term_entry entry = entry_of(i);
        const size_t length = term_of(term, i);
        REQUIRE_OK(terms_writer_add(terms, (const uint8_t *)term, length, &entry, &error), &error);
        entry.postings = terms->postings_end - entry.postings_length;
        entry.positions = terms->positions_end - entry.positions_length;
        entry.floors = floors_of(i);
        REQUIRE_OK(term_hash_writer_add(hash, FIELD, (const uint8_t *)term, length, &entry, &error), &error);
    }
}

static void add_lists(struct container_writer *writer, const struct terms_writer *terms)
{
    struct trawl_error error = {0};
    const uint64_t most = terms->postings_end > terms->positions_end ? terms->postings_end : terms->positions_end;
    uint8_t *bytes = calloc((size_t)most, 1);
    REQUIRE(bytes);
    REQUIRE_OK(container_add(writer, SECTION_ID('P', 'O', 'S', 'T'), 1, bytes, (size_t)terms->postings_end, &error), &error);
    REQUIRE_OK(container_add(writer, SECTION_ID('P', 'O', 'S', 'N'), 1, bytes, (size_t)terms->positions_end, &error), &error);
    free(bytes);
}

static void make(struct made *made, const char *name)
{
    struct terms_writer terms;
    struct term_hash_writer hash;
    struct container_writer writer;
    struct trawl_error error = {0};
    terms_writer_init(&terms, 1);
    term_hash_writer_init(&hash, LEAST, 1);
    add_terms(&terms, &hash);
    fixture_begin(&writer, name);
    made->meta = (struct meta){.documents = DOCUMENTS, .field_count = 1};
    made->meta.fields[0] = (struct meta_field){.id = FIELD, .terms = TERMS, .blocks = terms.block_count};
    REQUIRE_OK(terms_writer_finish(&terms, &writer, &error), &error);
    REQUIRE_OK(term_hash_writer_finish(&hash, &writer, &error), &error);
    add_lists(&writer, &terms);
    terms_writer_release(&terms);
    term_hash_writer_release(&hash);
    fixture_reopen(&made->container, &writer, name);
    REQUIRE_OK(terms_open(&made->terms, &made->container, &made->meta, &error), &error);
}

static int find(struct term_entry *entry, const struct made *made, const struct meta_field *field, const char *term)
{
    struct trawl_error error = {0};
    return term_hash_find(entry, &made->terms, field, (const uint8_t *)term, strlen(term), &error);
}

/* Blocks know of no floors. */
static void check_same(const struct term_entry *here, const struct term_entry *there, uint32_t number)
{
    struct term_entry expected = *there;
    const struct term_floors floors = floors_of(number);
    if (there->df >= LEAST)
        memcpy(expected.floors.levels, floors.levels, floors_known(there->df) * sizeof *floors.levels);
    REQUIRE(memcmp(here, &expected, sizeof expected) == 0);
}

static void frequent_terms_are_as_in_the_blocks(void)
{
    struct made made;
    char term[16];
    make(&made, "frequent");
    CHECK_UINT(made.terms.hash.least_df, LEAST);
    for (uint32_t i = 0; i < TERMS; i++) {
        struct term_entry here, there;
        struct trawl_error error = {0};
        const size_t length = term_of(term, i);
        const uint8_t *bytes = (const uint8_t *)term;
        const int is_frequent = entry_of(i).df >= LEAST;
        REQUIRE_INT(find(&here, &made, field_of(&made), term), is_frequent ? 0 : TRAWL_END);
        REQUIRE_INT(term_hash_prefetch(&made.terms.hash, field_of(&made), bytes, length) == 0 || !is_frequent, 1);
        REQUIRE_OK(terms_find_in_blocks(&there, &made.terms, field_of(&made), bytes, length, &error), &error);
        if (is_frequent)
            check_same(&here, &there, i);
        REQUIRE_OK(terms_find(&here, &made.terms, field_of(&made), bytes, length, &error), &error);
        check_same(&here, &there, i);
    }
    container_close(&made.container);
}

static void others_are_not_here(void)
{
    struct made made;
    struct term_entry entry;
    make(&made, "others");
    CHECK_INT(find(&entry, &made, field_of(&made), "t0003"), 0);
    CHECK_INT(find(&entry, &made, field_of(&made), "t000"), TRAWL_END);
    CHECK_INT(find(&entry, &made, field_of(&made), "t00030"), TRAWL_END);
    CHECK_INT(find(&entry, &made, field_of(&made), ""), TRAWL_END);
    const struct meta_field other = {.id = FIELD + 1};
    CHECK_INT(find(&entry, &made, &other, "t0003"), TRAWL_END);
    container_close(&made.container);
}

/* FORMAT.md, "THSH". */
static void the_bytes_are_as_documented(void)
{
    struct term_hash_writer writer;
    struct buffer section;
    struct trawl_error error = {0};
    const struct term_entry entry = {.df = 300, .cf = 302, .postings = 70000, .postings_length = 5, .positions = 1, .positions_length = 2,
                                     .floors = {{{5, 6}, {7, 2047}}}};
    term_hash_writer_init(&writer, 100, 1);
    buffer_init(&section);
    REQUIRE_OK(term_hash_writer_add(&writer, 0, (const uint8_t *)"net", 3, &entry, &error), &error);
    REQUIRE_OK(term_hash_writer_append(&section, &writer, &error), &error);
    const uint64_t start = 3 ^ UINT64_C(0x74656e); /* length, and "net" as a number */
    const uint64_t factor = UINT64_C(0x6A09E667F3BCC909);
    const uint64_t low = start * factor, high = ((factor >> 32) * start + (((factor & UINT32_MAX) * start) >> 32)) >> 32;
    const uint64_t hash = low ^ high;
    uint8_t expected[8 + 16 * 4 + 5 + 3 + 9 + 6] = {16, 0, 0, 0, 100};
    expected[8 + 4 * (hash % 16)] = 1; /* the first record */
    expected[8 + 4 * (hash % 16) + 3] = (uint8_t)(hash >> 56);
    memcpy(expected + 72, "\0\003net" "\201\0\010" "\054\001" "\002" "\160\021\001" "\005" "\001" "\002" "\005\140\0" "\007\360\177", 23);
    CHECK_BYTES(section.bytes, section.length, expected, sizeof expected);
    buffer_release(&section);
    term_hash_writer_release(&writer);
}

static void it_may_be_empty(void)
{
    struct term_hash_writer writer;
    struct buffer section;
    struct trawl_error error = {0};
    const struct term_entry rare = {.df = 99, .cf = 99}, pair = {.df = 500, .cf = 500};
    term_hash_writer_init(&writer, 100, 1);
    buffer_init(&section);
    REQUIRE_OK(term_hash_writer_add(&writer, 0, (const uint8_t *)"net", 3, &rare, &error), &error);
    REQUIRE_OK(term_hash_writer_add(&writer, FIELD_PAIRS, (const uint8_t *)"net", 3, &pair, &error), &error);
    REQUIRE_OK(term_hash_writer_append(&section, &writer, &error), &error);
    CHECK_UINT(section.length, 0);
    buffer_release(&section);
    term_hash_writer_release(&writer);
    CHECK_UINT(term_hash_least_df(0), 64);
    CHECK_UINT(term_hash_least_df(2048 * 100), 100);
}

static void there_may_be_more_than_fit(void)
{
    enum { LONG = TERM_MAX_BYTES, MANY = 70000, BYTES = 1 << 24 };
    struct term_hash_writer writer;
    struct trawl_error error = {0};
    static uint8_t term[LONG];
    term_hash_writer_init(&writer, 1, 0);
    for (uint32_t i = 0; i < MANY; i++) {
        const struct term_entry entry = {.df = 5, .cf = 5, .postings = i, .postings_length = 1};
        memcpy(term, &i, sizeof i);
        REQUIRE_OK(term_hash_writer_add(&writer, 0, term, LONG, &entry, &error), &error);
    }
    CHECK(writer.count < MANY);
    CHECK(writer.records.length >= BYTES - 1 && writer.records.length < BYTES + 300);
    term_hash_writer_release(&writer);
}

/* ---------------------------------------------------------------------- damage */

struct damaged {
    struct terms terms;
    uint8_t *bytes;
    size_t length;
};

static void damage(struct damaged *damaged, const struct made *made)
{
    const struct span section = container_section(&made->container, SECTION_ID('T', 'H', 'S', 'H'));
    damaged->bytes = calloc(section.length + 64, 1);
    damaged->length = section.length;
    damaged->terms = made->terms;
    REQUIRE(damaged->bytes);
    memcpy(damaged->bytes, section.bytes, section.length);
    struct term_hash *hash = &damaged->terms.hash;
    hash->slots = damaged->bytes + 8;
    hash->records.bytes = damaged->bytes + (hash->records.bytes - section.bytes);
}

/* No empty slot, and each leads somewhere: the search ends all the same. */
static void searches_end(void)
{
    struct made made;
    struct damaged damaged;
    struct term_entry entry;
    struct trawl_error error = {0};
    struct tap_random random = {5};
    make(&made, "ends");
    damage(&damaged, &made);
    for (uint32_t i = 0; i <= damaged.terms.hash.mask; i++)
        store_u32(damaged.bytes + 8 + 4 * (size_t)i, (uint32_t)tap_random_next(&random) | 1);
    for (uint32_t i = 0; i < TERMS; i++) {
        char term[16];
        const size_t length = term_of(term, i);
        const int status = term_hash_find(&entry, &damaged.terms, field_of(&made), (const uint8_t *)term, length, &error);
        REQUIRE(status == 0 || status == TRAWL_END || status == TRAWL_ERROR_CORRUPT);
    }
    free(damaged.bytes);
    container_close(&made.container);
}

static void impossible_numbers_are_damage(void)
{
    struct made made;
    struct damaged damaged;
    struct term_entry entry;
    struct trawl_error error = {0};
    make(&made, "numbers");
    damage(&damaged, &made);
    uint8_t *record = (uint8_t *)(uintptr_t)damaged.terms.hash.records.bytes; /* of "t0000": df 64 */
    uint8_t *numbers = record + 2 + 5;
    const uint8_t *term = (const uint8_t *)"t0000";
    REQUIRE_OK(term_hash_find(&entry, &damaged.terms, field_of(&made), term, 5, &error), &error);
    CHECK_UINT(entry.df, 64);
    static const struct {
        size_t at;
        uint8_t value;
    } bad[] = {{3, 1}, {6, 0}, {5, 255}, {0, 7}}; /* df 1; no postings; a start past the lists; numbers of eight bytes */
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const uint8_t was = numbers[bad[i].at];
        numbers[bad[i].at] = bad[i].value;
        if (bad[i].at == 5)
            damaged.terms.postings_length = 100;
        CHECK_INT(term_hash_find(&entry, &damaged.terms, field_of(&made), term, 5, &error), TRAWL_ERROR_CORRUPT);
        numbers[bad[i].at] = was;
        damaged.terms.postings_length = made.terms.postings_length;
    }
    free(damaged.bytes);
    container_close(&made.container);
}

static void heads_are_checked(void)
{
    static const uint8_t sections[][12] = {{0}, {3}, {16, 0, 0, 0, 64}};
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        struct container_writer writer;
        struct container container;
        struct term_hash hash;
        struct trawl_error error = {0};
        char name[16];
        sprintf(name, "head%zu", i);
        fixture_begin(&writer, name);
        REQUIRE_OK(container_add(&writer, SECTION_ID('T', 'H', 'S', 'H'), 0, sections[i], sizeof *sections, &error), &error);
        fixture_reopen(&container, &writer, name);
        CHECK_INT(term_hash_open(&hash, &container, &error), TRAWL_ERROR_CORRUPT);
        CHECK(strstr(error.message, "THSH") != NULL);
        container_close(&container);
    }
}

TAP_MAIN("term hash", TAP_CASE(frequent_terms_are_as_in_the_blocks), TAP_CASE(others_are_not_here),
         TAP_CASE(the_bytes_are_as_documented), TAP_CASE(it_may_be_empty), TAP_CASE(there_may_be_more_than_fit),
         TAP_CASE(searches_end), TAP_CASE(impossible_numbers_are_damage), TAP_CASE(heads_are_checked))
