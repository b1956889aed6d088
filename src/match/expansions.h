/* The terms that a prefix stands for: those of its field that start with it, and the stem of the word as it was typed.
 * Of more than there may be, those in the most documents; but what is excluded is excluded whole: without
 * some of its terms too much would be found. */
#ifndef SRC_MATCH_EXPANSIONS_H
#define SRC_MATCH_EXPANSIONS_H

#include <stddef.h>
#include <stdint.h>

#include "src/match/plan.h"
#include "src/util/hash.h"

struct expansion {
    const uint8_t *bytes;
    uint32_t length;
    uint64_t df; /* deleted documents may be included */
};

struct expansions {
    struct plan *plan;
    const struct plan_node *node;
    const struct query_term *prefix, *stem; /* NULL: it has none */
    struct interner terms;
    struct expansion *list; /* by the interner's number; then the best of them, `count` */
    size_t count, capacity;
};

/* Of a PREFIX node of the plan, or of a PHRASE that ends in one. */
void expansions_init(struct expansions *found, struct plan *plan, const struct plan_node *node);
void expansions_release(struct expansions *found);

/* May add a diagnostic to the query. */
int expansions_find(struct expansions *found, struct trawl_error *error);

#endif
