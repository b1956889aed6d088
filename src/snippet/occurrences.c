#include "src/snippet/occurrences.h"

#include <string.h>

#include "include/trawl.h"

static int grow(struct occurrence_list *list, struct arena *arena)
{
    const uint32_t capacity = list->capacity ? list->capacity * 2 : 8;
    struct occurrence *occurrences = arena_alloc(arena, capacity * sizeof *occurrences);
    uint32_t *positions = arena_alloc(arena, capacity * sizeof *positions);
    if (!occurrences || !positions)
        return TRAWL_ERROR_MEMORY;
    if (list->count) {
        memcpy(occurrences, list->occurrences, list->count * sizeof *occurrences);
        memcpy(positions, list->positions, list->count * sizeof *positions);
    }
    list->occurrences = occurrences;
    list->positions = positions;
    list->capacity = capacity;
    return 0;
}

int occurrence_list_add(struct occurrence_list *list, struct arena *arena, const struct occurrence *occurrence)
{
    if (list->count == list->capacity && grow(list, arena))
        return TRAWL_ERROR_MEMORY;
    list->occurrences[list->count] = *occurrence;
    list->positions[list->count++] = occurrence->position;
    return 0;
}

/* -------------------------------------------------------------- without slop */

/* The first occurrence at `position` or later. */
static uint32_t find_occurrence(const struct phrase_word *word, uint64_t position)
{
    uint32_t low = 0, high = word->count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (word->positions[middle] < position)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Whether the phrase starts at word `start`; its words then stand there. */
static int stands_at(struct phrase_word *words, uint32_t count, uint64_t start)
{
    for (uint32_t i = 0; i < count; i++) {
        const uint64_t position = start + words[i].offset;
        words[i].at = find_occurrence(&words[i], position);
        if (words[i].at == words[i].count || words[i].positions[words[i].at] != position)
            return 0;
    }
    return 1;
}

static int is_enough(uint64_t *work, uint32_t steps)
{
    const int is_done = *work < steps;
    *work = is_done ? 0 : *work - steps;
    return is_done;
}

/* From the rarest word's occurrences, as it allows the fewest starts. */
static int match_exactly(struct phrase_word *words, uint32_t count, uint64_t *work, phrase_match *each, void *context)
{
    const struct phrase_word *rarest = words;
    for (uint32_t i = 1; i < count; i++)
        if (words[i].count < rarest->count)
            rarest = &words[i];
    for (uint32_t i = 0; i < rarest->count && !is_enough(work, count); i++) {
        const uint32_t position = rarest->positions[i];
        if (position < rarest->offset || !stands_at(words, count, position - rarest->offset))
            continue;
        const int stop = each(context, words, count);
        if (stop)
            return stop;
    }
    return 0;
}

/* ----------------------------------------------------------------- with slop */

static int match_loosely(struct phrase_word *words, uint32_t count, uint32_t slop, uint64_t *work, phrase_match *each,
                         void *context)
{
    struct phrase_sweep sweep;
    int stop = 0;
    phrase_sweep_start(&sweep, words, count, slop);
    sweep.steps = *work / count;
    while (!stop && phrase_sweep_next(&sweep))
        stop = each(context, words, count);
    *work = sweep.steps * count;
    return stop;
}

int occurrences_match(struct phrase_word *words, uint32_t count, uint32_t slop, uint64_t *work, phrase_match *each,
                      void *context)
{
    for (uint32_t i = 0; i < count; i++)
        if (words[i].count == 0)
            return 0;
    return slop ? match_loosely(words, count, slop, work, each, context) : match_exactly(words, count, work, each, context);
}
