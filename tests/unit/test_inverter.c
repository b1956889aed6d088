#include "index/write/inverter.h"

#include <stdlib.h>
#include <string.h>

#include "index/write/inverter_lists.h"
#include "index/write/posting_decoder.h"
#include "src/util/memory.h"
#include "tests/unit/tap.h"

static struct inverter *new_inverter(void)
{
    struct inverter *inverter;
    struct trawl_error error = {0};
    REQUIRE_OK(inverter_new(&inverter, 1, &error), &error);
    return inverter;
}

static uint32_t term(struct inverter *inverter, uint32_t field, const char *text)
{
    const int64_t handle = inverter_term(inverter, field, (const uint8_t *)text, strlen(text));
    REQUIRE(handle >= 0);
    return (uint32_t)handle;
}

/* Decodes a list batch by batch; calls for each occurrence. */
struct expected_occurrence {
    uint32_t document, position;
};

static void check_list(struct inverter *inverter, uint32_t handle, const struct expected_occurrence *expected,
                       size_t count)
{
    struct posting_decoder decoder;
    struct posting_source source = {.map = {.documents = UINT32_MAX}, .has_positions = 1};
    struct buffer scratch = {0};
    struct posting_list list;
    size_t seen = 0;
    int status;
    posting_decoder_init(&decoder);
    REQUIRE_INT(inverter_sort(inverter, NULL), 0);
    REQUIRE_INT(inverter_list(&list, inverter, handle, &scratch), 0);
    posting_decoder_start(&decoder, list);
    while ((status = posting_decoder_next(&decoder, &source)) == 0) {
        const uint32_t *position = source.positions;
        for (uint32_t i = 0; i < source.count; i++)
            for (uint32_t j = 0; j < source.frequencies[i]; j++, position++, seen++) {
                REQUIRE(seen < count);
                REQUIRE_THAT(source.documents[i] == expected[seen].document && *position == expected[seen].position,
                             "occurrence %zu: %u.%u", seen, (unsigned)source.documents[i], (unsigned)*position);
            }
    }
    CHECK_INT(status, 1);
    CHECK_UINT(seen, count);
    posting_decoder_release(&decoder);
    buffer_release(&scratch);
}

static void terms_are_told_apart_by_field(void)
{
    struct inverter *inverter = new_inverter();
    const uint32_t net = term(inverter, 0, "net");
    CHECK_UINT(term(inverter, 0, "net"), net);
    CHECK(term(inverter, 2, "net") != net);
    CHECK_UINT(inverter_terms(inverter), 2);
    inverter_free(inverter);
}

static void refuses_terms_of_no_or_too_many_bytes(void)
{
    struct inverter *inverter = new_inverter();
    uint8_t long_term[256] = {0};
    CHECK_INT(inverter_term(inverter, 0, long_term, 0), -1);
    CHECK_INT(inverter_term(inverter, 0, long_term, 256), -1);
    CHECK_INT(inverter_term(inverter, 256, long_term, 1), -1);
    CHECK_INT(inverter_term(inverter, 255, long_term, 255), 0);
    inverter_free(inverter);
}

static void a_single_occurrence_needs_no_chunk(void)
{
    struct inverter *inverter = new_inverter();
    const uint32_t once = term(inverter, 0, "once");
    const struct expected_occurrence expected = {70000, 4000000000U};
    CHECK_INT(inverter_add(inverter, once, expected.document, expected.position), 0);
    check_list(inverter, once, &expected, 1);
    CHECK_UINT(inverter->chunks.used, 0);
    inverter_free(inverter);
}

static void a_term_without_occurrences_has_an_empty_list(void)
{
    struct inverter *inverter = new_inverter();
    check_list(inverter, term(inverter, 0, "never"), NULL, 0);
    inverter_free(inverter);
}

/* Gaps at and around those that take more units. */
static void long_gaps_come_back(void)
{
    static const uint32_t gaps[] = {1, 2, 0x7ffe, 0x7fff, 0x8000, 0xfffe, 0xffff, 0x10000, 0x10001, 3000000};
    enum { GAPS = sizeof gaps / sizeof *gaps };
    struct expected_occurrence expected[GAPS * GAPS * 2];
    struct inverter *inverter = new_inverter();
    const uint32_t handle = term(inverter, 0, "gap");
    uint32_t document = 0;
    size_t count = 0;
    for (size_t i = 0; i < GAPS; i++)
        for (size_t j = 0; j < GAPS; j++) {
            document += gaps[i];
            expected[count++] = (struct expected_occurrence){document, gaps[j] - 1};
            expected[count++] = (struct expected_occurrence){document, gaps[j] - 1 + gaps[GAPS - 1 - j]};
        }
    for (size_t i = 0; i < count; i++)
        CHECK_INT(inverter_add(inverter, handle, expected[i].document, expected[i].position), 0);
    check_list(inverter, handle, expected, count);
    inverter_free(inverter);
}

enum { WORDS = 50, OCCURRENCES = 40000 };

struct model {
    struct expected_occurrence *lists[WORDS];
    size_t counts[WORDS];
};

/* Documents of up to 300 words, some common and most rare. */
static void fill(struct inverter *inverter, struct model *model, struct tap_random *random)
{
    uint32_t handles[WORDS], document = 0;
    for (uint32_t i = 0; i < WORDS; i++) {
        char text[8] = {(char)('a' + i % 26), (char)('a' + i / 26)};
        handles[i] = term(inverter, 0, text);
        model->lists[i] = calloc(OCCURRENCES, sizeof *model->lists[i]);
        REQUIRE(model->lists[i] != NULL);
    }
    for (size_t left = OCCURRENCES; left; document += 1 + (uint32_t)tap_random_below(random, 5)) {
        size_t count = 1 + tap_random_below(random, 300);
        count = count < left ? count : left;
        for (uint32_t i = 0; i < count; i++) {
            const uint32_t word = (uint32_t)tap_random_below(random, 1 + tap_random_below(random, WORDS));
            REQUIRE_INT(inverter_add(inverter, handles[word], document, i), 0);
            model->lists[word][model->counts[word]++] = (struct expected_occurrence){document, i};
        }
        left -= count;
    }
}

static void lists_come_back(void)
{
    struct tap_random random = {.state = 11};
    struct model model = {0};
    struct inverter *inverter = new_inverter();
    fill(inverter, &model, &random);
    for (uint32_t i = 0; i < WORDS; i++) {
        check_list(inverter, i, model.lists[i], model.counts[i]);
        free(model.lists[i]);
    }
    inverter_free(inverter);
}

static void sorts_by_field_and_bytes(void)
{
    static const char *const sorted[] = {"a", "ab", "b", "zz", "a", "c"};
    static const uint32_t fields[] = {0, 0, 0, 0, 2, 2};
    struct inverter *inverter = new_inverter();
    struct trawl_error error = {0};
    for (size_t i = 6; i-- > 0;)
        term(inverter, fields[i], sorted[i]);
    REQUIRE_OK(inverter_sort(inverter, &error), &error);
    for (size_t i = 0; i < 6; i++) {
        const struct interner_key *key = &inverter->terms.keys[inverter->order[i]];
        CHECK_UINT(key->bytes[0], fields[i]);
        CHECK_BYTES(key->bytes + 1, key->length - 1, sorted[i], strlen(sorted[i]));
    }
    CHECK_UINT(inverter_lower_bound(inverter, (const uint8_t *)"\0ab", 3), 1);
    CHECK_UINT(inverter_lower_bound(inverter, (const uint8_t *)"\0abc", 4), 2);
    CHECK_UINT(inverter_lower_bound(inverter, (const uint8_t *)"\1", 1), 4);
    CHECK_UINT(inverter_lower_bound(inverter, (const uint8_t *)"\3", 1), 6);
    inverter_free(inverter);
}

static void a_reset_gives_memory_back(void)
{
    struct tap_random random = {.state = 5};
    struct model model = {0};
    struct inverter *inverter = new_inverter();
    const size_t empty = inverter_memory(inverter);
    fill(inverter, &model, &random);
    CHECK(inverter_memory(inverter) > empty + OCCURRENCES * 2);
    inverter_reset(inverter);
    CHECK_UINT(inverter_memory(inverter), empty);
    CHECK_UINT(inverter_terms(inverter), 0);
    CHECK_UINT(term(inverter, 0, "new"), 0);
    inverter_free(inverter);
    for (uint32_t i = 0; i < WORDS; i++)
        free(model.lists[i]);
}

/* Every allocation may fail: an error, no crash, and a reset heals. */
static void survives_the_end_of_memory(void)
{
    struct inverter *inverter = new_inverter();
    for (long allowed = 0, failed = 1; failed && allowed < 100; allowed++) {
        failed = 0;
        memory_fail_after(allowed);
        for (uint32_t i = 0; i < 3000 && !failed; i++) {
            const int64_t handle = inverter_term(inverter, 0, (const uint8_t *)&i, sizeof i);
            for (uint32_t document = 0; document < 20 && !failed; document++)
                failed = handle < 0 || inverter_add(inverter, (uint32_t)handle, document, document);
        }
        failed = failed || inverter_sort(inverter, NULL);
        memory_fail_after(-1);
        inverter_reset(inverter);
    }
    CHECK_INT(inverter_add(inverter, term(inverter, 0, "after"), 1, 1), 0);
    inverter_free(inverter);
}

TAP_MAIN("inverter", TAP_CASE(terms_are_told_apart_by_field), TAP_CASE(refuses_terms_of_no_or_too_many_bytes),
         TAP_CASE(a_single_occurrence_needs_no_chunk), TAP_CASE(a_term_without_occurrences_has_an_empty_list),
         TAP_CASE(long_gaps_come_back), TAP_CASE(lists_come_back),
         TAP_CASE(sorts_by_field_and_bytes), TAP_CASE(a_reset_gives_memory_back), TAP_CASE(survives_the_end_of_memory))
