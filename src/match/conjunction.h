/* Clauses that must all match, with others that only add units or exclude.
 *
 * The rarest list leads: each of its blocks becomes a batch, which shrinks from step to step.
 *
 *     bounds of all clauses over the block's documents: too low, and the block is not even decoded
 *     the other lists, rarest first; those of phrases only filter
 *     phrases: positions
 *     other required clauses
 *     optional clauses
 *     excluded clauses
 *
 * Before the result is full a document is found first and scored last. Once a
 * number of units is required, the leader scores first where that can drop candidates, and before
 * each further step those go that cannot get there even with all that is still to come.
 *
 * Where another required clause is much rarer than the lists, or there is no list, that one leads,
 * through a window. */
#ifndef SRC_MATCH_CONJUNCTION_H
#define SRC_MATCH_CONJUNCTION_H

#include <stdint.h>

#include "src/match/matcher.h"
#include "src/match/phrase.h"

/* A clause and what it may score in the documents at hand. */
struct bounded_list {
    struct list *list;
    const struct phrase *phrase; /* that it filters for; NULL: it scores for itself, or nothing does */
    uint32_t bound;              /* of the list itself: 0 when it only filters */
};
struct bounded_phrase {
    struct phrase *phrase;
    uint32_t bound;
};
struct bounded_matcher {
    struct matcher *matcher;
    uint32_t bound;
};

struct conjunction {
    const struct match_context *context;
    struct bounded_list *lists; /* rarest first */
    struct bounded_phrase *phrases;
    struct bounded_matcher *required, *optional; /* rarest first; largest maximum first */
    struct matcher **excluded;
    uint32_t list_count, phrase_count, required_count, optional_count, excluded_count;
    uint32_t constant; /* units of each match */
    uint32_t maximum;
    uint64_t cost;

    uint32_t position;      /* the first document not yet looked at */
    uint32_t group_checked; /* the last document of the group whose bounds were looked at */
    int window_leads;       /* required[0] does */
    int has_window;
    struct window window;
};

/* Sorts the clauses that were put in, finds out what leads, and the cost. */
void conjunction_order(struct conjunction *conjunction);

/* Goes on from document `position` or later. */
static inline void conjunction_skip(struct conjunction *conjunction, uint32_t position)
{
    if (conjunction->position < position)
        conjunction->position = position;
}

/* The next matches below `end`, with at least `required` units; maybe none. -> 0, 1
 * when all below `end` have been given, negative for damage. */
int conjunction_next(struct conjunction *conjunction, struct batch *batch, uint32_t end, uint32_t required,
                     struct trawl_error *error);

/* Keeps the documents of a batch that match and adds their units; of these
 * those with `required` units. */
int conjunction_filter(struct conjunction *conjunction, struct batch *batch, uint32_t required,
                       struct trawl_error *error);

uint32_t conjunction_range_bound(struct conjunction *conjunction, uint32_t from, uint32_t to);

#endif
