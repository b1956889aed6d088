/* What the parsers of the formats share: the document under construction.
 * Each parse_... takes parser->record apart and adds fields; parsers.c sets
 * what they have in common right afterwards (a missing id, the titles' place,
 * the limit of size). Values lie in the record, when they stand there as they
 * are, or in the parser's arena or buffers. */
#ifndef SRC_SOURCE_PARSERS_H
#define SRC_SOURCE_PARSERS_H

#include "src/source/source.h"
#include "src/util/buffer.h"

enum {
    TITLE_LIMIT = 256, /* bytes of a title that was cut out of the text */
    NAME_LIMIT = 255,  /* bytes of a field's name */
    VALUE_LIMIT = 1 << 18 /* fields of a document: each costs memory besides its bytes */
};

struct parser {
    struct arena arena;
    struct buffer body, title, scratch; /* texts that are put together; empty when a parse begins */
    struct document_field *fields, *sorted;
    size_t field_count, field_capacity, sorted_capacity;
    const uint8_t *id; /* NULL: none yet */
    size_t id_length;
    uint64_t damaged, max_document_size;
    const struct raw_record *record;
    struct trawl_error *error;
};

int parse_text(struct parser *parser);
int parse_markdown(struct parser *parser);
int parse_html(struct parser *parser);
int parse_jsonl(struct parser *parser);
int parse_tsv(struct parser *parser);
int parse_trec(struct parser *parser);

/* All below: 0, or what is then returned as it is. */

/* -> TRAWL_ERROR_DOCUMENT, with the record's file and line */
int parser_fault(struct parser *parser, const char *format, ...) TRAWL_PRINTF(2, 3);
int parser_no_memory(struct parser *parser);

/* Adds a field whose value is not copied. The name must be sound. */
int parser_add(struct parser *parser, const struct document_field *field);

/* Adds a text field under a literal name. The value is kept where it is; the
 * first repairs invalid UTF-8, the second takes it as valid. */
int parser_add_text(struct parser *parser, const char *name, const uint8_t *value, size_t length);
int parser_add_valid(struct parser *parser, const char *name, const uint8_t *value, size_t length, int in_body);

/* Makes *text valid UTF-8: as it is when it is already, else a repaired copy in the arena. */
int parser_repair(struct parser *parser, const uint8_t **text, size_t *length);

/* Sets the id, as it stands; whether it is sound is checked at the end. */
void parser_set_id(struct parser *parser, const uint8_t *id, size_t length);

/* Cuts `text` down to a title: its first line without blanks at the ends, of
 * at most TITLE_LIMIT bytes, ended at a word. */
void parser_trim_title(const uint8_t **text, size_t *length);

/* Adds the first line that is not blank as title, standing in the body too, if
 * there is one. `text` is valid UTF-8. */
int parser_add_first_line(struct parser *parser, const uint8_t *text, size_t length);

#endif
