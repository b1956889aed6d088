/* A list of the private form (posting_stream.h) into batches of a posting
 * source. Every byte is checked, for runs come back from a disk. */
#ifndef INDEX_WRITE_POSTING_DECODER_H
#define INDEX_WRITE_POSTING_DECODER_H

#include "index/write/inverter_lists.h"
#include "index/write/posting_source.h"

struct posting_decoder {
    const uint8_t *at, *end;
    uint32_t next_document; /* the last one + 1 */
    uint32_t next_position; /* the last one in it + 1 */
    uint32_t *positions;    /* of the batch */
    size_t position_capacity;
};

void posting_decoder_init(struct posting_decoder *decoder);
void posting_decoder_release(struct posting_decoder *decoder);
void posting_decoder_start(struct posting_decoder *decoder, struct posting_list list);

/* Fills the source's batch. -> 0, 1 at the end of the list, TRAWL_ERROR_MEMORY,
 * or TRAWL_ERROR_CORRUPT, which the caller explains. */
int posting_decoder_next(struct posting_decoder *decoder, struct posting_source *source);

/* Puts a full batch through the source's map; dropped documents go.
 * `positions` are the batch's, or NULL. */
void posting_source_map_batch(struct posting_source *source, uint32_t *positions);

#endif
