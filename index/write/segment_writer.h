/* Writes one segment file. The per-document columns are gathered in order of
 * ordinals as documents come (ids, parts, lengths, stored blocks); at the end
 * the postings are merged from sources and everything goes into the container.
 *
 * The same documents in the same order give the same bytes, whatever the
 * sources were. Memory: columns are in memory (ids, one byte per document and
 * field, parts); stored blocks go to a temporary file as they come. */
#ifndef INDEX_WRITE_SEGMENT_WRITER_H
#define INDEX_WRITE_SEGMENT_WRITER_H

#include <stddef.h>
#include <stdint.h>

#include "index/format/parts.h"
#include "index/format/stored.h"
#include "index/write/posting_source.h"

struct segment_writer;

struct field_length {
    uint32_t field;
    uint32_t tokens; /* > 0 */
};

/* `store`: enum trawl_store. Temporary files are made in `folder`. */
int segment_writer_new(struct segment_writer **writer, const char *folder, uint32_t number, int has_positions, int store,
                       struct trawl_error *error);
/* Removes what is unfinished. */
void segment_writer_free(struct segment_writer *writer);

/* Adds a document's columns; ordinals count up from 0. An id that is there
 * already drops the earlier document (it will not be in the segment).
 * *replaced (may be NULL) tells. */
int segment_writer_add_document(struct segment_writer *writer, const uint8_t *id, size_t id_length, const struct part *parts,
                                size_t part_count, const struct field_length *lengths, size_t length_count, int *replaced,
                                struct trawl_error *error);

/* Stored blocks of the next documents, in order; every document must be covered in the end. */
int segment_writer_add_stored(struct segment_writer *writer, const struct stored_packer *packer, struct trawl_error *error);

/* Explicit insertion numbers, for merges; else they count up from the base given to finish. */
int segment_writer_set_insertion(struct segment_writer *writer, uint64_t insertion);

uint32_t segment_writer_documents(const struct segment_writer *writer); /* ordinals given so far, dropped ones included */
size_t segment_writer_memory(const struct segment_writer *writer);

/* Old ordinal to new, with DOCUMENT_DROPPED; NULL when none was dropped. For
 * the sources. Valid until free; call when all documents are in. */
const uint32_t *segment_writer_map(struct segment_writer *writer, struct trawl_error *error);

/* Merges the sources' postings and writes the file. `entry` is filled for the
 * manifest. `progress` (may be NULL) is called now and then, and stops the work when it returns non-zero. */
int segment_writer_finish(struct segment_writer *writer, struct posting_source **sources, size_t source_count,
                          uint64_t base, uint64_t text_bytes, struct manifest_segment *entry,
                          int (*progress)(void *context), void *context, struct trawl_error *error);

#endif
