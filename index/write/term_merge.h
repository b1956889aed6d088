/* The k-way merge of posting sources: by term, and within a term by document.
 *
 *     term_merge_init(&merge, sources, count)
 *     while (!term_merge_next(&merge))              merge.key is the term
 *         term_merge_postings(&merge, writer)       all its postings to a postings writer
 *         or term_merge_batch(&merge, &batch)       until there are no more
 */
#ifndef INDEX_WRITE_TERM_MERGE_H
#define INDEX_WRITE_TERM_MERGE_H

#include <stddef.h>

#include "index/format/postings.h"
#include "index/write/posting_source.h"

/* A source that has the current term, and how far its batch is used up. */
struct merge_lane {
    struct posting_source *source;
    uint32_t at;
    const uint32_t *positions;
};

struct term_merge {
    struct term_key key;
    struct posting_source **heap; /* sources at later terms, the lowest first */
    size_t heap_count;
    struct merge_lane *lanes;     /* sources at the current term */
    size_t lane_count;
    size_t batch_lane; /* whose turn it is in term_merge_batch */
    int has_positions;
};

/* The sources stay the caller's. Only reads the heads of lists at `next`. */
int term_merge_init(struct term_merge *merge, struct posting_source *const *sources, size_t count,
                    struct trawl_error *error);
void term_merge_release(struct term_merge *merge);

/* -> 0, 1 when all sources are at their ends, or negative */
int term_merge_next(struct term_merge *merge, struct trawl_error *error);

/* Once per term. */
int term_merge_postings(struct term_merge *merge, struct postings_writer *writer, struct trawl_error *error);

/* In place of that: the postings batch by batch, in no order. -> 0, 1 when there are no more, or negative */
int term_merge_batch(struct term_merge *merge, const struct posting_source **batch, struct trawl_error *error);

#endif
