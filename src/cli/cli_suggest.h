/* The nearest of some names to one that is not among them. */
#ifndef SRC_CLI_CLI_SUGGEST_H
#define SRC_CLI_CLI_SUGGEST_H

#include <stddef.h>

/* Letters to insert, remove, change or swap to make `b` of `a`. */
size_t cli_suggest_distance(const char *a, const char *b);

/* Looks at one more name: keeps it in *best when it is nearer than what is
 * there. Start with *best == NULL and *distance == SIZE_MAX. Names too far
 * off to be meant are never kept. */
void cli_suggest_try(const char **best, size_t *distance, const char *typed, const char *name);

#endif
