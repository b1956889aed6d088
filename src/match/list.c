#include "src/match/list.h"

#include <string.h>

#include "index/format/postings.h"
#include "index/read/directory_search.h"
#include "src/util/bytes.h"

enum { NO_BLOCK = UINT32_MAX };

/* ------------------------------------------------------------------ opening */

static uint32_t larger(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

static uint32_t scores_maximum(const struct list *list, const uint32_t *documents, const uint32_t *tfs, uint32_t count)
{
    uint32_t maximum = 0;
    for (uint32_t i = 0; i < count; i++)
        maximum = larger(maximum, bm25_score(&list->scorer, documents[i], tfs[i]));
    return maximum;
}

static uint32_t directory_maximum(const struct list *list)
{
    const struct postings_directory *directory = &list->cursor.directory;
    const int grouped = directory->groups > 1;
    const uint8_t *bounds = grouped ? directory->group_bounds : directory->bounds;
    uint32_t maximum = 0;
    for (uint32_t i = 0; i < (grouped ? directory->groups : directory->blocks); i++)
        maximum = larger(maximum, bm25_block_bound(&list->scorer, &list->mix, bounds + (size_t)i * BOUND_BYTES));
    return maximum;
}

static void set_options(struct list *list, const struct list_options *options)
{
    list->scorer = options->scorer;
    list->loose = options->loose;
    list->adds = options->adds;
    list->map = options->map;
    list->bound_of = NO_BLOCK;
    if (list->scorer.weight > 0)
        bm25_mix(&list->mix, list->scorer.norms);
}

int list_open(struct list *list, const struct segment *segment, const struct term_entry *entry,
              const struct list_options *options, struct arena *arena, struct trawl_error *error)
{
    *list = (struct list){.df = entry->df};
    set_options(list, options);
    int status = postings_cursor_open(&list->cursor, segment, entry, arena, error);
    const int one_block = !status && list->cursor.block_count == 1;
    const int exact = options->scorer.weight > 0 && !options->loose;
    if (!status && one_block) /* its last document, too, is known only then */
        status = exact ? list_frequencies(list, error) : list_documents(list, error);
    if (status)
        return status;
    if (!exact)
        list->maximum = bm25_maximum(&list->scorer);
    else if (one_block)
        list->maximum = scores_maximum(list, list->cursor.documents, list->cursor.frequencies, list->cursor.count);
    else
        list->maximum = directory_maximum(list);
    return 0;
}

/* Postings in memory have decoded blocks only: the cursor's arrays are cut out of theirs. */
static void enter_memory_block(struct list *list, uint32_t block)
{
    struct postings_cursor *cursor = &list->cursor;
    const struct memory_postings *memory = list->memory;
    const uint32_t start = block * POSTINGS_BLOCK;
    cursor->at_end = block >= cursor->block_count;
    if (cursor->at_end)
        return;
    cursor->block = block;
    cursor->count = memory->count - start < POSTINGS_BLOCK ? memory->count - start : POSTINGS_BLOCK;
    cursor->first_possible = block ? memory->documents[start - 1] + 1 : 0;
    cursor->last = memory->documents[start + cursor->count - 1];
    cursor->documents = (uint32_t *)memory->documents + start;
    cursor->frequencies = (uint32_t *)memory->frequencies + start;
}

int list_open_memory(struct list *list, const struct memory_postings *postings, const struct list_options *options,
                     struct arena *arena, struct trawl_error *error)
{
    *list = (struct list){.memory = postings, .df = postings->count};
    set_options(list, options);
    struct postings_cursor *cursor = &list->cursor;
    cursor->block_count = (postings->count + POSTINGS_BLOCK - 1) / POSTINGS_BLOCK;
    cursor->documents_decoded = cursor->frequencies_decoded = 1;
    list->memory_bounds = arena_alloc_zero(arena, cursor->block_count, sizeof *list->memory_bounds);
    if (!list->memory_bounds)
        return error_memory(error);
    for (uint32_t block = 0; options->scorer.weight > 0 && block < cursor->block_count; block++) {
        enter_memory_block(list, block);
        list->memory_bounds[block] = scores_maximum(list, cursor->documents, cursor->frequencies, cursor->count);
        list->maximum = larger(list->maximum, list->memory_bounds[block]);
    }
    enter_memory_block(list, 0);
    return 0;
}

void list_repeat(struct list *list, uint32_t times)
{
    const uint32_t before = list->scorer.multiplicity, now = before + times;
    list->scorer.multiplicity = now;
    list->maximum = list->maximum / before * now;
    for (uint32_t block = 0; list->memory && block < list->cursor.block_count; block++)
        list->memory_bounds[block] = list->memory_bounds[block] / before * now;
}

/* ------------------------------------------------------------------- moving */

int list_next(struct list *list, struct trawl_error *error)
{
    if (!list->memory)
        return postings_cursor_next(&list->cursor, error);
    enter_memory_block(list, list->cursor.block + 1);
    return 0;
}

uint32_t list_last_at(const struct list *list, uint32_t block)
{
    if (list->cursor.block_count == 1)
        return list->memory ? list->memory->documents[list->memory->count - 1] : list->cursor.last;
    if (!list->memory)
        return load_u32(list->cursor.directory.last + (size_t)block * 4);
    const uint32_t end = (block + 1) * POSTINGS_BLOCK;
    return list->memory->documents[(end < list->memory->count ? end : list->memory->count) - 1];
}

static int has_directory(const struct list *list)
{
    return !list->memory && list->cursor.block_count > 1;
}

/* Of a list without directory. By doubling steps, then halving them. */
static uint32_t step_to_block(const struct list *list, uint32_t block, uint32_t target)
{
    const uint32_t count = list->cursor.block_count;
    uint32_t step = 1;
    if (block >= count || list_last_at(list, block) >= target)
        return block;
    while (step < count - block && list_last_at(list, block + step) < target) {
        block += step;
        step *= 2;
    }
    uint32_t end = step < count - block ? block + step : count; /* block ends before, `end` does not */
    while (end - block > 1) {
        const uint32_t middle = block + (end - block) / 2;
        if (list_last_at(list, middle) < target)
            block = middle;
        else
            end = middle;
    }
    return end;
}

/* The first block from `block` on that ends at the target or behind it, or as many as there are. */
static uint32_t find_block(const struct list *list, uint32_t block, uint32_t target)
{
    if (!has_directory(list) || block >= list->cursor.block_count)
        return step_to_block(list, block, target);
    return directory_find_block(&list->cursor.directory, block, target);
}

int list_seek_far(struct list *list, uint32_t target, struct trawl_error *error)
{
    if (!list->memory)
        return postings_cursor_seek(&list->cursor, target, error);
    enter_memory_block(list, find_block(list, list->cursor.block, target));
    return 0;
}

/* ------------------------------------------------------------------- bounds */

uint32_t list_bound_at(const struct list *list, uint32_t block)
{
    if (list->memory)
        return list->memory_bounds[block];
    if (list->loose || list->cursor.block_count == 1)
        return list->maximum;
    return bm25_block_bound(&list->scorer, &list->mix, list->cursor.directory.bounds + (size_t)block * BOUND_BYTES);
}

uint32_t list_block_bound(struct list *list)
{
    if (list->bound_of != list->cursor.block) {
        list->bound_of = list->cursor.block;
        list->bound = list_bound_at(list, list->bound_of);
    }
    return list->bound;
}

static int has_groups(const struct list *list)
{
    return has_directory(list) && list->cursor.directory.groups > 1;
}

static uint32_t last_of_group(const struct list *list, uint32_t group)
{
    return load_u32(list->cursor.directory.group_last + (size_t)group * 4);
}

uint32_t list_group_bound_at(const struct list *list, uint32_t group)
{
    if (list->loose || !has_groups(list))
        return list->maximum;
    return bm25_block_bound(&list->scorer, &list->mix, list->cursor.directory.group_bounds + (size_t)group * BOUND_BYTES);
}

uint32_t list_group_last(const struct list *list)
{
    return has_groups(list) ? last_of_group(list, list->cursor.block / POSTINGS_GROUP) : list->cursor.last;
}

/* Of blocks [block, end). */
static uint32_t blocks_bound(const struct list *list, uint32_t block, uint32_t end)
{
    uint32_t bound = 0;
    if (has_directory(list) && !list->loose)
        return bm25_most_bound(&list->scorer, &list->mix, list->cursor.directory.bounds + (size_t)block * BOUND_BYTES,
                               end - block);
    for (; block < end; block++)
        bound = larger(bound, list_bound_at(list, block));
    return bound;
}

/* Behind the block in which document `to` would be, or behind the group that `block` is in. */
static uint32_t end_of_range(const struct list *list, uint32_t block, uint32_t to)
{
    const uint32_t left = list->cursor.block_count - block, in_group = POSTINGS_GROUP - block % POSTINGS_GROUP;
    const uint32_t end = block + (in_group < left ? in_group : left);
    block = has_directory(list) ? directory_find_in_group(&list->cursor.directory, block, to) : step_to_block(list, block, to);
    return block < end ? block + 1 : end;
}

uint32_t list_range_bound(struct list *list, uint32_t from, uint32_t to)
{
    const int grouped = has_groups(list);
    uint32_t bound = 0;
    uint32_t block = list->peek = find_block(list, list->peek, from);
    while (block < list->cursor.block_count && bound < list->maximum) {
        const uint32_t group = block / POSTINGS_GROUP;
        if (grouped && block % POSTINGS_GROUP == 0 && last_of_group(list, group) <= to) {
            bound = larger(bound, list_group_bound_at(list, group));
            if (last_of_group(list, group) == to)
                break;
            block += POSTINGS_GROUP;
        } else {
            const uint32_t end = end_of_range(list, block, to);
            bound = larger(bound, blocks_bound(list, block, end));
            if (list_last_at(list, end - 1) >= to)
                break;
            block = end;
        }
    }
    return bound;
}
