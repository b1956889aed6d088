/* The inside of struct load, shared by the files that make it up: load.c (life,
 * sources), load_batch.c (a batch through all steps), load_steps.c (the steps),
 * load_memory.c (the budget), load_threads.c (all threads, and their caller). */
#ifndef SRC_ENGINE_LOAD_STATE_H
#define SRC_ENGINE_LOAD_STATE_H

#include "src/engine/document_inverter.h"
#include "src/engine/load.h"
#include "src/engine/parsed_batch.h"
#include "src/engine/turn.h"

enum { LOAD_BATCH_BYTES = 1 << 20 }; /* of documents that come one by one; a source has its own */

/* Where a document's parts and lengths lie in its worker's columns, between
 * inverting and collecting. */
struct document_columns {
    size_t parts, part_count, lengths, length_count;
};

/* One thread's own. */
struct worker {
    struct load *load;
    struct document_inverter inverter;
    struct parser *parser;
    struct raw_batch raw;
    struct parsed_batch batch;
    int batch_is_done; /* nothing in it waits to be inverted */
    int is_large;      /* the batch: no other is read until it is done */
    uint32_t first_ordinal; /* of the batch */
    uint64_t bytes_read;    /* of the source, for the batch */
    uint64_t source_bytes;  /* all of the source, as known when the batch was read; 0: unknown */
    struct stored_packer packer;
    struct document_columns *columns; /* by document of the batch */
    size_t column_capacity;
    struct part *parts;
    size_t part_count, part_capacity;
    struct field_length *lengths;
    size_t length_count, length_capacity;
    struct trawl_error error;
    int status;
};

struct load {
    struct index_writer *writer;
    struct segment_writer *segment;
    struct load_options options;
    struct report *report;
    struct worker *workers;
    unsigned worker_count; /* initialised so far */
    uint32_t next_ordinal;
    struct source *source;
    uint64_t text_before; /* text of the loads before this one */
    struct turn reading, numbering, collecting;
    unsigned running; /* threads; under the report's mutex */
};

#endif
