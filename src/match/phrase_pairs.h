/* Word pairs in phrases. Where both of two neighbouring words are common in a
 * segment, a list tells in which documents they stand side by side, and how often; the
 * pair that has no list there never does (FORMAT.md, "PAIR"). A phrase of two such words
 * is that list; in a longer one the pair's list stands for those of its words. */
#ifndef SRC_MATCH_PHRASE_PAIRS_H
#define SRC_MATCH_PHRASE_PAIRS_H

#include "src/match/plan.h"

/* Words i and i + 1 of a phrase, in one segment. */
struct plan_pair {
    int is_known;            /* else positions alone tell */
    struct term_entry entry; /* df 0: not in this segment */
};

/* Looks up the pairs of a PHRASE whose words have been. */
int pairs_plan(struct plan_node *node, const struct plan *plan, struct arena *arena, struct trawl_error *error);

/* The pairs in a segment, one less than there are words; NULL: none is known there. */
const struct plan_pair *pairs_of(const struct plan_node *node, size_t segment);

/* Is the phrase in every segment nothing but the list of a pair? */
int pairs_are_all(const struct plan_node *node, size_t segments);

#endif
