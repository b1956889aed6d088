/* Which common terms stand side by side: the positions of all of them turned
 * round to documents, some at a time.
 *
 *     pair_walk_open(&walk, segment, terms, count, codes, error)
 *     while (!pair_walk_next(&walk, error))
 *         walk.pairs[0..pair_count) of walk.document
 *
 * Documents ascend; those without a pair are passed over. */
#ifndef INDEX_READ_PAIR_WALK_H
#define INDEX_READ_PAIR_WALK_H

#include <stddef.h>
#include <stdint.h>

#include "index/read/postings_cursor.h"

struct common_term {
    uint8_t bytes[PAIR_TERM_BYTES];
    uint8_t length;
    struct term_entry entry;
};

/* An occurrence: the numbers of its first and second term. */
static inline uint16_t pair_of(unsigned first, unsigned second)
{
    return (uint16_t)(first << 8 | second);
}

static inline unsigned pair_first(uint16_t pair)
{
    return pair >> 8;
}

static inline unsigned pair_second(uint16_t pair)
{
    return pair & 255;
}

struct pair_walk {
    uint32_t document;
    const uint16_t *pairs; /* one for each occurrence, in order of position; holds until the next */
    size_t pair_count;

    /* inside */
    const struct segment *segment;
    const uint8_t *codes; /* lengths of documents: how many to take at a time */
    struct common_cursor *cursors;
    uint32_t count;
    uint32_t from, to;       /* the documents taken */
    uint32_t *heads;         /* by document - from: its first stretch + 1 */
    struct stretch *stretches;
    size_t stretch_count, stretch_capacity;
    uint32_t *positions;     /* stretch behind stretch */
    size_t position_count, position_capacity;
    uint8_t *places;         /* by position in a document: number of the term + 1; all 0 between documents */
    size_t place_capacity;
    uint64_t *sorted;
    size_t sorted_capacity;
    uint16_t *found;
    size_t found_capacity;
    struct arena arena;
};

/* `terms`: up to PAIR_TERMS of the default field; read here only. Of the segment only postings, positions and their
 * number of documents are used. `codes`: length codes of that field. */
int pair_walk_open(struct pair_walk *walk, const struct segment *segment, const struct common_term *terms, uint32_t count,
                   const uint8_t *codes, struct trawl_error *error);
int pair_walk_next(struct pair_walk *walk, struct trawl_error *error); /* -> 0, TRAWL_END, or negative */
void pair_walk_release(struct pair_walk *walk);

#endif
