/* From a plan to one segment's matchers. */
#ifndef SRC_MATCH_BUILD_H
#define SRC_MATCH_BUILD_H

#include "src/match/matcher.h"

/* Makes a node's matcher in the context's arena, with
 *   what cannot match here dropped, and all that depends on it;
 *   optional clauses dropped where nothing is scored and something is required;
 *   conjunctions within conjunctions and choices within choices dissolved;
 *   equal words of one row joined to one list that counts several times. */
int build_matcher(struct matcher **matcher, const struct plan_node *node, const struct match_context *context,
                  struct trawl_error *error);

/* A conjunction of one clause, for those who drive conjunctions. */
int build_conjunction_of(struct conjunction **conjunction, struct matcher *matcher, const struct match_context *context,
                         struct trawl_error *error);

#endif
