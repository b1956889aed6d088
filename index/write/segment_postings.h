/* The postings of a segment being written: sections POST, POSN, TIDX, TERM and
 * PAIR from what the term encoder gives. POST goes into the file at once, POSN and
 * TERM through spools behind it; TIDX waits in memory.
 *
 * Word pairs are the last field. They are made of the lists of common terms that have just
 * been written, read back: by then it is known which terms are common, documents have their
 * final numbers, and all of it takes no memory. */
#ifndef INDEX_WRITE_SEGMENT_POSTINGS_H
#define INDEX_WRITE_SEGMENT_POSTINGS_H

#include "index/format/container.h"
#include "index/format/meta.h"
#include "index/write/term_encoder.h"

struct field_terms {
    uint32_t terms, first_block, blocks;
    uint64_t tokens; /* occurrences of all its terms */
};

struct segment_postings_options {
    const struct posting_input *inputs;
    size_t input_count;
    const uint8_t *const *length_codes; /* [FIELDS_MAX], by document number; NULL where a field has none */
    const uint8_t *const *end_codes;    /* the same of ends */
    const uint32_t *numbers;            /* document numbers by the inputs' ordinals; NULL: the same */
    uint32_t documents;
    int has_positions, has_pairs;
    unsigned threads;
    const char *positions_path, *terms_path, *pairs_path; /* of temporary files */
    int (*progress)(void *context); /* may be NULL; non-zero stops */
    void *context;
};

/* `fields`: [FIELDS_MAX], filled. */
int segment_postings_write(struct field_terms *fields, struct container_writer *container,
                           const struct segment_postings_options *options, struct trawl_error *error);

#endif
