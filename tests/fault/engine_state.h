/* What an index answers, as one text: to hold states of an index against each
 * other after something failed. */
#ifndef TRAWL_TESTS_ENGINE_STATE_H
#define TRAWL_TESTS_ENGINE_STATE_H

#include <stddef.h>

/* All documents in the order of insertion with their text, and the answers to
 * some queries. The index must be sound by trawl_verify. To be freed. */
char *engine_state(const char *folder);

/* Makes an index of two segments with a deleted document in `folder`. */
void engine_state_make(const char *folder);

/* Copies the files of `from` into `to`, which is made or emptied. */
void engine_state_copy(const char *to, const char *from);

/* 1: every file in the folder is of the index as it is. */
int engine_state_is_tidy(const char *folder);

#endif
