/* How a load keeps within its memory: who spills, and what is given back when.
 *
 * Three quarters of the budget are for inverters and the segment's columns, the
 * rest is for batches on the way and for merging. A batch is large when it is
 * more than every thread may have at hand, as one with a large document in it
 * is. Nobody reads another one while it is on its way, and nothing of it stays:
 * so that however many such documents come, there is memory for one. */
#ifndef SRC_ENGINE_LOAD_MEMORY_H
#define SRC_ENGINE_LOAD_MEMORY_H

#include "src/engine/load_state.h"

/* Spills the worker's inverter when it outgrew its share of what the columns of
 * all threads leave. */
int load_spill_if_over(struct worker *worker, size_t columns, struct trawl_error *error);

/* Spills it unless it is small, to make room for the words of a large batch. */
int load_spill_before_large(struct worker *worker, struct trawl_error *error);

int load_is_large(const struct load *load, uint64_t bytes);

/* Gives back what a large batch took: what was read, when all of it is parsed;
 * what was parsed, when all of it is collected. */
void load_release_raw(struct worker *worker);
void load_release_parsed(struct worker *worker);

#endif
