#include "src/engine/parsed_batch.h"

#include <string.h>

#include "index/format/meta.h"
#include "index/format/stored.h"
#include "src/util/memory.h"

void parsed_batch_init(struct parsed_batch *batch)
{
    memset(batch, 0, sizeof *batch);
    buffer_init(&batch->ids);
    buffer_init(&batch->records);
    arena_init(&batch->names_arena);
}

void parsed_batch_release(struct parsed_batch *batch)
{
    buffer_release(&batch->ids);
    buffer_release(&batch->records);
    arena_release(&batch->names_arena);
    memory_free(batch->documents);
    memory_free(batch->names);
    memory_free(batch->remarks);
    parsed_batch_init(batch);
}

void parsed_batch_reset(struct parsed_batch *batch)
{
    buffer_reset(&batch->ids);
    buffer_reset(&batch->records);
    arena_reset(&batch->names_arena);
    batch->document_count = batch->name_count = batch->remark_count = 0;
    batch->skipped = batch->damaged = batch->text_bytes = 0;
}

static const struct parsed_name *find_name(const struct parsed_batch *batch, const void *name, size_t length)
{
    for (size_t i = 0; i < batch->name_count; i++)
        if (batch->names[i].length == length && memcmp(batch->names[i].bytes, name, length) == 0)
            return &batch->names[i];
    return NULL;
}

static int note_name(struct parsed_batch *batch, const struct document_field *field)
{
    if (field->kind != FIELD_TEXT || find_name(batch, field->name, field->name_length))
        return 0;
    const char *bytes = arena_copy(&batch->names_arena, field->name, field->name_length);
    if (!bytes || memory_grow(&batch->names, &batch->name_capacity, batch->name_count + 1, sizeof *batch->names))
        return TRAWL_ERROR_MEMORY;
    batch->names[batch->name_count++] = (struct parsed_name){.bytes = bytes, .length = field->name_length};
    return 0;
}

static int append_field(struct parsed_batch *batch, const struct document_field *field)
{
    const struct stored_field stored = {
        .name = (const uint8_t *)field->name,
        .name_length = field->name_length,
        .value = field->value,
        .value_length = (uint32_t)field->value_length,
        .kind = (uint8_t)((field->kind == FIELD_STORED) | (field->in_body ? 2 : 0)),
    };
    if (field->kind == FIELD_TEXT)
        batch->text_bytes += field->value_length;
    return stored_encode(&batch->records, &stored, 1);
}

int parsed_batch_add(struct parsed_batch *batch, const struct document *document, struct trawl_error *error)
{
    if (memory_grow(&batch->documents, &batch->document_capacity, batch->document_count + 1, sizeof *batch->documents))
        return error_memory(error);
    struct parsed_document *added = &batch->documents[batch->document_count];
    *added = (struct parsed_document){
        .id = batch->ids.length,
        .id_length = document->id_length,
        .record = batch->records.length,
    };
    buffer_append(&batch->ids, document->id, document->id_length);
    for (size_t i = 0; i < document->field_count; i++)
        if (note_name(batch, &document->fields[i]) || append_field(batch, &document->fields[i]))
            return error_memory(error);
    if (batch->ids.status || batch->records.status)
        return error_memory(error);
    added->record_length = batch->records.length - added->record;
    batch->document_count++;
    batch->damaged += document->damaged;
    return 0;
}

int parsed_batch_remark(struct parsed_batch *batch, int level, const struct trawl_error *error)
{
    if (memory_grow(&batch->remarks, &batch->remark_capacity, batch->remark_count + 1, sizeof *batch->remarks))
        return TRAWL_ERROR_MEMORY;
    batch->remarks[batch->remark_count++] = (struct parsed_remark){.level = level, .error = *error};
    batch->skipped += level > 0;
    return 0;
}

static int parse_record(struct parsed_batch *batch, const struct raw_record *record, struct parser *parser, struct trawl_error *error)
{
    struct document document;
    struct trawl_error fault = {0};
    const int status = parser_parse(&document, parser, record, &fault);
    if (status == 0)
        return parsed_batch_add(batch, &document, error);
    if (status != TRAWL_ERROR_DOCUMENT)
        return error_set(error, status, "%s", fault.message);
    return parsed_batch_remark(batch, 1, &fault) ? error_memory(error) : 0;
}

int parsed_batch_parse(struct parsed_batch *batch, const struct raw_batch *raw, struct parser *parser, struct trawl_error *error)
{
    parsed_batch_reset(batch);
    for (size_t i = 0; i < raw->count; i++) {
        const int status = parse_record(batch, &raw->records[i], parser, error);
        if (status)
            return status;
    }
    return 0;
}

int parsed_batch_number(struct parsed_batch *batch, struct manifest *manifest, struct trawl_error *error)
{
    for (size_t i = 0; i < batch->name_count; i++) {
        struct parsed_name *name = &batch->names[i];
        int field = manifest_add_field(manifest, name->bytes, name->length);
        if (field < 0 && manifest->field_count < FIELD_PAIRS)
            return error_memory(error);
        name->field = field < 0 ? FIELD_DEFAULT : (uint32_t)field;
    }
    return 0;
}

uint32_t parsed_batch_field(const struct parsed_batch *batch, const uint8_t *name, size_t length)
{
    const struct parsed_name *found = find_name(batch, name, length);
    return found ? found->field : FIELD_DEFAULT;
}
