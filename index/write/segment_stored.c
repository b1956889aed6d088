#include "index/write/segment_stored.h"

#include "index/write/posting_source.h"

void segment_stored_init(struct segment_stored *stored)
{
    *stored = (struct segment_stored){0};
    stored_index_init(&stored->index);
}

void segment_stored_release(struct segment_stored *stored)
{
    stored_index_release(&stored->index);
    segment_stored_init(stored);
}

int segment_stored_begin(struct segment_stored *stored, struct container_writer *container, struct trawl_error *error)
{
    segment_stored_release(stored);
    stored->is_open = 1;
    return container_begin(container, SECTION_ID('S', 'T', 'O', 'R'), SECTION_REQUIRED, error);
}

int segment_stored_append(struct segment_stored *stored, struct container_writer *container, struct span bytes,
                          uint32_t documents, struct trawl_error *error)
{
    if (stored_index_add(&stored->index, documents, bytes.length))
        return error_memory(error);
    return container_append(container, bytes.bytes, bytes.length, error);
}

int segment_stored_append_packed(struct segment_stored *stored, struct container_writer *container,
                                 const struct stored_packer *packer, struct trawl_error *error)
{
    int status = 0;
    for (size_t i = 0; i < packer->block_count && !status; i++) {
        const struct stored_block *block = &packer->blocks[i];
        const struct span bytes = {packer->packed.bytes + block->start, block->length};
        status = segment_stored_append(stored, container, bytes, block->documents, error);
    }
    return status;
}

int segment_stored_end(struct segment_stored *stored, struct container_writer *container, struct trawl_error *error)
{
    stored->is_open = 0;
    int status = container_end(container, error);
    return status ? status : stored_index_write(&stored->index, container, error);
}

/* ------------------------------------------------------------------- copying */

struct copier {
    struct segment_stored *stored;
    struct container_writer *container;
    const struct stored *from;
    const uint32_t *map;
    struct stored_packer packer; /* of blocks that are not taken whole */
    struct stored_unpacked unpacked;
};

static int write_packed(struct copier *copier, struct trawl_error *error)
{
    int status = segment_stored_append_packed(copier->stored, copier->container, &copier->packer, error);
    stored_packer_reset(&copier->packer);
    return status;
}

static uint32_t count_dropped(const uint32_t *map, uint32_t first, uint32_t documents)
{
    uint32_t dropped = 0;
    for (uint32_t i = 0; map && i < documents; i++)
        dropped += map[first + i] == DOCUMENT_DROPPED;
    return dropped;
}

static int copy_records(struct copier *copier, uint32_t first, uint32_t documents, struct trawl_error *error)
{
    int status = 0;
    for (uint32_t ordinal = first; ordinal < first + documents && !status; ordinal++) {
        struct span record;
        if (copier->map[ordinal] == DOCUMENT_DROPPED)
            continue;
        status = stored_get(&record, &copier->unpacked, copier->from, ordinal, error);
        if (!status)
            status = stored_packer_add(&copier->packer, record.bytes, record.length, error);
    }
    return status ? status : write_packed(copier, error);
}

/* Records of cut blocks that are neighbours fill common new blocks; a whole
 * block ends them. */
static int copy_block(struct copier *copier, uint32_t block, struct trawl_error *error)
{
    struct span bytes;
    uint32_t first, documents;
    int status = stored_block_bytes(&bytes, &first, &documents, copier->from, block, error);
    if (status)
        return status;
    const uint32_t dropped = count_dropped(copier->map, first, documents);
    if (dropped == documents)
        return 0;
    if (dropped)
        return copy_records(copier, first, documents, error);
    status = stored_packer_flush(&copier->packer, error);
    if (!status)
        status = write_packed(copier, error);
    return status ? status : segment_stored_append(copier->stored, copier->container, bytes, documents, error);
}

int segment_stored_copy(struct segment_stored *stored, struct container_writer *container, const struct stored *from,
                        const uint32_t *map, struct trawl_error *error)
{
    struct copier copier = {.stored = stored, .container = container, .from = from, .map = map};
    int status = stored_packer_init(&copier.packer, error);
    for (uint32_t block = 0; block < from->blocks && !status; block++)
        status = copy_block(&copier, block, error);
    if (!status)
        status = stored_packer_flush(&copier.packer, error);
    if (!status)
        status = write_packed(&copier, error);
    stored_packer_release(&copier.packer);
    buffer_release(&copier.unpacked.bytes);
    return status;
}
