/* What queries do with decoded postings: intersecting blocks, scoring, adding
 * up in a window and taking the matches out. */
#include <stdio.h>
#include <string.h>

#include "bench/micro.h"
#include "src/match/block_search.h"
#include "src/match/bm25.h"
#include "src/match/window.h"
#include "src/util/arena.h"

enum { BLOCK = 128, BLOCKS = 32, DOCUMENTS = 1 << 16 };

/* A list in blocks, and fewer documents to look for in each. */
struct lists {
    uint32_t documents[BLOCKS][BLOCK], targets[BLOCKS][BLOCK], tfs[BLOCK];
    uint32_t target_count;
    uint8_t bits[BLOCKS][BLOCK * 4 * 8];
    struct block_map map;
};

static uint64_t intersect(void *context)
{
    struct lists *lists = context;
    uint8_t which[BLOCK], place[BLOCK];
    uint64_t sum = 0;
    for (int i = 0; i < BLOCKS; i++)
        sum += block_intersect(which, place, lists->targets[i], lists->target_count, lists->documents[i], BLOCK, &lists->map);
    return sum;
}

static uint64_t intersect_bits(void *context)
{
    struct lists *lists = context;
    uint8_t which[BLOCK];
    uint64_t sum = 0;
    for (int i = 0; i < BLOCKS; i++)
        sum += block_intersect_bits(which, lists->targets[i], lists->target_count, lists->bits[i], 0);
    return sum;
}

/* All blocks span 1,024 documents or so: a bitset's stretch. */
static void fill_lists(struct lists *lists, uint32_t target_count)
{
    memset(lists->bits, 0, sizeof lists->bits);
    lists->target_count = target_count;
    for (int i = 0; i < BLOCKS; i++) {
        micro_ascend(lists->documents[i], BLOCK, 0, 8);
        micro_ascend(lists->targets[i], target_count, 0, 1024 / target_count);
        for (int k = 0; k < BLOCK; k++)
            lists->bits[i][lists->documents[i][k] / 8] |= (uint8_t)(1 << lists->documents[i][k] % 8);
    }
}

struct scoring {
    struct scorer scorer;
    float norms[LENGTH_CODES];
    uint8_t codes[DOCUMENTS];
    struct lists *lists;
    struct window window;
    struct batch batch;
};

static uint64_t score(void *context)
{
    struct scoring *scoring = context;
    uint32_t units[BLOCK] = {0};
    for (int i = 0; i < BLOCKS; i++)
        bm25_add(units, &scoring->scorer, scoring->lists->documents[i], scoring->lists->tfs, BLOCK);
    return units[BLOCK - 1];
}

static uint64_t gather(void *context)
{
    struct scoring *scoring = context;
    window_move(&scoring->window, 0, WINDOW_SMALL);
    for (int i = 0; i < BLOCKS; i++) {
        memcpy(scoring->batch.documents, scoring->lists->documents[i], sizeof scoring->batch.documents);
        scoring->batch.count = BLOCK;
        window_add(&scoring->window, &scoring->batch);
    }
    uint64_t taken = 0;
    do {
        window_take(&scoring->window, &scoring->batch, 0);
        taken += scoring->batch.count;
    } while (scoring->batch.count);
    return taken;
}

static void measure_scoring(struct lists *lists)
{
    static struct scoring scoring;
    struct arena arena;
    scoring.lists = lists;
    bm25_norms(scoring.norms, 0.9f, 0.4f, 300);
    for (int i = 0; i < BLOCK; i++)
        lists->tfs[i] = 1 + micro_random(4);
    for (int i = 0; i < DOCUMENTS; i++)
        scoring.codes[i] = (uint8_t)(20 + micro_random(60));
    scoring.scorer = (struct scorer){.weight = 1e6f, .multiplicity = 1, .norms = scoring.norms, .codes = scoring.codes};
    micro_run("bm25/add", "postings", BLOCKS * BLOCK, score, &scoring);
    arena_init(&arena);
    if (window_init(&scoring.window, WINDOW_SMALL, 1, &arena, NULL) == 0)
        micro_run("window/add and take", "postings", BLOCKS * BLOCK, gather, &scoring);
    arena_release(&arena);
}

void micro_match(void)
{
    static const uint32_t counts[] = {4, 16, 64, 128};
    static struct lists lists;
    char name[64];
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        fill_lists(&lists, counts[i]);
        snprintf(name, sizeof name, "block/intersect %u with 128", counts[i]);
        micro_run(name, "targets", BLOCKS * counts[i], intersect, &lists);
        snprintf(name, sizeof name, "block/intersect %u with a bitset", counts[i]);
        micro_run(name, "targets", BLOCKS * counts[i], intersect_bits, &lists);
    }
    measure_scoring(&lists);
}
