/* One batch through all steps: who has which turn when, and when the memory of
 * a large one is given back (load_memory.h). */
#ifndef SRC_ENGINE_LOAD_BATCH_H
#define SRC_ENGINE_LOAD_BATCH_H

#include "src/engine/load_state.h"

/* Takes the source's next batch through all steps. -> 0, 1 when the source has
 * ended, negative for an error, after which no thread goes on. */
int load_next_batch(struct worker *worker, struct trawl_error *error);

/* Takes the worker's parsed batch through the steps behind parsing. */
int load_finish_batch(struct worker *worker, struct trawl_error *error);

/* Sends every thread home that waits for a turn, or will. */
void load_break(struct load *load);

#endif
