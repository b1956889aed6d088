/* The two ways in which positions decide on a phrase; only phrase_verify.c calls these.
 *
 * Of a batch of documents they keep those that match and may still reach `needed` units by it, without
 * adding any, and tell in tfs[] how often each matches (unscored: at least 1). */
#ifndef SRC_MATCH_PHRASE_WAYS_H
#define SRC_MATCH_PHRASE_WAYS_H

#include "src/match/phrase.h"

int phrase_find_exact(struct phrase *phrase, struct batch *batch, uint32_t *tfs, uint32_t needed, struct trawl_error *error);
int phrase_find_sloppy(struct phrase *phrase, struct batch *batch, uint32_t *tfs, uint32_t needed,
                       struct trawl_error *error);

#endif
