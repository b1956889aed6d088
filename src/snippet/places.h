/* Where the words of phrases stand in a text, and the phrases' matches. */
#ifndef SRC_SNIPPET_PLACES_H
#define SRC_SNIPPET_PLACES_H

#include <stddef.h>
#include <stdint.h>

#include "src/util/arena.h"

struct place {
    uint32_t position; /* in words */
    size_t start, end; /* bytes of the text */
};

struct place_list {
    struct place *places; /* in an arena, ascending */
    size_t count, capacity;
};

int place_list_add(struct place_list *list, struct arena *arena, const struct place *place);

/* One word of a phrase. Equal terms share one list. */
struct phrase_slot {
    const struct place_list *list;
    uint32_t offset;
    size_t at;       /* where the sweep stands, and the word in a match */
    size_t previous; /* number + 1 of the slot before it with the same list, 0 for none; set by places_match */
    int is_repeated; /* there is another with the same list; likewise */
};

/* Called for each match: the words stand at slots[i].list->places[slots[i].at]. */
typedef int phrase_match(void *context, const struct phrase_slot *slots, size_t count);

/* Steps over a slot that are enough for one phrase: a long one of one word in a long text of that word would take
 * minutes. What has been found by then must do. */
enum { PLACES_WORK = 1 << 22 };

/* All matches of a phrase of `count` words, in order. Stops when `each` returns
 * non-zero, which it returns; and when *work, which is counted down, is done. */
int places_match(struct phrase_slot *slots, size_t count, uint32_t slop, size_t *work, phrase_match *each, void *context);

#endif
