#include "index/format/term_walk.h"

int term_walk_open(struct term_walk *walk, const struct terms *terms, uint32_t block)
{
    const uint32_t start = term_index_offset(&terms->index, block), end = term_index_offset(&terms->index, block + 1);
    if (start > end || end > terms->blocks.length)
        return -1;
    walk->at = terms->blocks.bytes + start;
    walk->end = terms->blocks.bytes + end;
    if (vbyte_get(&walk->postings, &walk->at, walk->end))
        return -1;
    return vbyte_get(&walk->positions, &walk->at, walk->end);
}

static int read_inline_positions(struct term_entry *entry, struct term_walk *walk)
{
    uint64_t next = 0;
    for (size_t i = 0; i < entry->cf; i++) {
        uint32_t gap;
        if (vbyte_get_u32(&gap, &walk->at, walk->end) || next + gap > UINT32_MAX)
            return -1;
        entry->inline_positions[i] = (uint32_t)(next + gap);
        next += (uint64_t)gap + 1;
    }
    return 0;
}

/* A length in POST or POSN: the next `*start` bytes of it, not past `limit`. */
static int read_extent(uint64_t *at, uint64_t *length, struct term_walk *walk, uint64_t *next, uint64_t limit)
{
    if (term_walk_number(length, walk))
        return -1;
    *at = *next;
    if (*at > limit || *length > limit - *at)
        return -1;
    *next = *at + *length;
    return 0;
}

static int read_document(struct term_entry *entry, struct term_walk *walk, const struct terms *terms)
{
    if (entry->cf > UINT32_MAX || vbyte_get_u32(&entry->document, &walk->at, walk->end))
        return -1;
    return entry->document < terms->documents ? 0 : -1;
}

int term_walk_read(struct term_entry *entry, struct term_walk *walk, const struct terms *terms,
                   const struct meta_field *field)
{
    uint64_t df;
    const int has_positions = terms_has_positions(terms, field);
    *entry = (struct term_entry){.field = field->id, .has_positions = has_positions};
    if (term_walk_counts(&df, &entry->cf, walk) || df == 0 || df > terms->documents || entry->cf < df)
        return -1;
    entry->df = (uint32_t)df;
    if (df == 1) {
        if (read_document(entry, walk, terms))
            return -1;
    } else if (read_extent(&entry->postings, &entry->postings_length, walk, &walk->postings, terms->postings_length) ||
               entry->postings_length == 0) { /* of positions there may be no bytes, where documents have one token */
        return -1;
    }
    if (!has_positions)
        return 0;
    if (df == 1 && entry->cf <= TERM_INLINE_POSITIONS)
        return read_inline_positions(entry, walk);
    return read_extent(&entry->positions, &entry->positions_length, walk, &walk->positions, terms->positions_length);
}
