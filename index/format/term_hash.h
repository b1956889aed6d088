/* The terms of many documents once more, by hash: section THSH of FORMAT.md. Words of queries are mostly among
 * them, and looking one up here touches two or three lines of memory, where the search over blocks and the walk over
 * one touch ten and guess as many branches wrong. It answers as the blocks do, or not at all. */
#ifndef INDEX_FORMAT_TERM_HASH_H
#define INDEX_FORMAT_TERM_HASH_H

#include <stddef.h>
#include <stdint.h>

#include "index/format/container.h"
#include "src/util/buffer.h"

struct meta_field;
struct term_entry;
struct terms;

/* ---- writing */

struct term_hash_writer {
    uint32_t least_df;
    int has_positions;
    struct buffer records;
    struct buffer hashes; /* u64 each, with the u32 offset of its record behind it */
    uint32_t count;
};

/* For terms in so many documents or more: by default those that a segment of `documents` takes for frequent. */
void term_hash_writer_init(struct term_hash_writer *writer, uint32_t least_df, int has_positions);
uint32_t term_hash_least_df(uint32_t documents);
void term_hash_writer_release(struct term_hash_writer *writer);

/* Takes a term, of all in their order, when it is in many documents and there is room; its entry says where its lists are. */
int term_hash_writer_add(struct term_hash_writer *writer, uint32_t field, const uint8_t *term, size_t length,
                         const struct term_entry *entry, struct trawl_error *error);

/* The section's bytes are appended, none when there is no such term. */
int term_hash_writer_append(struct buffer *section, const struct term_hash_writer *writer, struct trawl_error *error);
/* Adds the section, when it has any bytes. */
int term_hash_writer_finish(struct term_hash_writer *writer, struct container_writer *container,
                            struct trawl_error *error);

/* ---- reading */

struct term_hash {
    const uint8_t *slots; /* NULL: the segment has none */
    uint32_t mask;        /* slots - 1 */
    uint32_t least_df;    /* terms in so many documents are here, while there was room */
    struct span records;
};

int term_hash_open(struct term_hash *hash, const struct container *container, struct trawl_error *error);

/* -> 0 and *entry, TRAWL_END: it is not here, but may be in the blocks, negative for damage */
int term_hash_find(struct term_entry *entry, const struct terms *terms, const struct meta_field *field,
                   const uint8_t *term, size_t length, struct trawl_error *error);

/* Fetches the term's record. -> 0, or TRAWL_END: it is not here */
int term_hash_prefetch(const struct term_hash *hash, const struct meta_field *field, const uint8_t *term, size_t length);

#endif
