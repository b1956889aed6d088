/* About what a search costs, for the choice how many threads work on it. */
#ifndef SRC_MATCH_SEARCH_COST_H
#define SRC_MATCH_SEARCH_COST_H

#include "src/match/pass.h"

/* In postings that are decoded and looked at. */
uint64_t search_cost(const struct plan_node *root, const struct snapshot *snapshot, enum way way);

#endif
