/* Posting cursors held against arrays: every list shape (one document to many
 * groups, dense and sparse, runs and outliers), walked, and jumped over at
 * random, with documents, frequencies, positions and bounds compared. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "index/format/lengths.h"
#include "index/read/postings_cursor.h"
#include "src/util/bytes.h"
#include "tests/unit/segment_fixture.h"
#include "src/util/bitset.h"
#include "tests/unit/tap.h"

enum { DOCUMENTS = 9000, MOST_TF = 400 };

struct shape {
    const char *term;
    unsigned per_thousand; /* documents that have it */
    uint32_t only;         /* at most so many documents; 0: all */
    uint32_t clusters;     /* documents come in stretches of so many */
    unsigned tf_range;     /* tf is 1 .. this */
    unsigned outliers;     /* one in so many has MOST_TF; 0: none */
};

static const struct shape shapes[] = {
    {"all", 1000, 0, 0, 1, 0},        {"most", 900, 0, 0, 3, 700},   {"half", 500, 0, 0, 1, 0},
    {"third", 330, 0, 0, 6, 2000},    {"clusters", 200, 0, 64, 2, 0}, {"some", 60, 0, 0, 2, 100},
    {"few", 10, 0, 0, 4, 20},         {"stretch", 900, 1000, 0, 3, 0},
    {"stretches", 100, 1100, 90, 1, 0},                               {"one hundred twenty eight", 300, 128, 0, 2, 0},
    {"one hundred twenty nine", 300, 129, 0, 2, 0},                  {"two", 5, 2, 0, 2, 0},
    {"once", 5, 1, 0, 1, 0},          {"nine times", 5, 1, 0, 1, 1}, {"4096", 800, 4096, 0, 1, 0},
    {"4097", 800, 4097, 0, 2, 0},
};
enum { SHAPES = sizeof shapes / sizeof *shapes };

struct model {
    uint32_t documents[DOCUMENTS], tfs[DOCUMENTS];
    uint64_t starts[DOCUMENTS + 1]; /* in positions */
    uint32_t *positions;
    uint32_t df;
};

static struct model models[SHAPES];

static void make_model(struct model *model, const struct shape *shape, struct tap_random *random)
{
    uint32_t present = 0;
    model->df = 0;
    model->positions = malloc((size_t)DOCUMENTS * (shape->tf_range + (shape->outliers ? MOST_TF : 0)) * sizeof(uint32_t));
    REQUIRE(model->positions != NULL);
    model->starts[0] = 0;
    for (uint32_t document = 0; document < DOCUMENTS; document++) {
        if (!shape->clusters || document % shape->clusters == 0)
            present = tap_random_below(random, 1000) < shape->per_thousand;
        if (!present || (shape->only && model->df == shape->only))
            continue;
        uint32_t tf = 1 + (uint32_t)tap_random_below(random, shape->tf_range);
        if (shape->outliers && tap_random_below(random, shape->outliers) == 0)
            tf = MOST_TF;
        uint32_t position = (uint32_t)tap_random_below(random, 50);
        uint64_t end = model->starts[model->df];
        for (uint32_t i = 0; i < tf; i++, position += 1 + (uint32_t)tap_random_below(random, i % 9 ? 4 : 3000))
            model->positions[end++] = position;
        model->documents[model->df] = document;
        model->tfs[model->df++] = tf;
        model->starts[model->df] = end;
    }
}

static void make_models(void)
{
    struct tap_random random = {71};
    for (size_t i = 0; i < SHAPES; i++)
        make_model(&models[i], &shapes[i], &random);
}

static void free_models(void)
{
    for (size_t i = 0; i < SHAPES; i++)
        free(models[i].positions);
}

static void add_documents(struct fixture *fixture)
{
    uint32_t at[SHAPES] = {0};
    char id[16];
    for (uint32_t document = 0; document < DOCUMENTS; document++) {
        snprintf(id, sizeof id, "%u", (unsigned)document);
        fixture_document(fixture, id);
        for (size_t s = 0; s < SHAPES; s++) {
            const struct model *model = &models[s];
            if (at[s] == model->df || model->documents[at[s]] != document)
                continue;
            for (uint64_t p = model->starts[at[s]]; p < model->starts[at[s] + 1]; p++)
                fixture_occurrence(fixture, FIELD_DEFAULT, shapes[s].term, strlen(shapes[s].term), model->positions[p]);
            at[s]++;
        }
    }
}

struct world {
    struct fixture *fixture;
    struct segment *segment;
    struct arena arena;
};

static void open_world(struct world *world, int has_positions)
{
    struct trawl_error error = {0};
    make_models();
    world->fixture = fixture_new(has_positions);
    arena_init(&world->arena);
    add_documents(world->fixture);
    REQUIRE_OK(fixture_write(world->fixture, tap_folder(), &error), &error);
    const struct manifest *manifest = fixture_manifest(world->fixture);
    REQUIRE_OK(segment_open(&world->segment, tap_folder(), manifest, &manifest->segments[0], &error), &error);
}

static void close_world(struct world *world)
{
    segment_close(world->segment);
    arena_release(&world->arena);
    fixture_free(world->fixture);
    free_models();
}

static void open_cursor(struct postings_cursor *cursor, struct world *world, size_t shape)
{
    struct term_entry entry;
    struct trawl_error error = {0};
    const struct segment *segment = world->segment;
    const char *term = shapes[shape].term;
    REQUIRE_OK(terms_find(&entry, &segment->terms, segment->meta.fields, (const uint8_t *)term, strlen(term), &error), &error);
    REQUIRE_UINT(entry.df, models[shape].df);
    REQUIRE_UINT(entry.cf, models[shape].starts[models[shape].df]);
    REQUIRE_OK(postings_cursor_open(cursor, segment, &entry, &world->arena, &error), &error);
}

/* ------------------------------------------------------------------ comparisons */

static void check_bounds(const struct postings_cursor *cursor)
{
    const uint8_t *codes = cursor->segment->lengths.fields[0].codes, *group;
    uint32_t last;
    const int has_group = postings_cursor_group(cursor, &group, &last);
    REQUIRE((cursor->bounds != NULL) == (cursor->block_count > 1));
    REQUIRE(has_group == (cursor->block_count > POSTINGS_GROUP));
    for (uint32_t i = 0; i < cursor->count; i++) {
        const uint32_t tf = cursor->frequencies[i];
        const uint8_t code = codes[cursor->documents[i]];
        REQUIRE(!cursor->bounds || bounds_hold(cursor->bounds, tf, code));
        REQUIRE(!has_group || (bounds_hold(group, tf, code) && cursor->documents[i] <= last));
    }
}

static void check_bitset(const struct postings_cursor *cursor, const struct model *model)
{
    const uint8_t *words;
    uint32_t first, set = 0;
    if (!postings_cursor_bitset(cursor, &words, &first))
        return;
    for (uint32_t at = cursor->first_possible; at <= cursor->last; at++)
        set += words[(at - first) / 8] >> (at - first) % 8 & 1;
    REQUIRE_UINT(set, cursor->count);
    for (uint32_t i = 0; i < cursor->count; i++) {
        const uint32_t bit = model->documents[cursor->block * 128 + i] - first;
        REQUIRE(words[bit / 8] >> bit % 8 & 1);
    }
}

static void check_block(struct postings_cursor *cursor, const struct model *model)
{
    struct trawl_error error = {0};
    const uint32_t first = cursor->block * POSTINGS_BLOCK;
    const uint32_t count = model->df - first < POSTINGS_BLOCK ? model->df - first : POSTINGS_BLOCK;
    REQUIRE_UINT(cursor->count, count);
    check_bitset(cursor, model);
    REQUIRE_OK(postings_cursor_documents(cursor, &error), &error);
    CHECK_BYTES(cursor->documents, count * 4, model->documents + first, count * 4);
    REQUIRE_OK(postings_cursor_frequencies(cursor, &error), &error);
    CHECK_BYTES(cursor->frequencies, count * 4, model->tfs + first, count * 4);
    REQUIRE_UINT(cursor->last, model->documents[first + count - 1]);
    REQUIRE_UINT(cursor->first_possible, first ? model->documents[first - 1] + 1 : 0);
    for (uint32_t i = 0; i < count && cursor->all_ones; i++)
        REQUIRE_UINT(model->tfs[first + i], 1);
    check_bounds(cursor);
}

static void check_positions(struct postings_cursor *cursor, const struct model *model, uint32_t index)
{
    struct trawl_error error = {0};
    const uint32_t *positions;
    uint32_t count;
    const uint32_t posting = cursor->block * POSTINGS_BLOCK + index;
    REQUIRE_OK(postings_cursor_positions(cursor, index, &positions, &count, &error), &error);
    REQUIRE_UINT(count, model->tfs[posting]);
    REQUIRE_THAT(!memcmp(positions, model->positions + model->starts[posting], count * sizeof *positions), "posting %u",
                 (unsigned)posting);
}

/* ------------------------------------------------------------------------ cases */

static void walking(void)
{
    struct world world;
    struct postings_cursor cursor;
    struct trawl_error error = {0};
    open_world(&world, 1);
    for (size_t s = 0; s < SHAPES; s++) {
        uint32_t blocks = 0;
        open_cursor(&cursor, &world, s);
        for (; !cursor.at_end; blocks++) {
            REQUIRE_UINT(cursor.block, blocks);
            check_block(&cursor, &models[s]);
            for (uint32_t i = 0; i < cursor.count; i++)
                check_positions(&cursor, &models[s], i);
            REQUIRE_OK(postings_cursor_next(&cursor, &error), &error);
        }
        CHECK_UINT(blocks, (models[s].df + 127) / 128);
    }
    close_world(&world);
}

/* The first block, from the current one on, that holds a document >= target. */
static uint32_t expected_block(const struct model *model, uint32_t block, uint32_t target)
{
    for (; block * 128 < model->df; block++) {
        const uint32_t last = (block + 1) * 128 < model->df ? block * 128 + 127 : model->df - 1;
        if (model->documents[last] >= target)
            break;
    }
    return block;
}

static void jump_about(struct world *world, size_t s, struct tap_random *random, uint32_t reach, int positions)
{
    const struct model *model = &models[s];
    struct postings_cursor cursor;
    struct trawl_error error = {0};
    open_cursor(&cursor, world, s);
    for (uint32_t target = 0; target < DOCUMENTS + 10; target += (uint32_t)tap_random_below(random, reach)) {
        const uint32_t expected = expected_block(model, cursor.block, target);
        REQUIRE_OK(postings_cursor_seek(&cursor, target, &error), &error);
        const int undecoded_only_block = cursor.block_count == 1 && !cursor.documents_decoded;
        if (cursor.at_end) {
            REQUIRE(expected * 128 >= model->df);
            return;
        }
        if (!undecoded_only_block)
            REQUIRE_UINT(cursor.block, expected);
        if (tap_random_below(random, 2))
            check_block(&cursor, model);
        for (int i = 0; i < 3 && positions && cursor.frequencies_decoded; i++)
            check_positions(&cursor, model, (uint32_t)tap_random_below(random, cursor.count));
        if (tap_random_below(random, 4) == 0)
            REQUIRE_OK(postings_cursor_next(&cursor, &error), &error);
        if (cursor.at_end)
            return;
        target = cursor.first_possible > target ? cursor.first_possible : target;
    }
}

static void jump(int has_positions)
{
    static const uint32_t reaches[] = {3, 60, 700, 4000, DOCUMENTS};
    struct tap_random random = {72};
    struct world world;
    open_world(&world, has_positions);
    for (size_t s = 0; s < SHAPES; s++)
        for (size_t r = 0; r < sizeof reaches / sizeof *reaches; r++)
            for (size_t round = 0; round < tap_rounds(8); round++)
                jump_about(&world, s, &random, reaches[r], has_positions);
    close_world(&world);
}

static void jumping(void)
{
    jump(1);
}

static void jumping_without_positions(void)
{
    jump(0);
}

/* The bits of a window, and where the cursor stops: at a block that is no bitset or ends behind the window. */
static void check_window(struct postings_cursor *cursor, const struct model *model, uint32_t end, size_t *taken)
{
    uint64_t bits[DOCUMENTS / 64 + 1] = {0};
    const uint8_t *words;
    uint32_t from;
    struct trawl_error error = {0};
    const uint32_t block = cursor->block, first = cursor->first_possible / 64 * 64;
    REQUIRE_OK(postings_cursor_or_bitsets(cursor, bits, first, end, &error), &error);
    const uint32_t stop = cursor->at_end ? model->df : cursor->block * POSTINGS_BLOCK;
    REQUIRE(cursor->at_end || cursor->last >= end || postings_cursor_is_dense(cursor) ||
            !postings_cursor_bitset(cursor, &words, &from));
    for (uint32_t i = block * POSTINGS_BLOCK; i < stop; i++) {
        const uint32_t bit = model->documents[i] - first;
        REQUIRE(model->documents[i] < end && bits[bit / 64] >> bit % 64 & 1);
    }
    REQUIRE_UINT(bitset_count(bits, sizeof bits / sizeof *bits), stop - block * POSTINGS_BLOCK);
    *taken += stop - block * POSTINGS_BLOCK;
}

static void bitsets_by_windows(void)
{
    struct world world;
    struct tap_random random = {73};
    size_t taken = 0;
    open_world(&world, 1);
    for (size_t s = 0; s < SHAPES; s++)
        for (size_t round = 0; round < tap_rounds(20); round++) {
            struct postings_cursor cursor;
            struct trawl_error error = {0};
            open_cursor(&cursor, &world, s);
            while (!cursor.at_end) {
                const uint32_t most = DOCUMENTS - cursor.first_possible;
                check_window(&cursor, &models[s], cursor.first_possible + 1 + (uint32_t)tap_random_below(&random, most), &taken);
                if (!cursor.at_end)
                    check_block(&cursor, &models[s]);
                REQUIRE_OK(postings_cursor_next(&cursor, &error), &error);
            }
        }
    REQUIRE_THAT(taken > 0, "no list had bitsets");
    close_world(&world);
}

/* A window's documents from the whole list's bits. */
static void check_dense_window(const struct postings_cursor *cursor, const struct model *model, uint32_t first, uint32_t end)
{
    uint64_t bits[DOCUMENTS / 64 + 1] = {0}, kept[DOCUMENTS / 64 + 1] = {0}, expected[DOCUMENTS / 64 + 1] = {0};
    bitset_set_range(kept, 0, end - first);
    for (uint32_t i = 0; i < model->df; i++)
        if (model->documents[i] >= first && model->documents[i] < end)
            bitset_set(expected, model->documents[i] - first);
    postings_cursor_or_dense(cursor, bits, first, end);
    postings_cursor_and_dense(cursor, kept, first, end);
    CHECK_BYTES(bits, sizeof bits, expected, sizeof expected);
    CHECK_BYTES(kept, sizeof kept, expected, sizeof expected);
}

/* Indices and frequencies of some documents of the current block, which is not decoded. */
static void check_dense_block(struct postings_cursor *cursor, const struct model *model, struct tap_random *random)
{
    struct trawl_error error = {0};
    uint32_t documents[POSTINGS_BLOCK], count = 0;
    uint8_t expected[POSTINGS_BLOCK], indices[POSTINGS_BLOCK];
    for (uint32_t i = 0; i < cursor->count; i++)
        if (tap_random_below(random, 4) == 0) {
            expected[count] = (uint8_t)i;
            documents[count++] = model->documents[cursor->block * POSTINGS_BLOCK + i];
        }
    REQUIRE_OK(postings_cursor_dense_indices(cursor, indices, documents, count, &error), &error);
    CHECK_BYTES(indices, count, expected, count);
    REQUIRE_OK(postings_cursor_dense_frequencies(cursor, &error), &error);
    for (uint32_t i = 0; i < cursor->count; i++)
        REQUIRE_UINT(cursor->frequencies[i], model->tfs[cursor->block * POSTINGS_BLOCK + i]);
    check_block(cursor, model);
}

static void dense_lists(void)
{
    struct world world;
    struct tap_random random = {74};
    size_t dense = 0;
    open_world(&world, 1);
    for (size_t s = 0; s < SHAPES; s++) {
        struct postings_cursor cursor;
        struct trawl_error error = {0};
        open_cursor(&cursor, &world, s);
        REQUIRE_INT(postings_cursor_is_dense(&cursor), postings_are_dense(models[s].df, DOCUMENTS));
        if (!postings_cursor_is_dense(&cursor))
            continue;
        dense++;
        for (size_t round = 0; round < tap_rounds(20); round++) {
            const uint32_t first = (uint32_t)tap_random_below(&random, DOCUMENTS) / 64 * 64;
            check_dense_window(&cursor, &models[s], first, first + 1 + (uint32_t)tap_random_below(&random, DOCUMENTS - first));
        }
        for (; !cursor.at_end; REQUIRE_OK(postings_cursor_next(&cursor, &error), &error))
            check_dense_block(&cursor, &models[s], &random);
    }
    REQUIRE_THAT(dense > 0 && dense < SHAPES, "lists of both kinds");
    close_world(&world);
}

TAP_MAIN("cursors", TAP_CASE(walking), TAP_CASE(jumping), TAP_CASE(jumping_without_positions),
         TAP_CASE(bitsets_by_windows), TAP_CASE(dense_lists))
