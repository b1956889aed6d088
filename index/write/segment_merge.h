/* Several segments rewritten into one, without their deleted documents.
 * Stored blocks are copied as they are where nothing in them is deleted;
 * documents keep their insertion numbers. */
#ifndef INDEX_WRITE_SEGMENT_MERGE_H
#define INDEX_WRITE_SEGMENT_MERGE_H

#include "index/read/segment.h"

struct segment_merge {
    const char *folder;
    uint32_t number; /* of the new segment */
    int has_positions, has_pairs, store;
    unsigned threads;
    uint32_t reorder_least; /* see struct segment_finish */
    struct segment *const *segments; /* neighbours, in order of insertion numbers */
    size_t segment_count;
    int (*progress)(void *context); /* may be NULL; non-zero stops */
    void *context;
};

/* -> 0 and *entry; entry->documents is 0, and there is no file, when no document is live. */
int segment_merge_run(struct manifest_segment *entry, const struct segment_merge *merge, struct trawl_error *error);

#endif
