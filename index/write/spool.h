/* Bytes that wait until a section of the segment can take them: in memory as
 * long as they are few, then in a temporary file. */
#ifndef INDEX_WRITE_SPOOL_H
#define INDEX_WRITE_SPOOL_H

#include "index/format/container.h"
#include "src/util/buffer.h"
#include "src/util/file.h"

enum { SPOOL_MEMORY = 1 << 20 };

struct spool {
    struct buffer head; /* all bytes, while there is no file */
    struct file_writer file;
    int has_file;
    char *path;
};

/* `path`: for the file, should it come to that; copied. */
int spool_init(struct spool *spool, const char *path, struct trawl_error *error);
void spool_release(struct spool *spool);
int spool_append(struct spool *spool, const void *bytes, size_t length, struct trawl_error *error);

/* A view of all that is in it, FILE_MAP_BEHIND zero bytes readable behind; until the next append. `map` is to be closed. */
int spool_view(struct span *view, struct file_map *map, struct spool *spool, struct trawl_error *error);

/* Appends all to the container's open section; nothing can be appended to the spool after. */
int spool_drain(struct spool *spool, struct container_writer *container, struct trawl_error *error);

#endif
