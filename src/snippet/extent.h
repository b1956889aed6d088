/* From the matches to show to the passage around them: which bytes. */
#ifndef SRC_SNIPPET_EXTENT_H
#define SRC_SNIPPET_EXTENT_H

#include <stddef.h>

#include "src/snippet/spaces.h"

struct extent {
    size_t start, end; /* bytes of the text */
};

/* The passage that shows [core.start, core.end), within `bounds`, at most
 * `length` characters long. It starts and ends with no white space; at a sentence's edge
 * where one is near, else at a word's. A core that is too long is cut. */
struct extent extent_around(const struct span_text *text, struct extent bounds, struct extent core, size_t length);

#endif
