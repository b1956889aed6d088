/* Where a merge takes postings from: an inverter in memory, or a segment on
 * disk (a spilled run or a committed one). All walk terms in order of (field, bytes)
 * and a term's postings in order of document. */
#ifndef INDEX_WRITE_POSTING_SOURCE_H
#define INDEX_WRITE_POSTING_SOURCE_H

#include <stddef.h>
#include <stdint.h>

#include "index/read/segment.h"
#include "index/write/inverter.h"

#define DOCUMENT_DROPPED UINT32_MAX

struct source_posting {
    uint32_t document; /* after the map */
    uint32_t tf;
    const uint32_t *positions; /* [tf]; NULL without positions; holds until the next call */
};

struct posting_source;

/* `map`: old document number to new, DOCUMENT_DROPPED to leave one out;
 * ascending but for drops; NULL: old + base. It must outlive the source. */
int posting_source_from_inverter(struct posting_source **source, struct inverter *inverter, const uint32_t *map,
                                 uint32_t base, struct trawl_error *error);
int posting_source_from_segment(struct posting_source **source, const struct segment *segment, const uint32_t *map,
                                uint32_t base, struct trawl_error *error);
void posting_source_free(struct posting_source *source);

/* To the next term. -> 0 and *field, *term, *length (hold until the next call); 1 at the end; negative for damage. */
int posting_source_next_term(struct posting_source *source, uint32_t *field, const uint8_t **term, size_t *length,
                             struct trawl_error *error);

/* The current term's next posting. -> 0, 1 at the end of the list, negative for damage. */
int posting_source_next(struct posting_source *source, struct source_posting *posting, struct trawl_error *error);

#endif
