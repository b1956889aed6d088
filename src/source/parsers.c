#include "src/source/parsers.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "src/source/fault.h"
#include "src/source/html_read.h"
#include "src/text/utf8.h"
#include "src/util/memory.h"

enum { ID_LIMIT = 1024, BUFFER_KEPT = 4 << 20 }; /* memory that a large document may leave behind */

int parser_new(struct parser **parser, uint64_t max_document_size, struct trawl_error *error)
{
    struct parser *made = memory_alloc_zero(1, sizeof *made);
    if (!made)
        return error_memory(error);
    arena_init(&made->arena);
    buffer_init(&made->body);
    buffer_init(&made->title);
    buffer_init(&made->scratch);
    made->max_document_size = max_document_size;
    html_read_prepare();
    *parser = made;
    return 0;
}

void parser_release_document(struct parser *parser)
{
    arena_release(&parser->arena);
    buffer_release(&parser->body);
    buffer_release(&parser->title);
    buffer_release(&parser->scratch);
    memory_free(parser->fields);
    memory_free(parser->sorted);
    parser->fields = parser->sorted = NULL;
    parser->field_count = parser->field_capacity = parser->sorted_capacity = 0;
}

void parser_free(struct parser *parser)
{
    if (!parser)
        return;
    parser_release_document(parser);
    memory_free(parser);
}

/* ------------------------------------------------------------------ faults */

int parser_fault(struct parser *parser, const char *format, ...)
{
    char message[sizeof parser->error->message];
    va_list arguments;
    va_start(arguments, format);
    const int length = vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    return fault_at(parser->error, TRAWL_ERROR_DOCUMENT, parser->record->path, parser->record->line, "%s",
                    length < 0 ? "a bad document" : message);
}

int parser_no_memory(struct parser *parser)
{
    return error_memory(parser->error);
}

static int too_large(struct parser *parser)
{
    return parser_fault(parser, "over the maximum document size of %" PRIu64 " bytes", parser->max_document_size);
}

/* ------------------------------------------------------------------ fields */

int parser_add(struct parser *parser, const struct document_field *field)
{
    if (parser->field_count == VALUE_LIMIT)
        return parser_fault(parser, "more than 262,144 values");
    if (memory_grow(&parser->fields, &parser->field_capacity, parser->field_count + 1, sizeof *parser->fields))
        return parser_no_memory(parser);
    parser->fields[parser->field_count++] = *field;
    return 0;
}

int parser_repair(struct parser *parser, const uint8_t **text, size_t *length)
{
    if (utf8_valid_length(*text, *length) == *length)
        return 0;
    struct buffer *scratch = &parser->scratch;
    buffer_reset(scratch);
    parser->damaged += utf8_repair(scratch, *text, *length);
    if (scratch->length > parser->max_document_size) /* no need to copy it, to be told so in the end */
        return too_large(parser);
    const uint8_t *copy = scratch->status ? NULL : arena_copy(&parser->arena, scratch->bytes, scratch->length);
    if (!copy)
        return parser_no_memory(parser);
    *text = copy;
    *length = scratch->length;
    buffer_reset_keeping(scratch, BUFFER_KEPT);
    return 0;
}

int parser_add_valid(struct parser *parser, const char *name, const uint8_t *value, size_t length, int in_body)
{
    const struct document_field field = {
        .name = name,
        .name_length = (uint32_t)strlen(name),
        .kind = FIELD_TEXT,
        .in_body = in_body,
        .value = value,
        .value_length = length,
    };
    return parser_add(parser, &field);
}

int parser_add_text(struct parser *parser, const char *name, const uint8_t *value, size_t length)
{
    const int status = parser_repair(parser, &value, &length);
    return status ? status : parser_add_valid(parser, name, value, length, 0);
}

/* ------------------------------------------------------------------ titles */

static int is_white(uint8_t byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* The longest front within the limit that ends at a word, or else at a character. */
static size_t cut_title(const uint8_t *text, size_t length)
{
    if (length <= TITLE_LIMIT)
        return length;
    const size_t most = utf8_cut(text, length, TITLE_LIMIT);
    size_t cut = most;
    while (cut > 0 && !is_white(text[cut]))
        cut--;
    return cut > TITLE_LIMIT / 2 ? cut : most;
}

void parser_trim_title(const uint8_t **text, size_t *length)
{
    while (*length && is_white(**text)) {
        ++*text;
        --*length;
    }
    const uint8_t *line_end = *length ? memchr(*text, '\n', *length) : NULL;
    if (line_end)
        *length = (size_t)(line_end - *text);
    *length = cut_title(*text, *length);
    while (*length && is_white((*text)[*length - 1]))
        --*length;
}

int parser_add_first_line(struct parser *parser, const uint8_t *text, size_t length)
{
    parser_trim_title(&text, &length);
    return length ? parser_add_valid(parser, "title", text, length, 1) : 0;
}

static int is_title(const struct document_field *field)
{
    return field->kind == FIELD_TEXT && field->name_length == 5 && memcmp(field->name, "title", 5) == 0;
}

/* Titles first, else in the order in which they came. */
static int sort_fields(struct parser *parser)
{
    const size_t count = parser->field_count;
    size_t titles = 0, from = 0;
    for (size_t i = 0; i < count; i++)
        titles += (size_t)is_title(&parser->fields[i]);
    while (from < titles && is_title(&parser->fields[from]))
        from++;
    if (from == titles)
        return 0;
    if (memory_grow(&parser->sorted, &parser->sorted_capacity, count, sizeof *parser->sorted))
        return parser_no_memory(parser);
    size_t to_title = 0, to_other = titles;
    for (size_t i = 0; i < count; i++)
        parser->sorted[is_title(&parser->fields[i]) ? to_title++ : to_other++] = parser->fields[i];
    memcpy(parser->fields, parser->sorted, count * sizeof *parser->fields);
    return 0;
}

/* --------------------------------------------------------------------- ids */

static const char *control_fault(const uint8_t *id, size_t length)
{
    for (size_t at = 0; at < length;) {
        uint32_t character;
        at += utf8_decode(&character, id + at, length - at);
        if (character < 0x20 || (character >= 0x7F && character < 0xA0))
            return "the id holds a control character";
    }
    return NULL;
}

const char *document_id_fault(const uint8_t *id, size_t length)
{
    if (length == 0)
        return "the id is empty";
    if (length > ID_LIMIT)
        return "the id is longer than 1,024 bytes";
    if (utf8_valid_length(id, length) != length)
        return "the id is not valid UTF-8";
    return control_fault(id, length);
}

void parser_set_id(struct parser *parser, const uint8_t *id, size_t length)
{
    parser->id = id;
    parser->id_length = length;
}

/* A document without an id is named after its place. */
static int name_by_place(struct parser *parser)
{
    const struct raw_record *record = parser->record;
    const char *name = record->path;
    if (record->line)
        name = arena_printf(&parser->arena, "%s:%" PRIu64, record->path, record->line);
    if (!name)
        return parser_no_memory(parser);
    parser_set_id(parser, (const uint8_t *)name, strlen(name));
    return 0;
}

/* ------------------------------------------------------------------- whole */

static int parse_by_format(struct parser *parser)
{
    switch (parser->record->format) {
    case TRAWL_FORMAT_MARKDOWN: return parse_markdown(parser);
    case TRAWL_FORMAT_HTML: return parse_html(parser);
    case TRAWL_FORMAT_JSONL: return parse_jsonl(parser);
    case TRAWL_FORMAT_TSV: return parse_tsv(parser);
    case TRAWL_FORMAT_TREC: return parse_trec(parser);
    default: return parse_text(parser);
    }
}

/* Repairs and other character sets make text longer than it lay in the file. */
static int check_size(struct parser *parser)
{
    uint64_t size = 0;
    for (size_t i = 0; i < parser->field_count; i++)
        size += parser->fields[i].in_body ? 0 : parser->fields[i].value_length;
    if (size > parser->max_document_size)
        return too_large(parser);
    return 0;
}

static int finish(struct parser *parser)
{
    int status = parser->id ? 0 : name_by_place(parser);
    if (status)
        return status;
    const char *fault = document_id_fault(parser->id, parser->id_length);
    if (fault)
        return parser_fault(parser, "%s", fault);
    status = check_size(parser);
    return status ? status : sort_fields(parser);
}

static void reset(struct parser *parser)
{
    arena_reset(&parser->arena);
    buffer_reset_keeping(&parser->body, BUFFER_KEPT);
    buffer_reset_keeping(&parser->title, BUFFER_KEPT);
    buffer_reset_keeping(&parser->scratch, BUFFER_KEPT);
    parser->field_count = 0;
    parser->id = NULL;
    parser->id_length = 0;
    parser->damaged = 0;
}

int parser_parse(struct document *document, struct parser *parser, const struct raw_record *record,
                 struct trawl_error *error)
{
    reset(parser);
    parser->record = record;
    parser->error = error;
    if (record->reason)
        return parser_fault(parser, "%s", record->reason);
    int status = parse_by_format(parser);
    if (status == 0)
        status = finish(parser);
    if (status)
        return status;
    *document = (struct document){
        .id = parser->id,
        .id_length = parser->id_length,
        .fields = parser->fields,
        .field_count = parser->field_count,
        .field_capacity = parser->field_capacity,
        .damaged = parser->damaged,
    };
    return 0;
}
