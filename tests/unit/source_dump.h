/* Documents as text that people can review: what a source gives, parsed.
 *
 *     = doc-1                      the id
 *     title: One "quoted"          a text field
 *     title~ One                   the same, standing in the body too
 *     price= 12                    stored JSON
 *     (2 damaged)
 *     ! file:3: no tab ...         a document that was skipped
 *
 * Control characters, backslashes and what is not ASCII print as they are, but
 * for line feeds (\n), carriage returns (\r), NULs (\0) and other controls (\x01). */
#ifndef TRAWL_TESTS_SOURCE_DUMP_H
#define TRAWL_TESTS_SOURCE_DUMP_H

#include <inttypes.h>
#include <string.h>

#include "src/source/source.h"
#include "src/util/buffer.h"

static inline void dump_text(struct buffer *out, const void *text, size_t length)
{
    const uint8_t *at = text;
    for (size_t i = 0; i < length; i++) {
        if (at[i] == '\n')
            buffer_append_string(out, "\\n");
        else if (at[i] == '\r')
            buffer_append_string(out, "\\r");
        else if (at[i] == '\0')
            buffer_append_string(out, "\\0");
        else if (at[i] < 0x20)
            buffer_printf(out, "\\x%02x", at[i]);
        else
            buffer_append_u8(out, at[i]);
    }
}

static inline void dump_document(struct buffer *out, const struct document *document)
{
    buffer_append_string(out, "= ");
    dump_text(out, document->id, document->id_length);
    buffer_append_u8(out, '\n');
    for (size_t i = 0; i < document->field_count; i++) {
        const struct document_field *field = &document->fields[i];
        dump_text(out, field->name, field->name_length);
        buffer_append_string(out, field->kind == FIELD_STORED ? "= " : field->in_body ? "~ " : ": ");
        dump_text(out, field->value, field->value_length);
        buffer_append_u8(out, '\n');
    }
    if (document->damaged)
        buffer_printf(out, "(%" PRIu64 " damaged)\n", document->damaged);
}

/* -> 0, or the status that ended it */
static inline int dump_record(struct buffer *out, struct parser *parser, const struct raw_record *record,
                              struct trawl_error *error)
{
    struct document document;
    struct trawl_error fault = {0};
    const int status = parser_parse(&document, parser, record, &fault);
    if (status == 0) {
        dump_document(out, &document);
        return 0;
    }
    if (status != TRAWL_ERROR_DOCUMENT) {
        *error = fault;
        return status;
    }
    buffer_append_string(out, "! ");
    dump_text(out, fault.file, strlen(fault.file));
    if (fault.offset)
        buffer_printf(out, ":%" PRIu64, fault.offset);
    buffer_append_string(out, ": ");
    dump_text(out, fault.message, strlen(fault.message));
    buffer_append_u8(out, '\n');
    return 0;
}

static inline int dump_batches(struct buffer *out, struct source *source, struct parser *parser, struct trawl_error *error)
{
    struct raw_batch batch;
    int status = 0;
    raw_batch_init(&batch);
    while (status == 0 && (status = source_next_batch(source, &batch, error)) == 0)
        for (size_t i = 0; i < batch.count && status == 0; i++)
            status = dump_record(out, parser, &batch.records[i], error);
    raw_batch_release(&batch);
    return status > 0 ? 0 : status;
}

/* Appends all documents of `paths`. -> 0, or the error that ended it */
static inline int dump_source(struct buffer *out, const char *const *paths, size_t count,
                              const struct source_options *options, struct trawl_error *error)
{
    struct source *source = NULL;
    struct parser *parser = NULL;
    int status = parser_new(&parser, options->max_document_size, error);
    if (status == 0)
        status = source_open(&source, paths, count, options, error);
    if (status == 0)
        status = dump_batches(out, source, parser, error);
    source_close(source);
    parser_free(parser);
    return status;
}

#endif
