#include "src/match/topk.h"

#include <string.h>

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
    topk->spare = limit > HEAP_LIMIT ? arena_alloc(arena, topk->capacity * sizeof *topk->spare) : topk->entries;
    return topk->entries && topk->spare ? 0 : error_memory(error);
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

/* Which of entries a, b and c is between the others. */
static size_t middle_of_three(const struct topk_entry *entries, size_t a, size_t b, size_t c)
{
    if (entries[a].rank > entries[b].rank) {
        const size_t swap = a;
        a = b;
        b = swap;
    }
    return entries[c].rank < entries[a].rank ? a : entries[c].rank > entries[b].rank ? b : c;
}

/* Parts entries by one among them, the pivot: the better come first, then the
 * pivot, then the rest. Better and worse are both written, each to its end, and one
 * of them kept, as a branch on what cannot be foreseen costs more. -> where the pivot is */
static size_t part(struct topk_entry *entries, struct topk_entry *spare, size_t count)
{
    const size_t middle = middle_of_three(entries, 0, count / 2, count - 1);
    const struct topk_entry pivot = entries[middle];
    size_t better = 0, worse = 0;
    entries[middle] = entries[0];
    for (size_t i = 1; i < count; i++) {
        const struct topk_entry entry = entries[i];
        entries[better] = entry;
        spare[worse] = entry;
        better += entry.rank > pivot.rank;
        worse += entry.rank <= pivot.rank;
    }
    entries[better] = pivot;
    memcpy(entries + better + 1, spare, worse * sizeof *spare);
    return better;
}

/* Selection by parting: the `limit` best come first, the worst of them last. */
static void select_best(struct topk_entry *entries, struct topk_entry *spare, size_t count, size_t limit)
{
    size_t wanted = limit - 1;
    while (count > 1) {
        const size_t pivot = part(entries, spare, count);
        if (pivot == wanted)
            break;
        if (pivot > wanted) {
            count = pivot;
        } else {
            entries += pivot + 1;
            count -= pivot + 1;
            wanted -= pivot + 1;
        }
    }
}

static void cut(struct topk *topk)
{
    select_best(topk->entries, topk->spare, topk->count, topk->limit);
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

/* ------------------------------------------------------------------- sorting */

static void insert_sorted(struct topk_entry *entries, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        const struct topk_entry entry = entries[i];
        size_t at = i;
        for (; at > 0 && entries[at - 1].rank < entry.rank; at--)
            entries[at] = entries[at - 1];
        entries[at] = entry;
    }
}

enum { DIGITS = 8, DIGIT_VALUES = 256 };

static unsigned digit_of(const struct topk_entry *entry, unsigned digit)
{
    return (unsigned)(~entry->rank >> 8 * digit) & (DIGIT_VALUES - 1); /* the best first */
}

/* By one digit after the other, the lowest first. */
static void sort_by_digits(struct topk *topk)
{
    uint32_t starts[DIGITS][DIGIT_VALUES] = {{0}};
    for (size_t i = 0; i < topk->count; i++)
        for (unsigned digit = 0; digit < DIGITS; digit++)
            starts[digit][digit_of(&topk->entries[i], digit)]++;
    for (unsigned digit = 0; digit < DIGITS; digit++) {
        uint32_t *const start = starts[digit];
        uint32_t sum = 0;
        if (start[digit_of(&topk->entries[0], digit)] == topk->count)
            continue; /* all alike */
        for (unsigned value = 0; value < DIGIT_VALUES; value++) {
            const uint32_t count = start[value];
            start[value] = sum;
            sum += count;
        }
        for (size_t i = 0; i < topk->count; i++)
            topk->spare[start[digit_of(&topk->entries[i], digit)]++] = topk->entries[i];
        struct topk_entry *const swap = topk->entries;
        topk->entries = topk->spare;
        topk->spare = swap;
    }
}

void topk_finish(struct topk *topk)
{
    if (topk->count > topk->limit)
        cut(topk);
    if (topk->limit <= HEAP_LIMIT)
        insert_sorted(topk->entries, topk->count);
    else if (topk->count > 0)
        sort_by_digits(topk);
}
