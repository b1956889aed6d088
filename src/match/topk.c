#include "src/match/topk.h"

#include "src/match/topk_gather.h"

/* Up to this limit a heap. */
enum { HEAP_LIMIT = 100 };

int topk_init(struct topk *topk, size_t limit, uint64_t base, struct arena *arena, struct trawl_error *error)
{
    *topk = (struct topk){.limit = limit, .base = base, .capacity = limit};
    if (limit > HEAP_LIMIT)
        return topk_gather_init(topk, arena, error);
    topk->entries = arena_alloc(arena, limit * sizeof *topk->entries);
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

void topk_add(struct topk *topk, uint64_t rank, uint32_t segment, uint32_t document)
{
    if (topk->is_full && rank <= topk->worst)
        return;
    const struct topk_entry entry = {.rank = rank, .segment = segment, .document = document};
    if (topk->limit <= HEAP_LIMIT)
        heap_add(topk, entry);
    else
        topk_gather_add(topk, entry);
}

void topk_sort(struct topk_entry *entries, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        const struct topk_entry entry = entries[i];
        size_t at = i;
        for (; at > 0 && entries[at - 1].rank < entry.rank; at--)
            entries[at] = entries[at - 1];
        entries[at] = entry;
    }
}

void topk_finish(struct topk *topk)
{
    if (topk->limit <= HEAP_LIMIT)
        topk_sort(topk->entries, topk->count);
    else
        topk_gather_finish(topk);
}
