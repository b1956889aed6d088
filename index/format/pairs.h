/* Word pairs: which of a segment's terms are common, and the key under which
 * two of them that stand side by side are a term of the hidden field
 * FIELD_PAIRS. FORMAT.md, "PAIR". */
#ifndef INDEX_FORMAT_PAIRS_H
#define INDEX_FORMAT_PAIRS_H

#include <stddef.h>
#include <stdint.h>

#include "index/format/container.h"
#include "index/format/terms.h"

enum {
    PAIR_TERMS = 255,        /* common terms of a segment at most: each has a byte's number */
    PAIR_TERM_BYTES = 127,   /* a longer term is never common, so that every pair has a key */
    PAIR_KEY_BYTES = 1 + 2 * PAIR_TERM_BYTES
};

/* Section PAIR: which pairs have lists. */
struct pairs {
    int is_there;      /* the segment has pairs at all */
    uint32_t least;    /* a term in so many documents is common */
    uint64_t together; /* the product of two common terms' document frequencies from which their pair is kept */
};

int pairs_write(const struct pairs *pairs, struct container_writer *container, struct trawl_error *error);
int pairs_open(struct pairs *pairs, const struct container *container, struct trawl_error *error);

/* Is a term of the default field common? `df`: with deleted documents. */
static inline int pairs_is_common(const struct pairs *pairs, uint32_t df, size_t length)
{
    return pairs->is_there && df >= pairs->least && length <= PAIR_TERM_BYTES;
}

/* Is a pair of common terms kept? Then it has a list, or does not occur. */
static inline int pairs_are_kept(const struct pairs *pairs, uint32_t first_df, uint32_t second_df)
{
    return (uint64_t)first_df * second_df >= pairs->together;
}

/* Writes the key of two common terms. -> its length */
size_t pair_key(uint8_t key[PAIR_KEY_BYTES], const uint8_t *first, size_t first_length, const uint8_t *second,
                size_t second_length);

#endif
