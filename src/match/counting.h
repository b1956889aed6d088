/* Exact counts. Nothing is scored here: one term's count stands in the
 * dictionary; choices are bits ORed into wide windows, conjunctions bits ANDed there or
 * their usual steps without scores, whichever is estimated to cost less. */
#ifndef SRC_MATCH_COUNTING_H
#define SRC_MATCH_COUNTING_H

#include "src/match/collector.h"
#include "src/match/matcher.h"

struct conjunction;

/* Live documents of the context's stretch that an unscored matcher matches. `collector`: for its clock. */
int count_matches(uint64_t *count, struct matcher *matcher, const struct match_context *context,
                  struct collector *collector, struct trawl_error *error);

/* Is a conjunction counted batch by batch, so that what is found could be scored on the way? */
int count_is_by_batches(const struct conjunction *conjunction, const struct match_context *context);

/* Counts so, and scores and collects what is found, if bounds allow. `scorer`: the same conjunction with scores. */
int count_and_score(uint64_t *count, struct conjunction *conjunction, struct conjunction *scorer,
                    const struct match_context *context, struct collector *collector, struct trawl_error *error);

#endif
