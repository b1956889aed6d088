/* When a search must end. Every loop whose length depends on the index tells
 * what it has done since it last did; after some of that the clock is read. */
#ifndef SRC_MATCH_DEADLINE_H
#define SRC_MATCH_DEADLINE_H

#include <stdint.h>

#include "src/util/error.h"

/* Postings from one look at the clock to the next: a few microseconds' work, but for positions and for batches
 * that many clauses exclude from. */
enum { DEADLINE_EVERY = 1024 };

/* What other steps cost, in postings. */
enum { DEADLINE_BLOCK = 128, DEADLINE_SKIP = 16, DEADLINE_TERM = 16, DEADLINE_DOCUMENTS = 8 /* of a window: for one */ };

struct deadline {
    uint64_t ns; /* CLOCK_MONOTONIC; 0: none */
    uint64_t left;
};

static inline struct deadline deadline_at(uint64_t ns)
{
    return (struct deadline){.ns = ns, .left = DEADLINE_EVERY};
}

/* -> 0 or TRAWL_ERROR_TIMEOUT */
int deadline_look(struct deadline *deadline, struct trawl_error *error);

/* After work on so many postings; `deadline` may be NULL. -> 0 or TRAWL_ERROR_TIMEOUT */
static inline int deadline_check(struct deadline *deadline, uint64_t postings, struct trawl_error *error)
{
    if (!deadline || deadline->ns == 0)
        return 0;
    if (postings < deadline->left) {
        deadline->left -= postings;
        return 0;
    }
    return deadline_look(deadline, error);
}

#endif
