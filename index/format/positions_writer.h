/* The positions of one term, document after document: FORMAT.md, "POSN". Part
 * of the postings writer. */
#ifndef INDEX_FORMAT_POSITIONS_WRITER_H
#define INDEX_FORMAT_POSITIONS_WRITER_H

#include <stddef.h>
#include <stdint.h>

#include "index/format/position_code.h"
#include "src/util/buffer.h"

struct positions_writer {
    struct position_code code;
    uint64_t bit;       /* where the next document's start */
    struct buffer data; /* zeros behind them */
};

void positions_writer_init(struct positions_writer *writer);
void positions_writer_release(struct positions_writer *writer);
void positions_writer_start(struct positions_writer *writer);

/* A block of documents starts. -> its offset */
uint64_t positions_writer_block(struct positions_writer *writer);

/* One document's positions, strictly ascending, and the code of its end. -> 0,
 * TRAWL_ERROR_MEMORY, or TRAWL_ERROR_ARGUMENT: a position is behind the end */
int positions_writer_add(struct positions_writer *writer, uint8_t end, const uint32_t *positions, uint32_t count);

/* Appends the list to `out`. -> 0 or TRAWL_ERROR_MEMORY */
int positions_writer_finish(struct positions_writer *writer, struct buffer *out);

#endif
