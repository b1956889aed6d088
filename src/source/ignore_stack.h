/* The ignore files that bear on a place: those of its own folder and of all
 * folders above it, up to the one with a `.git` in it.
 *
 * A rule nearer to the file outranks one further up, and any .ignore outranks
 * any .gitignore. Rules above the folder where a walk begins count only when
 * that folder lies inside a repository. */
#ifndef SRC_SOURCE_IGNORE_STACK_H
#define SRC_SOURCE_IGNORE_STACK_H

#include "src/source/ignore.h"
#include "src/util/buffer.h"

enum { IGNORE_KINDS = 2 }; /* .ignore and .gitignore */

struct ignore_level {
    struct ignore_rules rules[IGNORE_KINDS];
    const char *prefix; /* from the level's folder to the walk's, with a slash behind; "" below that */
    size_t base;        /* bytes of a path that lie above the level's folder */
};

struct ignore_stack {
    struct ignore_level *levels;
    size_t count, capacity;
    struct arena arena; /* of the levels above the walk */
    struct buffer scratch;
};

void ignore_stack_init(struct ignore_stack *stack);
void ignore_stack_release(struct ignore_stack *stack);

/* The levels above the folder `root`, which the walk's paths begin with, `base` bytes of them. */
int ignore_stack_climb(struct ignore_stack *stack, const char *root, size_t base);

/* Adds the level of an open folder, whose paths begin with `base` bytes; its
 * rules go into `arena`. A file that cannot be read has no rules. All: 0, or
 * TRAWL_ERROR_MEMORY. */
int ignore_stack_push(struct ignore_stack *stack, int folder, size_t base, struct arena *arena);
void ignore_stack_pop(struct ignore_stack *stack);

/* -> 1: skip it, 0: take it, negative: no memory */
int ignore_stack_skips(struct ignore_stack *stack, const char *path, int is_folder);

#endif
