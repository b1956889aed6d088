/* Look-ups and walks over random dictionaries, held against a sorted array:
 * terms with zero and high bytes, long shared beginnings, up to 255 bytes,
 * searched for exactly, shorter, longer, and one byte off. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "index/format/terms.h"
#include "tests/unit/container_fixture.h"

struct term {
    uint8_t bytes[TERM_MAX_BYTES];
    size_t length;
};

struct world {
    struct term *terms;
    uint32_t count;
    struct container container;
    struct terms dictionary;
    struct meta meta;
};

static int compare_bytes(const uint8_t *a, size_t a_length, const uint8_t *b, size_t b_length)
{
    const int order = memcmp(a, b, a_length < b_length ? a_length : b_length);
    return order ? order : (a_length > b_length) - (a_length < b_length);
}

static int compare_terms(const void *left, const void *right)
{
    const struct term *a = left, *b = right;
    return compare_bytes(a->bytes, a->length, b->bytes, b->length);
}

enum alphabet { ANY_BYTE, TWO_LETTERS, EXTREMES, ALPHABETS };

static uint8_t random_byte(struct tap_random *random, enum alphabet alphabet)
{
    const uint8_t byte = (uint8_t)tap_random_next(random);
    switch (alphabet) {
    case TWO_LETTERS:
        return (uint8_t)('a' + byte % 2);
    case EXTREMES:
        return byte % 3 == 0 ? 0 : byte % 3 == 1 ? 0xff : 'm';
    default:
        return byte;
    }
}

static void make_term(struct term *term, const struct term *before, struct tap_random *random, enum alphabet alphabet)
{
    size_t keep = before && tap_random_below(random, 2) ? tap_random_below(random, before->length + 1) : 0;
    term->length = keep + 1 + tap_random_below(random, tap_random_below(random, 20) ? 8 : 255);
    if (term->length > TERM_MAX_BYTES)
        term->length = TERM_MAX_BYTES;
    if (keep)
        memcpy(term->bytes, before->bytes, keep);
    for (; keep < term->length; keep++)
        term->bytes[keep] = random_byte(random, alphabet);
}

static void make_terms(struct world *world, uint32_t count, struct tap_random *random, enum alphabet alphabet)
{
    world->terms = malloc(count * sizeof *world->terms);
    REQUIRE(world->terms != NULL);
    for (uint32_t i = 0; i < count; i++)
        make_term(&world->terms[i], i ? &world->terms[i - 1] : NULL, random, alphabet);
    qsort(world->terms, count, sizeof *world->terms, compare_terms);
    world->count = 0;
    for (uint32_t i = 0; i < count; i++)
        if (!world->count || compare_terms(&world->terms[world->count - 1], &world->terms[i]))
            world->terms[world->count++] = world->terms[i];
}

static void write_terms(struct world *world, const char *name)
{
    struct terms_writer terms;
    struct container_writer writer;
    struct trawl_error error = {0};
    terms_writer_init(&terms, 0);
    for (uint32_t i = 0; i < world->count; i++) {
        const struct term_entry entry = {.df = 1, .cf = 1 + i % 3, .document = i};
        REQUIRE_OK(terms_writer_add(&terms, world->terms[i].bytes, world->terms[i].length, &entry, &error), &error);
    }
    world->meta = (struct meta){.documents = world->count, .field_count = 1};
    world->meta.fields[0] = (struct meta_field){.terms = world->count, .blocks = terms.block_count};
    fixture_begin(&writer, name);
    REQUIRE_OK(terms_writer_finish(&terms, &writer, &error), &error);
    REQUIRE_OK(container_add(&writer, SECTION_ID('P', 'O', 'S', 'T'), 1, NULL, 0, &error), &error);
    terms_writer_release(&terms);
    fixture_reopen(&world->container, &writer, name);
    REQUIRE_OK(terms_open(&world->dictionary, &world->container, &world->meta, &error), &error);
}

/* The first term of the array that is not below the sought one. */
static uint32_t place_of(const struct world *world, const struct term *sought)
{
    uint32_t place = 0;
    while (place < world->count && compare_terms(&world->terms[place], sought) < 0)
        place++;
    return place;
}

static void check_find(const struct world *world, const struct term *sought)
{
    struct term_entry entry;
    struct trawl_error error = {0};
    const uint32_t place = place_of(world, sought);
    const int is_there = place < world->count && compare_terms(&world->terms[place], sought) == 0;
    const int status =
        terms_find(&entry, &world->dictionary, world->meta.fields, sought->bytes, sought->length, &error);
    REQUIRE_INT(status, is_there ? 0 : TRAWL_END);
    if (is_there)
        REQUIRE_UINT(entry.document, place);
}

static void check_seek(const struct world *world, const struct term *sought, uint32_t steps)
{
    struct terms_cursor cursor;
    struct trawl_error error = {0};
    uint32_t place = place_of(world, sought);
    REQUIRE_OK(terms_seek(&cursor, &world->dictionary, world->meta.fields, sought->bytes, sought->length, &error), &error);
    for (; steps && place < world->count; steps--, place++) {
        REQUIRE_OK(terms_next(&cursor, &error), &error);
        CHECK_BYTES(cursor.term, cursor.term_length, world->terms[place].bytes, world->terms[place].length);
        REQUIRE_UINT(cursor.entry.document, place);
        REQUIRE_UINT(cursor.entry.cf, 1 + place % 3);
    }
    if (place == world->count)
        CHECK_INT(terms_next(&cursor, &error), TRAWL_END);
}

static void alter(struct term *term, struct tap_random *random, enum alphabet alphabet)
{
    switch (tap_random_below(random, 5)) {
    case 0:
        term->length = tap_random_below(random, term->length + 1);
        break;
    case 1:
        if (term->length < TERM_MAX_BYTES)
            term->bytes[term->length++] = random_byte(random, alphabet);
        break;
    case 2:
        term->bytes[tap_random_below(random, term->length)]++;
        break;
    case 3:
        term->bytes[tap_random_below(random, term->length)]--;
        break;
    default:
        break;
    }
}

static void as_a_sorted_array(void)
{
    struct tap_random random = {61};
    for (size_t round = 0; round < tap_rounds(60); round++) {
        struct world world;
        char name[24];
        const enum alphabet alphabet = (enum alphabet)(round % ALPHABETS);
        snprintf(name, sizeof name, "%zu", round);
        make_terms(&world, 1 + (uint32_t)tap_random_below(&random, round % 5 ? 100 : 1500), &random, alphabet);
        write_terms(&world, name);
        for (uint32_t i = 0; i < world.count; i++) {
            struct term sought = world.terms[i];
            check_find(&world, &sought);
            alter(&sought, &random, alphabet);
            check_find(&world, &sought);
            if (i % 8 == 0)
                check_seek(&world, &sought, 5);
        }
        const struct term first = {.length = 0};
        check_seek(&world, &first, UINT32_MAX);
        container_close(&world.container);
        free(world.terms);
    }
}

TAP_MAIN("terms against array", TAP_CASE(as_a_sorted_array))
