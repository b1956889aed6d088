/* The positions of one term, document after document, into runs: FORMAT.md,
 * "POSN". Part of the postings writer. */
#ifndef INDEX_FORMAT_POSITIONS_WRITER_H
#define INDEX_FORMAT_POSITIONS_WRITER_H

#include <stddef.h>
#include <stdint.h>

#include "index/codec/run.h"
#include "src/util/buffer.h"

struct positions_writer {
    uint32_t pending[RUN_LENGTH]; /* of the run being filled */
    size_t pending_count;
    uint32_t runs;
    size_t group_start; /* in `data`: where the current group of 32 runs starts */
    struct buffer bases, offsets, data;
};

void positions_writer_init(struct positions_writer *writer);
void positions_writer_release(struct positions_writer *writer);
void positions_writer_start(struct positions_writer *writer);

/* One document's positions, strictly ascending. */
void positions_writer_add(struct positions_writer *writer, const uint32_t *positions, uint32_t count);

/* Appends the list to `out`. -> 0, TRAWL_ERROR_MEMORY or TRAWL_ERROR_LIMIT */
int positions_writer_finish(struct positions_writer *writer, struct buffer *out);

#endif
