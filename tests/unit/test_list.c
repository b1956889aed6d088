#include "src/match/list.h"

#include <stdio.h>
#include <string.h>

#include "index/format/meta.h"
#include "index/read/snapshot.h"
#include "src/match/list_fill.h"
#include "src/match/list_steps.h"
#include "tests/unit/segment_fixture.h"
#include "tests/unit/tap.h"

/* One segment in which the word "x" stands in random documents, as a posting
 * list on disk and as one in memory; both must do the same. */
enum { DOCUMENTS = 20000 };

static struct snapshot *snapshot;
static uint32_t tfs[DOCUMENTS]; /* 0: not there */
static uint32_t documents[DOCUMENTS], frequencies[DOCUMENTS], count;
static float norms[LENGTH_CODES];
static const uint8_t *codes;
static struct block_map map;
static struct arena arena;
static struct term_entry entry;

static void add_document(struct fixture *fixture, uint32_t number, uint32_t tf, struct tap_random *random)
{
    char id[32];
    snprintf(id, sizeof id, "%u", (unsigned)number);
    fixture_document(fixture, id);
    for (uint32_t i = 0; i < tf; i++)
        fixture_occurrence(fixture, FIELD_DEFAULT, "x", 1, i);
    for (uint64_t i = tap_random_below(random, 6); i-- > 0;)
        fixture_occurrence(fixture, FIELD_DEFAULT, "y", 1, tf + (uint32_t)i);
}

/* Now dense, now sparse, so that blocks are of all kinds; enough for groups if `rarity` is small. */
static void make_segment(uint64_t rarity, struct tap_random *random)
{
    struct trawl_error error = {0};
    struct fixture *fixture = fixture_new(1);
    count = 0;
    for (uint32_t i = 0; i < DOCUMENTS; i++) {
        const uint64_t rare = i / 2048 % 2 ? rarity : 1 + rarity / 4;
        tfs[i] = tap_random_below(random, rare) == 0 ? 1 + (uint32_t)tap_random_below(random, 4) : 0;
        add_document(fixture, i, tfs[i], random);
        if (tfs[i]) {
            documents[count] = i;
            frequencies[count++] = tfs[i];
        }
    }
    REQUIRE_OK(fixture_write(fixture, tap_folder(), &error), &error);
    REQUIRE_OK(fixture_commit(fixture, tap_folder(), &error), &error);
    fixture_free(fixture);
    REQUIRE_OK(snapshot_open(&snapshot, tap_folder(), &error), &error);
    const struct segment *segment = snapshot->segments[0];
    REQUIRE_OK(snapshot_length_codes(&codes, snapshot, 0, FIELD_DEFAULT, &error), &error);
    REQUIRE_INT(terms_find(&entry, &segment->terms, meta_find_field(&segment->meta, FIELD_DEFAULT), (const uint8_t *)"x", 1,
                           &error),
                0);
    bm25_norms(norms, 0.9f, 0.4f, 5.0);
    arena_init(&arena);
}

static void drop_segment(void)
{
    arena_release(&arena);
    snapshot_release(snapshot);
}

static struct list open_list(int in_memory)
{
    struct list list;
    struct memory_postings *postings = arena_alloc(&arena, sizeof *postings);
    const struct list_options options = {
        .scorer = {.weight = 1e8f, .multiplicity = 2, .norms = norms, .codes = codes}, .adds = 1, .map = &map};
    REQUIRE(postings);
    *postings = (struct memory_postings){.documents = documents, .frequencies = frequencies, .count = count};
    const int status = in_memory ? list_open_memory(&list, postings, &options, &arena, NULL)
                                 : list_open(&list, snapshot->segments[0], &entry, &options, &arena, NULL);
    REQUIRE_INT(status, 0);
    return list;
}

static uint32_t score_of(uint32_t document)
{
    const struct scorer scorer = {.weight = 1e8f, .multiplicity = 2, .norms = norms, .codes = codes};
    return tfs[document] ? bm25_score(&scorer, document, tfs[document]) : 0;
}

/* -------------------------------------------------------------------- checks */

static void check_ranges(struct list list, struct tap_random *random)
{
    const struct list fresh = list;
    for (uint32_t from = 0; from < DOCUMENTS;) {
        const uint32_t to = from + (uint32_t)tap_random_below(random, UINT64_C(1) << tap_random_below(random, 14));
        const uint32_t bound = list_range_bound(&list, from, to);
        for (uint32_t i = from; i <= to && i < DOCUMENTS; i++)
            REQUIRE_THAT(score_of(i) <= bound, "document %u in [%u, %u]", (unsigned)i, (unsigned)from, (unsigned)to);
        CHECK(bound <= list.maximum);
        from += (uint32_t)tap_random_below(random, 2 * (to - from) + 2);
    }
    CHECK_INT(list.cursor.block, fresh.cursor.block); /* looking ahead moves nothing */
}

static uint32_t random_batch(struct batch *batch, uint32_t from, struct tap_random *random)
{
    const uint64_t step = 1 + tap_random_below(random, UINT64_C(1) << tap_random_below(random, 10));
    const uint32_t most = 1 + (uint32_t)tap_random_below(random, BATCH_SIZE);
    batch->count = 0;
    while (batch->count < most && from < DOCUMENTS) {
        batch->documents[batch->count] = from;
        batch->units[batch->count] = (uint32_t)tap_random_below(random, 100000000);
        batch->origins[batch->count] = (uint8_t)batch->count;
        batch->count++;
        from += 1 + (uint32_t)tap_random_below(random, step);
    }
    return from;
}

enum step { FILTER, REQUIRE_LIST, ADD, MARK, STEPS };

static int run_step(enum step step, struct list *list, struct batch *batch, uint32_t needed, uint8_t *flags)
{
    switch (step) {
    case FILTER:
        return list_filter(list, batch, needed, NULL);
    case REQUIRE_LIST:
        return list_require(list, batch, needed, NULL);
    case ADD:
        return list_add(list, batch, needed, NULL);
    default:
        return list_mark(list, batch, flags, NULL);
    }
}

/* What each step must leave: everything when nothing is needed. */
static void check_step(enum step step, const struct batch *before, const struct batch *after, uint32_t needed,
                       const uint8_t *flags)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < before->count; i++) {
        const uint32_t document = before->documents[i];
        const uint32_t units = before->units[i] + (step == FILTER ? 0 : score_of(document));
        const int stays = step == ADD || step == MARK || tfs[document];
        if (step == MARK)
            CHECK_UINT(flags[i], tfs[document] > 0);
        const int is_needed = step == MARK || before->units[i] + score_of(document) >= needed;
        if (step == FILTER && !is_needed) { /* may stay, as only bounds are known */
            at += at < after->count && after->documents[at] == document;
            continue;
        }
        if (!stays || !is_needed)
            continue;
        REQUIRE_THAT(at < after->count && after->documents[at] == document && after->units[at] == units &&
                         after->origins[at] == i,
                     "step %d: candidate %u, document %u", (int)step, (unsigned)i, (unsigned)document);
        at++;
    }
    CHECK_UINT(after->count, at);
}

static void check_steps(enum step step, int in_memory, struct tap_random *random)
{
    struct list list = open_list(in_memory);
    for (uint32_t from = 0; from < DOCUMENTS;) {
        struct batch before, after;
        uint8_t flags[BATCH_SIZE] = {0};
        from = random_batch(&before, from, random);
        const uint32_t needed = tap_random_below(random, 2) ? (uint32_t)tap_random_below(random, 250000000) : 0;
        after = before;
        REQUIRE_INT(run_step(step, &list, &after, needed, flags), 0);
        check_step(step, &before, &after, needed, flags);
    }
}

static void check_leading(int in_memory)
{
    struct list list = open_list(in_memory);
    struct batch batch;
    uint32_t at = 0;
    while (!list.cursor.at_end) {
        const uint32_t bound = list_block_bound(&list);
        REQUIRE(!list_take(&list, &batch, 0, DOCUMENTS, NULL) && !list_score_origins(&list, &batch, NULL));
        for (uint32_t i = 0; i < batch.count; i++, at++) {
            REQUIRE_UINT(batch.documents[i], documents[at]);
            CHECK_UINT(batch.units[i], score_of(documents[at]));
            CHECK(batch.units[i] <= bound && batch.units[i] <= list_document_bound(&list, documents[at]));
        }
        REQUIRE(!list_next(&list, NULL));
    }
    CHECK_UINT(at, count);
}

static void check_windows(int in_memory, int scored, struct tap_random *random)
{
    struct list list = open_list(in_memory);
    struct window window;
    struct batch batch;
    REQUIRE(!window_init(&window, 4096, scored, &arena, NULL));
    for (uint32_t first = 0; first < DOCUMENTS; first = window.end + (uint32_t)tap_random_below(random, 100)) {
        const uint32_t size = 1 + (uint32_t)tap_random_below(random, 4096);
        window_move(&window, first, size < DOCUMENTS - first ? first + size : DOCUMENTS);
        REQUIRE_INT(list_fill(&list, &window, NULL), 0);
        uint32_t expected = first;
        for (window_take(&window, &batch, 0); batch.count > 0; window_take(&window, &batch, 0))
            for (uint32_t i = 0; i < batch.count; i++) {
                while (expected < window.end && !tfs[expected])
                    expected++;
                REQUIRE_UINT(batch.documents[i], expected);
                CHECK_UINT(batch.units[i], scored ? score_of(expected) : 0);
                expected++;
            }
        while (expected < window.end && !tfs[expected])
            expected++;
        CHECK_UINT(expected, window.end);
    }
}

static void check_all(uint64_t rarity, uint64_t seed)
{
    struct tap_random random = {seed};
    make_segment(rarity, &random);
    for (int in_memory = 0; in_memory < 2; in_memory++) {
        check_leading(in_memory);
        check_ranges(open_list(in_memory), &random);
        check_windows(in_memory, 0, &random);
        check_windows(in_memory, 1, &random);
        for (int step = FILTER; step < STEPS; step++)
            for (size_t round = 0; round < tap_rounds(8); round++)
                check_steps((enum step)step, in_memory, &random);
    }
    drop_segment();
}

static void frequent_words(void)
{
    check_all(3, 1);
}

static void rarer_words(void)
{
    check_all(40, 2);
}

static void words_of_one_block(void)
{
    check_all(1000, 3);
}

TAP_MAIN("list", TAP_CASE(frequent_words), TAP_CASE(rarer_words), TAP_CASE(words_of_one_block))
