/* A passage as it is shown: its text with white space folded, and the spans
 * of it that match. */
#ifndef SRC_SNIPPET_EXCERPT_H
#define SRC_SNIPPET_EXCERPT_H

#include <stddef.h>

#include "src/snippet/extent.h"
#include "src/snippet/scan.h"
#include "src/snippet/snippet.h"

/* `list` [first, end): the matches of the whole text, by start. The excerpt is
 * in `arena`, what it takes to make it in `scratch`. */
int excerpt_make(struct snippet *snippet, const struct snippet_field *field, struct extent extent,
                 const struct match_list *list, size_t first, size_t end, struct arena *arena, struct arena *scratch,
                 struct trawl_error *error);

#endif
