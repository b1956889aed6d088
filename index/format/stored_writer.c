/* Writing of stored documents: records into blocks, blocks through zlib, and
 * the index of blocks. */
#include "index/format/stored.h"

#include "index/codec/vbyte.h"
#include "src/util/bytes.h"
#include "src/util/memory.h"

/* -------------------------------------------------------------------- records */

static void append_vbyte(struct buffer *out, uint64_t value)
{
    uint8_t *room = buffer_reserve(out, VBYTE_MAX);
    if (room)
        out->length += vbyte_put(room, value);
}

int stored_encode(struct buffer *out, const struct stored_field *fields, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct stored_field *field = &fields[i];
        buffer_append_u8(out, field->kind);
        append_vbyte(out, field->name_length);
        buffer_append(out, field->name, field->name_length);
        append_vbyte(out, field->value_length);
        buffer_append(out, field->value, field->value_length);
    }
    return out->status;
}

/* --------------------------------------------------------------------- blocks */

int stored_packer_init(struct stored_packer *packer, struct trawl_error *error)
{
    *packer = (struct stored_packer){0};
    buffer_init(&packer->lengths);
    buffer_init(&packer->records);
    buffer_init(&packer->packed);
    return deflater_new(&packer->deflater, error);
}

void stored_packer_release(struct stored_packer *packer)
{
    deflater_free(packer->deflater);
    buffer_release(&packer->lengths);
    buffer_release(&packer->records);
    buffer_release(&packer->packed);
    memory_free(packer->blocks);
    *packer = (struct stored_packer){0};
}

void stored_packer_reset(struct stored_packer *packer)
{
    buffer_reset(&packer->packed);
    packer->block_count = 0;
}

void stored_packer_forget(struct stored_packer *packer)
{
    buffer_release(&packer->packed);
    packer->block_count = 0;
}

/* The open block's bytes behind its length. The last record is taken where it
 * lies: it may be large, and a copy of it would be one too many. */
static int pack(struct stored_packer *packer, const uint8_t *last, size_t last_length, struct trawl_error *error)
{
    const struct deflater_piece pieces[] = {{packer->lengths.bytes, packer->lengths.length},
                                            {packer->records.bytes, packer->records.length},
                                            {last, last_length}};
    const size_t whole = packer->lengths.length + packer->records.length + last_length;
    if (whole > UINT32_MAX)
        return error_set(error, TRAWL_ERROR_LIMIT, "a document of %zu bytes is too large to store", whole);
    buffer_append_u32(&packer->packed, (uint32_t)whole);
    if (packer->packed.status)
        return error_memory(error);
    return deflater_pieces(&packer->packed, packer->deflater, pieces, last_length ? 3 : 2, error);
}

static int close_block(struct stored_packer *packer, const uint8_t *last, size_t last_length, struct trawl_error *error)
{
    const size_t start = packer->packed.length;
    int status = memory_grow(&packer->blocks, &packer->block_capacity, packer->block_count + 1, sizeof *packer->blocks);
    status = status ? error_memory(error) : pack(packer, last, last_length, error);
    if (status)
        return status;
    packer->blocks[packer->block_count++] = (struct stored_block){
        .documents = packer->in_block, .start = start, .length = packer->packed.length - start};
    buffer_reset(&packer->lengths);
    buffer_reset(&packer->records);
    packer->in_block = 0;
    return 0;
}

int stored_packer_add(struct stored_packer *packer, const uint8_t *record, size_t length, struct trawl_error *error)
{
    append_vbyte(&packer->lengths, length);
    if (packer->lengths.status)
        return error_memory(error);
    packer->in_block++;
    if (packer->records.length + length >= STORED_BLOCK_BYTES)
        return close_block(packer, record, length, error);
    buffer_append(&packer->records, record, length);
    return packer->records.status ? error_memory(error) : 0;
}

int stored_packer_flush(struct stored_packer *packer, struct trawl_error *error)
{
    return packer->in_block ? close_block(packer, NULL, 0, error) : 0;
}

/* ---------------------------------------------------------------------- index */

void stored_index_init(struct stored_index *index)
{
    *index = (struct stored_index){0};
    buffer_init(&index->offsets);
    buffer_init(&index->firsts);
}

void stored_index_release(struct stored_index *index)
{
    buffer_release(&index->offsets);
    buffer_release(&index->firsts);
}

int stored_index_add(struct stored_index *index, uint32_t documents, uint64_t length)
{
    buffer_append_u64(&index->offsets, index->length);
    buffer_append_u32(&index->firsts, index->documents);
    index->length += length;
    index->documents += documents;
    index->blocks++;
    return index->offsets.status ? index->offsets.status : index->firsts.status;
}

int stored_index_write(struct stored_index *index, struct container_writer *container, struct trawl_error *error)
{
    uint8_t head[8] = {0};
    store_u32(head, index->blocks);
    buffer_append_u64(&index->offsets, index->length);
    buffer_append_u32(&index->firsts, index->documents);
    if (index->offsets.status || index->firsts.status)
        return error_memory(error);
    int status = container_begin(container, SECTION_ID('S', 'I', 'D', 'X'), SECTION_REQUIRED, error);
    if (!status)
        status = container_append(container, head, sizeof head, error);
    if (!status)
        status = container_append(container, index->offsets.bytes, index->offsets.length, error);
    if (!status)
        status = container_append(container, index->firsts.bytes, index->firsts.length, error);
    return status ? status : container_end(container, error);
}
