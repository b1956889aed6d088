/* What a plan comes to in one segment: a tree without pieces that cannot
 * match, flat where meaning allows, every node ready to run once from the
 * segment's start to its end. Whatever its kind, a matcher can
 *
 *     fill     a window with its matches
 *     mark     which documents of a batch it matches
 *     bound    what it scores in a range of documents
 *
 * and adds units to those that it matches, in both. Documents that it is asked
 * about ascend, whichever way it is driven.
 *
 * A query's shape is reduced to two kinds of inner node:
 *   ANY           two clauses or more of which one must match
 *   CONJUNCTION   one clause at least that must match (conjunction.h) */
#ifndef SRC_MATCH_MATCHER_H
#define SRC_MATCH_MATCHER_H

#include <stdint.h>

#include "src/match/batch.h"
#include "src/match/context.h"
#include "src/match/window.h"

enum matcher_kind { MATCHER_NOTHING, MATCHER_ALL, MATCHER_FIELD, MATCHER_LIST, MATCHER_ANY, MATCHER_CONJUNCTION };

struct conjunction;

struct matcher {
    enum matcher_kind kind;
    uint32_t maximum; /* units at most */
    uint64_t cost;    /* about how many documents it matches; at most */
    const uint8_t *codes; /* of FIELD: lengths by document; it matches where they are not 0 */
    struct list *list;
    const struct plan_node *leaf; /* of LIST */
    struct matcher **parts; /* of ANY */
    uint32_t part_count;
    struct conjunction *conjunction;
};

/* Adds its matches in the window, which lies behind the one before. */
int matcher_fill(struct matcher *matcher, struct window *window, struct trawl_error *error);

/* flags[i] = 1 where it matches; others stay. Adds units there. */
int matcher_mark(struct matcher *matcher, struct batch *batch, uint8_t *flags, struct trawl_error *error);

/* A bound of its units in documents [from, to]. */
uint32_t matcher_range_bound(struct matcher *matcher, uint32_t from, uint32_t to);

/* ---- steps of a batch, built on these */
int matcher_require(struct matcher *matcher, struct batch *batch, uint32_t needed, struct trawl_error *error);
int matcher_exclude(struct matcher *matcher, struct batch *batch, struct trawl_error *error);

/* Adds units where it matches; keeps those that reach `needed` by it. `bound`: of its units here. */
int matcher_add(struct matcher *matcher, struct batch *batch, uint32_t bound, uint32_t needed, struct trawl_error *error);

#endif
