/* Where a passage may be cut: at the edges of sentences, by simple rules that
 * do for most scripts; at those of words; at those of characters. */
#ifndef SRC_SNIPPET_SENTENCES_H
#define SRC_SNIPPET_SENTENCES_H

#include <stddef.h>

#include "src/snippet/spaces.h"

/* A sentence ends behind . ! ? and their like in other scripts (and behind
 * closing quotes and parentheses after them), before white space; where no
 * space is usual (。), without. A full stop ends none behind an initial (J. S.
 * Bach) or a common abbreviation, nor before a small letter. A blank line ends one always.
 *
 * Finds the first end in [from, to], with `from` a character's edge. -> 1 and where it
 * is and where the next sentence starts (at most `to`), or 0. */
int sentence_find_end(size_t *end, size_t *next, const struct span_text *text, size_t from, size_t to);

#endif
