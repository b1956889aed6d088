/* What a posting list does to a batch of candidates. Functions return 0 or a
 * negative status. */
#ifndef SRC_MATCH_LIST_STEPS_H
#define SRC_MATCH_LIST_STEPS_H

#include <stdint.h>

#include "src/match/batch.h"
#include "src/match/list.h"

/* Makes a batch of the current block's documents in [from, end). Their origins
 * are their places in the block; units are 0. */
int list_take(struct list *list, struct batch *batch, uint32_t from, uint32_t end, struct trawl_error *error);

/* Adds what the current block's postings score to a batch that it gave. */
int list_score_origins(struct list *list, struct batch *batch, struct trawl_error *error);

/* Keeps the documents that the list has; adds nothing. What its scorer allows
 * must be enough to reach `needed` units, if any are. */
int list_filter(struct list *list, struct batch *batch, uint32_t needed, struct trawl_error *error);

/* Keeps the documents that the list has, and adds their scores, and of these those
 * that reach `needed` units by it. */
int list_require(struct list *list, struct batch *batch, uint32_t needed, struct trawl_error *error);

/* Adds scores where the list has the document; keeps those with `needed` units. */
int list_add(struct list *list, struct batch *batch, uint32_t needed, struct trawl_error *error);

/* flags[i] = 1 where the list has the document; adds their scores if it adds any. */
int list_mark(struct list *list, struct batch *batch, uint8_t *flags, struct trawl_error *error);

/* The frequency of one document, 0 when the list does not have it. */
int list_find(uint32_t *tf, struct list *list, uint32_t document, struct trawl_error *error);

#endif
