/* Paths as people mean them. */
#ifndef SRC_SOURCE_CLEAN_PATH_H
#define SRC_SOURCE_CLEAN_PATH_H

#include "src/util/arena.h"

/* `path` without "." parts, doubled slashes and slashes at its end: "./a//b/"
 * is "a/b". ".." stays, since links may stand before it. What is left of "./"
 * is ".". -> NULL: no memory */
char *clean_path(struct arena *arena, const char *path);

/* Where `path` lies from the root, by its words alone, ".." resolved. -> NULL: no memory, or nobody knows */
char *absolute_path(struct arena *arena, const char *path);

#endif
