/* Writes one segment file. The per-document columns are gathered in order of
 * ordinals as documents come (ids, parts, lengths); stored blocks go into the
 * file as they come; at the end the postings are merged from their inputs and
 * everything else follows.
 *
 * The same documents in the same order give the same bytes, however their
 * postings were divided. Memory: the columns (ids, one byte per document and
 * field, parts). */
#ifndef INDEX_WRITE_SEGMENT_WRITER_H
#define INDEX_WRITE_SEGMENT_WRITER_H

#include <stddef.h>
#include <stdint.h>

#include "index/format/manifest.h"
#include "index/format/parts.h"
#include "index/format/stored.h"
#include "index/write/posting_source.h"
#include "index/write/segment_columns.h"

struct segment_writer;

/* `store`: enum trawl_store. The file is made in `folder`, under a temporary name until it is whole. */
int segment_writer_new(struct segment_writer **writer, const char *folder, uint32_t number, int has_positions,
                       int has_pairs, int store, struct trawl_error *error);
/* Removes what is unfinished. */
void segment_writer_free(struct segment_writer *writer);

/* Adds a document's columns; ordinals count up from 0. An id that is there
 * already drops the earlier document (it will not be in the segment).
 * *replaced (may be NULL) tells. */
int segment_writer_add_document(struct segment_writer *writer, const uint8_t *id, size_t id_length,
                                const struct part *parts,
                                size_t part_count, const struct field_length *lengths, size_t length_count, int *replaced,
                                struct trawl_error *error);

/* Stored blocks of the next documents, in order; every document must be covered in the end. */
int segment_writer_add_stored(struct segment_writer *writer, const struct stored_packer *packer,
                              struct trawl_error *error);

/* The same from an open segment, without the ordinals that `map` drops; the documents added must be those left. */
int segment_writer_copy_stored(struct segment_writer *writer, const struct stored *from, const uint32_t *map,
                               struct trawl_error *error);

/* The next document's insertion number, for merges: for all documents or for
 * none; else they count up from the base given to finish. */
int segment_writer_set_insertion(struct segment_writer *writer, uint64_t insertion, struct trawl_error *error);

uint32_t segment_writer_documents(const struct segment_writer *writer); /* ordinals given so far */
size_t segment_writer_memory(const struct segment_writer *writer);

/* No more documents: afterwards only the following. */
int segment_writer_close(struct segment_writer *writer, struct trawl_error *error);

/* Ordinals to document numbers, for the inputs. */
struct document_map segment_writer_map(const struct segment_writer *writer);

/* The id of an ordinal that was not dropped; 0 when it was. */
int segment_writer_id(const uint8_t **id, size_t *length, const struct segment_writer *writer, uint32_t ordinal);

struct segment_finish {
    const struct posting_input *inputs;
    size_t input_count;
    uint64_t base; /* insertion number of the first document, unless they were set */
    uint64_t text_bytes;
    unsigned threads;
    uint32_t reorder_least; /* a segment of so many documents or more is reordered; 0: none is */
    int (*progress)(void *context); /* may be NULL; called now and then, and stops the work when it returns non-zero */
    void *context;
};

/* Merges the inputs' postings, completes the file and puts it in place,
 * synced. `entry` is filled for the manifest. */
int segment_writer_finish(struct segment_writer *writer, const struct segment_finish *finish,
                          struct manifest_segment *entry, struct trawl_error *error);

#endif
