/* The best of many clauses of which any may match: MaxScore over windows.
 *
 * Per window every clause has a bound of what it scores there. Sorted by it,
 * the clauses split in two: the weakest that could not lift a document into the
 * result even together are not essential, as every document of interest matches one of
 * the others, the essential ones.
 *
 *     none essential    the window is skipped, and the next is twice as long
 *     one               it leads, block by block (conjunction_next); windows end where its blocks end,
 *                       so that bounds are those of the block
 *     several           they fill the window
 *
 * The matches of these go, a batch at a time, through the others from the
 * strongest to the weakest, and are dropped as soon as what is left cannot lift them. */
#ifndef SRC_MATCH_DISJUNCTION_H
#define SRC_MATCH_DISJUNCTION_H

#include "src/match/matcher.h"

struct disjunction_part {
    struct matcher *matcher;
    struct conjunction *lead; /* to lead with; made when it first does */
    uint32_t bound;           /* in the window */
};

struct disjunction {
    const struct match_context *context;
    struct disjunction_part *parts; /* by bound in the window, weakest first */
    uint32_t part_count;
    uint32_t first_essential; /* parts from this one on are */
    uint32_t others_bound;    /* of all before it together */
    struct window window;
    int is_open;       /* the window from `position` to `end` is being worked on */
    uint32_t position, end;
    uint32_t size;     /* of the next window */
};

int disjunction_open(struct disjunction *disjunction, struct matcher *any, const struct match_context *context,
                     struct trawl_error *error);

/* The next documents that may have `required` units; maybe none. -> 0, 1 at the end, or negative */
int disjunction_next(struct disjunction *disjunction, struct batch *batch, uint32_t required, struct trawl_error *error);

#endif
