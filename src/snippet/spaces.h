/* White space as a passage shows it: each run is one space. Lengths of
 * passages are counted so, in characters. */
#ifndef SRC_SNIPPET_SPACES_H
#define SRC_SNIPPET_SPACES_H

#include <stddef.h>
#include <stdint.h>

/* A text of any bytes; damaged parts count as characters. */
struct span_text {
    const uint8_t *bytes;
    size_t length;
};

/* Bytes of the white space character at `at` (below the length); 0: there is none. */
size_t space_at(const struct span_text *text, size_t at);

/* Bytes of the character at `at`, at least 1. */
size_t character_at(const struct span_text *text, size_t at);

/* Where the character before `at` (above 0) starts. */
size_t character_before(const struct span_text *text, size_t at);

/* Where the white space run that ends at `to` starts, not before `from`. */
size_t spaces_before(const struct span_text *text, size_t from, size_t to);

/* Where the white space run at `from` ends, not past `to`. */
size_t spaces_after(const struct span_text *text, size_t from, size_t to);

/* Characters of [from, to) with runs of white space as one; counting stops above `most`. */
size_t shown_length(const struct span_text *text, size_t from, size_t to, size_t most);

/* How far [from, x) reaches with x at most `to` and at most `most` characters shown. */
size_t shown_end(const struct span_text *text, size_t from, size_t to, size_t most);

/* The same backward: the start of [x, to), not before `from`. */
size_t shown_start(const struct span_text *text, size_t from, size_t to, size_t most);

#endif
