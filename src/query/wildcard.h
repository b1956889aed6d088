/* The * and ? of a word or phrase: operators only next to a letter or digit. */
#ifndef SRC_QUERY_WILDCARD_H
#define SRC_QUERY_WILDCARD_H

#include <stddef.h>

#include "src/query/parse.h"

struct wildcard {
    int is_prefix;     /* a * behind the last letter or digit: */
    size_t prefix_end; /* where it stands */
    int is_inner;      /* a * or ? with a letter or digit to come: not supported */
};

/* Looks at the bytes [start, end) of the query, a word or what stands between quotes. */
void wildcard_find(struct wildcard *wildcard, const struct parse *parse, size_t start, size_t end);

#endif
