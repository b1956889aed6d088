/* Walking the entries of one term block, shared by look-ups and cursors:
 * FORMAT.md, "TIDX, TERM". Each step is: read the head, use the suffix, then
 * skip or read what the dictionary says of the term. All return 0, or -1 for
 * damage. */
#ifndef INDEX_FORMAT_TERM_WALK_H
#define INDEX_FORMAT_TERM_WALK_H

#include <string.h>

#include "index/codec/vbyte.h"
#include "index/format/terms.h"
#include "src/util/bytes.h"

struct term_walk {
    const uint8_t *at, *end;
    uint64_t postings, positions; /* where the next entry's start */
};

/* Pairs of words are in one document or another, and that is all. */
static inline int terms_has_positions(const struct terms *terms, const struct meta_field *field)
{
    return terms->has_positions && field->id != FIELD_PAIRS;
}

struct term_head {
    uint32_t shared, suffix_length;
    const uint8_t *suffix;
};

/* The block (within the section) where the term would be. -> 0, 1 when the
 * field's first term is greater already, negative for damage. */
int terms_find_block(uint32_t *block, const struct terms *terms, const struct meta_field *field, const uint8_t *term,
                     size_t length, struct trawl_error *error);

int terms_corrupt_block(const struct terms *terms, uint32_t block, struct trawl_error *error); /* -> TRAWL_ERROR_CORRUPT */

/* At the first entry of a block of the section. */
int term_walk_open(struct term_walk *walk, const struct terms *terms, uint32_t block);

/* All of what is known of the term, checked. */
int term_walk_read(struct term_entry *entry, struct term_walk *walk, const struct terms *terms,
                   const struct meta_field *field);

/* Byte order, as memcmp; the shorter first. */
static inline int term_compare(const uint8_t *a, size_t a_length, const uint8_t *b, size_t b_length)
{
    const int order = memcmp(a, b, a_length < b_length ? a_length : b_length);
    return order ? order : (a_length > b_length) - (a_length < b_length);
}

static inline int term_walk_head(struct term_head *head, struct term_walk *walk)
{
    const uint8_t *at = walk->at, *end = walk->end;
    if (at >= end)
        return -1;
    const unsigned lengths = *at++;
    head->shared = lengths >> 4;
    head->suffix_length = (lengths & 15) + 1;
    if (head->shared == 15) {
        if (at >= end)
            return -1;
        head->shared = *at++;
    }
    if (head->suffix_length == 16) {
        if (at >= end)
            return -1;
        head->suffix_length = *at++ + 1U;
    }
    if (head->suffix_length > (size_t)(end - at))
        return -1;
    head->suffix = at;
    walk->at = at + head->suffix_length;
    return 0;
}

/* Most numbers here have one byte. */
static inline int term_walk_number(uint64_t *value, struct term_walk *walk)
{
    if (walk->at < walk->end && *walk->at < 0x80) {
        *value = *walk->at++;
        return 0;
    }
    return vbyte_get(value, &walk->at, walk->end);
}

static inline int term_walk_counts(uint64_t *df, uint64_t *cf, struct term_walk *walk)
{
    uint64_t more;
    if (term_walk_number(df, walk))
        return -1;
    const int has_cf = !(*df & 1);
    *df >>= 1;
    *cf = *df;
    if (!has_cf)
        return 0;
    if (term_walk_number(&more, walk))
        return -1;
    *cf += more + 1;
    return 0;
}

/* Over what follows the suffix; only sums the lengths. */
static inline int term_walk_skip(struct term_walk *walk, int has_positions)
{
    uint64_t df, cf, number;
    if (term_walk_counts(&df, &cf, walk) || term_walk_number(&number, walk))
        return -1;
    if (df != 1)
        walk->postings += number;
    if (!has_positions)
        return 0;
    if (df == 1 && cf <= TERM_INLINE_POSITIONS) {
        for (uint64_t i = 0; i < cf; i++)
            if (term_walk_number(&number, walk))
                return -1;
        return 0;
    }
    if (term_walk_number(&number, walk))
        return -1;
    walk->positions += number;
    return 0;
}

#endif
