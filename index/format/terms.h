/* The term dictionary: sections TIDX and TERM, and THSH (term_hash.h) as a short way to frequent terms. */
#ifndef INDEX_FORMAT_TERMS_H
#define INDEX_FORMAT_TERMS_H

#include <stddef.h>
#include <stdint.h>

#include "index/format/container.h"
#include "index/format/meta.h"
#include "index/format/term_floors.h"
#include "index/format/term_hash.h"
#include "index/format/term_index.h"

enum { TERMS_PER_BLOCK = 32, TERM_MAX_BYTES = 255, TERM_INLINE_POSITIONS = 8 };

/* What the dictionary knows of a term in one segment. */
struct term_entry {
    uint32_t df;              /* documents, deleted ones included */
    int has_positions;        /* its field keeps them */
    uint64_t cf;              /* occurrences, deleted ones included */
    uint64_t postings, postings_length;   /* in POST; df >= 2 */
    uint64_t positions, positions_length; /* in POSN; 0 when inline or none */
    uint32_t document;        /* df == 1 */
    uint32_t field;           /* that it is of: set by reading */
    struct term_floors floors; /* of those found by hash */
    uint32_t inline_positions[TERM_INLINE_POSITIONS]; /* df == 1 && cf <= TERM_INLINE_POSITIONS: ascending */
};

/* ---- writing: terms in ascending order of (field, bytes) */
struct terms_writer {
    struct buffer blocks, prefixes, offsets;
    uint64_t handed_on; /* bytes of TERM before those in `blocks` */
    uint32_t block_count, in_block;
    uint64_t postings_end, positions_end; /* where the next term's must start */
    uint8_t last[TERM_MAX_BYTES];
    size_t last_length;
    int has_positions; /* of the field being written */
};

void terms_writer_init(struct terms_writer *writer, int has_positions);
void terms_writer_release(struct terms_writer *writer);
/* Closes the block; -> the number of blocks so far (where the next field starts). */
uint32_t terms_writer_new_field(struct terms_writer *writer);
int terms_writer_add(struct terms_writer *writer, const uint8_t *term, size_t length, const struct term_entry *entry,
                     struct trawl_error *error);
/* For a dictionary too large for memory: the caller has taken the bytes that are in `blocks`, which is emptied. In the
 * end it adds TIDX with terms_writer_finish_index, and what it took as TERM itself. */
void terms_writer_hand_on(struct terms_writer *writer);
int terms_writer_finish_index(struct terms_writer *writer, struct container_writer *container, struct trawl_error *error);
/* Adds TIDX and TERM to the container, when nothing was handed on. */
int terms_writer_finish(struct terms_writer *writer, struct container_writer *container, struct trawl_error *error);

/* ---- reading */
struct terms {
    const char *path;    /* for errors; the container's */
    const uint8_t *file; /* the container's first byte: errors give offsets from here */
    struct term_index index;
    struct term_hash hash;
    struct span blocks;
    uint32_t documents;
    uint64_t postings_length, positions_length; /* of POST and POSN: entries are checked against them */
    int has_positions;       /* all fields but that of pairs */
};

int terms_open(struct terms *terms, const struct container *container, const struct meta *meta, struct trawl_error *error);

/* What the last field takes: bytes of TIDX and TERM, bytes of POST. Both 0 where that cannot be read. */
struct field_bytes {
    uint64_t terms, postings;
};
struct field_bytes terms_last_field_bytes(const struct terms *terms, const struct meta_field *field);

/* -> 0 and *entry, 1 when the field has no such term, negative for damage. */
int terms_find(struct term_entry *entry, const struct terms *terms, const struct meta_field *field, const uint8_t *term,
               size_t length, struct trawl_error *error);
/* The same without the hash. */
int terms_find_in_blocks(struct term_entry *entry, const struct terms *terms, const struct meta_field *field,
                         const uint8_t *term, size_t length, struct trawl_error *error);

/* Has the processor fetch what looking the term up will read. When several are looked up, this for all of them first lets them
 * wait for memory together. */
void terms_prefetch(const struct terms *terms, const struct meta_field *field, const uint8_t *term, size_t length);

/* Walks a field's terms in order. */
struct terms_cursor {
    const struct terms *terms;
    const struct meta_field *field;
    uint32_t block;    /* within the section */
    uint32_t in_block; /* terms read of this block */
    uint32_t left;     /* terms of the field not read yet */
    const uint8_t *at, *end;
    uint64_t postings, positions;
    uint8_t term[TERM_MAX_BYTES];
    uint32_t term_length;
    struct term_entry entry;
};

/* Places the cursor before the first term >= `from`. */
int terms_seek(struct terms_cursor *cursor, const struct terms *terms, const struct meta_field *field, const uint8_t *from,
               size_t length, struct trawl_error *error);
/* -> 0 and cursor->term, term_length, entry; 1 at the end; negative for damage */
int terms_next(struct terms_cursor *cursor, struct trawl_error *error);

#endif
