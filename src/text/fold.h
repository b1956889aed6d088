/* A surface word folded: what is left when spelling does not count. In order:
 *   - characters without a look of their own go (soft hyphens, joiners);
 *   - compatibility case folding: Unicode's NFKC_Casefold, on text that was
 *     composed before, so that composed and decomposed text give one result;
 *   - apostrophes are straightened, dotted acronyms closed up;
 *   - marks are stripped, if asked for. */
#ifndef TRAWL_TEXT_FOLD_H
#define TRAWL_TEXT_FOLD_H

#include <stddef.h>
#include <stdint.h>

#include "src/text/codepoints.h"

enum fold_rule {
    FOLD_TURKISH = 1, /* I is the capital of ı, İ that of i */
    FOLD_MARKS = 2    /* strip marks (marks.h) */
};

/* The working state and the result. Needs no init. */
struct folding {
    uint8_t word[TOKEN_MAX_BYTES];
    size_t length; /* 0: nothing is left */
    struct codepoints points, spare;
};

/* Folds a word of valid UTF-8; what is longer than TOKEN_MAX_BYTES is cut.
 * `rules`: a set of enum fold_rule. -> 0, or TRAWL_ERROR_MEMORY */
int fold_word(struct folding *folding, const uint8_t *surface, size_t length, unsigned rules);

/* Strips the marks of a word that is folded (and stemmed) already. */
int fold_marks(struct folding *folding, const uint8_t *word, size_t length);

#endif
