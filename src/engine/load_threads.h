/* All threads of a load, and the caller's own, which hands out progress and
 * remarks while they work; a load of one thread is done by the caller's. */
#ifndef SRC_ENGINE_LOAD_THREADS_H
#define SRC_ENGINE_LOAD_THREADS_H

#include "src/engine/load_state.h"

/* Takes all batches of load->source through all steps. -> 0,
 * TRAWL_ERROR_CANCELLED when a callback wanted it to stop, other negative: the
 * fault that began it */
int load_run(struct load *load, struct trawl_error *error);

#endif
