/* Length codes. The code is a small floating-point number: three bits behind
 * the leading one, over an offset that keeps short lengths exact. */
#include "index/format/lengths.h"

#include <string.h>

#include "index/codec/bits.h"
#include "src/util/bytes.h"

enum {
    EXACT = 24,           /* lengths below are their own code, and the scale starts here */
    MANTISSA_BITS = 3,
    LARGEST_CODE = 254,   /* 255 stays free, for whoever needs "none" */
    HEAD_BYTES = 8, ENTRY_BYTES = 24,
    DENSE = 0, SPARSE = 1, SPARSE_BYTES = 5
};

uint8_t length_encode(uint32_t length)
{
    if (length < EXACT)
        return (uint8_t)length;
    const uint32_t over = length - EXACT;
    if (over < 1 << MANTISSA_BITS)
        return (uint8_t)length;
    const unsigned shift = bits_needed(over) - MANTISSA_BITS - 1;
    const unsigned code = EXACT + ((over >> shift & 7) | (shift + 1) << MANTISSA_BITS);
    return (uint8_t)(code < LARGEST_CODE ? code : LARGEST_CODE);
}

uint32_t length_decode(uint8_t code)
{
    if (code < EXACT + (1 << MANTISSA_BITS))
        return code;
    const unsigned scaled = code - EXACT;
    const unsigned shift = (scaled >> MANTISSA_BITS) - 1;
    return EXACT + ((scaled & 7U) + 8U) * (UINT32_C(1) << shift);
}

uint32_t length_most(uint8_t code)
{
    return code < LARGEST_CODE ? length_decode((uint8_t)(code + 1)) - 1 : UINT32_MAX;
}

/* -------------------------------------------------------------------- writing */

static uint32_t count_used(const uint8_t *codes, uint32_t documents)
{
    uint32_t used = 0;
    for (uint32_t i = 0; i < documents; i++)
        used += codes[i] != 0;
    return used;
}

static void append_sparse(struct buffer *out, const uint8_t *codes, uint32_t documents)
{
    for (uint32_t i = 0; i < documents; i++)
        if (codes[i])
            buffer_append_u32(out, i);
    for (uint32_t i = 0; i < documents; i++)
        if (codes[i])
            buffer_append_u8(out, codes[i]);
}

static void append_dense(struct buffer *out, const struct lengths_column *column, uint32_t documents)
{
    uint8_t *codes = buffer_reserve(out, documents);
    if (!codes)
        return;
    memcpy(codes, column->codes, documents);
    for (uint32_t i = 0; column->others && i < documents; i++)
        codes[i] = codes[i] ? codes[i] : column->others[i];
    out->length += documents;
}

static void append_column(struct buffer *head, struct buffer *data, size_t data_start, const struct lengths_column *column,
                          uint32_t documents)
{
    const uint32_t used = count_used(column->codes, documents);
    const int is_sparse = (uint64_t)used * SPARSE_BYTES < documents;
    buffer_append_u32(head, column->field);
    buffer_append_u32(head, is_sparse ? SPARSE : DENSE);
    buffer_append_u64(head, data_start + data->length);
    buffer_append_u64(head, is_sparse ? used : documents);
    if (is_sparse)
        append_sparse(data, column->codes, documents);
    else
        append_dense(data, column, documents);
}

int lengths_write(uint32_t section, const struct lengths_column *columns, size_t count, uint32_t documents,
                  struct container_writer *container, struct trawl_error *error)
{
    struct buffer head, data;
    buffer_init(&head);
    buffer_init(&data);
    buffer_append_u32(&head, (uint32_t)count);
    buffer_append_u32(&head, 0);
    for (size_t i = 0; i < count; i++)
        append_column(&head, &data, HEAD_BYTES + count * ENTRY_BYTES, &columns[i], documents);
    int status = head.status || data.status ? error_memory(error) : 0;
    if (!status)
        status = container_begin(container, section, SECTION_REQUIRED, error);
    if (!status)
        status = container_append(container, head.bytes, head.length, error);
    if (!status)
        status = container_append(container, data.bytes, data.length, error);
    if (!status)
        status = container_end(container, error);
    buffer_release(&head);
    buffer_release(&data);
    return status;
}

/* -------------------------------------------------------------------- reading */

/* -> 0, or -1 when the entry is not sound. */
static int read_field(struct lengths_field *field, const struct span *section, const uint8_t *entry, uint32_t documents)
{
    const uint64_t offset = load_u64(entry + 8);
    *field = (struct lengths_field){.id = load_u32(entry), .form = load_u32(entry + 4), .count = load_u64(entry + 16)};
    if (field->id >= FIELDS_MAX || field->form > SPARSE || offset > section->length)
        return -1;
    if (field->form == DENSE ? field->count != documents : field->count > documents)
        return -1;
    if (field->count * (field->form == DENSE ? 1 : SPARSE_BYTES) > section->length - offset)
        return -1;
    const uint8_t *data = section->bytes + offset;
    field->documents = field->form == DENSE ? NULL : data;
    field->codes = field->form == DENSE ? data : data + field->count * 4;
    return 0;
}

int lengths_open(struct lengths *lengths, const struct container *container, uint32_t id, uint32_t documents,
                 struct trawl_error *error)
{
    const struct span section = container_section(container, id);
    const char *name = id == ENDS_SECTION ? "ENDS" : "LENS";
    const uint64_t file_offset = section.bytes ? (uint64_t)(section.bytes - container->map.bytes) : 0;
    lengths->field_count = section.length < HEAD_BYTES ? 0 : load_u32(section.bytes);
    if (!section.bytes && id == ENDS_SECTION)
        return 0;
    if (section.length < HEAD_BYTES || lengths->field_count > FIELDS_MAX ||
        section.length < HEAD_BYTES + (size_t)lengths->field_count * ENTRY_BYTES)
        return error_corrupt(error, container->path, name, file_offset, "it is missing or too short");
    for (uint32_t i = 0; i < lengths->field_count; i++) {
        const uint64_t at = HEAD_BYTES + (uint64_t)i * ENTRY_BYTES;
        struct lengths_field *field = &lengths->fields[i];
        if (read_field(field, &section, section.bytes + at, documents) || (i && field->id <= field[-1].id))
            return error_corrupt(error, container->path, name, file_offset + at, "this field's entry is not sound");
    }
    return 0;
}

const struct lengths_field *lengths_find(const struct lengths *lengths, uint32_t id)
{
    for (uint32_t i = 0; i < lengths->field_count && lengths->fields[i].id <= id; i++)
        if (lengths->fields[i].id == id)
            return &lengths->fields[i];
    return NULL;
}

int lengths_expand(uint8_t *out, const struct lengths_field *field, uint32_t documents)
{
    if (field->form == SPARSE)
        memset(out, 0, documents);
    return lengths_put(out, field, documents);
}

int lengths_put(uint8_t *out, const struct lengths_field *field, uint32_t documents)
{
    if (field->form == DENSE) {
        memcpy(out, field->codes, documents);
        return 0;
    }
    uint64_t next = 0;
    for (uint64_t i = 0; i < field->count; i++) {
        const uint32_t document = load_u32(field->documents + 4 * i);
        if (document < next || document >= documents)
            return -1;
        out[document] = field->codes[i];
        next = (uint64_t)document + 1;
    }
    return 0;
}

void lengths_override(uint8_t *codes, const uint8_t *ends, uint32_t documents)
{
    for (uint32_t i = 0; ends && i < documents; i++)
        codes[i] = ends[i] ? ends[i] : codes[i];
}
