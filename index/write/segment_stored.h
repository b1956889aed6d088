/* The stored records of a segment being written. Blocks go straight into
 * section STOR of the file that becomes the segment: nothing is written twice.
 * Only when documents were dropped since, the file is left as a temporary one
 * and its blocks are copied into a new file, without the dropped records. */
#ifndef INDEX_WRITE_SEGMENT_STORED_H
#define INDEX_WRITE_SEGMENT_STORED_H

#include <stddef.h>
#include <stdint.h>

#include "index/format/stored.h"

struct segment_stored {
    struct stored_index index; /* of what is in STOR */
    int is_open;               /* STOR is the container's open section */
};

void segment_stored_init(struct segment_stored *stored);
void segment_stored_release(struct segment_stored *stored);

/* Opens STOR as the container's first section. */
int segment_stored_begin(struct segment_stored *stored, struct container_writer *container, struct trawl_error *error);
int segment_stored_append(struct segment_stored *stored, struct container_writer *container, struct span bytes,
                          uint32_t documents, struct trawl_error *error);
int segment_stored_append_packed(struct segment_stored *stored, struct container_writer *container,
                                 const struct stored_packer *packer, struct trawl_error *error);
/* Closes STOR and adds SIDX. */
int segment_stored_end(struct segment_stored *stored, struct container_writer *container, struct trawl_error *error);

/* Copies the blocks of `from`: as they are where no document of a block is
 * dropped by `map` (by ordinal; NULL: none), else without those, packed anew. */
int segment_stored_copy(struct segment_stored *stored, struct container_writer *container, const struct stored *from,
                        const uint32_t *map, struct trawl_error *error);

#endif
