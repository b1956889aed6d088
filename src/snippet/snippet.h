/* Snippets: the passage of a stored text that shows best why it matched, and
 * the spans of it that did. Re-analyses the text with the index's analysis, so
 * that marks are exactly what the matcher matched: a phrase only where it
 * stands as a phrase, a stemmed word as the word in the text, a prefix's word
 * whole, CJK runs joined.
 *
 * A passage is chosen by the number of distinct query clauses that it shows,
 * then by the sum of their weights, then by closeness, then by place; it is
 * cut at sentence edges when near, else at word edges, and is at most
 * `length` characters long (a single longer word is cut at a character). */
#ifndef SRC_SNIPPET_SNIPPET_H
#define SRC_SNIPPET_SNIPPET_H

#include <stddef.h>
#include <stdint.h>

#include "src/query/query.h"

struct snippet_field {
    const char *name;     /* NUL-terminated, for the result */
    uint32_t number;      /* in the manifest; what field: clauses compare with. FIELD_DEFAULT clauses apply to every field */
    const uint8_t *text;  /* one value, valid UTF-8 */
    size_t length;
};

struct snippet {
    const char *field;
    uint8_t *text;        /* the passage, white space runs folded to one space; in the arena */
    size_t length;
    size_t (*spans)[2];   /* [start, end) bytes of text, ascending, neither overlapping nor touching */
    size_t span_count;
    int starts_inside, ends_inside; /* 1: text was left out before / after */
};

/* What weighs in the choice: the idf of each leaf of the query in order of
 * first appearance (pre-order, MUST_NOT subtrees left out); NULL: all alike. */
struct snippet_options {
    size_t count;         /* snippets wanted */
    size_t length;        /* characters (code points) of one */
    const double *weights;
    size_t weight_count;
};

/* The best passages over the fields, best first, non-overlapping; the body first on a tie. Where the
 * body has text, the title is a snippet only when nothing else matches. With no match anywhere (a `*` query): the front of the body, or of
 * what there is. *count may be less than wanted. */
int snippet_make(struct snippet **snippets, size_t *count, const struct query_node *root, const struct snippet_field *fields,
                 size_t field_count, struct analysis *analysis, const struct snippet_options *options, struct arena *arena,
                 struct trawl_error *error);

#endif
