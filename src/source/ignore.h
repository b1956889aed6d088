/* The rules of one .gitignore or .ignore file, as git reads them:
 *
 *     *.log          files and folders of that name, at any depth below
 *     /build, a/b    anchored: from the folder that holds the file
 *     cache/         folders only
 *     doc/ ** /x     ** stands for any number of folders (written without blanks)
 *     !keep.log      what an earlier line ignores is taken after all
 *
 * The last line that matches decides. Bytes are compared as they are: no
 * locale, no case folding. */
#ifndef SRC_SOURCE_IGNORE_H
#define SRC_SOURCE_IGNORE_H

#include <stddef.h>
#include <stdint.h>

#include "src/util/arena.h"

struct ignore_rule;

struct ignore_rules {
    const struct ignore_rule *rules; /* in the arena given */
    size_t count;
};

enum ignore_verdict { IGNORE_UNDECIDED, IGNORE_SKIP, IGNORE_KEEP };

/* -> 0, or TRAWL_ERROR_MEMORY */
int ignore_parse(struct ignore_rules *rules, struct arena *arena, const uint8_t *text, size_t length);

/* `path` is relative to the folder of the file, without "./". Folders above it
 * must have been asked about before: inside of an ignored folder nothing is
 * taken back. */
enum ignore_verdict ignore_match(const struct ignore_rules *rules, const char *path, int is_folder);

/* Does a shell pattern match? * and ? and [...] never match a slash; ** as a
 * whole part between slashes stands for any number of parts. */
int ignore_glob(const char *pattern, const char *path);

#endif
