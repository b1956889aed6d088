/* The files of a folder and of all folders in it, in byte order of their
 * paths. Left out are: links, so that there are no loops and nothing comes
 * twice; what is neither file nor folder; hidden names; what the ignore files
 * say; one folder to be skipped. Memory is that of the listings on the way down. */
#ifndef SRC_SOURCE_WALK_H
#define SRC_SOURCE_WALK_H

#include "src/source/source.h"

struct walk;

/* `root` is a clean path; it and the options must outlive the walk. */
int walk_new(struct walk **walk, const char *root, const struct source_options *options, struct trawl_error *error);
void walk_free(struct walk *walk);

/* The next file, or a folder that could not be read: then with the reason,
 * else *reason is NULL. Both are valid until the next call. -> 0, 1 at the
 * end, or TRAWL_ERROR_MEMORY */
int walk_next(const char **path, const char **reason, struct walk *walk, struct trawl_error *error);

/* Bytes of the files in all folders listed so far. */
uint64_t walk_bytes(const struct walk *walk);

#endif
