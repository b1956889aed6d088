/* Pairs as they come out of a segment's positions, against all occurrences of
 * all words written down in a table: words in one place, words far apart, documents without any,
 * with and without spilling on the way. */
#include "index/write/pair_inverter.h"

#include <stdlib.h>
#include <string.h>

#include "index/read/snapshot.h"
#include "tests/unit/segment_fixture.h"
#include "tests/unit/tap.h"

enum { WORDS = 9, DOCUMENTS = 700, PLACES = 40, FAR = 60000 };

static const char names[WORDS][4] = {"a", "b", "c", "ab", "bc", "abc", "d", "", "z"}; /* the empty one stands for none */

/* Is the word at the place of the document? Behind PLACES / 2 the places are far off in some documents. */
static uint8_t table[DOCUMENTS][PLACES][WORDS];

static uint32_t position_of(uint32_t document, uint32_t place)
{
    return place + (document % 5 == 3 && place >= PLACES / 2 ? FAR * (document % 3) : 0);
}

static void fill_table(uint64_t seed)
{
    struct tap_random random = {seed};
    memset(table, 0, sizeof table);
    for (uint32_t document = 0; document < DOCUMENTS; document++) {
        const uint64_t places = document % 7 ? tap_random_below(&random, PLACES + 1) : 0;
        for (uint64_t place = 0; place < places; place++) {
            table[document][place][tap_random_below(&random, WORDS)] = 1;
            if (document % 11 == 0)
                table[document][place][tap_random_below(&random, WORDS)] = 1;
        }
    }
}

static struct snapshot *write_segment(void)
{
    struct fixture *fixture = fixture_new(1);
    struct trawl_error error = {0};
    struct snapshot *snapshot;
    for (uint32_t document = 0; document < DOCUMENTS; document++) {
        char id[16];
        snprintf(id, sizeof id, "%u", (unsigned)document);
        fixture_document(fixture, id);
        for (uint32_t place = 0; place < PLACES; place++)
            for (uint32_t word = 0; word < WORDS; word++)
                if (table[document][place][word] && names[word][0])
                    fixture_occurrence(fixture, FIELD_DEFAULT, names[word], strlen(names[word]),
                                       position_of(document, place));
    }
    REQUIRE_OK(fixture_write(fixture, tap_folder(), &error), &error);
    REQUIRE_OK(fixture_commit(fixture, tap_folder(), &error), &error);
    REQUIRE_OK(snapshot_open(&snapshot, tap_folder(), &error), &error);
    fixture_free(fixture);
    return snapshot;
}

static void choose(struct pair_choice *choice, const struct segment *segment)
{
    struct trawl_error error = {0};
    struct terms_cursor cursor;
    pair_choice_init(choice, segment->documents);
    REQUIRE_OK(terms_seek(&cursor, &segment->terms, meta_find_field(&segment->meta, FIELD_DEFAULT), (const uint8_t *)"",
                          0, &error), &error);
    while (terms_next(&cursor, &error) == 0)
        REQUIRE_INT(pair_choice_add(choice, cursor.term, cursor.term_length, &cursor.entry), 0);
    pair_choice_close(choice);
}

static const struct common_term *find(const struct pair_choice *choice, const char *name)
{
    for (size_t i = 0; i < choice->count; i++)
        if (choice->terms[i].length == strlen(name) && memcmp(choice->terms[i].bytes, name, strlen(name)) == 0)
            return &choice->terms[i];
    return NULL;
}

/* How often one word stands right before another. */
static uint32_t count_in_table(uint32_t document, uint32_t first, uint32_t second)
{
    uint32_t count = 0;
    for (uint32_t place = 0; place + 1 < PLACES; place++)
        count += table[document][place][first] && table[document][place + 1][second] &&
                 position_of(document, place) + 1 == position_of(document, place + 1);
    return count;
}

/* A key, then (document, tf) of each posting: what a source says, and what the table says. */
static void dump_sources(struct buffer *out, const struct pair_inverter *pairs, const uint8_t *key, size_t length)
{
    const struct term_range all = {{0}, {0}};
    struct trawl_error error = {0};
    uint32_t tfs[DOCUMENTS] = {0};
    for (size_t i = 0; i < pairs->input_count; i++) {
        struct posting_source *source;
        REQUIRE_OK(posting_source_open(&source, &pairs->inputs[i], &all, 0, &error), &error);
        while (posting_source_next_term(source, &error) == 0)
            while (posting_source_next_batch(source, &error) == 0)
                for (uint32_t k = 0; k < source->count; k++)
                    if (source->key.length == length + 1 && memcmp(source->key.bytes + 1, key, length) == 0) {
                        REQUIRE_INT(source->key.bytes[0], FIELD_PAIRS);
                        tfs[source->documents[k]] += source->frequencies[k];
                    }
        REQUIRE_INT(error.code, 0);
        posting_source_free(source);
    }
    buffer_append(out, tfs, sizeof tfs);
}

static void check_pair(const struct pair_choice *choice, const struct pair_inverter *pairs, uint32_t first, uint32_t second)
{
    const struct common_term *one = find(choice, names[first]), *other = find(choice, names[second]);
    uint8_t key[PAIR_KEY_BYTES];
    struct buffer found;
    uint32_t expected[DOCUMENTS] = {0};
    buffer_init(&found);
    const size_t length = pair_key(key, (const uint8_t *)names[first], strlen(names[first]),
                                   (const uint8_t *)names[second], strlen(names[second]));
    const int is_kept = one && other && pairs_are_kept(&choice->pairs, one->entry.df, other->entry.df);
    for (uint32_t document = 0; is_kept && document < DOCUMENTS; document++)
        expected[document] = count_in_table(document, first, second);
    dump_sources(&found, pairs, key, length);
    CHECK_BYTES(found.bytes, found.length, expected, sizeof expected);
    buffer_release(&found);
}

static void check_all(uint64_t seed, size_t memory)
{
    struct trawl_error error = {0};
    struct pair_choice choice;
    struct pair_inverter pairs;
    struct pair_source source = {0};
    fill_table(seed);
    struct snapshot *snapshot = write_segment();
    const struct segment *segment = snapshot->segments[0];
    source.segment = *segment;
    choose(&choice, segment);
    CHECK_UINT(choice.count, WORDS - 1);
    choice.pairs.together = seed % 2 ? 0 : (uint64_t)choice.terms[0].entry.df * choice.terms[0].entry.df;
    REQUIRE_OK(snapshot_length_codes(&source.codes, snapshot, 0, FIELD_DEFAULT, &error), &error);
    REQUIRE_OK(pair_inverter_fill(&pairs, &source, &choice, memory, tap_path("spill"), &error), &error);
    CHECK((pairs.spill_count > 1) == (memory == 0));
    for (uint32_t first = 0; first < WORDS; first++)
        for (uint32_t second = 0; second < WORDS; second++)
            if (names[first][0] && names[second][0])
                check_pair(&choice, &pairs, first, second);
    pair_inverter_release(&pairs);
    pair_choice_release(&choice);
    snapshot_release(snapshot);
}

static void pairs_are_those_of_the_table(void)
{
    check_all(1, PAIR_MEMORY);
}

static void rare_pairs_are_left_out(void)
{
    check_all(2, PAIR_MEMORY);
}

static void spilling_changes_nothing(void)
{
    check_all(3, 0);
}

TAP_MAIN("pair_inverter", TAP_CASE(pairs_are_those_of_the_table), TAP_CASE(rare_pairs_are_left_out),
         TAP_CASE(spilling_changes_nothing))
