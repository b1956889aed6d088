/* Postings sorted while they are encoded against the same postings that came in the new order. */
#include "index/write/posting_sorter.h"

#include <stdlib.h>
#include <string.h>

#include "index/format/lengths.h"
#include "index/write/inverter_lists.h"
#include "index/write/term_encoder.h"
#include "src/util/memory.h"
#include "tests/unit/tap.h"

enum { INVERTERS = 3, DOCUMENTS = 3000, WORDS = 50, LONG = 70000 };

static uint32_t numbers[DOCUMENTS]; /* new by old */
static uint8_t codes[DOCUMENTS], ends[DOCUMENTS]; /* by new number */

static void shuffle(struct tap_random *random)
{
    for (uint32_t i = 0; i < DOCUMENTS; i++) {
        numbers[i] = i;
        codes[i] = (uint8_t)(1 + i % 100);
    }
    for (uint32_t i = DOCUMENTS; i > 1; i--) {
        const uint32_t other = (uint32_t)tap_random_below(random, i), swap = numbers[i - 1];
        numbers[i - 1] = numbers[other];
        numbers[other] = swap;
    }
}

static void add(struct inverter *inverter, uint8_t word, uint32_t document, uint32_t position)
{
    const uint8_t term[2] = {'w', word};
    REQUIRE_INT(inverter_add(inverter, (uint32_t)inverter_term(inverter, 0, term, 2), document, position), 0);
}

/* Word w is in documents that w divides; some occurrences are far apart, and one document has very many. */
static void invert(struct inverter *inverter, uint32_t content, uint32_t document)
{
    for (uint8_t word = 1; word < WORDS; word++) {
        if (content % word)
            continue;
        for (uint32_t i = 0; i <= content % 5; i++)
            add(inverter, word, document, i * (content % 7 ? 3 : 100000));
    }
    for (uint32_t i = 0; content == 77 && i < LONG; i++)
        add(inverter, WORDS, document, i);
}

/* The code of the place behind the last position. */
static uint8_t end_of(uint32_t content)
{
    return length_encode(content % 7 ? 4 * 3 + 1 : 4 * 100000 + 1); /* LONG is less */
}

struct lists {
    struct buffer keys, entries, postings, positions;
};

static int take(void *context, const struct term_slab *slab, struct trawl_error *error)
{
    struct lists *lists = context;
    buffer_append(&lists->keys, slab->keys.bytes, slab->keys.length);
    buffer_append(&lists->postings, slab->postings.bytes, slab->postings.length);
    buffer_append(&lists->positions, slab->positions.bytes, slab->positions.length);
    for (size_t i = 0; i < slab->term_count; i++) {
        const struct term_entry *entry = &slab->terms[i].entry;
        buffer_append_u32(&lists->entries, entry->df);
        buffer_append_u64(&lists->entries, entry->cf);
        buffer_append_u32(&lists->entries, entry->document);
        buffer_append(&lists->entries, entry->inline_positions, sizeof entry->inline_positions);
    }
    return lists->keys.status || lists->entries.status || lists->postings.status || lists->positions.status ? error_memory(error) : 0;
}

static int encode(struct lists *lists, const struct posting_input *inputs, size_t count, const uint32_t *order,
                  int has_positions, struct trawl_error *error)
{
    const uint8_t *length_codes[INVERTER_FIELDS] = {codes}, *end_codes[INVERTER_FIELDS] = {ends};
    const struct term_encoder encoder = {.inputs = inputs,
                                         .input_count = count,
                                         .length_codes = length_codes,
                                         .end_codes = end_codes,
                                         .numbers = order,
                                         .documents = DOCUMENTS,
                                         .has_positions = has_positions,
                                         .threads = 1,
                                         .range_bytes = 100000,
                                         .take = take,
                                         .context = lists};
    *lists = (struct lists){.keys = {0}};
    return term_encoder_run(&encoder, error);
}

static void free_lists(struct lists *lists)
{
    buffer_release(&lists->keys);
    buffer_release(&lists->entries);
    buffer_release(&lists->postings);
    buffer_release(&lists->positions);
}

static void check_same(const struct lists *found, const struct lists *expected)
{
    CHECK_BYTES(found->keys.bytes, found->keys.length, expected->keys.bytes, expected->keys.length);
    CHECK_BYTES(found->entries.bytes, found->entries.length, expected->entries.bytes, expected->entries.length);
    CHECK_BYTES(found->postings.bytes, found->postings.length, expected->postings.bytes, expected->postings.length);
    CHECK_BYTES(found->positions.bytes, found->positions.length, expected->positions.bytes, expected->positions.length);
}

static struct inverter *new_inverter(void)
{
    struct inverter *inverter;
    struct trawl_error error = {0};
    REQUIRE_OK(inverter_new(&inverter, 1, &error), &error);
    return inverter;
}

/* Documents in several inverters, to be sorted; and in one, sorted before. */
static void make(struct inverter *apart[INVERTERS], struct inverter **sorted)
{
    struct tap_random random = {6};
    uint32_t contents[DOCUMENTS];
    struct trawl_error error = {0};
    shuffle(&random);
    *sorted = new_inverter();
    for (size_t i = 0; i < INVERTERS; i++)
        apart[i] = new_inverter();
    for (uint32_t i = 0; i < DOCUMENTS; i++) {
        contents[numbers[i]] = i;
        ends[numbers[i]] = end_of(i);
        invert(apart[tap_random_below(&random, INVERTERS)], i, i);
    }
    for (uint32_t i = 0; i < DOCUMENTS; i++)
        invert(*sorted, contents[i], i);
    REQUIRE_OK(inverter_sort(*sorted, &error), &error);
    for (size_t i = 0; i < INVERTERS; i++)
        REQUIRE_OK(inverter_sort(apart[i], &error), &error);
}

static void release(struct inverter *apart[INVERTERS], struct inverter *sorted)
{
    for (size_t i = 0; i < INVERTERS; i++)
        inverter_free(apart[i]);
    inverter_free(sorted);
}

/* `falls`: it is the inputs' maps that reorder, as when reordered segments are merged. */
static void check_order(int falls, int has_positions)
{
    struct inverter *apart[INVERTERS], *sorted;
    struct posting_input inputs[INVERTERS];
    struct lists found, expected;
    struct trawl_error error = {0};
    make(apart, &sorted);
    const struct posting_input whole = {.inverter = sorted, .map = {.documents = DOCUMENTS}};
    for (size_t i = 0; i < INVERTERS; i++)
        inputs[i] = (struct posting_input){.inverter = apart[i],
                                           .map = {.documents = DOCUMENTS, .numbers = falls ? numbers : NULL, .falls = falls}};
    REQUIRE_OK(encode(&expected, &whole, 1, NULL, has_positions, &error), &error);
    REQUIRE_OK(encode(&found, inputs, INVERTERS, falls ? NULL : numbers, has_positions, &error), &error);
    check_same(&found, &expected);
    CHECK_UINT(expected.keys.length, WORDS * 3);
    free_lists(&found);
    free_lists(&expected);
    release(apart, sorted);
}

static void postings_come_in_the_new_order(void)
{
    check_order(0, 1);
    check_order(0, 0);
}

static void so_they_do_when_numbers_fall(void)
{
    check_order(1, 1);
    check_order(1, 0);
}

static void one_document_in_two_sources_is_refused(void)
{
    struct inverter *apart[INVERTERS], *sorted;
    struct lists lists;
    struct trawl_error error = {0};
    make(apart, &sorted);
    const struct posting_input input = {.inverter = sorted, .map = {.documents = DOCUMENTS}}, twice[2] = {input, input};
    CHECK_INT(encode(&lists, twice, 2, numbers, 1, &error), TRAWL_ERROR_ARGUMENT);
    free_lists(&lists);
    release(apart, sorted);
}

static void memory_may_end(void)
{
    struct inverter *apart[INVERTERS], *sorted;
    int status = TRAWL_ERROR_MEMORY;
    make(apart, &sorted);
    const struct posting_input input = {.inverter = apart[0], .map = {.documents = DOCUMENTS}};
    for (long allowed = 0; status; allowed++) {
        struct lists lists;
        struct trawl_error error = {0};
        REQUIRE(allowed < 3000);
        memory_fail_after(allowed);
        status = encode(&lists, &input, 1, numbers, 1, &error);
        memory_fail_after(-1);
        CHECK(status == 0 || status == TRAWL_ERROR_MEMORY);
        CHECK_INT(error.code, status);
        free_lists(&lists);
    }
    release(apart, sorted);
}

TAP_MAIN("posting_sorter", TAP_CASE(postings_come_in_the_new_order), TAP_CASE(so_they_do_when_numbers_fall),
         TAP_CASE(one_document_in_two_sources_is_refused), TAP_CASE(memory_may_end))
