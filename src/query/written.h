/* Words as the canonical form shows them: as they were written, with a \
 * before each character that is text here and could be read otherwise there. */
#ifndef SRC_QUERY_WRITTEN_H
#define SRC_QUERY_WRITTEN_H

#include <stddef.h>
#include <stdint.h>

#include "src/query/query.h"
#include "src/util/buffer.h"

/* Appends a bare word whose text (without escapes) is given. `in_field`: a
 * field's name and colon will stand before it. */
void written_word(struct buffer *out, const uint8_t *text, size_t length, const struct query_options *options, int in_field);

/* Appends a phrase with its quotes; blanks shrink to single spaces. `is_prefix`: its last word, with which the
 * text ends, is one. */
void written_phrase(struct buffer *out, const uint8_t *text, size_t length, int is_prefix);

/* Appends the name of a field and a colon. */
void written_field(struct buffer *out, const char *name);

#endif
