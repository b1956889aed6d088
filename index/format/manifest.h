/* The manifest: FORMAT.md section 4. A struct manifest owns all it points to. */
#ifndef INDEX_FORMAT_MANIFEST_H
#define INDEX_FORMAT_MANIFEST_H

#include <stddef.h>
#include <stdint.h>

#include "src/util/arena.h"
#include "src/util/error.h"
#include "src/util/file_stamp.h"

struct manifest_segment {
    uint32_t number, documents, deleted, toc_checksum;
    uint64_t deletes_generation; /* 0: none */
    uint64_t length;
};

struct manifest {
    uint64_t generation, commit_time, next_insertion;
    uint32_t next_segment;
    uint8_t has_positions, store, has_pairs;
    const char *language, *analysis; /* NUL-terminated */
    const char **fields;             /* NUL-terminated; [0] is "", [1] is "body" */
    size_t field_count, field_capacity;
    struct manifest_segment *segments;
    size_t segment_count, segment_capacity;
    struct arena arena;
};

int manifest_init(struct manifest *manifest); /* an empty index' manifest, generation 0; -> 0 or no memory */
void manifest_release(struct manifest *manifest);
int manifest_copy(struct manifest *copy, const struct manifest *manifest, struct trawl_error *error);

/* -> the field's number, or -1 */
int manifest_find_field(const struct manifest *manifest, const char *name, size_t length);
/* -> the field's number, added when new; -1 when the list is full (255 is kept for word pairs) or memory ends */
int manifest_add_field(struct manifest *manifest, const char *name, size_t length);
int manifest_add_segment(struct manifest *manifest, const struct manifest_segment *segment);
int manifest_set_string(struct manifest *manifest, const char **member, const char *value);

/* TRAWL_ERROR_NOT_FOUND when `folder` holds none. Checks everything, the checksum too. */
int manifest_read(struct manifest *manifest, const char *folder, struct trawl_error *error);

/* Of the file that holds it: none where that cannot be looked at. */
struct file_stamp manifest_stamp(const char *folder);
/* Replaces the folder's manifest durably. */
int manifest_write(const struct manifest *manifest, const char *folder, struct trawl_error *error);

/* File names, in `out` of at least PATH_BYTES; -> 0 or TRAWL_ERROR_ARGUMENT for a folder's name too long */
enum { MANIFEST_PATH_BYTES = 4096 };
int manifest_segment_path(char *out, const char *folder, uint32_t number, struct trawl_error *error);
int manifest_deletes_path(char *out, const char *folder, uint32_t number, uint64_t generation, struct trawl_error *error);

#endif
