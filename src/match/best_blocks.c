#include "src/match/best_blocks.h"

#include "src/match/list_steps.h"

enum {
    BLOCKS_FIRST = 16,    /* so many are searched out of order, */
    HITS_PER_BLOCK = 16,  /* and one more for so many hits */
    CLOSE_GROUPS = 6      /* whose blocks' own bounds are known from the beginning */
};

struct best_blocks {
    const struct list *list;
    const struct match_context *context;
    struct collector *collector;
    uint32_t blocks, groups;
    uint32_t *promised; /* by block: one more than its bound, or its group's; 0: it was searched */
    uint8_t *is_close;  /* by group: the bounds are the blocks' */
};

/* ------------------------------------------------------------------- promises */

static uint32_t end_of_group(const struct best_blocks *best, uint32_t group)
{
    const uint32_t end = (group + 1) * POSTINGS_GROUP;
    return end < best->blocks ? end : best->blocks;
}

static void look_closely(struct best_blocks *best, uint32_t group)
{
    best->is_close[group] = 1;
    for (uint32_t block = group * POSTINGS_GROUP; block < end_of_group(best, group); block++)
        best->promised[block] = list_bound_at(best->list, block) + 1;
}

static void look_at_groups(struct best_blocks *best)
{
    for (uint32_t group = 0; group < best->groups; group++) {
        const uint32_t promised = list_group_bound_at(best->list, group) + 1;
        for (uint32_t block = group * POSTINGS_GROUP; block < end_of_group(best, group); block++)
            best->promised[block] = promised;
    }
}

/* Of those not looked at closely; or the number of groups. */
static uint32_t most_promising_group(const struct best_blocks *best)
{
    uint32_t found = best->groups, most = 0;
    for (uint32_t group = 0; group < best->groups; group++) {
        const uint32_t promised = best->promised[group * POSTINGS_GROUP];
        if (best->is_close[group] || promised <= most)
            continue;
        most = promised;
        found = group;
    }
    return found;
}

/* Of the groups looked at closely, with `required` units or more; or the number of blocks. */
static uint32_t most_promising_block(const struct best_blocks *best, uint32_t required)
{
    uint32_t found = best->blocks, most = required;
    for (uint32_t group = 0; group < best->groups; group++)
        for (uint32_t block = group * POSTINGS_GROUP; best->is_close[group] && block < end_of_group(best, group); block++)
            if (best->promised[block] > most) {
                most = best->promised[block];
                found = block;
            }
    return found;
}

/* From `block` on, in order. */
static uint32_t next_promising_block(struct best_blocks *best, uint32_t block, uint32_t required)
{
    while (block < best->blocks) {
        if (best->promised[block] <= required)
            block++;
        else if (best->is_close[block / POSTINGS_GROUP])
            break;
        else
            look_closely(best, block / POSTINGS_GROUP);
    }
    return block;
}

/* --------------------------------------------------------------------- search */

static int search_block(struct best_blocks *best, struct list *list, uint32_t block, struct trawl_error *error)
{
    struct batch batch;
    int status = list_seek(list, list_last_at(list, block), error);
    best->promised[block] = 0;
    if (status || list->cursor.at_end)
        return status;
    status = list_take(list, &batch, 0, NO_DOCUMENT, error);
    if (!status)
        status = list_score_origins(list, &batch, error);
    batch_keep(&batch, collector_required(best->collector));
    return status ? status : collector_add(best->collector, &batch, error);
}

/* Each block from a copy of the list, which searches of earlier blocks have not moved on; what a copy decodes the
 * list will decode again. */
static int search_best(struct best_blocks *best, struct trawl_error *error)
{
    const size_t most = BLOCKS_FIRST + best->collector->topk.limit / HITS_PER_BLOCK;
    int status = 0;
    for (size_t i = 0; i < most && !status; i++) {
        struct list copy = *best->list;
        collector_enter(best->collector, best->context);
        const uint32_t block = most_promising_block(best, collector_required(best->collector));
        if (block == best->blocks)
            break;
        status = search_block(best, &copy, block, error);
    }
    collector_enter(best->collector, best->context);
    return status;
}

static int search_rest(struct best_blocks *best, struct list *list, struct trawl_error *error)
{
    uint32_t block = 0;
    int status = 0;
    while (!status) {
        block = next_promising_block(best, block, collector_required(best->collector));
        if (block == best->blocks)
            break;
        status = search_block(best, list, block, error);
    }
    return status;
}

int best_blocks_collect(struct list *list, const struct match_context *context, struct collector *collector,
                        struct trawl_error *error)
{
    const uint32_t blocks = list->cursor.block_count, groups = (blocks + POSTINGS_GROUP - 1) / POSTINGS_GROUP;
    struct best_blocks best = {
        .list = list, .context = context, .collector = collector, .blocks = blocks, .groups = groups};
    best.promised = arena_alloc(context->arena, blocks * sizeof *best.promised);
    best.is_close = arena_alloc_zero(context->arena, groups, sizeof *best.is_close);
    if (!best.promised || !best.is_close)
        return error_memory(error);
    look_at_groups(&best);
    for (uint32_t i = 0; i < CLOSE_GROUPS && i < groups; i++)
        look_closely(&best, most_promising_group(&best));
    const int status = search_best(&best, error);
    return status ? status : search_rest(&best, list, error);
}
