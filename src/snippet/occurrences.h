/* Where the words of phrases stand in a text, and the phrases' matches. */
#ifndef SRC_SNIPPET_OCCURRENCES_H
#define SRC_SNIPPET_OCCURRENCES_H

#include <stddef.h>
#include <stdint.h>

#include "src/match/phrase_matches.h"
#include "src/util/arena.h"

struct occurrence {
    uint32_t position; /* in words */
    size_t start, end; /* bytes of the text */
};

/* Those of one term. */
struct occurrence_list {
    struct occurrence *occurrences; /* in an arena, ascending */
    uint32_t *positions;            /* theirs once more, as phrases are matched */
    uint32_t count, capacity;
};

/* -> 0 or TRAWL_ERROR_MEMORY */
int occurrence_list_add(struct occurrence_list *list, struct arena *arena, const struct occurrence *occurrence);

/* Called for each match: word i is occurrence words[i].at of its term. */
typedef int phrase_match(void *context, const struct phrase_word *words, uint32_t count);

/* Steps over a word that are enough for one phrase: a long one of one word in a long text of that word would take
 * minutes. What has been found by then must do. */
enum { OCCURRENCES_WORK = 1 << 22 };

/* All matches of a phrase, in order. Stops when `each` returns non-zero, which
 * it returns; and when *work, which is counted down, is done. */
int occurrences_match(struct phrase_word *words, uint32_t count, uint32_t slop, uint64_t *work, phrase_match *each,
                      void *context);

#endif
