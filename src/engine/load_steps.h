/* What becomes of a parsed batch: three steps, each of which knows nothing of
 * turns, threads or memory. What a step leaves for the next is in the worker. */
#ifndef SRC_ENGINE_LOAD_STEPS_H
#define SRC_ENGINE_LOAD_STEPS_H

#include "src/engine/load_state.h"

/* In turn: the documents get ordinals, their fields the manifest's numbers. */
int load_number(struct worker *worker, struct trawl_error *error);

/* In parallel: words go to the worker's inverter, parts and lengths to its
 * columns, records to its packer. */
int load_invert(struct worker *worker, struct trawl_error *error);

/* In turn: columns and packed records go to the segment's writer, figures and
 * remarks to the report. */
int load_collect(struct worker *worker, struct trawl_error *error);

#endif
