/* trawl_get: one stored document by id. */
#include <string.h>

#include "src/engine/reader.h"
#include "src/util/json_write.h"
#include "src/util/memory.h"

struct trawl_stored {
    char *id; /* NUL-terminated copy */
    size_t id_length;
    struct stored_unpacked unpacked;
    struct span record; /* in unpacked */
    struct buffer json;
};

static int read_record(struct trawl_stored *stored, const struct segment *segment, uint32_t document, struct trawl_error *error)
{
    if (!segment->stored.index.bytes)
        return error_set(error, TRAWL_ERROR_UNSUPPORTED, "the index keeps no text: it was built without a store");
    return stored_get(&stored->record, &stored->unpacked, &segment->stored, segment_ordinal(segment, document), error);
}

static int stored_open_id(struct trawl_stored *stored, const struct snapshot *index, const char *id, size_t length,
                          struct trawl_error *error)
{
    size_t segment;
    uint32_t document;
    const int status = snapshot_find_id(&segment, &document, index, (const uint8_t *)id, length, error);
    if (status < 0)
        return status;
    if (status > 0)
        return error_set(error, TRAWL_ERROR_NOT_FOUND, "no document has this id");
    stored->id = memory_alloc(length + 1);
    if (!stored->id)
        return error_memory(error);
    memcpy(stored->id, id, length);
    stored->id[length] = '\0';
    stored->id_length = length;
    return read_record(stored, index->segments[segment], document, error);
}

int trawl_get(trawl_stored **stored, trawl_snapshot *snapshot, const char *id, size_t length, struct trawl_error *error)
{
    error_begin(error);
    struct trawl_stored *made = memory_alloc_zero(1, sizeof *made);
    *stored = NULL;
    if (!made)
        return error_memory(error);
    buffer_init(&made->json);
    buffer_init(&made->unpacked.bytes);
    const int status = stored_open_id(made, snapshot->index, id, length, error);
    if (status) {
        trawl_stored_free(made);
        return status;
    }
    *stored = made;
    return 0;
}

void trawl_stored_free(trawl_stored *stored)
{
    if (!stored)
        return;
    buffer_release(&stored->json);
    buffer_release(&stored->unpacked.bytes);
    memory_free(stored->id);
    memory_free(stored);
}

int trawl_stored_field(struct trawl_field *field, const trawl_stored *stored, size_t number)
{
    struct stored_field found;
    for (size_t at = 0; stored_next_field(&found, stored->record, &at) == 0;) {
        if (number-- > 0)
            continue;
        *field = (struct trawl_field){
            .name = (const char *)found.name,
            .name_length = found.name_length,
            .value = (const char *)found.value,
            .value_length = found.value_length,
            .stored_only = found.kind & 1,
        };
        return 0;
    }
    return TRAWL_END;
}

/* ------------------------------------------------------------------- JSON */

static int is_same_name(const struct stored_field *a, const struct stored_field *b)
{
    return a->name_length == b->name_length && memcmp(a->name, b->name, a->name_length) == 0;
}

static int came_before(struct span record, const struct stored_field *field)
{
    struct stored_field other;
    for (size_t at = 0; stored_next_field(&other, record, &at) == 0 && other.name != field->name;)
        if (is_same_name(&other, field))
            return 1;
    return 0;
}

static void write_value(struct buffer *out, const struct stored_field *field)
{
    if (field->kind & 1)
        json_write_json(out, field->value, field->value_length);
    else
        json_write_string(out, field->value, field->value_length);
}

/* All values of a field: alone, or an array of several. */
static void write_values(struct buffer *out, struct span record, const struct stored_field *field)
{
    struct stored_field other;
    size_t count = 0;
    for (size_t at = 0; stored_next_field(&other, record, &at) == 0;)
        count += (size_t)is_same_name(&other, field);
    if (count == 1) {
        write_value(out, field);
        return;
    }
    const char *before = "[";
    for (size_t at = 0; stored_next_field(&other, record, &at) == 0;) {
        if (!is_same_name(&other, field))
            continue;
        buffer_append_string(out, before);
        write_value(out, &other);
        before = ",";
    }
    buffer_append_string(out, "]");
}

const char *trawl_stored_json(trawl_stored *stored, size_t *length)
{
    struct buffer *out = &stored->json;
    struct stored_field field;
    buffer_reset(out);
    buffer_append_string(out, "{");
    json_write_key(out, "id");
    json_write_string(out, stored->id, stored->id_length);
    for (size_t at = 0; stored_next_field(&field, stored->record, &at) == 0;) {
        if (came_before(stored->record, &field))
            continue;
        buffer_append_string(out, ",");
        json_write_string(out, field.name, field.name_length);
        buffer_append_string(out, ":");
        write_values(out, stored->record, &field);
    }
    buffer_append_string(out, "}");
    const char *text = buffer_string(out);
    *length = out->length;
    return out->status ? NULL : text;
}
