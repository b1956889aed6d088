/* What holds of every document that a parser makes, whatever the bytes. */
#ifndef TRAWL_TESTS_DOCUMENT_LAWS_H
#define TRAWL_TESTS_DOCUMENT_LAWS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/source/json_read.h"
#include "src/source/source.h"
#include "src/text/utf8.h"

static inline void document_must(int holds, const char *law)
{
    if (holds)
        return;
    fprintf(stderr, "broken: %s\n", law);
    abort();
}

static inline int is_json_text(const uint8_t *text, size_t length)
{
    struct json_reader reader;
    struct json_token token = {.kind = JSON_NULL};
    json_reader_init(&reader, text, length);
    while (token.kind != JSON_END)
        if (json_next(&token, &reader))
            return 0;
    return 1;
}

static inline void field_laws(const struct document_field *field)
{
    const uint8_t *name = (const uint8_t *)field->name;
    document_must(field->name_length >= 1 && field->name_length <= 255, "names are of 1 to 255 bytes");
    document_must(utf8_valid_length(name, field->name_length) == field->name_length, "names are valid");
    document_must(utf8_valid_length(field->value, field->value_length) == field->value_length, "values are valid");
    if (field->kind == FIELD_STORED)
        document_must(is_json_text(field->value, field->value_length), "stored values are JSON");
}

/* A title that stands in the body is found there. */
static inline void title_law(const struct document *document, const struct document_field *title)
{
    for (size_t i = 0; i < document->field_count; i++) {
        const struct document_field *body = &document->fields[i];
        if (body->name_length != 4 || memcmp(body->name, "body", 4) != 0)
            continue;
        for (size_t at = 0; at + title->value_length <= body->value_length; at++)
            if (memcmp(body->value + at, title->value, title->value_length) == 0)
                return;
    }
    document_must(0, "a title that stands in the body is found there");
}

static inline void document_laws(const struct document *document, uint64_t limit)
{
    uint64_t size = 0;
    int titles_over = 0;
    document_must(document_id_fault(document->id, document->id_length) == NULL, "ids are sound");
    for (size_t i = 0; i < document->field_count; i++) {
        const struct document_field *field = &document->fields[i];
        const int is_title = field->kind == FIELD_TEXT && field->name_length == 5 && memcmp(field->name, "title", 5) == 0;
        field_laws(field);
        document_must(!is_title || !titles_over, "titles come first");
        document_must(is_title || !field->in_body, "only titles stand in the body");
        if (field->in_body)
            title_law(document, field);
        titles_over |= !is_title;
        size += field->in_body ? 0 : field->value_length;
    }
    document_must(size <= limit, "documents keep to the limit");
}

/* Parses one record and checks what comes of it. */
static inline void record_laws(enum trawl_format format, const uint8_t *bytes, size_t length)
{
    enum { LIMIT = 1 << 20 };
    struct parser *parser;
    struct document document;
    struct trawl_error error = {0};
    const struct raw_record record = {.format = format, .path = "file", .line = 1, .bytes = bytes, .length = length};
    document_must(parser_new(&parser, LIMIT, &error) == 0, "a parser is made");
    const int status = parser_parse(&document, parser, &record, &error);
    if (status == 0)
        document_laws(&document, LIMIT);
    else
        document_must(status == TRAWL_ERROR_DOCUMENT && error.code == status && error.message[0], "a fault has a reason");
    parser_free(parser);
}

#endif
