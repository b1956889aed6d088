/* zlib for stored documents: whole blocks in memory, state kept between blocks. */
#ifndef INDEX_CODEC_DEFLATE_H
#define INDEX_CODEC_DEFLATE_H

#include <stddef.h>
#include <stdint.h>

#include "src/util/buffer.h"
#include "src/util/error.h"

struct deflater;
int deflater_new(struct deflater **deflater, struct trawl_error *error);
void deflater_free(struct deflater *deflater);

/* Appends to `out` the zlib stream of the pieces, as if they lay one behind the other. The same pieces give the
 * same bytes; cut elsewhere, they may give others. */
struct deflater_piece {
    const uint8_t *bytes;
    size_t length;
};
int deflater_pieces(struct buffer *out, struct deflater *deflater, const struct deflater_piece *pieces, size_t count,
                    struct trawl_error *error);

/* Unpacks into out[0..out_length). -> 0, TRAWL_ERROR_CORRUPT when that is not a
 * sound stream of exactly so many bytes, TRAWL_ERROR_MEMORY */
int inflate_block(uint8_t *out, size_t out_length, const uint8_t *bytes, size_t length);

#endif
