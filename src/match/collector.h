/* Where a search's matches end up: live ones are counted and offered to the
 * top-k; and the clock is looked at. */
#ifndef SRC_MATCH_COLLECTOR_H
#define SRC_MATCH_COLLECTOR_H

#include <stdatomic.h>
#include <stdint.h>

#include "src/match/batch.h"
#include "src/match/context.h"
#include "src/match/deadline.h"
#include "src/match/topk.h"

struct collector {
    struct topk topk;       /* limit 0: only counting */
    uint64_t collected;     /* live documents that came here */
    uint32_t floor;         /* units that as many documents as are wanted reach, somewhere */
    _Atomic uint32_t *shared_floor; /* the highest of all threads; NULL: there is one thread */
    const struct segment *segment;
    uint32_t segment_number;
    uint64_t next_insertion; /* no document to come in this segment was inserted before */
    struct deadline *deadline;
};

/* `base`: the snapshot's smallest insertion number. */
int collector_init(struct collector *collector, size_t limit, uint64_t base, struct deadline *deadline, struct arena *arena,
                   struct trawl_error *error);

/* What follows comes from this segment, in ascending order of documents. */
void collector_enter(struct collector *collector, const struct match_context *context);

/* Units with which documents to come can still enter. */
static inline uint32_t collector_required(const struct collector *collector)
{
    const uint32_t required = topk_required(&collector->topk, collector->next_insertion);
    return required > collector->floor ? required : collector->floor;
}

/* Makes known to the other threads what is required at least, and takes over what they know. */
void collector_share_floor(struct collector *collector);

/* Adds what another collector of the same search has. */
void collector_merge(struct collector *collector, const struct collector *other);

/* Keeps live documents. */
void collector_drop_deleted(const struct segment *segment, struct batch *batch);

/* -> 0 or TRAWL_ERROR_TIMEOUT */
int collector_add(struct collector *collector, struct batch *batch, struct trawl_error *error);

#endif
