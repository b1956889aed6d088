/* The strongest list's most promising blocks are scored; for small k the best of
 * their documents then go through the other lists. */
#include "src/match/floor.h"

#include <stdlib.h>

#include "src/match/collector.h"
#include "src/match/list_steps.h"

enum {
    GROUPS_SEEN = 3,    /* of the list, to choose blocks from */
    MOST_BLOCKS = 32,
    MOST_LIMIT = 1000,  /* no bound for more */
    MOST_WHOLE = 64     /* limits up to this have documents scored whole, twice as many as they are */
};

/* A list that nothing was asked of yet can be walked as a copy: what the copy
 * decodes, the list will decode again. */
static struct list walk_again(const struct list *list)
{
    return *list;
}

/* Of the lists with as many documents as are wanted, if there is one. */
static const struct matcher *strongest_list(const struct matcher *any, size_t limit)
{
    const struct matcher *strongest = NULL;
    for (uint32_t i = 0; i < any->part_count; i++)
        if (any->parts[i]->kind == MATCHER_LIST && any->parts[i]->list->df >= limit &&
            (!strongest || any->parts[i]->maximum > strongest->maximum))
            strongest = any->parts[i];
    return strongest;
}

/* ----------------------------------------------------------- promising blocks */

struct promise {
    uint32_t bound, number;
};

static int compare_numbers(const void *a, const void *b)
{
    const uint32_t left = ((const struct promise *)a)->number, right = ((const struct promise *)b)->number;
    return (left > right) - (left < right);
}

/* Adds [number, end) of the list's blocks, or groups, and keeps the best `most`. -> how many there are now */
static uint32_t add_promises(struct promise *best, uint32_t count, uint32_t most, const struct list *list, uint32_t number,
                             uint32_t end, uint32_t (*bound_at)(const struct list *, uint32_t))
{
    for (; number < end; number++) {
        const struct promise promise = {.bound = bound_at(list, number), .number = number};
        uint32_t at = count < most ? count++ : most;
        for (; at > 0 && best[at - 1].bound < promise.bound; at--)
            if (at < most)
                best[at] = best[at - 1];
        if (at < most)
            best[at] = promise;
    }
    return count;
}

/* The most promising blocks, of the most promising groups, by number. -> how many */
static uint32_t choose_blocks(struct promise *blocks, uint32_t most, const struct list *list)
{
    const uint32_t all = list->cursor.block_count, groups = (all + POSTINGS_GROUP - 1) / POSTINGS_GROUP;
    struct promise best[GROUPS_SEEN];
    uint32_t count = 0;
    const uint32_t seen = add_promises(best, 0, GROUPS_SEEN, list, 0, groups, list_group_bound_at);
    for (uint32_t i = 0; i < seen; i++) {
        const uint32_t first = best[i].number * POSTINGS_GROUP;
        count = add_promises(blocks, count, most, list, first, all - first < POSTINGS_GROUP ? all : first + POSTINGS_GROUP,
                             list_bound_at);
    }
    qsort(blocks, count, sizeof *blocks, compare_numbers);
    return count;
}

static void offer(struct topk *best, const struct batch *batch)
{
    for (uint32_t i = 0; i < batch->count; i++)
        topk_add(best, topk_rank(best, batch->units[i], batch->documents[i]), 0, batch->documents[i]);
}

static int score_blocks(struct topk *best, const struct matcher *matcher, uint32_t wanted,
                        const struct match_context *context, struct trawl_error *error)
{
    struct list list = walk_again(matcher->list);
    struct promise blocks[MOST_BLOCKS];
    struct batch batch;
    const uint32_t count = choose_blocks(blocks, wanted < MOST_BLOCKS ? wanted : MOST_BLOCKS, &list);
    for (uint32_t i = 0; i < count; i++) {
        int status = list_seek(&list, list_last_at(&list, blocks[i].number), error);
        if (status || list.cursor.at_end)
            return status;
        status = list_take(&list, &batch, 0, NO_DOCUMENT, error);
        if (!status)
            status = list_score_origins(&list, &batch, error);
        if (status)
            return status;
        collector_drop_deleted(context->segment, &batch);
        offer(best, &batch);
    }
    return 0;
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
    const struct matcher *strongest = strongest_list(any, limit);
    const int whole = limit <= MOST_WHOLE;
    struct topk best;
    *units = 0;
    if (!strongest || limit > MOST_LIMIT)
        return 0;
    int status = topk_init(&best, whole ? 2 * limit : limit, 0, context->arena, error);
    if (!status)
        status = score_blocks(&best, strongest, 3 + (uint32_t)limit / 64, context, error);
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
