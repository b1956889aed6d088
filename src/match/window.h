/* A window: a stretch of a segment's documents of which some match, as bits,
 * with the units of those. Clauses of a disjunction add to it one after another;
 * then its matches are taken out in order, a batch at a time, which clears it. */
#ifndef SRC_MATCH_WINDOW_H
#define SRC_MATCH_WINDOW_H

#include <stdint.h>

#include "src/match/batch.h"
#include "src/match/deadline.h"
#include "src/util/arena.h"
#include "src/util/bitset.h"
#include "src/util/error.h"

enum { WINDOW_SMALL = 8192, WINDOW_LARGE = 16384 };

struct window {
    uint32_t first, end; /* documents [first, end); at most `capacity` */
    uint32_t capacity;
    uint64_t *bits;      /* bit 0 is document `first` */
    uint32_t *units;     /* NULL: not scored */
    uint32_t taken;      /* words of bits that are known to be empty */
    struct deadline *deadline; /* of the search that fills it; NULL: none */
};

/* An empty window. `capacity`: a multiple of 64. */
int window_init(struct window *window, uint32_t capacity, int scored, struct arena *arena, struct trawl_error *error);

/* An empty window becomes that of [first, end). */
static inline void window_move(struct window *window, uint32_t first, uint32_t end)
{
    window->first = first;
    window->end = end;
    window->taken = 0;
}

/* After something was added to all of it. -> 0 or TRAWL_ERROR_TIMEOUT */
static inline int window_check(const struct window *window, struct trawl_error *error)
{
    return deadline_check(window->deadline, (window->end - window->first) / DEADLINE_DOCUMENTS, error);
}

/* Adds a batch's documents, all in the window, and their units. */
void window_add(struct window *window, const struct batch *batch);

static inline void window_add_one(struct window *window, uint32_t document, uint32_t units)
{
    bitset_set(window->bits, document - window->first);
    if (window->units)
        window->units[document - window->first] += units;
}

/* Adds documents [first, end) of it, each with the same units. */
void window_add_all(struct window *window, uint32_t units);

/* Takes the next matches out, at most BATCH_SIZE of those with at least `needed`
 * units; none: the window is empty. */
void window_take(struct window *window, struct batch *batch, uint32_t needed);

/* How many match; empties it. For windows without units. */
uint64_t window_count(struct window *window);

#endif
