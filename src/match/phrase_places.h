/* Counting where a phrase stands in one document, from the positions of its
 * words: docs/QUERY.md, "Phrases". */
#ifndef SRC_MATCH_PHRASE_PLACES_H
#define SRC_MATCH_PHRASE_PLACES_H

#include <stdint.h>

/* One word of a phrase in a document. */
struct phrase_word {
    const uint32_t *positions; /* ascending */
    uint32_t count;            /* of them, at least 1 */
    uint32_t offset;           /* in the phrase */
    uint32_t term;             /* equal terms have equal numbers */
    uint32_t at;               /* where the sweep stands */
};

/* Without slop: the starts of the phrase that a word allows, then of these
 * those that another allows, in place. -> how many. `most`: so many are enough. */
uint32_t phrase_starts(uint32_t *starts, const struct phrase_word *word);
uint32_t phrase_keep_starts(uint32_t *starts, uint32_t count, const struct phrase_word *word, uint32_t most);

/* With slop: the number of matches. `words` in the order of the phrase; their
 * `at` are used. */
uint32_t phrase_sloppy_count(struct phrase_word *words, uint32_t word_count, uint32_t slop, uint32_t most);

#endif
