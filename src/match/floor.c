/* The strongest list's most promising blocks are scored; for small k the best of
 * their documents then go through the other lists. */
#include "src/match/floor.h"

#include <stdlib.h>

#include "src/match/collector.h"
#include "src/match/list_steps.h"

enum {
    BLOCKS_SEEN = 64,   /* from the list's start on, to choose from */
    MOST_LIMIT = 1000,  /* no guess for more */
    MOST_WHOLE = 64     /* limits up to this have documents scored whole, twice as many as they are */
};

/* A list that nothing was asked of yet can be walked as a copy: what the copy
 * decodes, the list will decode again. */
static struct list walk_again(const struct list *list)
{
    return *list;
}

static const struct matcher *strongest_list(const struct matcher *any)
{
    const struct matcher *strongest = NULL;
    for (uint32_t i = 0; i < any->part_count; i++)
        if (any->parts[i]->kind == MATCHER_LIST && (!strongest || any->parts[i]->maximum > strongest->maximum))
            strongest = any->parts[i];
    return strongest;
}

/* ----------------------------------------------------------- promising blocks */

static int compare_bounds(const void *a, const void *b)
{
    const uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left < right) - (left > right);
}

/* The bound that the `wanted` best blocks have at least. */
static int find_least_bound(uint32_t *least, const struct matcher *matcher, uint32_t wanted, struct trawl_error *error)
{
    struct list list = walk_again(matcher->list);
    uint32_t bounds[BLOCKS_SEEN], count = 0;
    for (; !list.cursor.at_end && count < BLOCKS_SEEN; count++) {
        bounds[count] = list_block_bound(&list);
        const int status = list_next(&list, error);
        if (status)
            return status;
    }
    qsort(bounds, count, sizeof *bounds, compare_bounds);
    *least = bounds[(wanted < count ? wanted : count) - 1];
    return 0;
}

static void offer(struct topk *best, const struct batch *batch)
{
    for (uint32_t i = 0; i < batch->count; i++)
        topk_add(best, topk_rank(best, batch->units[i], batch->documents[i]), 0, batch->documents[i]);
}

/* Scores the blocks with that bound, `wanted` of them. */
static int score_blocks(struct topk *best, const struct matcher *matcher, uint32_t wanted,
                        const struct match_context *context, struct trawl_error *error)
{
    struct list list = walk_again(matcher->list);
    struct batch batch;
    uint32_t least, seen = 0;
    int status = find_least_bound(&least, matcher, wanted, error);
    for (; !status && !list.cursor.at_end && seen < BLOCKS_SEEN && wanted > 0; seen++) {
        if (list_block_bound(&list) >= least) {
            status = list_take(&list, &batch, 0, NO_DOCUMENT, error);
            if (!status)
                status = list_score_origins(&list, &batch, error);
            if (status)
                return status;
            collector_drop_deleted(context->segment, &batch);
            offer(best, &batch);
            wanted--;
        }
        status = list_next(&list, error);
    }
    return status;
}

/* ----------------------------------------------------------- whole documents */

static int compare_documents(const void *a, const void *b)
{
    const uint32_t left = ((const struct topk_entry *)a)->document, right = ((const struct topk_entry *)b)->document;
    return (left > right) - (left < right);
}

/* Gives the documents what the other lists add. */
static int score_whole(struct topk *best, const struct matcher *any, const struct matcher *strongest,
                       struct trawl_error *error)
{
    struct batch batch = {.count = (uint32_t)best->count};
    qsort(best->entries, best->count, sizeof *best->entries, compare_documents);
    for (uint32_t i = 0; i < batch.count; i++) {
        batch.documents[i] = best->entries[i].document;
        batch.units[i] = topk_units(best->entries[i].rank);
    }
    for (uint32_t i = 0; i < any->part_count; i++) {
        if (any->parts[i] == strongest || any->parts[i]->kind != MATCHER_LIST)
            continue;
        struct list list = walk_again(any->parts[i]->list);
        const int status = list_add(&list, &batch, 0, error);
        if (status)
            return status;
    }
    best->count = 0;
    best->is_full = 0;
    offer(best, &batch);
    return 0;
}

int floor_of_choice(uint32_t *units, const struct matcher *any, size_t limit, const struct match_context *context,
                    struct trawl_error *error)
{
    const struct matcher *strongest = strongest_list(any);
    const int whole = limit <= MOST_WHOLE;
    struct topk best;
    *units = 0;
    if (!strongest || limit > MOST_LIMIT)
        return 0;
    int status = topk_init(&best, whole ? 2 * limit : limit, 0, context->arena, error);
    if (!status)
        status = score_blocks(&best, strongest, 2 + (uint32_t)limit / 64, context, error);
    if (!status)
        topk_finish(&best);
    if (!status && whole && best.count > 0)
        status = score_whole(&best, any, strongest, error);
    if (status)
        return status;
    topk_finish(&best);
    if (best.count >= limit)
        *units = topk_units(best.entries[limit - 1].rank);
    return 0;
}
