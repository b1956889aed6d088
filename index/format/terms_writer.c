/* Writing of the dictionary: sections TIDX and TERM of FORMAT.md. */
#include "index/format/terms.h"

#include <string.h>

#include "index/codec/vbyte.h"
#include "src/util/bytes.h"

enum { NIBBLE_FULL = 15, ENTRY_MOST_BYTES = 3 + TERM_MAX_BYTES + (4 + TERM_INLINE_POSITIONS) * VBYTE_MAX };

static const uint32_t blocks_id = SECTION_ID('T', 'E', 'R', 'M');

void terms_writer_init(struct terms_writer *writer, int has_positions)
{
    *writer = (struct terms_writer){.has_positions = has_positions};
    buffer_init(&writer->blocks);
    buffer_init(&writer->prefixes);
    buffer_init(&writer->offsets);
}

void terms_writer_release(struct terms_writer *writer)
{
    buffer_release(&writer->blocks);
    buffer_release(&writer->prefixes);
    buffer_release(&writer->offsets);
}

uint32_t terms_writer_new_field(struct terms_writer *writer)
{
    writer->in_block = 0;
    return writer->block_count;
}

static uint64_t blocks_end(const struct terms_writer *writer)
{
    return writer->handed_on + writer->blocks.length;
}

void terms_writer_hand_on(struct terms_writer *writer)
{
    writer->handed_on = blocks_end(writer);
    buffer_reset(&writer->blocks);
}

static uint8_t *put_bases(uint8_t *out, const struct terms_writer *writer)
{
    out += vbyte_put(out, writer->postings_end);
    return out + vbyte_put(out, writer->has_positions ? writer->positions_end : 0);
}

static size_t shared_bytes(const struct terms_writer *writer, const uint8_t *term, size_t length)
{
    size_t shared = 0;
    while (shared < length && shared < writer->last_length && term[shared] == writer->last[shared])
        shared++;
    return shared;
}

static uint8_t *put_term(uint8_t *out, const uint8_t *term, size_t length, size_t shared)
{
    const size_t suffix = length - shared;
    const size_t high = shared < NIBBLE_FULL ? shared : NIBBLE_FULL;
    const size_t low = suffix - 1 < NIBBLE_FULL ? suffix - 1 : NIBBLE_FULL;
    *out++ = (uint8_t)(high << 4 | low);
    if (high == NIBBLE_FULL)
        *out++ = (uint8_t)shared;
    if (low == NIBBLE_FULL)
        *out++ = (uint8_t)(suffix - 1);
    memcpy(out, term + shared, suffix);
    return out + suffix;
}

static uint8_t *put_single(uint8_t *out, const struct term_entry *entry, int has_positions)
{
    out += vbyte_put(out, entry->document);
    if (!has_positions)
        return out;
    if (entry->cf > TERM_INLINE_POSITIONS)
        return out + vbyte_put(out, entry->positions_length);
    uint32_t next = 0;
    for (size_t i = 0; i < entry->cf; i++) {
        out += vbyte_put(out, entry->inline_positions[i] - next);
        next = entry->inline_positions[i] + 1;
    }
    return out;
}

static uint8_t *put_entry(uint8_t *out, const struct term_entry *entry, int has_positions)
{
    out += vbyte_put(out, (uint64_t)entry->df << 1 | (entry->cf == entry->df));
    if (entry->cf != entry->df)
        out += vbyte_put(out, entry->cf - entry->df - 1);
    if (entry->df == 1)
        return put_single(out, entry, has_positions);
    out += vbyte_put(out, entry->postings_length);
    return has_positions ? out + vbyte_put(out, entry->positions_length) : out;
}

static void start_block(struct terms_writer *writer, const uint8_t *term, size_t length)
{
    buffer_append_u64(&writer->prefixes, key_prefix(term, length));
    buffer_append_u32(&writer->offsets, (uint32_t)blocks_end(writer));
    writer->block_count++;
    writer->last_length = 0;
}

int terms_writer_add(struct terms_writer *writer, const uint8_t *term, size_t length, const struct term_entry *entry,
                     struct trawl_error *error)
{
    if (length == 0 || length > TERM_MAX_BYTES)
        return error_set(error, TRAWL_ERROR_ARGUMENT, "a term has %zu bytes; 1 to %d are possible", length, TERM_MAX_BYTES);
    if (blocks_end(writer) > UINT32_MAX - ENTRY_MOST_BYTES - 2 * VBYTE_MAX)
        return error_set(error, TRAWL_ERROR_LIMIT, "the terms of a segment take more than 4 GiB");
    const int is_first = writer->in_block % TERMS_PER_BLOCK == 0;
    if (is_first)
        start_block(writer, term, length);
    uint8_t *start = buffer_reserve(&writer->blocks, ENTRY_MOST_BYTES + 2 * VBYTE_MAX);
    if (!start || writer->prefixes.status || writer->offsets.status)
        return error_memory(error);
    uint8_t *end = is_first ? put_bases(start, writer) : start;
    end = put_term(end, term, length, shared_bytes(writer, term, length));
    end = put_entry(end, entry, writer->has_positions);
    writer->blocks.length += (size_t)(end - start);
    writer->in_block = is_first ? 1 : writer->in_block + 1;
    writer->postings_end += entry->postings_length;
    writer->positions_end += entry->positions_length;
    memcpy(writer->last, term, length);
    writer->last_length = length;
    return 0;
}

int terms_writer_finish_index(struct terms_writer *writer, struct container_writer *container, struct trawl_error *error)
{
    buffer_append_u32(&writer->offsets, (uint32_t)blocks_end(writer));
    if (writer->offsets.status)
        return error_memory(error);
    return term_index_write(container, writer->block_count, writer->prefixes.bytes, writer->offsets.bytes, error);
}

int terms_writer_finish(struct terms_writer *writer, struct container_writer *container, struct trawl_error *error)
{
    int status = terms_writer_finish_index(writer, container, error);
    if (status)
        return status;
    return container_add(container, blocks_id, SECTION_REQUIRED, writer->blocks.bytes, writer->blocks.length, error);
}
