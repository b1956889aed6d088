/* From a plan's leaves to one segment's matchers: build.h does the rest. */
#ifndef SRC_MATCH_BUILD_LEAF_H
#define SRC_MATCH_BUILD_LEAF_H

#include "src/match/matcher.h"

/* TERM, PHRASE, PREFIX, ALL, NOTHING. */
int build_leaf(struct matcher **matcher, const struct plan_node *node, const struct match_context *context,
               struct trawl_error *error);

/* An empty one. */
int build_new(struct matcher **matcher, enum matcher_kind kind, const struct match_context *context,
              struct trawl_error *error);

/* Are both the same word, scored alike? */
int build_is_same_leaf(const struct matcher *a, const struct matcher *b);

#endif
