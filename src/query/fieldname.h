/* Names of fields before a colon. */
#ifndef SRC_QUERY_FIELDNAME_H
#define SRC_QUERY_FIELDNAME_H

#include <stddef.h>
#include <stdint.h>

#include "src/query/query.h"

/* -> the field's number, or -1: no such field. */
int fieldname_find(const struct query_options *options, const uint8_t *name, size_t length);

/* Whether a word reads like `name:text`, as someone who means a field would
 * write it; 10:30, http://x and a::b do not. */
int fieldname_looks_like_one(const uint8_t *word, size_t length);

/* Whether a colon in a word that is text would be taken for an operator, or
 * reported as one, if it had no \ before it. */
int fieldname_needs_escape(const struct query_options *options, const uint8_t *word, size_t length);

#endif
