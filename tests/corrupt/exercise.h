/* Everything that the library does with an index, done to one that may be
 * damaged. Whatever the bytes are, every call must come back with success or
 * with an error that names a file; the sanitizers and the clock of
 * exercise_begin see to the rest. */
#ifndef TRAWL_TESTS_EXERCISE_H
#define TRAWL_TESTS_EXERCISE_H

#include "include/trawl.h"

struct exercise {
    const char *what;         /* for messages: which damage this is */
    struct trawl_error first; /* the first damage met; code 0: none */
    int refusals;             /* calls that met damage */
    int verdict;              /* of trawl_verify */
    struct trawl_error found; /* by it, the first */
};

/* Each step of a test that hangs is ended by SIGALRM. */
void exercise_begin(void);

/* Opens, searches, gets, explains, walks terms, verifies. */
void exercise_read(struct exercise *exercise, const char *folder, const char *what);

/* Deletes, adds, merges and commits in a folder that may be changed. -> 0 or the status of the call that failed */
int exercise_write(struct trawl_error *error, const char *folder, const char *what);

#endif
