/* A first bound from below of the k-th best score of a choice among lists, so
 * that pruning starts with the first window and not once k documents happen to
 * have been seen. */
#ifndef SRC_MATCH_FLOOR_H
#define SRC_MATCH_FLOOR_H

#include "src/match/matcher.h"

/* Units that at least `limit` live documents reach which `any` matches; 0 when nothing is known. To be
 * called before anything else is asked of `any`. */
int floor_of_choice(uint32_t *units, const struct matcher *any, size_t limit, const struct match_context *context,
                    struct trawl_error *error);

#endif
