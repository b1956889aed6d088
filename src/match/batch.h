/* A batch: up to 128 candidate documents on their way through a query, in
 * ascending order, with the units that they have gathered so far. Every step
 * takes a batch, adds units, and closes the gaps of those that dropped out. */
#ifndef SRC_MATCH_BATCH_H
#define SRC_MATCH_BATCH_H

#include <stdint.h>

#include "index/codec/run.h"

enum { BATCH_SIZE = RUN_LENGTH };

struct list;

struct batch {
    uint32_t count;
    const struct list *leader; /* that gave the documents: origins are their places in its block; else NULL */
    uint32_t documents[BATCH_SIZE];
    uint32_t units[BATCH_SIZE];
    uint8_t origins[BATCH_SIZE]; /* where the candidate came from: its maker knows */
};

/* Moves candidate `from` to place `to` <= from. */
static inline void batch_move(struct batch *batch, uint32_t to, uint32_t from)
{
    batch->documents[to] = batch->documents[from];
    batch->units[to] = batch->units[from];
    batch->origins[to] = batch->origins[from];
}

/* Of [from, to) keeps those with at least `units`, from place `kept` <= `from` on. -> behind the last */
static inline uint32_t batch_keep_each(struct batch *batch, uint32_t kept, uint32_t from, uint32_t to, uint32_t units)
{
    for (uint32_t i = from; i < to; i++) {
        const uint32_t has = batch->units[i];
        batch_move(batch, kept, i);
        kept += has >= units;
    }
    return kept;
}

/* Keeps those with at least `units`. */
void batch_keep(struct batch *batch, uint32_t units);

/* Keeps those whose flag is `wanted` (0 or 1). */
static inline void batch_select(struct batch *batch, const uint8_t *flags, uint8_t wanted)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < batch->count; i++) {
        const uint8_t flag = flags[i];
        batch_move(batch, kept, i);
        kept += flag == wanted;
    }
    batch->count = kept;
}

#endif
