#include "src/match/topk_gather.h"

#include <string.h>

/* Levels of units, as fine as tells the rank to beat within a thousandth or so of what it is. */
enum { LEVEL_BITS = 10, LEVELS = 1 << LEVEL_BITS, LEVEL_SHIFT = 31 - LEVEL_BITS };

static uint32_t level_of(uint64_t rank)
{
    const uint32_t level = topk_units(rank) >> LEVEL_SHIFT;
    return level < LEVELS ? level : LEVELS - 1;
}

int topk_gather_init(struct topk *topk, struct arena *arena, struct trawl_error *error)
{
    topk->capacity += topk->limit / 2;
    if (topk->capacity < topk->limit || topk->capacity > SIZE_MAX / sizeof *topk->entries)
        return error_memory(error);
    topk->entries = arena_alloc(arena, topk->capacity * sizeof *topk->entries);
    topk->spare = arena_alloc(arena, topk->capacity * sizeof *topk->spare);
    topk->seen = arena_alloc(arena, LEVELS * sizeof *topk->seen);
    return topk->entries && topk->spare && topk->seen ? 0 : error_memory(error);
}

/* ------------------------------------------------------------------ selecting */

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

/* Keeps the entries that can still be among the best, and of them, where they are too many, the best. It is full. */
static void cut(struct topk *topk)
{
    size_t kept = 0;
    for (size_t i = 0; i < topk->count; i++) {
        const struct topk_entry entry = topk->entries[i];
        topk->entries[kept] = entry;
        kept += entry.rank >= topk->worst; /* equal ones may be needed to have enough */
    }
    topk->count = kept;
    if (kept <= topk->limit + topk->limit / 4)
        return;
    select_best(topk->entries, topk->spare, topk->count, topk->limit);
    topk->count = topk->limit;
    topk->worst = topk->entries[topk->limit - 1].rank;
}

/* ------------------------------------------------------------------ gathering */

/* While as many as are wanted came above `level`: nothing enters from it any more. */
static void raise_level(struct topk *topk)
{
    while (topk->above - topk->seen[topk->level] >= topk->limit)
        topk->above -= topk->seen[topk->level++];
    const uint64_t worst = ((uint64_t)topk->level << (LEVEL_SHIFT + TOPK_TIE_BITS)) - (topk->level > 0);
    topk->worst = worst > topk->worst ? worst : topk->worst;
}

static void count_level(struct topk *topk, uint64_t rank)
{
    const uint32_t level = level_of(rank);
    topk->seen[level]++;
    if (level >= topk->level && ++topk->above >= topk->limit)
        raise_level(topk);
}

/* As many as are wanted have come. */
static void start_levels(struct topk *topk)
{
    topk->is_full = 1;
    topk->worst = 0;
    memset(topk->seen, 0, LEVELS * sizeof *topk->seen);
    for (size_t i = 0; i < topk->count; i++)
        count_level(topk, topk->entries[i].rank);
}

void topk_gather_add(struct topk *topk, struct topk_entry entry)
{
    topk->entries[topk->count++] = entry;
    if (topk->is_full)
        count_level(topk, entry.rank);
    else if (topk->count == topk->limit)
        start_levels(topk);
    if (topk->count == topk->capacity)
        cut(topk);
}

/* -------------------------------------------------------------------- sorting */

enum { DIGITS = 8, DIGIT_VALUES = 256 };

static unsigned digit_of(const struct topk_entry *entry, unsigned digit)
{
    return (unsigned)(~entry->rank >> 8 * digit) & (DIGIT_VALUES - 1); /* the best first */
}

/* By one digit after the other, the lowest first; the result is in `entries`. */
static void sort_by_digits(struct topk_entry *entries, struct topk_entry *spare, size_t count)
{
    uint32_t starts[DIGITS][DIGIT_VALUES] = {{0}};
    struct topk_entry *from = entries, *to = spare;
    for (size_t i = 0; i < count; i++)
        for (unsigned digit = 0; digit < DIGITS; digit++)
            starts[digit][digit_of(&entries[i], digit)]++;
    for (unsigned digit = 0; digit < DIGITS; digit++) {
        uint32_t *const start = starts[digit];
        uint32_t sum = 0;
        if (start[digit_of(&entries[0], digit)] == count)
            continue; /* all alike */
        for (unsigned value = 0; value < DIGIT_VALUES; value++) {
            const uint32_t alike = start[value];
            start[value] = sum;
            sum += alike;
        }
        for (size_t i = 0; i < count; i++)
            to[start[digit_of(&from[i], digit)]++] = from[i];
        struct topk_entry *const swap = from;
        from = to;
        to = swap;
    }
    if (from != entries)
        memcpy(entries, from, count * sizeof *entries);
}

/* Into as many piles as there are entries, or half of that, by units; then each pile. */
static void sort_by_piles(struct topk *topk)
{
    enum { FEW = 32 };
    uint32_t *const ends = topk->seen;
    uint32_t least = UINT32_MAX, most = 0, piles = 1, sum = 0;
    unsigned shift = 0;
    for (size_t i = 0; i < topk->count; i++) {
        const uint32_t units = topk_units(topk->entries[i].rank);
        least = units < least ? units : least;
        most = units > most ? units : most;
    }
    while (piles * 2 <= LEVELS && piles < topk->count)
        piles *= 2;
    while ((most - least) >> shift >= piles)
        shift++;
    memset(ends, 0, piles * sizeof *ends);
    for (size_t i = 0; i < topk->count; i++)
        ends[(most - topk_units(topk->entries[i].rank)) >> shift]++;
    for (uint32_t pile = 0; pile < piles; pile++)
        ends[pile] = sum += ends[pile];
    for (size_t i = topk->count; i-- > 0;)
        topk->spare[--ends[(most - topk_units(topk->entries[i].rank)) >> shift]] = topk->entries[i];
    for (uint32_t pile = 0; pile < piles; pile++) {
        const uint32_t start = ends[pile], count = (pile + 1 < piles ? ends[pile + 1] : sum) - start;
        if (count <= FEW)
            topk_sort(topk->spare + start, count);
        else
            sort_by_digits(topk->spare + start, topk->entries + start, count);
    }
    struct topk_entry *const swap = topk->entries;
    topk->entries = topk->spare;
    topk->spare = swap;
}

void topk_gather_finish(struct topk *topk)
{
    if (topk->count > topk->limit) {
        select_best(topk->entries, topk->spare, topk->count, topk->limit);
        topk->count = topk->limit;
    }
    if (topk->count > 0)
        sort_by_piles(topk);
}
