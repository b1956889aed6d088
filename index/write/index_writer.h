/* The writer of an index folder: holds the lock, gathers changes (new
 * segments, deletes, a merge), and commits them at once by replacing the
 * manifest. Nothing that it wrote is seen, or kept, without a commit. */
#ifndef INDEX_WRITE_INDEX_WRITER_H
#define INDEX_WRITE_INDEX_WRITER_H

#include <stddef.h>
#include <stdint.h>

#include "index/read/snapshot.h"
#include "index/write/inverter.h"
#include "index/write/segment_writer.h"

struct index_settings {
    const char *language, *analysis;
    int has_positions, store;
    int has_pairs; /* of words; there are none without positions */
};

struct index_writer;

/* Opens the folder for writing (made when missing and `create`), takes the
 * lock (TRAWL_ERROR_LOCKED, or waits), removes leftovers of dead writers.
 * `fresh`: start from nothing; the old segments stay until commit. */
int index_writer_open(struct index_writer **writer, const char *folder, int create, int fresh, int wait,
                      struct trawl_error *error);
void index_writer_close(struct index_writer *writer); /* rolls back what is not committed */

/* How many threads may work at the end of a load and in merges; 1 at first. */
void index_writer_set_threads(struct index_writer *writer, unsigned threads);

/* From how many documents on a segment that a load or a merge writes is reordered; 0, at first: none is. */
enum { INDEX_REORDER_LEAST = 16384 };
void index_writer_set_reorder(struct index_writer *writer, uint32_t least);

/* The manifest being built; the caller may add fields to it. generation 0 and
 * no language: a new index, whose settings must be set before the first segment. */
struct manifest *index_writer_manifest(struct index_writer *writer);
int index_writer_set_settings(struct index_writer *writer, const struct index_settings *settings,
                              struct trawl_error *error);

/* A load: adds one segment in the end, whatever was spilled on the way.
 *   begin; per document segment_writer_add_document;
 *   inverters are spilled when memory asks; end.
 * Inverters number documents by their ordinals in the segment writer. */
struct segment_writer *index_writer_begin_load(struct index_writer *writer, struct trawl_error *error); /* NULL: error */
/* Thread-safe; resets the inverter. */
int index_writer_spill(struct index_writer *writer, struct inverter *inverter, struct trawl_error *error);
/* `inverters`: what was not spilled. Ids that older segments hold are deleted there (*replaced counts them, and those
 * within the load). Documents added get insertion numbers from the manifest. A load of no documents adds nothing. */
int index_writer_end_load(struct index_writer *writer, struct inverter **inverters, size_t inverter_count,
                          uint64_t text_bytes, uint64_t *replaced, int (*progress)(void *context), void *context,
                          struct trawl_error *error);

/* Marks a document deleted in the state being built. -> 0, 1 when there is none. */
int index_writer_delete_id(struct index_writer *writer, const uint8_t *id, size_t length, struct trawl_error *error);
int index_writer_delete_document(struct index_writer *writer, uint32_t segment_number, uint32_t document,
                                 struct trawl_error *error);

/* A snapshot of the state being built (segments written, deletes applied so far): for deletes by query. */
int index_writer_snapshot(struct snapshot **snapshot, struct index_writer *writer, struct trawl_error *error);

/* Rewrites all segments into one without the deleted documents. */
int index_writer_merge(struct index_writer *writer, int (*progress)(void *context), void *context,
                       struct trawl_error *error);

/* Merges by policy, so that segments stay few (about a logarithm of their number of documents) and deletes under a
 * fifth of each; then makes the state durable and visible. Afterwards the writer may go on. When it fails, so does
 * every further commit: close the writer. */
int index_writer_commit(struct index_writer *writer, struct trawl_error *error);

#endif
