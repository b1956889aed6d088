/* A phrase whose last word is a prefix: "north sea*". It occurs where it does with any of the terms that the prefix stands
 * for, so when it is planned it is run with each of them, and where they are found becomes one list in
 * memory per segment. Terms that are not in a segment, or of a pair that is not (phrase_pairs.h), cost no
 * more than being looked up. */
#ifndef SRC_MATCH_PHRASE_PREFIX_H
#define SRC_MATCH_PHRASE_PREFIX_H

#include "src/match/plan.h"

/* Fills a PHRASE node of the plan whose words have been looked up but for the last: it becomes a PREFIX, or NOTHING. */
int phrase_prefix_plan(struct plan_node *node, struct plan *plan, struct trawl_error *error);

#endif
