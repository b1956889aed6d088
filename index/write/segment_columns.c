#include "index/write/segment_columns.h"

#include <string.h>

#include "index/codec/vbyte.h"
#include "index/format/ids.h"
#include "index/format/lengths.h"
#include "index/format/order.h"
#include "src/util/memory.h"

void segment_columns_init(struct segment_columns *columns)
{
    *columns = (struct segment_columns){0};
    interner_init(&columns->ids);
    buffer_init(&columns->parts);
}

void segment_columns_release(struct segment_columns *columns)
{
    interner_release(&columns->ids);
    memory_free(columns->id_of);
    memory_free(columns->owner);
    memory_free(columns->insertions);
    for (size_t field = 0; field < FIELDS_MAX; field++) {
        memory_free(columns->codes[field].codes);
        memory_free(columns->ends[field].codes);
    }
    buffer_release(&columns->parts);
    memory_free(columns->map);
    segment_columns_init(columns);
}

size_t segment_columns_memory(const struct segment_columns *columns)
{
    size_t sum = interner_memory(&columns->ids) + columns->parts.capacity;
    sum += (columns->id_of_capacity + columns->owner_capacity) * sizeof(uint32_t);
    sum += columns->insertion_capacity * sizeof(uint64_t);
    for (size_t field = 0; field < FIELDS_MAX; field++)
        sum += columns->codes[field].capacity + columns->ends[field].capacity;
    return sum + columns->documents * sizeof(struct id_string); /* needed in the end */
}

/* -------------------------------------------------------------------- adding */

static int add_id(struct segment_columns *columns, const uint8_t *id, size_t length, int *replaced)
{
    const uint32_t ordinal = columns->documents;
    if (memory_grow(&columns->id_of, &columns->id_of_capacity, (size_t)ordinal + 1, sizeof(uint32_t)) ||
        memory_grow(&columns->owner, &columns->owner_capacity, columns->ids.count + 1, sizeof(uint32_t)))
        return TRAWL_ERROR_MEMORY;
    int added;
    const int64_t number = interner_add(&columns->ids, id, length, hash_bytes(id, length), &added);
    if (number < 0)
        return TRAWL_ERROR_MEMORY;
    columns->id_of[ordinal] = (uint32_t)number;
    columns->owner[number] = ordinal;
    columns->kept += added != 0;
    *replaced = !added;
    return 0;
}

static void append_vbyte(struct buffer *out, uint64_t value)
{
    uint8_t *room = buffer_reserve(out, VBYTE_MAX);
    if (room)
        out->length += vbyte_put(room, value);
}

static int add_parts(struct segment_columns *columns, const struct part *parts, size_t count)
{
    const int is_plain = count == 1 && parts[0].field == FIELD_BODY && parts[0].start == 0;
    append_vbyte(&columns->parts, is_plain ? 0 : count + 1);
    uint32_t before = 0;
    for (size_t i = 0; i < count && !is_plain; i++) {
        append_vbyte(&columns->parts, parts[i].field);
        append_vbyte(&columns->parts, parts[i].start - before);
        before = parts[i].start;
    }
    return columns->parts.status;
}

/* Everything up to `end` becomes real. */
static int fill_column(struct code_column *column, size_t end)
{
    if (memory_grow(&column->codes, &column->capacity, end, 1))
        return TRAWL_ERROR_MEMORY;
    if (end > column->filled)
        memset(column->codes + column->filled, 0, end - column->filled);
    column->filled = end > column->filled ? end : column->filled;
    return 0;
}

static int add_code(struct code_column *column, uint32_t document, uint8_t code)
{
    if (fill_column(column, (size_t)document + 1))
        return TRAWL_ERROR_MEMORY;
    column->codes[document] = code;
    return 0;
}

static int add_length(struct segment_columns *columns, const struct field_length *length)
{
    const uint8_t code = length_encode(length->tokens), end = length_encode(length->end);
    if (add_code(&columns->codes[length->field], columns->documents, code))
        return TRAWL_ERROR_MEMORY;
    return end == 0 || end == code ? 0 : add_code(&columns->ends[length->field], columns->documents, end);
}

static int check(const struct segment_columns *columns, size_t id_length, const struct field_length *lengths,
                 size_t length_count, struct trawl_error *error)
{
    if (id_length < 1 || id_length > ID_MAX_BYTES)
        return error_set(error, TRAWL_ERROR_ARGUMENT, "an id has %zu bytes; 1 to %d are possible", id_length,
                         ID_MAX_BYTES);
    if (columns->documents == DOCUMENT_DROPPED)
        return error_set(error, TRAWL_ERROR_LIMIT, "a segment cannot hold more documents");
    for (size_t i = 0; i < length_count; i++)
        if (lengths[i].field >= FIELDS_MAX)
            return error_set(error, TRAWL_ERROR_ARGUMENT, "there is no field %u", (unsigned)lengths[i].field);
    return 0;
}

int segment_columns_add(struct segment_columns *columns, const uint8_t *id, size_t id_length, const struct part *parts,
                        size_t part_count, const struct field_length *lengths, size_t length_count, int *replaced,
                        struct trawl_error *error)
{
    int status = check(columns, id_length, lengths, length_count, error);
    if (status)
        return status;
    if (add_id(columns, id, id_length, replaced) || add_parts(columns, parts, part_count))
        return error_memory(error);
    for (size_t i = 0; i < length_count; i++)
        if (add_length(columns, &lengths[i]))
            return error_memory(error);
    columns->documents++;
    return 0;
}

int segment_columns_set_insertion(struct segment_columns *columns, uint64_t insertion)
{
    if (memory_grow(&columns->insertions, &columns->insertion_capacity, (size_t)columns->documents + 1,
                    sizeof(uint64_t)))
        return TRAWL_ERROR_MEMORY;
    columns->insertions[columns->documents] = insertion;
    return 0;
}

/* ------------------------------------------------------------------- closing */

int segment_columns_is_kept(const struct segment_columns *columns, uint32_t old)
{
    return columns->owner[columns->id_of[old]] == old;
}

struct interner_key segment_columns_id(const struct segment_columns *columns, uint32_t old)
{
    return columns->ids.keys[columns->id_of[old]];
}

static int make_map(struct segment_columns *columns)
{
    columns->map = memory_alloc_array(columns->documents, sizeof *columns->map);
    if (!columns->map)
        return TRAWL_ERROR_MEMORY;
    uint32_t next = 0;
    for (uint32_t old = 0; old < columns->documents; old++)
        columns->map[old] = segment_columns_is_kept(columns, old) ? next++ : DOCUMENT_DROPPED;
    return 0;
}

static void drop_codes(uint8_t *codes, const uint32_t *map, uint32_t documents)
{
    for (uint32_t old = 0; old < documents; old++)
        if (map[old] != DOCUMENT_DROPPED)
            codes[map[old]] = codes[old];
}

static int is_all_zero(const uint8_t *codes, uint32_t count)
{
    uint32_t i = 0;
    while (i < count && !codes[i])
        i++;
    return i == count;
}

static int close_column(const struct segment_columns *columns, struct code_column *column)
{
    if (!column->codes)
        return 0;
    if (fill_column(column, columns->documents))
        return TRAWL_ERROR_MEMORY;
    if (columns->map)
        drop_codes(column->codes, columns->map, columns->documents);
    if (is_all_zero(column->codes, columns->kept)) { /* only dropped documents had the field */
        memory_free(column->codes);
        *column = (struct code_column){0};
    }
    return 0;
}

int segment_columns_close(struct segment_columns *columns, struct trawl_error *error)
{
    interner_keep_keys(&columns->ids);
    if (columns->kept < columns->documents && make_map(columns))
        return error_memory(error);
    for (size_t field = 0; field < FIELDS_MAX; field++)
        if (close_column(columns, &columns->codes[field]) || close_column(columns, &columns->ends[field]))
            return error_memory(error);
    return 0;
}

static int reorder_column(struct code_column *column, const uint32_t *ordinals, uint32_t documents)
{
    if (!column->codes)
        return 0;
    uint8_t *codes = memory_alloc_array(documents, sizeof *codes);
    if (!codes)
        return TRAWL_ERROR_MEMORY;
    for (uint32_t document = 0; document < documents; document++)
        codes[document] = column->codes[ordinals[document]];
    memory_free(column->codes);
    *column = (struct code_column){.codes = codes, .filled = documents, .capacity = documents};
    return 0;
}

int segment_columns_reorder(struct segment_columns *columns, const uint32_t *ordinals, struct trawl_error *error)
{
    for (size_t field = 0; field < FIELDS_MAX; field++)
        if (reorder_column(&columns->codes[field], ordinals, columns->kept) ||
            reorder_column(&columns->ends[field], ordinals, columns->kept))
            return error_memory(error);
    return 0;
}

/* ------------------------------------------------------------------- writing */

int segment_columns_ends(uint8_t **codes, const struct segment_columns *columns, uint32_t field)
{
    *codes = NULL;
    if (!columns->ends[field].codes)
        return 0;
    *codes = memory_alloc_array(columns->kept, 1);
    if (!*codes)
        return TRAWL_ERROR_MEMORY;
    memcpy(*codes, columns->codes[field].codes, columns->kept);
    lengths_override(*codes, columns->ends[field].codes, columns->kept);
    return 0;
}

static int write_codes(uint32_t section, const struct segment_columns *columns, const struct code_column *codes,
                       struct container_writer *container, struct trawl_error *error)
{
    struct lengths_column written[FIELDS_MAX];
    const int is_ends = section == ENDS_SECTION;
    size_t count = 0;
    for (uint32_t field = 0; field < FIELDS_MAX; field++)
        if (codes[field].codes)
            written[count++] = (struct lengths_column){
                .field = field, .codes = codes[field].codes, .others = is_ends ? columns->codes[field].codes : NULL};
    if (count == 0 && is_ends)
        return 0;
    return lengths_write(section, written, count, columns->kept, container, error);
}

/* Our own bytes: nothing in them needs checking. */
static uint64_t next_number(const uint8_t **at, const uint8_t *end)
{
    uint64_t number = 0;
    vbyte_get(&number, at, end);
    return number;
}

static int read_parts(struct part **parts, size_t *capacity, size_t *count, const uint8_t **at, const uint8_t *end)
{
    const uint64_t head = next_number(at, end);
    *count = head ? (size_t)head - 1 : 1;
    if (memory_grow(parts, capacity, *count, sizeof **parts))
        return TRAWL_ERROR_MEMORY;
    uint32_t start = 0;
    for (size_t i = 0; i < *count; i++) {
        const uint32_t field = head ? (uint32_t)next_number(at, end) : FIELD_BODY;
        start += head ? (uint32_t)next_number(at, end) : 0;
        (*parts)[i] = (struct part){.field = field, .start = start};
    }
    return 0;
}

static int fill_parts(struct parts_writer *writer, const struct segment_columns *columns, struct trawl_error *error)
{
    struct part *parts = NULL;
    size_t capacity = 0, count;
    const uint8_t *at = columns->parts.bytes, *end = at + columns->parts.length;
    int status = 0;
    for (uint32_t old = 0; old < columns->documents && !status; old++) {
        if (read_parts(&parts, &capacity, &count, &at, end))
            status = error_memory(error);
        else if (segment_columns_is_kept(columns, old))
            status = parts_writer_add(writer, parts, count, error);
    }
    memory_free(parts);
    return status;
}

static int write_parts(const struct segment_columns *columns, struct container_writer *container,
                       struct trawl_error *error)
{
    struct parts_writer writer;
    parts_writer_init(&writer);
    int status = fill_parts(&writer, columns, error);
    if (!status)
        status = parts_writer_finish(&writer, container, error);
    parts_writer_release(&writer);
    return status;
}

static int write_ids(const struct segment_columns *columns, struct container_writer *container,
                     struct trawl_error *error)
{
    struct id_string *ids = memory_alloc_array(columns->kept, sizeof *ids);
    if (!ids)
        return error_memory(error);
    uint32_t count = 0;
    for (uint32_t old = 0; old < columns->documents; old++) {
        if (!segment_columns_is_kept(columns, old))
            continue;
        const struct interner_key key = segment_columns_id(columns, old);
        ids[count++] = (struct id_string){.bytes = key.bytes, .length = key.length};
    }
    int status = ids_write(ids, count, container, error);
    memory_free(ids);
    return status;
}

/* Turns insertion numbers, in place, into what they exceed base + new ordinal by. */
static int write_insertions(struct segment_columns *columns, uint64_t *base, struct container_writer *container,
                            struct trawl_error *error)
{
    if (!columns->insertions)
        return 0;
    uint64_t *extra = columns->insertions;
    uint32_t count = 0;
    for (uint32_t old = 0; old < columns->documents; old++) {
        if (!segment_columns_is_kept(columns, old))
            continue;
        if (count == 0)
            *base = extra[old];
        extra[count] = extra[old] - *base - count;
        count++;
    }
    return insertions_write(extra, count, container, error);
}

int segment_columns_write(struct segment_columns *columns, uint64_t *base, struct container_writer *container,
                          struct trawl_error *error)
{
    int status = write_codes(LENGTHS_SECTION, columns, columns->codes, container, error);
    if (!status)
        status = write_codes(ENDS_SECTION, columns, columns->ends, container, error);
    if (!status)
        status = write_parts(columns, container, error);
    if (!status)
        status = write_ids(columns, container, error);
    return status ? status : write_insertions(columns, base, container, error);
}
