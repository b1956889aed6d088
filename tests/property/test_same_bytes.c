/* The same documents in the same order give the same segment file, however
 * their postings were divided over inverters, runs and threads; and segments
 * merged give the file that all documents at once would have given. */
#include "tests/unit/write_fixture.h"

struct division {
    size_t inverters;
    uint64_t spill_chance; /* one document in so many; 0: never */
    unsigned threads;
    int has_positions, store;
    uint32_t reorder_least;
};

/* Documents whose contents are `contents`; ids repeat when told so. */
struct input {
    uint64_t ids[1200], contents[1200];
    size_t count;
};

static void build(const char *folder, const struct input *input, const struct division *division,
                  struct tap_random *random)
{
    struct trawl_error error = {0};
    struct fixture_load load;
    struct index_writer *writer = fixture_open(folder, division->has_positions, division->store);
    index_writer_set_threads(writer, division->threads);
    index_writer_set_reorder(writer, division->reorder_least);
    REQUIRE_OK(fixture_begin(&load, writer, division->inverters, &error), &error);
    for (size_t i = 0; i < input->count; i++) {
        const size_t inverter = tap_random_below(random, division->inverters);
        REQUIRE_OK(fixture_add_document(&load, inverter, input->ids[i], input->contents[i], &error), &error);
        if (division->spill_chance && !tap_random_below(random, division->spill_chance))
            REQUIRE_OK(index_writer_spill(writer, load.inverters[tap_random_below(random, division->inverters)],
                                          &error),
                       &error);
    }
    REQUIRE_OK(fixture_finish(&load, NULL, &error), &error);
    fixture_commit_and_close(writer);
}

/* The one segment of an index, as bytes. */
static struct file_map only_segment(const char *folder)
{
    struct trawl_error error = {0};
    struct manifest manifest;
    struct file_map map;
    char path[MANIFEST_PATH_BYTES];
    REQUIRE_OK(manifest_read(&manifest, folder, &error), &error);
    REQUIRE_UINT(manifest.segment_count, 1);
    REQUIRE_OK(manifest_segment_path(path, folder, manifest.segments[0].number, &error), &error);
    REQUIRE_OK(file_map_open(&map, path, &error), &error);
    manifest_release(&manifest);
    return map;
}

static void check_same_file(const char *folder, const char *other, const char *what, size_t round)
{
    struct file_map a = only_segment(folder), b = only_segment(other);
    CHECK_THAT(a.length == b.length && memcmp(a.bytes, b.bytes, a.length) == 0, "round %zu: %s: %zu and %zu bytes",
               round, what, a.length, b.length);
    file_map_close(&a);
    file_map_close(&b);
}

static const char *numbered(const char *name, size_t number)
{
    char text[64];
    snprintf(text, sizeof text, "%s-%zu", name, number);
    return tap_path(text);
}

static void fill(struct input *input, struct tap_random *random, size_t most, size_t repeats)
{
    input->count = 1 + tap_random_below(random, most);
    for (size_t i = 0; i < input->count; i++) {
        input->contents[i] = tap_random_next(random) % 100000;
        input->ids[i] = repeats && i && !tap_random_below(random, repeats) ? input->ids[tap_random_below(random,
                                                                                                         i)] : 5000 + i;
    }
}

static void check_divisions(size_t repeats)
{
    struct tap_random random = {.state = 2024 + repeats};
    struct input *input = calloc(1, sizeof *input);
    REQUIRE(input != NULL);
    for (size_t round = 0; round < tap_rounds(8); round++) {
        const struct division plain = {1, 0, 1, round % 4 != 3, round % 2 ? TRAWL_STORE_TEXT : TRAWL_STORE_NONE,
                                       round / 2 % 2};
        struct division divided = plain;
        fill(input, &random, 400, repeats);
        build(numbered("plain", round), input, &plain, &random);
        for (size_t way = 0; way < 3; way++) {
            divided.inverters = 1 + tap_random_below(&random, 4);
            divided.spill_chance = way ? 5 * way * way : 0;
            divided.threads = 1 + (unsigned)tap_random_below(&random, 3);
            build(numbered("divided", round * 3 + way), input, &divided, &random);
            check_same_file(numbered("plain", round), numbered("divided", round * 3 + way), "divided", round);
        }
    }
    free(input);
}

static void divided_postings_give_the_same_file(void)
{
    check_divisions(0);
}

static void so_they_do_when_ids_repeat(void)
{
    check_divisions(4);
}

/* Input with the replaced documents left out, as if they had never been. */
static void keep_last(struct input *kept, const struct input *input)
{
    kept->count = 0;
    for (size_t i = 0; i < input->count; i++) {
        size_t later = i + 1;
        while (later < input->count && input->ids[later] != input->ids[i])
            later++;
        if (later < input->count)
            continue;
        kept->ids[kept->count] = input->ids[i];
        kept->contents[kept->count++] = input->contents[i];
    }
}

/* Without stored text, whose blocks may be cut elsewhere. */
static void repeated_ids_are_as_if_written_once(void)
{
    struct tap_random random = {.state = 77};
    const struct division plain = {1, 0, 1, 1, TRAWL_STORE_NONE, 1};
    struct input *inputs = calloc(2, sizeof *inputs);
    REQUIRE(inputs != NULL);
    for (size_t round = 0; round < tap_rounds(8); round++) {
        fill(&inputs[0], &random, 300, 3);
        keep_last(&inputs[1], &inputs[0]);
        build(numbered("all", round), &inputs[0], &plain, &random);
        build(numbered("last", round), &inputs[1], &plain, &random);
        check_same_file(numbered("all", round), numbered("last", round), "repeated", round);
    }
    free(inputs);
}

/* Loads of multiples of 16 documents, so that stored blocks end alike. */
static void load_in_pieces(const char *folder, const struct input *input, size_t pieces, int store,
                           uint32_t reorder_least)
{
    struct trawl_error error = {0};
    struct index_writer *writer = fixture_open(folder, 1, store);
    index_writer_set_reorder(writer, reorder_least);
    for (size_t piece = 0, from = 0; piece < pieces; piece++) {
        const size_t to = piece + 1 < pieces ? input->count * (piece + 1) / pieces / 16 * 16 : input->count;
        struct fixture_load load;
        REQUIRE_OK(fixture_begin(&load, writer, 1, &error), &error);
        load.text_bytes = piece + 1 < pieces ? 0 : 1000; /* in sum what one load reports */
        for (; from < to; from++)
            REQUIRE_OK(fixture_add_document(&load, 0, input->ids[from], input->contents[from], &error), &error);
        REQUIRE_OK(fixture_finish(&load, NULL, &error), &error);
    }
    REQUIRE_OK(index_writer_merge(writer, NULL, NULL, &error), &error);
    fixture_commit_and_close(writer);
}

static void merged_is_built_at_once(void)
{
    struct tap_random random = {.state = 99};
    struct input *input = calloc(1, sizeof *input);
    REQUIRE(input != NULL);
    for (size_t round = 0; round < tap_rounds(6); round++) {
        const struct division whole = {1, 0, 1, 1, round % 2 ? TRAWL_STORE_TEXT : TRAWL_STORE_NONE,
                                       round % 3 ? 1 + (uint32_t)tap_random_below(&random, 200) : 0};
        fill(input, &random, 600, 0);
        build(numbered("whole", round), input, &whole, &random);
        load_in_pieces(numbered("pieces", round), input, 2 + round % 5, whole.store, whole.reorder_least);
        check_same_file(numbered("whole", round), numbered("pieces", round), "merged", round);
    }
    free(input);
}

/* Enough for several ranges of terms, encoded side by side. */
static void threads_give_the_same_file(void)
{
    struct tap_random random = {.state = 5};
    struct trawl_error error = {0};
    for (unsigned threads = 1; threads <= 4; threads += 3) {
        struct fixture_load load;
        struct index_writer *writer = fixture_open(numbered("threads", threads), 1, TRAWL_STORE_NONE);
        index_writer_set_threads(writer, threads);
        index_writer_set_reorder(writer, 1);
        REQUIRE_OK(fixture_begin(&load, writer, 2, &error), &error);
        random.state = 5;
        for (uint32_t i = 0; i < 12000; i++) {
            char id[32];
            const struct field_length length = {FIELD_DEFAULT, 150, 0};
            const struct part part = {FIELD_BODY, 0};
            REQUIRE_OK(segment_writer_add_document(load.segment, (const uint8_t *)id, fixture_id(id, i), &part, 1,
                                                   &length, 1, NULL, &error), &error);
            uint32_t words[150];
            for (size_t j = 0; j < 150; j++)
                words[j] = (uint32_t)tap_random_below(&random, 1 + tap_random_below(&random, 20000));
            REQUIRE_INT(fixture_invert(load.inverters[i / 100 % 2], FIELD_DEFAULT, i, words, 150, 0), 0);
        }
        REQUIRE_OK(fixture_finish(&load, NULL, &error), &error);
        fixture_commit_and_close(writer);
        REQUIRE_OK(check_index(numbered("threads", threads), fixture_report, NULL, &error), &error);
    }
    check_same_file(numbered("threads", 1), numbered("threads", 4), "threads", 0);
}

TAP_MAIN("same_bytes", TAP_CASE(divided_postings_give_the_same_file), TAP_CASE(so_they_do_when_ids_repeat),
         TAP_CASE(repeated_ids_are_as_if_written_once), TAP_CASE(merged_is_built_at_once),
         TAP_CASE(threads_give_the_same_file))
