/* The best of one list's documents. Its blocks' bounds stand in its directory: the most promising blocks are
 * searched first, out of order, until the rest can hardly beat what was found; then the rest in order, where hardly any
 * is left that can. */
#ifndef SRC_MATCH_BEST_BLOCKS_H
#define SRC_MATCH_BEST_BLOCKS_H

#include "src/match/collector.h"

/* Collects what can enter the result from a list of which nothing was asked yet. */
int best_blocks_collect(struct list *list, const struct match_context *context, struct collector *collector,
                        struct trawl_error *error);

#endif
