#include "src/snippet/passage.h"

#include <string.h>

#include "include/trawl.h"

static struct span_text text_of(const struct passages *passages, uint32_t field)
{
    return (struct span_text){passages->fields[field].text, passages->fields[field].length};
}

static int add_zone(struct passages *passages, uint32_t field, struct extent bounds)
{
    if (passages->zone_count == passages->zone_capacity) {
        size_t capacity = passages->zone_capacity ? passages->zone_capacity * 2 : 8;
        struct zone *grown = arena_alloc(passages->scratch, capacity * sizeof *grown);
        if (!grown)
            return TRAWL_ERROR_MEMORY;
        if (passages->zone_count)
            memcpy(grown, passages->zones, passages->zone_count * sizeof *grown);
        passages->zones = grown;
        passages->zone_capacity = capacity;
    }
    passages->zones[passages->zone_count++] = (struct zone){field, bounds};
    return 0;
}

int passages_add(struct passages *passages, uint32_t field, size_t from)
{
    if (add_zone(passages, field, (struct extent){0, passages->fields[field].length}))
        return TRAWL_ERROR_MEMORY;
    for (size_t i = from; i < passages->matches.count; i++)
        passages->matches.matches[i].zone = (uint32_t)passages->zone_count - 1;
    return 0;
}

/* Distances are counted once, and no further than a window can be wide. */
int passages_prepare(struct passages *passages)
{
    const struct match_list *list = &passages->matches;
    passages->seen = arena_alloc_zero(passages->scratch, passages->wanted->leaf_count, sizeof *passages->seen);
    passages->shown = arena_alloc_zero(passages->scratch, list->count, sizeof *passages->shown);
    if (!passages->seen || !passages->shown)
        return TRAWL_ERROR_MEMORY;
    for (size_t i = 1; i < list->count; i++) {
        const struct match *match = &list->matches[i], *before = match - 1;
        if (match->zone != before->zone)
            continue;
        struct span_text text = text_of(passages, passages->zones[match->zone].field);
        passages->shown[i] = (uint32_t)shown_length(&text, before->start, match->start, passages->length);
    }
    return 0;
}

/* -------------------------------------------------------------------- windows */

/* What a window is worth; its members in order of weight. */
struct worth {
    uint32_t leaves;
    uint64_t weight;
    size_t spread; /* characters from its first match to the start of its last needed one: less is better */
};

struct window {
    size_t first, end; /* matches [first, end) */
    size_t shown;      /* characters from the start of the first to the start of the last */
    struct worth worth;
};

static void enter(struct window *window, struct passages *passages, size_t match)
{
    uint32_t leaf = passages->matches.matches[match].leaf;
    if (passages->seen[leaf]++ == 0) {
        window->worth.leaves++;
        window->worth.weight += passages->wanted->leaves[leaf].weight;
    }
}

static void leave(struct window *window, struct passages *passages, size_t match)
{
    uint32_t leaf = passages->matches.matches[match].leaf;
    if (--passages->seen[leaf] == 0) {
        window->worth.leaves--;
        window->worth.weight -= passages->wanted->leaves[leaf].weight;
    }
}

static int fits(const struct window *window, const struct passages *passages, size_t match)
{
    const struct match *matches = passages->matches.matches;
    if (match >= passages->matches.count || matches[match].zone != matches[window->first].zone)
        return 0;
    size_t before = window->shown + passages->shown[match];
    if (before > passages->length)
        return 0;
    struct span_text text = text_of(passages, passages->zones[matches[match].zone].field);
    return before + shown_length(&text, matches[match].start, matches[match].end, passages->length) <= passages->length;
}

/* The first match alone is always in, fitting or not. */
static void widen(struct window *window, struct passages *passages)
{
    if (window->end == window->first) {
        window->shown = 0;
        enter(window, passages, window->end++);
    }
    for (; fits(window, passages, window->end); window->end++) {
        window->shown += passages->shown[window->end];
        enter(window, passages, window->end);
    }
}

static void drop_first(struct window *window, struct passages *passages)
{
    leave(window, passages, window->first++);
    window->shown -= window->first < window->end ? passages->shown[window->first] : window->shown;
}

/* How far from the first match all leaves of the window have been met. Those
 * before the last first-meeting are all that must be looked at. */
static size_t spread_of(const struct window *window, struct passages *passages, uint32_t *last_seen, uint32_t round)
{
    size_t shown = 0, spread = 0;
    uint32_t met = 0;
    for (size_t i = window->first; i < window->end && met < window->worth.leaves; i++) {
        shown += i > window->first ? passages->shown[i] : 0;
        uint32_t leaf = passages->matches.matches[i].leaf;
        if (last_seen[leaf] == round)
            continue;
        last_seen[leaf] = round;
        spread = shown;
        met++;
    }
    return spread;
}

/* Ties go to the earlier one, which is the one found before. */
static int is_better(const struct worth *worth, const struct worth *best)
{
    if (worth->leaves != best->leaves)
        return worth->leaves > best->leaves;
    if (worth->weight != best->weight)
        return worth->weight > best->weight;
    return worth->spread < best->spread;
}

/* The best window. -> 1, or 0: no match is left, or negative */
static int find_best(struct window *best, struct passages *passages)
{
    uint32_t *last_seen = arena_alloc_zero(passages->scratch, passages->wanted->leaf_count, sizeof *last_seen);
    struct window window = {0};
    uint32_t round = 0;
    if (!last_seen)
        return TRAWL_ERROR_MEMORY;
    *best = (struct window){.worth = {.leaves = 0}};
    while (window.first < passages->matches.count) {
        if (passages->matches.matches[window.first].zone == ZONE_SPENT) {
            window.end = ++window.first;
            continue;
        }
        widen(&window, passages);
        window.worth.spread = 0;
        if (window.worth.leaves > 1)
            window.worth.spread = spread_of(&window, passages, last_seen, ++round);
        if (is_better(&window.worth, &best->worth))
            *best = window;
        drop_first(&window, passages);
    }
    return best->worth.leaves > 0;
}

/* -------------------------------------------------------------------- passages */

/* The window's matches up to the last that is needed for its leaves would do;
 * what else fits comes in as context, or does not. */
static struct extent core_of(const struct window *window, const struct passages *passages)
{
    const struct match *matches = passages->matches.matches;
    struct extent core = {matches[window->first].start, matches[window->first].end};
    size_t shown = 0;
    for (size_t i = window->first; i < window->end; i++) {
        shown += i > window->first ? passages->shown[i] : 0;
        if (shown > window->worth.spread)
            break;
        core.end = matches[i].end > core.end ? matches[i].end : core.end;
    }
    return core;
}

/* Takes the passage out of its zone. */
static int spend(struct passages *passages, uint32_t zone_number, struct extent extent)
{
    struct zone zone = passages->zones[zone_number];
    if (add_zone(passages, zone.field, (struct extent){extent.end, zone.bounds.end}))
        return TRAWL_ERROR_MEMORY;
    passages->zones[zone_number].bounds.end = extent.start;
    for (size_t i = 0; i < passages->matches.count; i++) {
        struct match *match = &passages->matches.matches[i];
        if (match->zone != zone_number)
            continue;
        if (match->start >= extent.end)
            match->zone = (uint32_t)passages->zone_count - 1;
        else if (match->end > extent.start)
            match->zone = ZONE_SPENT;
    }
    return 0;
}

int passages_choose(struct passage *passage, struct passages *passages)
{
    struct window best;
    int found = find_best(&best, passages);
    if (found <= 0)
        return found;
    uint32_t zone_number = passages->matches.matches[best.first].zone;
    const struct zone zone = passages->zones[zone_number];
    struct span_text text = text_of(passages, zone.field);
    passage->field = zone.field;
    passage->extent = extent_around(&text, zone.bounds, core_of(&best, passages), passages->length);
    return spend(passages, zone_number, passage->extent) ? TRAWL_ERROR_MEMORY : 1;
}
