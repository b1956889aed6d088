/* From terms with their documents to documents with their terms, for
 * bisection: of the terms that tell documents apart, and in bounded memory.
 *
 *     forward_index_init(&index, first, count)       documents [first, first + count)
 *     per term, in any order that is always the same:
 *         forward_index_add(&index, documents, n)    as often as needed
 *         forward_index_end_term(&index)
 *     forward_index_turn(&bisection, &index)
 *
 * Terms in very few documents place nobody, those in very many place anybody.
 * When there are more terms or more pairs of term and document than fit, the
 * bounds between which a term is taken are narrowed: the rarest or the most
 * frequent ones go. What is taken depends on the postings alone. */
#ifndef INDEX_WRITE_FORWARD_INDEX_H
#define INDEX_WRITE_FORWARD_INDEX_H

#include "index/write/bisection.h"

enum {
    FORWARD_MOST_DOCUMENTS = 1 << 20,
    FORWARD_MOST_PAIRS = 1 << 24 /* four bytes each while they are gathered, and again while they are used */
};

struct forward_index {
    uint32_t first, documents;
    uint32_t least, most; /* documents that a term may be in */
    size_t most_pairs;    /* FORWARD_MOST_PAIRS, less in tests */
    uint32_t *degrees;    /* by term: how many documents it is in */
    size_t terms, term_capacity;
    uint32_t *pairs;      /* its documents, counted from `first`, term after term */
    size_t pair_count, pair_capacity;
    size_t open;          /* pairs of the current term */
};

void forward_index_init(struct forward_index *index, uint32_t first, uint32_t documents);
void forward_index_release(struct forward_index *index);

/* Some of the current term's documents; others than the index's are passed over. -> 0 or TRAWL_ERROR_MEMORY */
int forward_index_add(struct forward_index *index, const uint32_t *documents, uint32_t count);
int forward_index_end_term(struct forward_index *index); /* -> 0 or TRAWL_ERROR_MEMORY */

/* Fills what bisection_run needs but for threads and progress; the index is
 * empty afterwards. To be released in any case. -> 0 or TRAWL_ERROR_MEMORY */
int forward_index_turn(struct bisection *bisection, struct forward_index *index);
void forward_index_release_turned(struct bisection *bisection);

#endif
