/* What the language has a place for and this version does not do yet: each is
 * recognised, reported, and taken as text. */
#ifndef SRC_QUERY_UNSUPPORTED_H
#define SRC_QUERY_UNSUPPORTED_H

#include <stddef.h>

#include "src/query/parse.h"

/* NEAR, NEAR/3, ADJ, ADJ/3: the bare word [start, end). */
void unsupported_near(struct parse *parse, size_t start, size_t end);

/* [a TO b], {a TO b}, >a, >=a, <a, <=a right after a field's colon, at `start`. */
void unsupported_range(struct parse *parse, size_t start);

/* word~, word~1, word~2: the word [start, end). */
void unsupported_fuzzy(struct parse *parse, size_t start, size_t end);

#endif
