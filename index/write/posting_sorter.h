/* One term's postings put into another order of documents: gathered from all
 * sources of a merge, sorted by their new numbers, written. Frequencies and
 * positions wait in two bytes each, for the most common word has them all here. */
#ifndef INDEX_WRITE_POSTING_SORTER_H
#define INDEX_WRITE_POSTING_SORTER_H

#include <stddef.h>
#include <stdint.h>

#include "index/write/term_merge.h"

struct posting_sorter {
    uint64_t *keys, *spare; /* by posting: document << 32 | where it starts in `units` */
    size_t count, key_capacity, spare_capacity;
    uint16_t *units; /* per posting: frequency, gaps of positions; from 0xffff on in three units */
    size_t unit_count, unit_capacity;
    uint32_t *positions; /* of one posting */
    size_t position_capacity;
};

void posting_sorter_init(struct posting_sorter *sorter);
void posting_sorter_release(struct posting_sorter *sorter);

/* In place of term_merge_postings. `numbers`: by document of the merge; NULL: as they are, but the sources' may fall.
 * New numbers are below `documents`. */
int posting_sorter_write(struct posting_sorter *sorter, struct term_merge *merge, const uint32_t *numbers,
                         uint32_t documents, struct postings_writer *writer, struct trawl_error *error);

#endif
