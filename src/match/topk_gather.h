/* The way of topk.h for many documents: they are gathered, and now and then cut back to the best.
 *
 * How many came on each of some thousand levels of units is counted. So the level that as many as are wanted lie
 * above is known at any time, and moves with every document, while the gathered are only cut when their room
 * is full. Private to topk*.c. */
#ifndef SRC_MATCH_TOPK_GATHER_H
#define SRC_MATCH_TOPK_GATHER_H

#include "src/match/topk.h"

int topk_gather_init(struct topk *topk, struct arena *arena, struct trawl_error *error);

/* The entry's rank is above topk->worst, if that holds. */
void topk_gather_add(struct topk *topk, struct topk_entry entry);

/* As topk_finish. */
void topk_gather_finish(struct topk *topk);

/* Best first; for few. */
void topk_sort(struct topk_entry *entries, size_t count);

#endif
