#include "index/format/parts.h"

#include "index/codec/vbyte.h"
#include "index/format/meta.h"
#include "src/util/bytes.h"

static const uint32_t section_id = SECTION_ID('F', 'L', 'D', 'S');

/* -------------------------------------------------------------------- writing */

void parts_writer_init(struct parts_writer *writer)
{
    *writer = (struct parts_writer){.all_plain = 1};
    buffer_init(&writer->records);
    buffer_init(&writer->offsets);
}

void parts_writer_release(struct parts_writer *writer)
{
    buffer_release(&writer->records);
    buffer_release(&writer->offsets);
}

static void append_vbyte(struct buffer *out, uint64_t value)
{
    uint8_t *room = buffer_reserve(out, VBYTE_MAX);
    if (room)
        out->length += vbyte_put(room, value);
}

int parts_writer_add(struct parts_writer *writer, const struct part *parts, size_t count, struct trawl_error *error)
{
    if (writer->records.length > UINT32_MAX)
        return error_set(error, TRAWL_ERROR_LIMIT, "the documents of a segment have too many values");
    if (writer->documents++ % PARTS_PER_OFFSET == 0)
        buffer_append_u32(&writer->offsets, (uint32_t)writer->records.length);
    append_vbyte(&writer->records, count);
    uint32_t before = 0;
    for (size_t i = 0; i < count; i++) {
        append_vbyte(&writer->records, parts[i].field);
        append_vbyte(&writer->records, parts[i].start - before);
        before = parts[i].start;
    }
    if (count != 1 || parts[0].field != FIELD_BODY || parts[0].start != 0)
        writer->all_plain = 0;
    return writer->records.status || writer->offsets.status ? error_memory(error) : 0;
}

int parts_writer_finish(struct parts_writer *writer, struct container_writer *container, struct trawl_error *error)
{
    if (writer->all_plain)
        return 0;
    if (writer->records.length > UINT32_MAX)
        return error_set(error, TRAWL_ERROR_LIMIT, "the documents of a segment have too many values");
    buffer_append_u32(&writer->offsets, (uint32_t)writer->records.length);
    if (writer->offsets.status)
        return error_memory(error);
    int status = container_begin(container, section_id, SECTION_REQUIRED, error);
    if (!status)
        status = container_append(container, writer->offsets.bytes, writer->offsets.length, error);
    if (!status)
        status = container_append(container, writer->records.bytes, writer->records.length, error);
    return status ? status : container_end(container, error);
}

/* -------------------------------------------------------------------- reading */

static size_t offsets_bytes(const struct parts *parts)
{
    return ((size_t)parts->documents / PARTS_PER_OFFSET + (parts->documents % PARTS_PER_OFFSET != 0) + 1) * 4;
}

int parts_open(struct parts *parts, const struct container *container, uint32_t documents, struct trawl_error *error)
{
    *parts = (struct parts){.path = container->path,
                            .file = container->map.bytes,
                            .section = container_section(container, section_id),
                            .documents = documents};
    if (parts->section.bytes && parts->section.length < offsets_bytes(parts))
        return error_corrupt(error, parts->path, "FLDS", (uint64_t)(parts->section.bytes - parts->file), "it is too short");
    return 0;
}

/* Reads one record; fills what fits. -> 0 or -1 */
static int read_record(struct part *out, size_t capacity, size_t *count, const uint8_t **at, const uint8_t *end)
{
    uint32_t parts;
    uint64_t start = 0;
    if (vbyte_get_u32(&parts, at, end))
        return -1;
    for (size_t i = 0; i < parts; i++) {
        uint32_t field, gap;
        if (vbyte_get_u32(&field, at, end) || vbyte_get_u32(&gap, at, end))
            return -1;
        start += gap;
        if (field >= FIELDS_MAX || start > UINT32_MAX)
            return -1;
        if (i < capacity)
            out[i] = (struct part){.field = field, .start = (uint32_t)start};
    }
    *count = parts;
    return 0;
}

/* The records of the 64 documents from `ordinal` / 64 * 64 on. */
static int find_records(const uint8_t **at, const uint8_t **end, const struct parts *parts, uint32_t ordinal)
{
    const uint8_t *offset = parts->section.bytes + (size_t)ordinal / PARTS_PER_OFFSET * 4;
    const size_t head = offsets_bytes(parts);
    const uint32_t start = load_u32(offset), stop = load_u32(offset + 4);
    if (start > stop || stop > parts->section.length - head)
        return -1;
    *at = parts->section.bytes + head + start;
    *end = parts->section.bytes + head + stop;
    return 0;
}

static int corrupt(const struct parts *parts, const uint8_t *at, uint32_t ordinal, struct trawl_error *error)
{
    return error_corrupt(error, parts->path, "FLDS", (uint64_t)(at - parts->file),
                         "the parts of document %u cannot be read", (unsigned)ordinal);
}

static void plain_document(struct part *out, size_t capacity, size_t *count)
{
    *count = 1;
    if (capacity)
        out[0] = (struct part){.field = FIELD_BODY, .start = 0};
}

int parts_get(struct part *out, size_t capacity, size_t *count, const struct parts *parts, uint32_t ordinal,
              struct trawl_error *error)
{
    if (!parts->section.bytes) {
        plain_document(out, capacity, count);
        return 0;
    }
    const uint8_t *at = parts->section.bytes, *end;
    int status = find_records(&at, &end, parts, ordinal);
    for (uint32_t skip = ordinal % PARTS_PER_OFFSET; !status && skip; skip--)
        status = read_record(NULL, 0, count, &at, end);
    if (!status)
        status = read_record(out, capacity, count, &at, end);
    return status ? corrupt(parts, at, ordinal, error) : 0;
}

void parts_start(struct parts_cursor *cursor, const struct parts *parts)
{
    *cursor = (struct parts_cursor){.parts = parts};
}

int parts_next(struct part *out, size_t capacity, size_t *count, struct parts_cursor *cursor, struct trawl_error *error)
{
    const struct parts *parts = cursor->parts;
    if (!parts->section.bytes) {
        plain_document(out, capacity, count);
        return 0;
    }
    int status = 0;
    const uint32_t ordinal = cursor->ordinal++;
    if (ordinal % PARTS_PER_OFFSET == 0) {
        cursor->at = cursor->end = parts->section.bytes;
        status = find_records(&cursor->at, &cursor->end, parts, ordinal);
    }
    if (!status)
        status = read_record(out, capacity, count, &cursor->at, cursor->end);
    return status ? corrupt(parts, cursor->at, ordinal, error) : 0;
}
