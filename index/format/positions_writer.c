#include "index/format/positions_writer.h"

#include "index/format/postings.h"
#include "include/trawl.h"

enum {
    PATCH_GAIN = 4,
    KEPT = 1 << 20 /* bytes of memory that a long list may leave behind */
};

void positions_writer_init(struct positions_writer *writer)
{
    buffer_init(&writer->bases);
    buffer_init(&writer->offsets);
    buffer_init(&writer->data);
    positions_writer_start(writer);
}

void positions_writer_release(struct positions_writer *writer)
{
    buffer_release(&writer->bases);
    buffer_release(&writer->offsets);
    buffer_release(&writer->data);
}

void positions_writer_start(struct positions_writer *writer)
{
    writer->pending_count = 0;
    writer->runs = 0;
    writer->group_start = 0;
    buffer_reset(&writer->bases);
    buffer_reset(&writer->offsets);
    buffer_reset_keeping(&writer->data, KEPT);
}

static void close_run(struct positions_writer *writer)
{
    if (writer->runs % POSTINGS_GROUP == 0) {
        writer->group_start = writer->data.length;
        buffer_append_u32(&writer->bases, (uint32_t)writer->group_start);
    }
    buffer_append_u16(&writer->offsets, (uint16_t)(writer->data.length - writer->group_start));
    uint8_t *room = buffer_reserve(&writer->data, RUN_MAX_BYTES);
    if (room)
        writer->data.length += run_encode(room, writer->pending, writer->pending_count, PATCH_GAIN);
    writer->runs++;
    writer->pending_count = 0;
}

void positions_writer_add(struct positions_writer *writer, const uint32_t *positions, uint32_t count)
{
    uint32_t next = 0;
    for (uint32_t i = 0; i < count; i++) {
        writer->pending[writer->pending_count++] = positions[i] - next;
        next = positions[i] + 1;
        if (writer->pending_count == RUN_LENGTH)
            close_run(writer);
    }
}

int positions_writer_finish(struct positions_writer *writer, struct buffer *out)
{
    if (writer->pending_count)
        close_run(writer);
    if (writer->data.length > UINT32_MAX)
        return TRAWL_ERROR_LIMIT;
    if (writer->bases.status || writer->offsets.status || writer->data.status)
        return TRAWL_ERROR_MEMORY;
    if (writer->runs > 1) {
        buffer_append(out, writer->bases.bytes, writer->bases.length);
        buffer_append(out, writer->offsets.bytes, writer->offsets.length);
    }
    buffer_append(out, writer->data.bytes, writer->data.length);
    return out->status;
}
