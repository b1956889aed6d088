/* A phrase in one segment, or a word that counts only within the body. It
 * matches in two steps:
 *
 *     its distinct words' lists meet      (the conjunction that the phrase is part of walks `filters`),
 *                                         those of pairs standing in for the words in them
 *     positions decide                    (phrase_verify, with cursors of its own)
 *
 * Positions are read for documents alone that could still enter the result: a phrase
 * does not occur more often than its rarest word or pair there does. The candidates may come from anywhere. */
#ifndef SRC_MATCH_PHRASE_H
#define SRC_MATCH_PHRASE_H

#include <stdint.h>

#include "src/match/batch.h"
#include "src/match/context.h"
#include "src/match/phrase_matches.h"

/* A word's list with positions, or a pair's. */
struct phrase_reader {
    struct list list;
    const struct list *filter;   /* of the same postings; NULL: pairs stand for the word */
    uint32_t words, offset;      /* of the phrase that are its term; the offset of the last of them */
    uint8_t indices[BATCH_SIZE]; /* with slop: of a batch's documents in its block */
};

struct phrase {
    const struct match_context *context;
    struct scorer scorer;
    int scored;
    uint32_t slop;
    int in_body;                   /* positions outside the body do not count */
    struct list *filters;          /* [filter_count], scored by the phrase's weight for their bounds */
    struct phrase_reader *readers; /* [list_count] of words; behind them, up to [reader_count], of pairs: their tfs bound */
    uint32_t list_count, reader_count, filter_count;
    uint32_t *order;               /* [list_count]: numbers of words' lists, fewest occurrences in a document first */
    struct phrase_word *words;     /* [word_count]; .term is the number of the list */
    uint32_t word_count;
    uint32_t *starts;
    uint32_t start_capacity;
    uint32_t maximum;              /* units of one match at most */
};

/* `node`: a PHRASE, or a TERM of the body, with all words in the segment. */
int phrase_open(struct phrase *phrase, const struct plan_node *node, const struct match_context *context,
                struct trawl_error *error);

/* A bound of what it scores in documents [from, to]. */
uint32_t phrase_range_bound(struct phrase *phrase, uint32_t from, uint32_t to);

/* How often the phrase stands in a document that has all its words. */
int phrase_count(uint32_t *count, struct phrase *phrase, uint32_t document, struct trawl_error *error);

/* The same of a batch: keeps those that match, counts[i] for each (only 1 where the phrase is not scored). */
int phrase_count_all(uint32_t *counts, struct phrase *phrase, struct batch *batch, struct trawl_error *error);

/* Of a batch of documents that have all words: keeps those that match, adds
 * their scores, keeps those that reach `needed` units by it. */
int phrase_verify(struct phrase *phrase, struct batch *batch, uint32_t needed, struct trawl_error *error);

#endif
