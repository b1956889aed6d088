#include "index/write/posting_source.h"

#include "index/write/inverter_lists.h"
#include "index/write/posting_stream.h"
#include "index/write/spill.h"
#include "tests/unit/write_fixture.h"

enum { DOCUMENTS = 300 };

/* The same documents in all three forms. */
static struct {
    struct inverter *inverter;
    struct spill spill;
    struct snapshot *snapshot;
} made;

static void make_inputs(void)
{
    struct trawl_error error = {0};
    struct index_writer *writer = fixture_open(tap_path("index"), 1, TRAWL_STORE_NONE);
    fixture_load_range(writer, 0, DOCUMENTS);
    fixture_commit_and_close(writer);
    REQUIRE_OK(snapshot_open(&made.snapshot, tap_path("index"), &error), &error);

    REQUIRE_OK(inverter_new(&made.inverter, 1, &error), &error);
    for (uint32_t i = 0; i < DOCUMENTS; i++)
        REQUIRE_INT(fixture_invert_document(made.inverter, i, i), 0);
    REQUIRE_OK(spill_write(&made.spill, made.inverter, tap_path("run"), &error), &error);
    CHECK(!file_exists(tap_path("run")));
}

static void free_inputs(void)
{
    inverter_free(made.inverter);
    spill_release(&made.spill);
    snapshot_release(made.snapshot);
}

static struct posting_input input_of(size_t kind, const uint32_t *numbers, uint32_t base)
{
    struct posting_input input = {.map = {.numbers = numbers, .base = base, .documents = DOCUMENTS}};
    input.inverter = kind == 0 ? made.inverter : NULL;
    input.spill = kind == 1 ? &made.spill : NULL;
    input.segment = kind == 2 ? made.snapshot->segments[0] : NULL;
    return input;
}

/* A source's terms and postings as numbers; those of `range`, behind `out`. */
static void dump(struct buffer *out, const struct posting_input *input, const struct term_range *range,
                 int has_positions)
{
    struct trawl_error error = {0};
    struct posting_source *source;
    int status;
    REQUIRE_OK(posting_source_open(&source, input, range, has_positions, &error), &error);
    while ((status = posting_source_next_term(source, &error)) == 0) {
        buffer_append(out, source->key.bytes, source->key.length);
        while ((status = posting_source_next_batch(source, &error)) == 0) {
            const uint32_t *position = source->positions;
            REQUIRE(source->count >= 1 && source->count <= POSTING_BATCH);
            CHECK_INT(position != NULL, has_positions);
            for (uint32_t i = 0; i < source->count; i++) {
                buffer_append_u32(out, source->documents[i]);
                buffer_append_u32(out, source->frequencies[i]);
                for (uint32_t j = 0; j < source->frequencies[i] && position; j++)
                    buffer_append_u32(out, *position++);
            }
        }
        REQUIRE_INT(status, 1);
    }
    REQUIRE_OK(status < 0 ? status : 0, &error);
    posting_source_free(source);
}

static void check_all_alike(const uint32_t *numbers, uint32_t base, int has_positions)
{
    const struct term_range all = {{NULL, 0}, {NULL, 0}};
    struct buffer first = {0};
    for (size_t kind = 0; kind < 3; kind++) {
        struct posting_input input = input_of(kind, numbers, base);
        struct buffer found = {0};
        dump(kind ? &found : &first, &input, &all, has_positions);
        if (kind)
            CHECK_BYTES(found.bytes, found.length, first.bytes, first.length);
        buffer_release(&found);
    }
    CHECK(first.length > 1000);
    buffer_release(&first);
}

static void all_kinds_give_the_same(void)
{
    make_inputs();
    check_all_alike(NULL, 0, 1);
    check_all_alike(NULL, 0, 0);
    check_all_alike(NULL, 1000, 1);
    free_inputs();
}

static void dropped_documents_are_left_out(void)
{
    uint32_t numbers[DOCUMENTS], next = 0;
    make_inputs();
    for (uint32_t i = 0; i < DOCUMENTS; i++)
        numbers[i] = i % 3 ? next++ : DOCUMENT_DROPPED;
    check_all_alike(numbers, 0, 1);
    for (uint32_t i = 0; i < DOCUMENTS; i++)
        numbers[i] = i == 7 ? 0 : DOCUMENT_DROPPED;
    check_all_alike(numbers, 0, 1);
    free_inputs();
}

/* Ranges side by side give what the whole does. */
static void check_ranges(const struct term_key *cuts, size_t count)
{
    const struct term_range all = {{NULL, 0}, {NULL, 0}};
    for (size_t kind = 0; kind < 3; kind++) {
        const struct posting_input input = input_of(kind, NULL, 0);
        struct buffer whole = {0}, pieces = {0};
        dump(&whole, &input, &all, 1);
        for (size_t i = 0; i <= count; i++) {
            const struct term_range range = {i ? cuts[i - 1] : all.from, i < count ? cuts[i] : all.to};
            dump(&pieces, &input, &range, 1);
        }
        CHECK_BYTES(pieces.bytes, pieces.length, whole.bytes, whole.length);
        buffer_release(&whole);
        buffer_release(&pieces);
    }
}

#define KEY(text) ((struct term_key){(const uint8_t *)(text), sizeof(text) - 1})

static void ranges_divide_the_terms(void)
{
    make_inputs();
    check_ranges((struct term_key[]){KEY("\0the"), KEY("\0w"), KEY("\0w1"), KEY("\0w10"), KEY("\0w2"), KEY("\2"),
                                     KEY("\2w5"), KEY("\3")},
                 8);
    check_ranges((struct term_key[]){KEY("\0w2")}, 1); /* over the end of a field */
    check_ranges((struct term_key[]){KEY("\1")}, 1);
    free_inputs();
}

/* As of a reordered segment: numbers fall; to sort them is the posting sorter's. */
static void falling_numbers_are_mapped(void)
{
    uint32_t numbers[DOCUMENTS];
    const struct term_range all = {{NULL, 0}, {NULL, 0}};
    make_inputs();
    for (uint32_t i = 0; i < DOCUMENTS; i++)
        numbers[i] = i % 10 == 3 ? DOCUMENT_DROPPED : DOCUMENTS - 1 - i;
    struct posting_input input = input_of(2, numbers, 0);
    input.map.falls = 1;
    struct trawl_error error = {0};
    struct posting_source *source;
    REQUIRE_OK(posting_source_open(&source, &input, &all, 1, &error), &error);
    while (posting_source_next_term(source, &error) == 0) {
        uint32_t above = DOCUMENTS;
        while (posting_source_next_batch(source, &error) == 0) {
            const uint32_t *position = source->positions;
            for (uint32_t i = 0; i < source->count; i++) {
                struct fixture_document document;
                REQUIRE(source->documents[i] < above && source->documents[i] % 10 != (DOCUMENTS - 1 - 3) % 10);
                above = source->documents[i];
                fixture_make(&document, DOCUMENTS - 1 - above);
                for (uint32_t j = 0; j < source->frequencies[i]; j++, position++)
                    REQUIRE(fixture_is_at(&document, source->key.bytes[0], (const char *)source->key.bytes + 1,
                                          source->key.length - 1, *position));
            }
        }
    }
    REQUIRE_INT(error.code, 0);
    posting_source_free(source);
    free_inputs();
}

/* Reads a run to its end. -> the status that ended it */
static int read_run(const struct spill *spill, const struct term_range *range)
{
    struct trawl_error error = {0};
    const struct posting_input input = {.spill = spill, .map = {.documents = DOCUMENTS}};
    struct posting_source *source;
    int status = posting_source_open(&source, &input, range, 1, &error);
    if (status)
        return status;
    while ((status = posting_source_next_term(source, &error)) == 0) {
        while ((status = posting_source_next_batch(source, &error)) == 0)
            for (uint32_t i = 0; i < source->count; i++)
                CHECK(source->documents[i] < DOCUMENTS && source->frequencies[i] > 0);
        if (status < 0)
            break;
    }
    posting_source_free(source);
    return status;
}

/* Whatever a disk gives back: an error or postings within bounds. */
static void damaged_runs_are_noticed(void)
{
    struct tap_random random = {.state = 4};
    const struct term_range all = {{NULL, 0}, {NULL, 0}};
    const struct term_range some = {{(const uint8_t *)"\0w", 2}, {NULL, 0}};
    make_inputs();
    struct spill damaged = made.spill;
    uint8_t *bytes = malloc(made.spill.map.length);
    REQUIRE(bytes != NULL);
    size_t noticed = 0;
    const size_t rounds = tap_rounds(400);
    for (size_t round = 0; round < rounds; round++) {
        memcpy(bytes, made.spill.map.bytes, made.spill.map.length);
        damaged.map.bytes = bytes;
        damaged.map.length = round % 4 ? made.spill.map.length : tap_random_below(&random, made.spill.map.length);
        for (int flips = 0; flips < 3 && damaged.map.length; flips++)
            bytes[tap_random_below(&random, damaged.map.length)] ^= (uint8_t)(1 << tap_random_below(&random, 8));
        damaged.mark_count = round % 4 ? made.spill.mark_count : 1;
        noticed += read_run(&damaged, round % 2 ? &all : &some) == TRAWL_ERROR_CORRUPT;
    }
    CHECK(noticed > rounds / 4);
    CHECK_INT(read_run(&made.spill, &all), 1);
    free(bytes);
    free_inputs();
}

/* A list of units into a batch. */
static int decode(const uint16_t *units, size_t count, uint32_t documents)
{
    struct buffer bytes = {0};
    buffer_append_u8(&bytes, 1); /* key of two bytes */
    buffer_append(&bytes, "\0a", 2);
    buffer_append_u32(&bytes, (uint32_t)count * STREAM_UNIT);
    for (size_t i = 0; i < count; i++)
        buffer_append_u16(&bytes, units[i]);
    struct spill spill = {.map = {.bytes = bytes.bytes, .length = bytes.length}, .documents = documents};
    const struct term_range all = {{NULL, 0}, {NULL, 0}};
    const int status = read_run(&spill, &all);
    buffer_release(&bytes);
    return status;
}

static void impossible_lists_are_refused(void)
{
    CHECK_INT(decode((uint16_t[]){0 << 1 | 1, 5}, 2, DOCUMENTS), 1);
    CHECK_INT(decode((uint16_t[]){0 << 1 | 1}, 1, DOCUMENTS), TRAWL_ERROR_CORRUPT);               /* no document */
    CHECK_INT(decode((uint16_t[]){4 << 1}, 1, DOCUMENTS), TRAWL_ERROR_CORRUPT);                   /* none has started */
    CHECK_INT(decode((uint16_t[]){1, DOCUMENTS}, 2, DOCUMENTS), TRAWL_ERROR_CORRUPT);             /* too high */
    CHECK_INT(decode((uint16_t[]){1, DOCUMENTS - 1, 1, 0}, 4, DOCUMENTS), TRAWL_ERROR_CORRUPT);   /* its successor */
    CHECK_INT(decode((uint16_t[]){0xffff, 0xffff, 0xffff, 1}, 4, DOCUMENTS), TRAWL_ERROR_CORRUPT); /* position */
    CHECK_INT(decode((uint16_t[]){0xffff, 7}, 2, DOCUMENTS), TRAWL_ERROR_CORRUPT);                /* cut */
}

static void says_which_documents_were_never_added(void)
{
    struct trawl_error error = {0};
    struct inverter *inverter;
    struct posting_source *source;
    const struct term_range all = {{NULL, 0}, {NULL, 0}};
    REQUIRE_OK(inverter_new(&inverter, 1, &error), &error);
    REQUIRE_INT(inverter_add(inverter, (uint32_t)inverter_term(inverter, 0, (const uint8_t *)"a", 1), 10, 0), 0);
    REQUIRE_OK(inverter_sort(inverter, &error), &error);
    const struct posting_input input = {.inverter = inverter, .map = {.documents = 10}};
    REQUIRE_OK(posting_source_open(&source, &input, &all, 1, &error), &error);
    CHECK_INT(posting_source_next_term(source, &error), 0);
    CHECK_INT(posting_source_next_batch(source, &error), TRAWL_ERROR_ARGUMENT);
    posting_source_free(source);
    inverter_free(inverter);
}

TAP_MAIN("posting_source", TAP_CASE(all_kinds_give_the_same), TAP_CASE(dropped_documents_are_left_out),
         TAP_CASE(ranges_divide_the_terms), TAP_CASE(falling_numbers_are_mapped), TAP_CASE(damaged_runs_are_noticed),
         TAP_CASE(impossible_lists_are_refused), TAP_CASE(says_which_documents_were_never_added))
