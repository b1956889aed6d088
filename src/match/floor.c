/* What the dictionary says of frequent terms is enough, mostly. Else the strongest list's most promising blocks are scored. */
#include "src/match/floor.h"

#include <stdlib.h>

#include "index/format/lengths.h"
#include "src/match/collector.h"
#include "src/match/conjunction.h"
#include "src/match/list_steps.h"

enum {
    GROUPS_SEEN = 3,    /* of the list, to choose blocks from */
    MOST_BLOCKS = 32,
    MOST_LIMIT = 1000   /* no bound for more */
};

/* ----------------------------------------------------------------- known floors */

/* Norms are no larger than so many times 1 + ratio * length / average. Both are straight lines over lengths, so it
 * shows at their ends; the rest is for rounding. */
static double factor_of(const float *norms, float ratio, float average)
{
    const double longest = 1.0 + (double)ratio * ((double)length_decode(LENGTH_CODES - 1) / (double)average);
    const double first = (double)norms[0], last = (double)norms[LENGTH_CODES - 1] / longest;
    return (first > last ? first : last) * (1.0 + 1e-5);
}

/* What so many documents on a level score at least. */
static uint32_t units_of(const struct scorer *scorer, uint16_t level, double factor)
{
    const double units = (double)scorer->weight / (1.0 + factor * floors_cost(level)) * (1.0 - 1e-5) - 2.0;
    return level && units > 0 ? scorer->multiplicity * (uint32_t)units : 0;
}

/* Of a list on disk: units that `limit` of its live documents reach; 0: not known. */
static uint32_t known_floor(const struct list *list, size_t limit, const struct segment *segment)
{
    const uint64_t wanted = (uint64_t)limit + (segment->documents - segment->live); /* as any may be deleted */
    const struct term_entry *entry = &list->cursor.entry;
    const struct meta_field *field = list->memory ? NULL : meta_find_field(&segment->meta, entry->field);
    unsigned count = 0;
    uint32_t most = 0;
    while (count < FLOOR_COUNTS && floor_documents[count] < wanted)
        count++;
    if (count == FLOOR_COUNTS || list->loose || !list->adds || !field)
        return 0;
    const float average = floors_average(field->decoded_lengths, field->documents);
    for (unsigned ratio = 0; ratio < FLOOR_RATIOS; ratio++) {
        const double factor = factor_of(list->scorer.norms, floor_ratios[ratio], average);
        const uint32_t units = units_of(&list->scorer, entry->floors.levels[count][ratio], factor);
        most = units > most ? units : most;
    }
    return most;
}

/* Of a conjunction with one list and nothing else that decides: all of the list's documents match. */
static const struct list *only_list(const struct conjunction *conjunction)
{
    const int is_alone = conjunction->list_count == 1 && !conjunction->phrase_count && !conjunction->required_count &&
                         !conjunction->excluded_count;
    return is_alone ? conjunction->lists[0].list : NULL;
}

uint32_t floor_known(const struct matcher *matcher, size_t limit, const struct segment *segment)
{
    const struct list *list = matcher->kind == MATCHER_LIST          ? matcher->list
                              : matcher->kind == MATCHER_CONJUNCTION ? only_list(matcher->conjunction)
                                                                     : NULL;
    uint32_t most = 0;
    if (list)
        return known_floor(list, limit, segment);
    for (uint32_t i = 0; matcher->kind == MATCHER_ANY && i < matcher->part_count; i++) {
        const uint32_t units = floor_known(matcher->parts[i], limit, segment);
        most = units > most ? units : most;
    }
    return most;
}

/* ------------------------------------------------------------- promising blocks */

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

int floor_by_blocks(uint32_t *units, const struct matcher *any, size_t limit, const struct match_context *context,
                    struct trawl_error *error)
{
    const struct matcher *strongest = strongest_list(any, limit);
    struct topk best;
    *units = 0;
    if (!strongest || limit > MOST_LIMIT || known_floor(strongest->list, limit, context->segment))
        return 0;
    int status = topk_init(&best, limit, 0, context->arena, error);
    if (!status)
        status = score_blocks(&best, strongest, 3 + (uint32_t)limit / 64, context, error);
    if (status)
        return status;
    topk_finish(&best);
    if (best.count >= limit)
        *units = topk_units(best.entries[limit - 1].rank);
    return 0;
}
