/* Passes over words that cannot be of the query by their first two letters,
 * so that few words of a text are stemmed again: stemming is what snippets
 * cost. Stemmers of most languages cut at the end only, and leave how an ASCII
 * word starts alone but for its case; where that is not known of a language,
 * every word passes. */
#ifndef SRC_SNIPPET_STARTFILTER_H
#define SRC_SNIPPET_STARTFILTER_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "src/text/tokenizer.h"

struct start_filter {
    int letters;             /* how many the stemmer keeps: 0, 1, 2 */
    uint64_t seconds[128][2]; /* by first letter, the second ones that pass; 0 for none */
};

void start_filter_init(struct start_filter *filter, const char *language);

/* Words pass from which this term, or terms that start with it, may come. */
void start_filter_add(struct start_filter *filter, const uint8_t *term, size_t length);

static inline unsigned start_filter_lower(uint8_t byte)
{
    return byte >= 'A' && byte <= 'Z' ? byte | 0x20u : byte;
}

/* 1: the word may be of the query. Acronyms lose their dots, and articles what
 * stands before an apostrophe (l'eau): those always pass. */
static inline int start_filter_passes(const struct start_filter *filter, const struct surface *surface)
{
    if (!surface->is_ascii || filter->letters == 0)
        return 1;
    unsigned first = start_filter_lower(surface->bytes[0]);
    unsigned second = surface->length > 1 ? start_filter_lower(surface->bytes[1]) : 0;
    if (filter->seconds[first][second >> 6] >> (second & 63) & 1 || second == '.')
        return 1;
    return filter->letters == 1 && memchr(surface->bytes, '\'', surface->length) != NULL;
}

#endif
