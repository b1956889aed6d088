/* Writing of section DIDS. */
#include "index/format/ids.h"

#include <string.h>

#include "index/codec/bits.h"
#include "index/codec/vbyte.h"
#include "index/format/id_sort.h"
#include "src/util/memory.h"

static uint32_t shared_bytes(const struct id_string *a, const struct id_string *b)
{
    uint32_t shared = 0;
    while (shared < a->length && shared < b->length && a->bytes[shared] == b->bytes[shared])
        shared++;
    return shared;
}

static void append_id(struct buffer *blocks, const struct id_string *ids, uint32_t ordinal)
{
    const struct id_string *id = &ids[ordinal];
    const int is_first = ordinal % IDS_PER_BLOCK == 0;
    const uint32_t shared = is_first ? 0 : shared_bytes(id - 1, id);
    uint8_t *room = buffer_reserve(blocks, 2 * VBYTE_MAX);
    if (!room)
        return;
    uint8_t *end = is_first ? room : room + vbyte_put(room, shared);
    end += vbyte_put(end, id->length - shared);
    blocks->length += (size_t)(end - room);
    buffer_append(blocks, id->bytes + shared, id->length - shared);
}

static int make_blocks(struct buffer *blocks, struct buffer *offsets, const struct id_string *ids, uint32_t count,
                       struct trawl_error *error)
{
    for (uint32_t i = 0; i < count; i++) {
        if (ids[i].length > ID_MAX_BYTES)
            return error_set(error, TRAWL_ERROR_ARGUMENT, "an id has more than %d bytes", ID_MAX_BYTES);
        if (i % IDS_PER_BLOCK == 0)
            buffer_append_u32(offsets, (uint32_t)blocks->length);
        append_id(blocks, ids, i);
        if (blocks->length > UINT32_MAX)
            return error_set(error, TRAWL_ERROR_LIMIT, "the ids of a segment take more than 4 GiB");
    }
    buffer_append_u32(offsets, (uint32_t)blocks->length);
    return blocks->status || offsets->status ? error_memory(error) : 0;
}

/* The numbers of the ids, sorted, behind the offsets; then zeros to a multiple of eight. */
static int append_sorted(struct buffer *out, const struct id_string *ids, uint32_t count, unsigned width,
                         struct trawl_error *error)
{
    struct sorted_id *sorted = memory_alloc_array(count, sizeof *sorted);
    const size_t size = (size_t)bits_size(count, width);
    const size_t padding = (8 - (out->length + size) % 8) % 8;
    uint8_t *bits = sorted ? buffer_reserve(out, size + padding) : NULL;
    if (bits) {
        memset(bits, 0, size + padding);
        id_sort(sorted, ids, count);
        for (uint32_t i = 0; i < count; i++)
            bits_put(bits, i, width, sorted[i].ordinal);
        out->length += size + padding;
    }
    memory_free(sorted);
    return bits ? 0 : error_memory(error);
}

static int write_section(struct container_writer *container, struct buffer *head, const struct buffer *blocks,
                         struct trawl_error *error)
{
    int status = container_begin(container, SECTION_ID('D', 'I', 'D', 'S'), SECTION_REQUIRED, error);
    if (!status)
        status = container_append(container, head->bytes, head->length, error);
    if (!status)
        status = container_append(container, blocks->bytes, blocks->length, error);
    return status ? status : container_end(container, error);
}

int ids_write(const struct id_string *ids, uint32_t count, struct container_writer *container, struct trawl_error *error)
{
    const unsigned width = count ? bits_needed(count - 1) : 0;
    struct buffer head, blocks;
    buffer_init(&head);
    buffer_init(&blocks);
    buffer_append_u32(&head, count / IDS_PER_BLOCK + (count % IDS_PER_BLOCK != 0));
    buffer_append_u32(&head, width);
    int status = make_blocks(&blocks, &head, ids, count, error);
    if (!status)
        status = append_sorted(&head, ids, count, width, error);
    if (!status)
        status = write_section(container, &head, &blocks, error);
    buffer_release(&head);
    buffer_release(&blocks);
    return status;
}
