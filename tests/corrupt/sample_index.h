/* Small indexes made through trawl.h, to be damaged: their files are kept in
 * memory too, so that a test can put them right again.
 *
 * SAMPLE_MIXED has something of everything: segments of one commit and of
 * merges, lists of several blocks, positions, fields, stored documents,
 * deletes. SAMPLE_LONG is one segment of so many documents that the longest
 * lists have a directory of two levels, and stores nothing. */
#ifndef TRAWL_TESTS_SAMPLE_INDEX_H
#define TRAWL_TESTS_SAMPLE_INDEX_H

#include <stddef.h>
#include <stdint.h>

enum { SAMPLE_FILES = 16 };
enum sample_kind { SAMPLE_MIXED, SAMPLE_LONG };

struct sample_file {
    char name[64];
    char path[600];
    uint8_t *bytes; /* as written by the library */
    size_t length;
    size_t named_at; /* where the manifest has the checksum of this segment's toc; 0: nowhere */
};

struct sample {
    const char *folder;
    struct sample_file files[SAMPLE_FILES];
    size_t file_count;
    struct sample_file *manifest;
};

/* Makes the index in `folder`, which does not exist yet. Ends the case when it cannot. */
void sample_make(struct sample *sample, enum sample_kind kind, const char *folder);
void sample_release(struct sample *sample);

/* Reads file->path into new memory, which the caller frees. */
void sample_read(struct sample_file *file);

/* What stands on disk under a file's name, from now on; and as it was again. */
void sample_put(const struct sample_file *file, const void *bytes, size_t length);
void sample_restore(const struct sample_file *file);

/* One byte on disk. */
void sample_put_byte(const struct sample_file *file, size_t at, uint8_t byte);

/* Makes the checksums of a container right, as far as its frame can still be
 * read: sections whose bytes changed, table of contents, header. `bytes` are
 * `file`'s, changed at [at, at + count). */
void sample_seal(uint8_t *bytes, const struct sample_file *file, size_t at, size_t count);

/* The manifest for a segment that has been sealed: `out` is as long as the manifest. */
void sample_name_segment(uint8_t *out, const struct sample *sample, const struct sample_file *segment, const uint8_t *bytes);

/* What is in the folder on disk, as files of another folder, which is made or emptied. */
void sample_copy(const struct sample *sample, const char *folder);

#endif
