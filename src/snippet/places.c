#include "src/snippet/places.h"

#include <string.h>

#include "include/trawl.h"

int place_list_add(struct place_list *list, struct arena *arena, const struct place *place)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 8;
        struct place *grown = arena_alloc(arena, capacity * sizeof *grown);
        if (!grown)
            return TRAWL_ERROR_MEMORY;
        if (list->count)
            memcpy(grown, list->places, list->count * sizeof *grown);
        list->places = grown;
        list->capacity = capacity;
    }
    list->places[list->count++] = *place;
    return 0;
}

static int is_enough(size_t *work, size_t steps)
{
    const int is_done = *work < steps;
    *work = is_done ? 0 : *work - steps;
    return is_done;
}

/* -------------------------------------------------------------- without slop */

/* The first place at `position` or later. */
static size_t find_place(const struct place_list *list, uint64_t position)
{
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->places[middle].position < position)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Whether the phrase starts at word `start`; its slots then stand there. */
static int stands_at(struct phrase_slot *slots, size_t count, uint64_t start)
{
    for (size_t i = 0; i < count; i++) {
        uint64_t position = start + slots[i].offset;
        slots[i].at = find_place(slots[i].list, position);
        if (slots[i].at == slots[i].list->count || slots[i].list->places[slots[i].at].position != position)
            return 0;
    }
    return 1;
}

/* From the rarest word's places, as it allows the fewest starts. */
static int match_exactly(struct phrase_slot *slots, size_t count, size_t *work, phrase_match *each, void *context)
{
    size_t rarest = 0;
    for (size_t i = 1; i < count; i++)
        if (slots[i].list->count < slots[rarest].list->count)
            rarest = i;
    const struct place_list *list = slots[rarest].list;
    for (size_t i = 0; i < list->count && !is_enough(work, count); i++) {
        uint32_t position = list->places[i].position;
        if (position < slots[rarest].offset || !stands_at(slots, count, position - slots[rarest].offset))
            continue;
        int stop = each(context, slots, count);
        if (stop)
            return stop;
    }
    return 0;
}

/* ----------------------------------------------------------------- with slop */

static int64_t shifted_at(const struct phrase_slot *slot, size_t at)
{
    return (int64_t)slot->list->places[at].position - (int64_t)slot->offset;
}

static void link_repeated(struct phrase_slot *slots, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t before = i;
        while (before > 0 && slots[before - 1].list != slots[i].list)
            before--;
        slots[i].previous = before;
        slots[i].is_repeated = before > 0;
        if (before > 0)
            slots[before - 1].is_repeated = 1;
    }
}

/* Puts each word behind the one before it of the same term. -> 0: a term ran out */
static int spread_repeated(struct phrase_slot *slots, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        size_t previous = slots[i].previous;
        if (previous && slots[i].at <= slots[previous - 1].at)
            slots[i].at = slots[previous - 1].at + 1;
        if (slots[i].at >= slots[i].list->count)
            return 0;
    }
    return 1;
}

struct spread {
    size_t back;            /* the word with the smallest shifted position, the first of such */
    int64_t smallest, next; /* its, and the smallest of the others */
    int64_t largest;
};

static struct spread measure(const struct phrase_slot *slots, size_t count)
{
    struct spread spread = {.smallest = INT64_MAX, .next = INT64_MAX, .largest = INT64_MIN};
    for (size_t i = 0; i < count; i++) {
        int64_t shifted = shifted_at(&slots[i], slots[i].at);
        if (shifted < spread.smallest) {
            spread.next = spread.smallest;
            spread.smallest = shifted;
            spread.back = i;
        } else if (shifted < spread.next) {
            spread.next = shifted;
        }
        spread.largest = shifted > spread.largest ? shifted : spread.largest;
    }
    return spread;
}

/* The sweep of docs/QUERY.md. */
static int match_loosely(struct phrase_slot *slots, size_t count, uint32_t slop, size_t *work, phrase_match *each,
                         void *context)
{
    link_repeated(slots, count);
    for (size_t i = 0; i < count; i++)
        slots[i].at = 0;
    while (!is_enough(work, count) && spread_repeated(slots, count)) {
        const struct spread spread = measure(slots, count);
        struct phrase_slot *back = &slots[spread.back];
        int is_last = back->at + 1 == back->list->count;
        int gets_tighter = !is_last && !back->is_repeated && shifted_at(back, back->at + 1) <= spread.next;
        int stop = spread.largest - spread.smallest <= (int64_t)slop && !gets_tighter ? each(context, slots, count) : 0;
        if (stop || is_last)
            return stop;
        back->at++;
    }
    return 0;
}

int places_match(struct phrase_slot *slots, size_t count, uint32_t slop, size_t *work, phrase_match *each, void *context)
{
    for (size_t i = 0; i < count; i++)
        if (slots[i].list->count == 0)
            return 0;
    return slop ? match_loosely(slots, count, slop, work, each, context) : match_exactly(slots, count, work, each, context);
}
