/* Exact counts. Nothing is scored here: one term's count stands in the
 * dictionary; choices are bits ORed into wide windows and counted; conjunctions run their
 * steps without scores. */
#ifndef SRC_MATCH_COUNTING_H
#define SRC_MATCH_COUNTING_H

#include "src/match/collector.h"
#include "src/match/matcher.h"

/* Live documents that an unscored matcher matches. `collector`: for its clock. */
int count_matches(uint64_t *count, struct matcher *matcher, const struct match_context *context,
                  struct collector *collector, struct trawl_error *error);

#endif
