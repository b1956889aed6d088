/* Small segments for tests, written straight with the format's writers: a
 * second, simple way to make an index beside index/write.
 *
 *     struct fixture *fixture = fixture_new(1);
 *     fixture_document(fixture, "first");
 *     fixture_value(fixture, FIELD_BODY, "the old man");
 *     fixture_document(fixture, "second");
 *     ...
 *     fixture_write(fixture, folder)          a segment
 *     fixture_commit(fixture, folder)         a manifest that names the segments written so far
 *
 * Everything here ends the program when memory ends or a call is wrong. */
#ifndef TRAWL_TESTS_SEGMENT_FIXTURE_H
#define TRAWL_TESTS_SEGMENT_FIXTURE_H

#include <stddef.h>
#include <stdint.h>

#include "index/format/manifest.h"

struct fixture;

struct fixture *fixture_new(int has_positions);
void fixture_free(struct fixture *fixture);

/* The manifest that commit writes; may be changed before. */
struct manifest *fixture_manifest(struct fixture *fixture);

/* ---- the documents of the next segment */

/* Starts a document. -> its ordinal */
uint32_t fixture_document(struct fixture *fixture, const char *id);

/* Adds words, separated by spaces, to the document: run into the default
 * field as a part, and under their own field when that is not the body. */
void fixture_value(struct fixture *fixture, uint32_t field, const char *words);

/* One occurrence as it is, for postings that no text would give; counts into the field's length. */
void fixture_occurrence(struct fixture *fixture, uint32_t field, const void *term, size_t length, uint32_t position);

/* A stored field of the document. Without any in the segment nothing is stored. */
void fixture_stored(struct fixture *fixture, const char *name, const char *value, uint8_t kind);

/* `ordinals`: by document number, of all documents of the segment. */
void fixture_reorder(struct fixture *fixture, const uint32_t *ordinals);

/* ---- files */

/* Writes the documents as the next segment and forgets them. -> 0 or a status */
int fixture_write(struct fixture *fixture, const char *folder, struct trawl_error *error);

/* Deletes documents of a segment (by its place in the manifest): `words` as in FORMAT.md. Call before commit. */
int fixture_delete(struct fixture *fixture, const char *folder, size_t segment, const uint64_t *words,
                   struct trawl_error *error);

int fixture_commit(struct fixture *fixture, const char *folder, struct trawl_error *error);

#endif
