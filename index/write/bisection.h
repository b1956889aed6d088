/* An order of documents in which those with many terms in common are
 * neighbours: recursive graph bisection (Dhulipala et al., "Compressing graphs
 * and indexes with recursive graph bisection", 2016), with what Mackenzie et al.
 * ("Faster index reordering with bipartite graph partitioning", 2021) found to
 * make it fast.
 *
 * The result is the same for any number of threads: all is reckoned in whole
 * numbers, and what is equal stays in the order in which it came. */
#ifndef INDEX_WRITE_BISECTION_H
#define INDEX_WRITE_BISECTION_H

#include <stddef.h>
#include <stdint.h>

#include "src/util/error.h"

enum { BISECTION_MOST_TERMS = UINT16_MAX }; /* so that a term takes two bytes */

/* Documents and their terms, place by place. Of each array there are two: a
 * part of the one is cut into its halves in the other, and back. The caller
 * fills the first ones; all are used up. */
struct bisection {
    uint32_t documents, terms;
    uint32_t *numbers[2]; /* the document at a place */
    uint16_t *sizes[2];   /* how many terms it has */
    uint16_t *lists[2];   /* one document's terms behind the other's */
    size_t pairs;         /* terms in `lists` */
    unsigned threads;
    int (*progress)(void *context); /* may be NULL; on the calling thread; non-zero stops */
    void *context;
};

/* Writes the documents in their new order into order[documents].
 * -> 0, TRAWL_ERROR_MEMORY or TRAWL_ERROR_CANCELLED */
int bisection_run(uint32_t *order, const struct bisection *bisection, struct trawl_error *error);

#endif
