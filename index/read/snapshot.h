/* A snapshot: one committed state of an index, its segments in order of
 * insertion, and statistics over the live documents of all of them. Shared by
 * threads; the caches inside are locked. Reference counted. */
#ifndef INDEX_READ_SNAPSHOT_H
#define INDEX_READ_SNAPSHOT_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "index/read/segment.h"

struct snapshot_caches;

struct snapshot {
    char *folder;
    struct manifest manifest;
    struct segment **segments;
    size_t segment_count;
    uint64_t documents, live;
    struct snapshot_caches *caches;
    struct file_stamp stamp;  /* of the manifest, before it was read; none: it was not read from a file */
    atomic_int is_settled;    /* no other manifest can have that stamp */
};

/* Opens the newest commit; retries when a segment vanished under a newer one. */
int snapshot_open(struct snapshot **snapshot, const char *folder, struct trawl_error *error);

/* The state that a manifest describes, which need not be committed: all its files must be in the folder. The
 * manifest is copied. */
int snapshot_open_manifest(struct snapshot **snapshot, const char *folder, const struct manifest *manifest,
                           struct trawl_error *error);

void snapshot_release(struct snapshot *snapshot);

/* 1 when the folder's manifest is of another generation. A look at the file's inode mostly tells; a manifest that is seconds old is
 * read. For any thread. */
int snapshot_is_stale(struct snapshot *snapshot);

/* Statistics of a field over live documents with a token in it. For
 * FIELD_BODY those of the documents' body parts. Computed at first use. */
struct field_statistics {
    uint64_t documents;
    uint64_t decoded_lengths; /* average length = decoded_lengths / documents */
};
int snapshot_field_statistics(struct field_statistics *statistics, struct snapshot *snapshot, uint32_t field,
                              struct trawl_error *error);

/* The length codes of a field in a segment, [documents of the segment] and
 * RUN_PADDING readable bytes behind; all 0 when no document has the field.
 * For FIELD_BODY computed from parts. Holds as long as the snapshot. */
int snapshot_length_codes(const uint8_t **codes, struct snapshot *snapshot, size_t segment, uint32_t field,
                          struct trawl_error *error);

/* Live document and collection frequency of a term over all segments. For
 * FIELD_BODY: of its occurrences within bodies (positions are read at first use). Kept. */
struct term_statistics {
    uint64_t df, cf;
};
int snapshot_term_statistics(struct term_statistics *statistics, struct snapshot *snapshot, uint32_t field,
                             const uint8_t *term, size_t length, struct trawl_error *error);

/* Is every document of the segment one body from position 0 on? Then body:x is x. So it is without positions, too:
 * nothing could tell them apart. */
int snapshot_segment_is_plain(const struct snapshot *snapshot, size_t segment);

/* The positions [*start, *end) of the body in the default field of a document;
 * start == end: it has none. A body of several values spans from the first to the last: other
 * parts never lie between. */
int snapshot_body_range(uint32_t *start, uint32_t *end, const struct snapshot *snapshot, size_t segment, uint32_t document,
                        struct trawl_error *error);

/* A document by id, wherever it is live. -> 0, 1 none, negative for damage. */
int snapshot_find_id(size_t *segment, uint32_t *document, const struct snapshot *snapshot, const uint8_t *id, size_t length,
                     struct trawl_error *error);

#endif
