#include "index/format/positions_writer.h"

#include <string.h>

#include "include/trawl.h"
#include "index/codec/bits.h"

enum {
    KEPT = 1 << 20, /* bytes of memory that a long list may leave behind */
    ZEROS = 512     /* made at once */
};

void positions_writer_init(struct positions_writer *writer)
{
    position_code_init(&writer->code);
    buffer_init(&writer->data);
    positions_writer_start(writer);
}

void positions_writer_release(struct positions_writer *writer)
{
    buffer_release(&writer->data);
}

void positions_writer_start(struct positions_writer *writer)
{
    writer->bit = 0;
    buffer_reset_keeping(&writer->data, KEPT);
}

uint64_t positions_writer_block(struct positions_writer *writer)
{
    writer->bit = (writer->bit + 7) / 8 * 8;
    return writer->bit / 8;
}

/* The buffer holds zeros up to a padding behind bit `end`. */
static int make_room(struct positions_writer *writer, uint64_t end)
{
    const uint64_t needed = end / 8 + SUBSET_PADDING;
    if (needed <= writer->data.length)
        return 0;
    const size_t more = (size_t)(needed - writer->data.length) + ZEROS;
    uint8_t *room = buffer_reserve(&writer->data, more);
    if (!room)
        return TRAWL_ERROR_MEMORY;
    memset(room, 0, more);
    writer->data.length += more;
    return 0;
}

int positions_writer_add(struct positions_writer *writer, uint8_t end, const uint32_t *positions, uint32_t count)
{
    const uint32_t bound = writer->code.bounds[end];
    if (bound != SUBSET_ANY && positions[count - 1] >= bound)
        return TRAWL_ERROR_ARGUMENT;
    const uint64_t bits = position_code_bits(&writer->code, end, count);
    if (make_room(writer, writer->bit + bits))
        return TRAWL_ERROR_MEMORY;
    subset_put(writer->data.bytes, writer->bit, bound, positions, count);
    writer->bit += bits;
    return 0;
}

int positions_writer_finish(struct positions_writer *writer, struct buffer *out)
{
    if (writer->data.status)
        return TRAWL_ERROR_MEMORY;
    buffer_append(out, writer->data.bytes, (size_t)((writer->bit + 7) / 8));
    return out->status;
}
