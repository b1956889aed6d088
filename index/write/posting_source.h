/* Where a merge takes postings from: an inverter in memory, a run spilled from
 * one, or a committed segment. All walk terms in order of (field, bytes) and a
 * term's postings in order of document (unless the map falls), in batches:
 *
 *     posting_source_open(&source, &input, range)      before the first term of the range
 *     while (!posting_source_next_term(source))        source->key is the term
 *         while (!posting_source_next_batch(source))   source->documents[0..count) and so on
 *
 * A range is a stretch of terms, so that several threads may each take a
 * share of the same inputs. */
#ifndef INDEX_WRITE_POSTING_SOURCE_H
#define INDEX_WRITE_POSTING_SOURCE_H

#include <stddef.h>
#include <stdint.h>

#include "index/read/segment.h"
#include "index/write/inverter.h"

#define DOCUMENT_DROPPED UINT32_MAX

enum { POSTING_BATCH = 128 };

/* The source's document numbers to those of what is being written. */
struct document_map {
    const uint32_t *numbers; /* [documents]: the new number or DOCUMENT_DROPPED; NULL: old + base */
    uint32_t base;
    uint32_t documents;      /* the source's numbers are below */
    int falls;               /* numbers do not ascend (a reordered segment), nor do documents in batches then */
};

struct spill;

/* One of the three; not owned. An inverter must be sorted (inverter_sort). */
struct posting_input {
    const struct inverter *inverter;
    const struct spill *spill;
    const struct segment *segment;
    struct document_map map;
};

/* A term with its field in front: a byte, then the term. Orders as (field, term). */
struct term_key {
    const uint8_t *bytes;
    size_t length;
};

/* Terms from `from` on and below `to`; bytes NULL: without limit. */
struct term_range {
    struct term_key from, to;
};

struct posting_source;

struct posting_source_class {
    int (*next_term)(struct posting_source *source, struct trawl_error *error);
    int (*next_batch)(struct posting_source *source, struct trawl_error *error);
    void (*free)(struct posting_source *source);
};

/* What all sources have in front; see posting_source_inverter.c and so on. */
struct posting_source {
    const struct posting_source_class *class;
    struct document_map map;
    int has_positions;
    struct term_key key; /* the current term; holds until the next */

    /* the current batch, of mapped documents that are not dropped; holds until the next */
    uint32_t count;
    uint32_t documents[POSTING_BATCH], frequencies[POSTING_BATCH];
    const uint32_t *positions; /* one document's after the other's; NULL without positions */
};

/* The range's bytes must outlive the source. */
int posting_source_open(struct posting_source **source, const struct posting_input *input,
                        const struct term_range *range, int has_positions, struct trawl_error *error);
void posting_source_free(struct posting_source *source);

/* To the next term, which may turn out to have no postings left.
 * -> 0, 1 at the end of the range, negative for damage. */
static inline int posting_source_next_term(struct posting_source *source, struct trawl_error *error)
{
    return source->class->next_term(source, error);
}

/* The current term's next batch, of 1 to POSTING_BATCH postings. -> 0, 1 at the end of the list, negative for damage. */
static inline int posting_source_next_batch(struct posting_source *source, struct trawl_error *error)
{
    return source->class->next_batch(source, error);
}

#endif
