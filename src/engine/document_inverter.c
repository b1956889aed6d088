#include "src/engine/document_inverter.h"

#include <string.h>

#include "src/util/memory.h"

int document_inverter_init(struct document_inverter *inverter, const struct analyzer *analyzer, int has_positions,
                           struct trawl_error *error)
{
    memset(inverter, 0, sizeof *inverter);
    int status = inverter_new(&inverter->inverter, has_positions, error);
    if (status == 0)
        status = word_cache_init(&inverter->words, analyzer, inverter->inverter, error);
    if (status)
        document_inverter_release(inverter);
    return status;
}

void document_inverter_release(struct document_inverter *inverter)
{
    word_cache_release(&inverter->words);
    inverter_free(inverter->inverter);
    memory_free(inverter->parts);
    memset(inverter, 0, sizeof *inverter);
}

void document_inverter_reset(struct document_inverter *inverter)
{
    inverter_reset(inverter->inverter);
    word_cache_reset(&inverter->words);
}

size_t document_inverter_memory(const struct document_inverter *inverter)
{
    return inverter_memory(inverter->inverter) + word_cache_memory(&inverter->words);
}

/* Inverts one value from *position on, and leaves there the position behind
 * its last token. */
static int invert_value(struct document_inverter *inverter, uint32_t field, const struct stored_field *value,
                        uint32_t document, uint32_t *position)
{
    struct tokenizer tokenizer;
    struct surface words[WORD_CACHE_BATCH];
    uint32_t handles[WORD_CACHE_BATCH], at = *position;
    size_t count;
    tokenizer_init(&tokenizer, value->value, value->value_length);
    while ((count = tokenizer_next_words(&tokenizer, words, WORD_CACHE_BATCH)) > 0) {
        if (word_cache_handles(handles, &count, &inverter->words, field, words, count, value->value + value->value_length)
            || inverter_add_words(inverter->inverter, handles, count, document, at))
            return TRAWL_ERROR_MEMORY;
        at += (uint32_t)count;
    }
    if (at > *position)
        inverter->ends[field] = at;
    inverter->tokens[field] += at - *position;
    *position = at;
    return 0;
}

/* The first value of a field starts at 0, each further one a gap behind the
 * one before. `next_position` keeps where the next would start. A value without tokens takes no place. */
static int invert_field(struct document_inverter *inverter, uint32_t field, const struct stored_field *value, uint32_t document)
{
    const uint32_t start = inverter->next_position[field];
    uint32_t position = start;
    const int status = invert_value(inverter, field, value, document, &position);
    if (position > start)
        inverter->next_position[field] = position + FIELD_GAP;
    if (field >= inverter->field_end)
        inverter->field_end = field + 1;
    return status;
}

static int add_part(struct document_inverter *inverter, uint32_t field, uint32_t start)
{
    if (memory_grow(&inverter->parts, &inverter->part_capacity, inverter->part_count + 1, sizeof *inverter->parts))
        return TRAWL_ERROR_MEMORY;
    inverter->parts[inverter->part_count++] = (struct part){.field = field, .start = start};
    return 0;
}

/* A value in the default field: a part, if it has a token. So the parts say which fields have something in a document,
 * what the coded lengths of long ones cannot. */
static int invert_part(struct document_inverter *inverter, uint32_t field, const struct stored_field *value, uint32_t document)
{
    const uint32_t start = inverter->next_position[FIELD_DEFAULT], tokens = inverter->tokens[FIELD_DEFAULT];
    const int status = invert_field(inverter, FIELD_DEFAULT, value, document);
    if (status || inverter->tokens[FIELD_DEFAULT] == tokens)
        return status;
    return add_part(inverter, field, start);
}

static int add_field(struct document_inverter *inverter, uint32_t field, const struct stored_field *value, uint32_t document)
{
    const int stands_in_body = value->kind & 2;
    if (!stands_in_body && invert_part(inverter, field, value, document))
        return TRAWL_ERROR_MEMORY;
    if (field == FIELD_BODY || field == FIELD_DEFAULT)
        return 0;
    return invert_field(inverter, field, value, document);
}

static void gather_lengths(struct document_inverter *inverter)
{
    inverter->length_count = 0;
    for (uint32_t field = 0; field < inverter->field_end; field++)
        if (inverter->tokens[field])
            inverter->lengths[inverter->length_count++] = (struct field_length){
                .field = field, .tokens = inverter->tokens[field], .end = inverter->ends[field]};
}

/* Titles come first in the default field, then bodies, so that a body is one
 * stretch of positions, then the rest as it came. */
enum { RANKS = 3 };

static int rank_of(const struct stored_field *field)
{
    if (field->name_length == 5 && memcmp(field->name, "title", 5) == 0)
        return 0;
    return field->name_length == 4 && memcmp(field->name, "body", 4) == 0 ? 1 : 2;
}

static int add_rank(struct document_inverter *inverter, const struct parsed_batch *batch, struct span record, int rank, uint32_t document)
{
    struct stored_field field;
    for (size_t at = 0; stored_next_field(&field, record, &at) == 0;) {
        if (field.kind & 1 || rank_of(&field) != rank)
            continue;
        if (add_field(inverter, parsed_batch_field(batch, field.name, field.name_length), &field, document))
            return TRAWL_ERROR_MEMORY;
    }
    return 0;
}

int document_inverter_add(struct document_inverter *inverter, const struct parsed_batch *batch, size_t number, uint32_t ordinal,
                          struct trawl_error *error)
{
    const struct parsed_document *document = &batch->documents[number];
    const struct span record = {batch->records.bytes + document->record, document->record_length};
    memset(inverter->next_position, 0, inverter->field_end * sizeof *inverter->next_position);
    memset(inverter->tokens, 0, inverter->field_end * sizeof *inverter->tokens);
    inverter->part_count = inverter->field_end = 0;
    for (int rank = 0; rank < RANKS; rank++)
        if (add_rank(inverter, batch, record, rank, ordinal))
            return error_memory(error);
    if (inverter->part_count == 0 && add_part(inverter, FIELD_BODY, 0)) /* an empty body: as plain as any */
        return error_memory(error);
    gather_lengths(inverter);
    return 0;
}
