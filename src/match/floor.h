/* A first bound from below of the k-th best score of a query in which one word is enough to match, so
 * that pruning starts with the first window and not once k documents happen to
 * have been seen. */
#ifndef SRC_MATCH_FLOOR_H
#define SRC_MATCH_FLOOR_H

#include "src/match/matcher.h"

/* Units that at least `limit` live documents reach which the matcher matches, as the dictionary says of a word that is
 * enough to match (index/format/term_floors.h); 0 when it does not. */
uint32_t floor_known(const struct matcher *matcher, size_t limit, const struct segment *segment);

/* The same by looking at some blocks of the strongest list, when that has no known floor; 0 when nothing came of it. To be
 * called before anything else is asked of `any`. */
int floor_by_blocks(uint32_t *units, const struct matcher *any, size_t limit, const struct match_context *context,
                    struct trawl_error *error);

#endif
