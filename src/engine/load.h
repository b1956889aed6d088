/* A load: documents from sources into one new segment, by one thread or
 * several, with the same result. docs/ARCHITECTURE.md, "Indexing", tells the
 * steps: they are taken batch by batch (load_batch.h), some of them in order of
 * the batches' numbers, so that everything that ends in the index depends on the
 * input alone. Memory is bounded because a thread holds one batch and spills its
 * inverter when that outgrows its share (load_memory.h). */
#ifndef SRC_ENGINE_LOAD_H
#define SRC_ENGINE_LOAD_H

#include <stddef.h>
#include <stdint.h>

#include "index/write/index_writer.h"
#include "src/engine/report.h"
#include "src/source/source.h"
#include "src/text/analyzer.h"

struct load;

struct load_options {
    unsigned threads; /* >= 1 */
    uint64_t memory;
    uint64_t max_document_size;
    int has_positions, store, strict;
};

/* Begins a load on the writer; neither it nor the report are owned. */
int load_new(struct load **load, struct index_writer *writer, const struct analyzer *analyzer,
             const struct load_options *options, struct report *report, struct trawl_error *error);
/* Frees it; what was not ended is rolled back with the writer. */
void load_free(struct load *load);

/* For the source's options: 1 when nothing more is to be read. context: struct load */
int load_is_stopped(void *context);

/* All documents of a source. */
int load_source(struct load *load, struct source *source, struct trawl_error *error);

/* One document; it is copied, and inverted when a batch is full. */
int load_document(struct load *load, const struct document *document, struct trawl_error *error);

/* Writes the segment. */
int load_end(struct load *load, struct trawl_error *error);

#endif
