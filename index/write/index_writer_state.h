/* The inside of struct index_writer, shared by the files that make it up:
 * index_writer.c (life, settings), index_load.c, index_changes.c (deletes,
 * merges), index_commit.c. */
#ifndef INDEX_WRITE_INDEX_WRITER_STATE_H
#define INDEX_WRITE_INDEX_WRITER_STATE_H

#include <pthread.h>

#include "index/write/index_writer.h"
#include "index/write/spill.h"

/* A segment of the manifest being built, opened at first use. Ours alone: its
 * deletes grow here. */
struct writer_segment {
    struct segment *segment; /* NULL: not open */
    int deletes_changed;     /* since they were last written */
};

struct index_writer {
    char *folder;
    int lock; /* descriptor */
    int made_folder;
    unsigned threads;
    uint32_t reorder_least; /* see struct segment_finish */
    struct manifest committed, building;
    struct writer_segment *segments; /* one for each of building.segments */
    size_t segment_capacity;
    uint64_t next_generation; /* of files of deletes, and of the commit */
    int may_clean;            /* `committed` is what the folder holds */
    int failed;               /* the state being built cannot be relied on */

    struct segment_writer *load; /* NULL: none is going on */
    uint32_t load_number;
    pthread_mutex_t mutex; /* over what follows */
    struct spill *spills;
    size_t spill_count, spill_capacity;
    uint32_t next_spill;
};

/* A number that no segment has had. */
int index_writer_new_number(uint32_t *number, struct index_writer *writer, struct trawl_error *error);

/* A segment of the manifest being built, open. */
int index_writer_segment(struct segment **segment, struct index_writer *writer, size_t index,
                         struct trawl_error *error);

/* Adds an entry behind the others, or in place of [first, first + count) of them. */
int index_writer_replace_segments(struct index_writer *writer, size_t first, size_t count,
                                  const struct manifest_segment *entry, struct trawl_error *error);

/* Marks a live document of an open segment. */
int index_writer_mark_deleted(struct index_writer *writer, size_t index, uint32_t document, struct trawl_error *error);

/* Writes deletes that changed, for the manifest being built. */
int index_writer_flush_deletes(struct index_writer *writer, struct trawl_error *error);

/* Merges segments [first, first + count) into one; none when no document of theirs is live. */
int index_writer_merge_range(struct index_writer *writer, size_t first, size_t count, int (*progress)(void *context),
                             void *context, struct trawl_error *error);

#endif
