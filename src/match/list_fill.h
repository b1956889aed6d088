/* A posting list pours its documents into a window. */
#ifndef SRC_MATCH_LIST_FILL_H
#define SRC_MATCH_LIST_FILL_H

#include "src/match/list.h"
#include "src/match/window.h"

/* Adds the list's documents in the window; and, if both list and window score,
 * what they score. */
int list_fill(struct list *list, struct window *window, struct trawl_error *error);

/* For windows without units, when no other list is added to them after it: adds to *absent how many of its documents the window
 * does not have, and some of the others to the window. Looking for a bit costs less than setting it. */
int list_fill_last(uint64_t *absent, struct list *list, struct window *window, struct trawl_error *error);

#endif
