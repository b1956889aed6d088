#include "index/write/term_merge.h"

#include <string.h>

#include "index/write/inverter_lists.h"
#include "index/write/term_encoder.h"
#include "index/write/term_ranges.h"
#include "index/write/term_sort.h"
#include "src/util/memory.h"
#include "tests/unit/tap.h"

enum { INVERTERS = 5, DOCUMENTS = 2000, WORDS = 60 };

static struct posting_input inputs[INVERTERS];
static struct inverter *inverters[INVERTERS];
static const struct term_range all_terms;

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
    const struct term_encoder encoder = {inputs, INVERTERS, length_codes, length_codes, NULL, NULL, DOCUMENTS, 1, 1, TERM_RANGE_BYTES, take, &taken};
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
        REQUIRE_OK(posting_source_open(&sources[i], &inputs[i], &all_terms, 1, &error), &error);
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
    const struct term_encoder encoder = {twice, 2, length_codes, length_codes, NULL, NULL, DOCUMENTS, 1, 1, TERM_RANGE_BYTES, take, &taken};
    CHECK_INT(term_encoder_run(&encoder, &error), TRAWL_ERROR_ARGUMENT);
    free_inputs();
}

static void nothing_merges_to_nothing(void)
{
    struct trawl_error error = {0};
    struct taken taken = {0};
    const uint8_t *length_codes[INVERTER_FIELDS] = {NULL};
    const struct term_encoder encoder = {NULL, 0, length_codes, length_codes, NULL, NULL, DOCUMENTS, 1, 4, 1, take, &taken};
    REQUIRE_OK(term_encoder_run(&encoder, &error), &error);
    CHECK_UINT(taken.terms, 0);
}

/* All that comes out, behind each other: without positions it is in one piece. */
static int append_lists(void *context, const struct term_slab *slab, struct trawl_error *error)
{
    struct buffer *all = context;
    buffer_append(all, slab->postings.bytes, slab->postings.length);
    return all->status ? error_memory(error) : 0;
}

/* Ranges of a few bytes, so that there are many. */
static int encode(struct buffer *all, unsigned threads, uint64_t range_bytes,
                  int (*taker)(void *, const struct term_slab *, struct trawl_error *), struct trawl_error *error)
{
    const uint8_t codes[DOCUMENTS] = {0};
    const uint8_t *length_codes[INVERTER_FIELDS] = {codes};
    const struct term_encoder encoder = {inputs, INVERTERS, length_codes, length_codes, NULL, NULL, DOCUMENTS, 0, threads, range_bytes, taker, all};
    return term_encoder_run(&encoder, error);
}

static void threads_change_nothing(void)
{
    struct trawl_error error = {0};
    make_inputs();
    for (unsigned threads = 1; threads <= 5; threads += 2) {
        struct buffer whole = {0}, pieces = {0};
        REQUIRE_OK(encode(&whole, 1, TERM_RANGE_BYTES, append_lists, &error), &error);
        REQUIRE_OK(encode(&pieces, threads, 300, append_lists, &error), &error);
        CHECK_BYTES(pieces.bytes, pieces.length, whole.bytes, whole.length);
        buffer_release(&whole);
        buffer_release(&pieces);
    }
    free_inputs();
}

/* Wherever memory ends, in a thread or outside: the error arrives, and what
 * came before it is a beginning of the whole. */
static void threads_survive_the_end_of_memory(void)
{
    struct trawl_error error = {0};
    struct buffer whole = {0};
    int status = -1;
    make_inputs();
    REQUIRE_OK(encode(&whole, 1, TERM_RANGE_BYTES, append_lists, &error), &error);
    for (long allowed = 0; status && allowed < 2000; allowed++) {
        struct buffer pieces = {0};
        error = (struct trawl_error){0};
        memory_fail_after(allowed);
        status = encode(&pieces, 3, 2000, append_lists, &error);
        memory_fail_after(-1);
        CHECK(status == 0 || status == TRAWL_ERROR_MEMORY);
        CHECK_INT(error.code, status);
        CHECK(pieces.length <= whole.length && (!pieces.length || memcmp(pieces.bytes, whole.bytes,
                                                                         pieces.length) == 0));
        buffer_release(&pieces);
    }
    CHECK_INT(status, 0);
    buffer_release(&whole);
    free_inputs();
}

static int refuse_third(void *context, const struct term_slab *slab, struct trawl_error *error)
{
    struct buffer *all = context;
    (void)slab;
    buffer_append_u8(all, 0);
    return all->length == 3 ? error_set(error, TRAWL_ERROR_CANCELLED, "enough") : 0;
}

static void the_taker_may_stop_the_threads(void)
{
    struct trawl_error error = {0};
    struct buffer taken = {0};
    make_inputs();
    CHECK_INT(encode(&taken, 4, 100, refuse_third, &error), TRAWL_ERROR_CANCELLED);
    CHECK_UINT(taken.length, 3);
    CHECK_STRING(error.message, "enough");
    buffer_release(&taken);
    free_inputs();
}

/* Small ranges: each begins where the one before ends. */
static void ranges_have_no_gaps(void)
{
    struct trawl_error error = {0};
    struct term_ranges ranges;
    uint64_t total = 0;
    make_inputs();
    for (size_t i = 0; i < INVERTERS; i++)
        total += inverters[i]->chunks.used + inverters[i]->terms.count;
    for (uint64_t bytes = 1; bytes < 100000; bytes *= 7) {
        REQUIRE_OK(term_ranges_cut(&ranges, inputs, INVERTERS, bytes, &error), &error);
        CHECK(ranges.ranges[0].from.bytes == NULL);
        for (size_t i = 1; i < ranges.count; i++) {
            const struct term_key to = ranges.ranges[i - 1].to, from = ranges.ranges[i].from;
            CHECK_BYTES(from.bytes, from.length, to.bytes, to.length);
            if (i > 1)
                CHECK(key_compare(from.bytes, from.length, ranges.ranges[i - 1].from.bytes,
                                  ranges.ranges[i - 1].from.length) > 0);
        }
        CHECK(ranges.ranges[ranges.count - 1].to.bytes == NULL);
        if (bytes == 1)
            CHECK(ranges.count > WORDS / 2);
        CHECK_THAT(bytes == 1 || ranges.count <= 4 + 4 * total / bytes, "%zu ranges", ranges.count);
        term_ranges_release(&ranges);
    }
    free_inputs();
}

/* Inputs that have no word in common, as when words are numbers that go up: each is cut for itself. */
static void ranges_divide_inputs_apart(void)
{
    enum { OWN = 400, MOST = 200 };
    struct trawl_error error = {0};
    struct term_ranges ranges;
    uint32_t numbers[INVERTERS * OWN / MOST * 16] = {0};
    for (size_t i = 0; i < INVERTERS; i++) {
        REQUIRE_OK(inverter_new(&inverters[i], 1, &error), &error);
        for (uint32_t word = 0; word < OWN; word++) {
            const uint8_t term[] = {(uint8_t)('a' + i), (uint8_t)(word >> 8), (uint8_t)word};
            const int64_t handle = inverter_term(inverters[i], 0, term, sizeof term);
            REQUIRE_INT(inverter_add(inverters[i], (uint32_t)handle, word, 0), 0);
        }
        REQUIRE_OK(inverter_sort(inverters[i], &error), &error);
        inputs[i] = (struct posting_input){.inverter = inverters[i], .map = {.documents = OWN}};
    }
    REQUIRE_OK(term_ranges_cut(&ranges, inputs, INVERTERS, MOST * 8, &error), &error);
    REQUIRE(ranges.count >= INVERTERS * OWN / MOST / 2 && ranges.count < sizeof numbers / sizeof *numbers);
    for (size_t i = 0; i < INVERTERS; i++)
        for (size_t place = 0, range = 0; place < OWN; place++) {
            const struct interner_key *key = &inverters[i]->terms.keys[inverters[i]->order[place]];
            const struct term_key *to = &ranges.ranges[range].to;
            while (to->bytes && key_compare(key->bytes, key->length, to->bytes, to->length) >= 0)
                to = &ranges.ranges[++range].to;
            numbers[range]++;
        }
    for (size_t i = 0; i < ranges.count; i++)
        CHECK_THAT(numbers[i] > 0 && numbers[i] <= 2 * MOST, "%u words in range %zu", (unsigned)numbers[i], i);
    term_ranges_release(&ranges);
    free_inputs();
}

TAP_MAIN("term_merge", TAP_CASE(every_term_is_merged_once), TAP_CASE(postings_may_be_passed_over),
         TAP_CASE(one_document_in_two_sources_is_refused), TAP_CASE(nothing_merges_to_nothing),
         TAP_CASE(threads_change_nothing), TAP_CASE(threads_survive_the_end_of_memory),
         TAP_CASE(the_taker_may_stop_the_threads), TAP_CASE(ranges_have_no_gaps),
         TAP_CASE(ranges_divide_inputs_apart))
