/* Prefixes: the union of the postings of the terms that one stands for, with frequencies summed, as one list in memory per
 * segment. */
#ifndef SRC_MATCH_PREFIX_H
#define SRC_MATCH_PREFIX_H

#include "src/match/expansions.h"
#include "src/match/tf_sums.h"

/* Fills a PREFIX node of the plan. */
int prefix_plan(struct plan_node *node, struct plan *plan, struct trawl_error *error);

/* Adds up the occurrences of all the terms in a segment. */
int prefix_sum(struct tf_sums *sums, const struct expansions *found, size_t segment, struct trawl_error *error);

#endif
