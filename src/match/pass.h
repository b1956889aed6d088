/* What one thread does of a search: portion after portion is matched, and what matches counted and collected. A search by one
 * thread is one pass over everything.
 *
 * A segment's matchers are built when its first portion comes and go on from
 * there, as portions of a segment come in ascending order. What the plan points to is shared and not
 * written to; all else here is the thread's own, but for the floor (collector.h). */
#ifndef SRC_MATCH_PASS_H
#define SRC_MATCH_PASS_H

#include "src/match/collector.h"
#include "src/match/match.h"
#include "src/match/matcher.h"
#include "src/match/plan.h"
#include "src/match/portions.h"
#include "src/match/room.h"

/* A choice among lists of no more postings than this together is scored as a whole: that gives the count on the
 * way, and needs no bound of what will be required. */
enum { FEW_POSTINGS = 4096 };

/* How the k best are found. */
enum way {
    WAY_PLAIN,    /* every match is scored, window by window */
    WAY_COMPLETE, /* every match is scored, by the loop for the query's shape */
    WAY_PRUNED,   /* what cannot enter the result is skipped */
    WAY_PRUNED_AND_COUNTED,
    WAY_COUNTED   /* there are none to be found */
};

struct pass {
    struct plan plan; /* as of the search, with a deadline and an arena of this thread */
    struct deadline deadline;
    enum way way;
    struct collector collector;
    struct match_room *room;
    struct match_context scored, unscored; /* of the portion at hand */
    struct matcher *matcher, *counter;     /* of its segment, scored and not; NULL where the way wants none */
    uint64_t counted; /* matches, when they are counted apart */
};

/* Among several threads `floor` is what they share; else NULL. `room` and `arena` must stay as long as what is found is
 * wanted, and the pass where it is. */
int pass_init(struct pass *pass, const struct plan *plan, enum way way, size_t limit, _Atomic uint32_t *floor,
              struct match_room *room, struct arena *arena, struct trawl_error *error);

/* Of one segment's portions each lies behind the one before. */
int pass_take(struct pass *pass, const struct portion *portion, struct trawl_error *error);

/* Adds what another pass of the same search found. */
void pass_merge(struct pass *pass, const struct pass *other);

#endif
