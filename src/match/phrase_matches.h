/* Where a phrase matches in one document, from the positions of its words:
 * docs/QUERY.md, "Phrases". Searches count by it, snippets mark by it. */
#ifndef SRC_MATCH_PHRASE_MATCHES_H
#define SRC_MATCH_PHRASE_MATCHES_H

#include <stdint.h>

/* One word of a phrase in a document. */
struct phrase_word {
    const uint32_t *positions; /* ascending */
    uint32_t count;            /* of them, at least 1 */
    uint32_t offset;           /* in the phrase */
    uint32_t term;             /* equal terms have equal numbers */
    uint32_t at;               /* where the sweep stands */
    uint32_t previous;         /* set by the sweep: number + 1 of the word before it of the same term, 0: none */
    int is_repeated;           /* likewise: another word is of the same term */
};

/* Without slop: the starts of the phrase that a word allows, then of these
 * those that another allows, in place. -> how many. `most`: so many are enough. */
uint32_t phrase_starts(uint32_t *starts, const struct phrase_word *word);
uint32_t phrase_keep_starts(uint32_t *starts, uint32_t count, const struct phrase_word *word, uint32_t most);

/* With slop: a sweep over the matches, in order. */
struct phrase_sweep {
    struct phrase_word *words;
    uint32_t word_count, slop;
    int has_repeated;
    struct phrase_word *back; /* last of the window at hand, the next to move; NULL: none yet */
    uint64_t steps;           /* that it may yet take, each as long as the phrase; the caller may set a limit */
};

/* `words` in the order of the phrase; the sweep uses and moves them. */
void phrase_sweep_start(struct phrase_sweep *sweep, struct phrase_word *words, uint32_t word_count, uint32_t slop);

/* -> 1: a match, of which the words' `at` are the occurrences; 0: there is none any more */
int phrase_sweep_next(struct phrase_sweep *sweep);

/* How many matches there are; `most` are enough. */
uint32_t phrase_sloppy_count(struct phrase_word *words, uint32_t word_count, uint32_t slop, uint32_t most);

#endif
