/* Prefixes: the terms that one stands for, and the union of their postings,
 * with frequencies summed, as one list in memory per segment. */
#ifndef SRC_MATCH_PREFIX_H
#define SRC_MATCH_PREFIX_H

#include "src/match/plan.h"

/* Fills a PREFIX node of the plan. */
int prefix_plan(struct plan_node *node, struct plan *plan, struct trawl_error *error);

#endif
