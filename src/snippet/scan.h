/* Where a text matches: one pass over its words, then the phrases from the
 * occurrences of their words, counted as docs/QUERY.md says. */
#ifndef SRC_SNIPPET_SCAN_H
#define SRC_SNIPPET_SCAN_H

#include <stddef.h>
#include <stdint.h>

#include "src/snippet/snippet.h"
#include "src/snippet/wanted.h"

/* Words that stand next to each other, of one match. */
struct piece {
    size_t start, end; /* bytes of the text */
};

struct match {
    size_t start, end;
    uint32_t leaf;
    uint32_t pieces;    /* 1: all of it */
    size_t first_piece; /* with 2 and more */
    uint32_t zone;      /* see passage.h */
};

struct match_list {
    struct match *matches; /* in the scratch arena, by field, then start */
    size_t count, capacity;
    struct piece *pieces;
    size_t piece_count, piece_capacity;
};

/* How much is looked at. Within a text that has matches, the first megabyte says enough. */
enum { SCAN_BYTES = 1 << 20, SCAN_MATCHES = 1 << 16 };

/* Appends the matches of one text, by start. */
int scan_text(struct match_list *list, struct wanted *wanted, const struct snippet_field *field, struct trawl_error *error);

#endif
