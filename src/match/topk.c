#include "src/match/topk.h"

#include <stddef.h>
#include <stdlib.h>

/* Up to this limit a heap. */
enum { HEAP_LIMIT = 100 };

int topk_init(struct topk *topk, size_t limit, uint64_t base, struct arena *arena, struct trawl_error *error)
{
    *topk = (struct topk){.limit = limit, .base = base, .capacity = limit};
    if (limit > HEAP_LIMIT)
        topk->capacity += limit / 2;
    if (topk->capacity < limit || topk->capacity > SIZE_MAX / sizeof *topk->entries)
        return error_memory(error);
    topk->entries = arena_alloc(arena, topk->capacity * sizeof *topk->entries);
    return topk->entries ? 0 : error_memory(error);
}

/* ------------------------------------------------- the heap, worst on top */

static void sift_down(struct topk_entry *heap, size_t count, size_t at, struct topk_entry entry)
{
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= count)
            break;
        if (child + 1 < count && heap[child + 1].rank < heap[child].rank)
            child++;
        if (heap[child].rank >= entry.rank)
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = entry;
}

static void heap_add(struct topk *topk, struct topk_entry entry)
{
    if (topk->is_full) {
        sift_down(topk->entries, topk->count, 0, entry);
    } else {
        topk->entries[topk->count++] = entry;
        if (topk->count < topk->limit)
            return;
        for (size_t i = topk->count / 2; i-- > 0;)
            sift_down(topk->entries, topk->count, i, topk->entries[i]);
        topk->is_full = 1;
    }
    topk->worst = topk->entries[0].rank;
}

/* ---------------------------------------------------- gathering and cutting */

static uint64_t middle_of_three(uint64_t a, uint64_t b, uint64_t c)
{
    if (a > b) {
        const uint64_t swap = a;
        a = b;
        b = swap;
    }
    return c < a ? a : c > b ? b : c;
}

static void swap_entries(struct topk_entry *a, struct topk_entry *b)
{
    const struct topk_entry entry = *a;
    *a = *b;
    *b = entry;
}

/* Hoare's FIND: the `limit` best come first, the worst of them last. */
static void select_best(struct topk_entry *entries, size_t count, size_t limit)
{
    const ptrdiff_t wanted = (ptrdiff_t)limit - 1;
    ptrdiff_t low = 0, high = (ptrdiff_t)count - 1;
    while (low < high) {
        const uint64_t pivot =
            middle_of_three(entries[low].rank, entries[low + (high - low) / 2].rank, entries[high].rank);
        ptrdiff_t i = low, j = high;
        while (i <= j) {
            while (entries[i].rank > pivot)
                i++;
            while (entries[j].rank < pivot)
                j--;
            if (i <= j)
                swap_entries(&entries[i++], &entries[j--]);
        }
        /* up to j no rank is below the pivot, from i on none above, between them it is the pivot's */
        if (j < wanted)
            low = i;
        if (wanted < i)
            high = j;
    }
}

static void cut(struct topk *topk)
{
    select_best(topk->entries, topk->count, topk->limit);
    topk->count = topk->limit;
    topk->worst = topk->entries[topk->limit - 1].rank;
    topk->is_full = 1;
}

static void gather(struct topk *topk, struct topk_entry entry)
{
    topk->entries[topk->count++] = entry;
    if (topk->count == topk->capacity || (topk->count == topk->limit && !topk->is_full))
        cut(topk);
}

void topk_add(struct topk *topk, uint64_t rank, uint32_t segment, uint32_t document)
{
    if (topk->is_full && rank <= topk->worst)
        return;
    const struct topk_entry entry = {.rank = rank, .segment = segment, .document = document};
    if (topk->limit <= HEAP_LIMIT)
        heap_add(topk, entry);
    else
        gather(topk, entry);
}

static int compare_ranks(const void *a, const void *b)
{
    const uint64_t left = ((const struct topk_entry *)a)->rank, right = ((const struct topk_entry *)b)->rank;
    return (left < right) - (left > right);
}

void topk_finish(struct topk *topk)
{
    if (topk->count > topk->limit)
        cut(topk);
    if (topk->count > 0)
        qsort(topk->entries, topk->count, sizeof *topk->entries, compare_ranks);
}
