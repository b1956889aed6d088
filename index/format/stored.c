/* Reading of stored documents: sections SIDX and STOR. */
#include "index/format/stored.h"

#include "index/codec/vbyte.h"
#include "src/util/bytes.h"

enum {
    HEAD_BYTES = 8, OFFSET_BYTES = 8, FIRST_BYTES = 4, BLOCK_HEAD_BYTES = 4,
    LARGEST_RATIO = 1032 /* deflate cannot do better: a block that promises more is damaged */
};

static int corrupt(const struct stored *stored, const char *section, const uint8_t *at, const char *what,
                   struct trawl_error *error)
{
    return error_corrupt(error, stored->path, section, (uint64_t)(at - stored->file), "%s", what);
}

/* ---------------------------------------------------------------------- index */

static uint64_t offset_of(const struct stored *stored, uint32_t block)
{
    return load_u64(stored->index.bytes + HEAD_BYTES + (size_t)block * OFFSET_BYTES);
}

static uint32_t first_of(const struct stored *stored, uint32_t block)
{
    const size_t offsets = ((size_t)stored->blocks + 1) * OFFSET_BYTES;
    return load_u32(stored->index.bytes + HEAD_BYTES + offsets + (size_t)block * FIRST_BYTES);
}

int stored_open(struct stored *stored, const struct container *container, uint32_t documents, struct trawl_error *error)
{
    *stored = (struct stored){.path = container->path,
                              .file = container->map.bytes,
                              .index = container_section(container, SECTION_ID('S', 'I', 'D', 'X')),
                              .data = container_section(container, SECTION_ID('S', 'T', 'O', 'R')),
                              .documents = documents};
    if (!stored->index.bytes && !stored->data.bytes)
        return 0;
    if (!stored->index.bytes || !stored->data.bytes)
        return error_corrupt(error, stored->path, "table of contents", 0, "there is only one of SIDX and STOR");
    if (stored->index.length >= HEAD_BYTES)
        stored->blocks = load_u32(stored->index.bytes);
    if (stored->index.length < HEAD_BYTES ||
        stored->index.length != HEAD_BYTES + ((uint64_t)stored->blocks + 1) * (OFFSET_BYTES + FIRST_BYTES))
        return corrupt(stored, "SIDX", stored->index.bytes, "it does not hold as many blocks as it says", error);
    if (offset_of(stored, stored->blocks) != stored->data.length || first_of(stored, stored->blocks) != documents ||
        first_of(stored, 0) != 0)
        return corrupt(stored, "SIDX", stored->index.bytes, "it does not cover all documents", error);
    return 0;
}

int stored_locate(uint32_t *block, uint32_t *first, const struct stored *stored, uint32_t ordinal, struct trawl_error *error)
{
    uint32_t low = 0, high = stored->blocks;
    while (high - low > 1) {
        const uint32_t middle = low + (high - low) / 2;
        if (first_of(stored, middle) <= ordinal)
            low = middle;
        else
            high = middle;
    }
    *block = low;
    *first = first_of(stored, low);
    if (low == high || ordinal < *first || ordinal >= first_of(stored, high))
        return corrupt(stored, "SIDX", stored->index.bytes, "its blocks are out of order", error);
    return 0;
}

int stored_block_bytes(struct span *bytes, uint32_t *first, uint32_t *documents, const struct stored *stored, uint32_t block,
                       struct trawl_error *error)
{
    const uint64_t start = offset_of(stored, block), end = offset_of(stored, block + 1);
    const uint32_t next = first_of(stored, block + 1);
    *first = first_of(stored, block);
    if (next <= *first || next > stored->documents || start > end || end > stored->data.length ||
        end - start < BLOCK_HEAD_BYTES)
        return corrupt(stored, "SIDX", stored->index.bytes, "a block lies outside the section", error);
    *documents = next - *first;
    *bytes = (struct span){stored->data.bytes + start, (size_t)(end - start)};
    return 0;
}

/* --------------------------------------------------------------------- blocks */

static int unpack(struct stored_unpacked *unpacked, const struct stored *stored, uint32_t block, struct trawl_error *error)
{
    struct span bytes;
    unpacked->documents = 0;
    buffer_reset(&unpacked->bytes);
    uint32_t documents;
    int status = stored_block_bytes(&bytes, &unpacked->first, &documents, stored, block, error);
    if (status)
        return status;
    const uint32_t length = load_u32(bytes.bytes);
    const size_t packed = bytes.length - BLOCK_HEAD_BYTES;
    if (length == 0 || length / LARGEST_RATIO > packed)
        return corrupt(stored, "STOR", bytes.bytes, "this block cannot be as long as it says", error);
    uint8_t *room = buffer_reserve(&unpacked->bytes, length);
    if (!room)
        return error_memory(error);
    status = inflate_block(room, length, bytes.bytes + BLOCK_HEAD_BYTES, packed);
    if (status == TRAWL_ERROR_MEMORY)
        return error_memory(error);
    if (status)
        return corrupt(stored, "STOR", bytes.bytes, "this block cannot be unpacked", error);
    unpacked->bytes.length = length;
    unpacked->block = block;
    unpacked->documents = documents;
    return 0;
}

/* The index-th of the block's records, which follow all their lengths. -> 0 or -1 */
static int find_record(struct span *record, const struct stored_unpacked *unpacked, uint32_t index)
{
    const uint8_t *at = unpacked->bytes.bytes, *end = at + unpacked->bytes.length;
    uint64_t before = 0, length = 0;
    for (uint32_t i = 0; i < unpacked->documents; i++) {
        uint64_t number;
        if (vbyte_get(&number, &at, end) || number > unpacked->bytes.length)
            return -1;
        if (i < index)
            before += number;
        else if (i == index)
            length = number;
    }
    const size_t room = (size_t)(end - at);
    if (before > room || length > room - before)
        return -1;
    *record = (struct span){at + before, (size_t)length};
    return 0;
}

int stored_get(struct span *record, struct stored_unpacked *unpacked, const struct stored *stored, uint32_t ordinal,
               struct trawl_error *error)
{
    if (ordinal < unpacked->first || ordinal - unpacked->first >= unpacked->documents) {
        uint32_t block, first;
        int status = stored_locate(&block, &first, stored, ordinal, error);
        if (!status)
            status = unpack(unpacked, stored, block, error);
        if (status)
            return status;
    }
    if (find_record(record, unpacked, ordinal - unpacked->first))
        return corrupt(stored, "STOR", stored->data.bytes + offset_of(stored, unpacked->block),
                       "this block's records cannot be read", error);
    return 0;
}

/* -------------------------------------------------------------------- records */

static int read_string(const uint8_t **bytes, uint32_t *length, const uint8_t **at, const uint8_t *end)
{
    if (vbyte_get_u32(length, at, end) || *length > (size_t)(end - *at))
        return -1;
    *bytes = *at;
    *at += *length;
    return 0;
}

int stored_next_field(struct stored_field *field, struct span record, size_t *at)
{
    if (*at >= record.length)
        return TRAWL_END;
    const uint8_t *next = record.bytes + *at, *end = record.bytes + record.length;
    field->kind = *next++;
    if (read_string(&field->name, &field->name_length, &next, end) ||
        read_string(&field->value, &field->value_length, &next, end))
        return TRAWL_ERROR_CORRUPT;
    *at = (size_t)(next - record.bytes);
    return 0;
}
