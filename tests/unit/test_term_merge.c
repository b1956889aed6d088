#include "index/write/term_merge.h"

#include <string.h>

#include "index/write/inverter_lists.h"
#include "index/write/term_encoder.h"
#include "index/write/term_ranges.h"
#include "index/write/term_sort.h"
#include "tests/unit/tap.h"

enum { INVERTERS = 5, DOCUMENTS = 2000, WORDS = 60 };

static struct posting_input inputs[INVERTERS];
static struct inverter *inverters[INVERTERS];
static const struct term_range all;

/* Word w stands in document d when w divides d, at position w; each document
 * is in one inverter, the word 0 in one document alone. */
static void make_inputs(void)
{
    struct tap_random random = {.state = 8};
    struct trawl_error error = {0};
    for (size_t i = 0; i < INVERTERS; i++)
        REQUIRE_OK(inverter_new(&inverters[i], 1, &error), &error);
    for (uint32_t document = 0; document < DOCUMENTS; document++) {
        struct inverter *inverter = inverters[tap_random_below(&random, INVERTERS)];
        for (uint8_t word = 0; word < WORDS; word++) {
            const uint8_t term[2] = {'w', word};
            if (word ? document % word == 0 : document == 77)
                REQUIRE_INT(inverter_add(inverter, (uint32_t)inverter_term(inverter, 0, term, 2), document, word), 0);
        }
    }
    for (size_t i = 0; i < INVERTERS; i++) {
        REQUIRE_OK(inverter_sort(inverters[i], &error), &error);
        inputs[i] = (struct posting_input){.inverter = inverters[i], .map = {.documents = DOCUMENTS}};
    }
}

static void free_inputs(void)
{
    for (size_t i = 0; i < INVERTERS; i++)
        inverter_free(inverters[i]);
}

struct taken {
    size_t terms;
    uint64_t occurrences;
};

static int take(void *context, const struct term_slab *slab, struct trawl_error *error)
{
    struct taken *taken = context;
    const uint8_t *key = slab->keys.bytes;
    for (size_t i = 0; i < slab->term_count; i++, taken->terms++) {
        const struct term_entry *entry = &slab->terms[i].entry;
        const uint32_t word = (uint32_t)taken->terms;
        CHECK_BYTES(key, slab->terms[i].key_length, ((uint8_t[]){0, 'w', (uint8_t)word}), 3);
        CHECK_UINT(entry->df, word ? (DOCUMENTS + word - 1) / word : 1);
        taken->occurrences += entry->cf;
        key += slab->terms[i].key_length;
    }
    (void)error;
    return 0;
}

static void every_term_is_merged_once(void)
{
    struct trawl_error error = {0};
    struct taken taken = {0};
    const uint8_t codes[DOCUMENTS] = {0};
    const uint8_t *length_codes[INVERTER_FIELDS] = {codes};
    make_inputs();
    const struct term_encoder encoder = {inputs, INVERTERS, length_codes, 1, 1, take, &taken};
    REQUIRE_OK(term_encoder_run(&encoder, &error), &error);
    CHECK_UINT(taken.terms, WORDS);
    free_inputs();
}

/* Without anybody reading their postings, terms still come in order. */
static void postings_may_be_passed_over(void)
{
    struct trawl_error error = {0};
    struct posting_source *sources[INVERTERS];
    struct term_merge merge;
    make_inputs();
    for (size_t i = 0; i < INVERTERS; i++)
        REQUIRE_OK(posting_source_open(&sources[i], &inputs[i], &all, 1, &error), &error);
    REQUIRE_OK(term_merge_init(&merge, sources, INVERTERS, &error), &error);
    uint32_t terms = 0;
    for (; term_merge_next(&merge, &error) == 0; terms++)
        CHECK_UINT(merge.key.bytes[2], terms);
    CHECK_UINT(terms, WORDS);
    term_merge_release(&merge);
    for (size_t i = 0; i < INVERTERS; i++)
        posting_source_free(sources[i]);
    free_inputs();
}

static void one_document_in_two_sources_is_refused(void)
{
    struct trawl_error error = {0};
    struct taken taken = {0};
    const uint8_t *length_codes[INVERTER_FIELDS] = {NULL};
    make_inputs();
    const struct posting_input twice[2] = {inputs[0], inputs[0]};
    const struct term_encoder encoder = {twice, 2, length_codes, 1, 1, take, &taken};
    CHECK_INT(term_encoder_run(&encoder, &error), TRAWL_ERROR_ARGUMENT);
    free_inputs();
}

static void nothing_merges_to_nothing(void)
{
    struct trawl_error error = {0};
    struct taken taken = {0};
    const uint8_t *length_codes[INVERTER_FIELDS] = {NULL};
    const struct term_encoder encoder = {NULL, 0, length_codes, 1, 4, take, &taken};
    REQUIRE_OK(term_encoder_run(&encoder, &error), &error);
    CHECK_UINT(taken.terms, 0);
}

/* Small ranges: each begins where the one before ends. */
static void ranges_have_no_gaps(void)
{
    struct trawl_error error = {0};
    struct term_ranges ranges;
    make_inputs();
    for (uint64_t bytes = 1; bytes < 100000; bytes *= 7) {
        REQUIRE_OK(term_ranges_cut(&ranges, inputs, INVERTERS, bytes, &error), &error);
        CHECK(ranges.ranges[0].from.bytes == NULL);
        for (size_t i = 1; i < ranges.count; i++) {
            const struct term_key to = ranges.ranges[i - 1].to, from = ranges.ranges[i].from;
            CHECK_BYTES(from.bytes, from.length, to.bytes, to.length);
            if (i > 1)
                CHECK(key_compare(from.bytes, from.length, ranges.ranges[i - 1].from.bytes, ranges.ranges[i - 1].from.length) > 0);
        }
        CHECK(ranges.ranges[ranges.count - 1].to.bytes == NULL);
        if (bytes == 1)
            CHECK(ranges.count > WORDS / 2);
        term_ranges_release(&ranges);
    }
    free_inputs();
}

TAP_MAIN("term_merge", TAP_CASE(every_term_is_merged_once), TAP_CASE(postings_may_be_passed_over),
         TAP_CASE(one_document_in_two_sources_is_refused), TAP_CASE(nothing_merges_to_nothing), TAP_CASE(ranges_have_no_gaps))
