/* What a snapshot works out at first use and keeps. One mutex guards all of
 * it, but that a field's statistics and lengths, which every search asks for, are read without it once they are known; values are
 * computed outside, so that two threads may now and then compute the same. Private to snapshot*.c. */
#ifndef INDEX_READ_SNAPSHOT_CACHES_H
#define INDEX_READ_SNAPSHOT_CACHES_H

#include <pthread.h>
#include <stdatomic.h>

#include "index/read/snapshot.h"
#include "src/util/hash.h"

struct known_field {
    atomic_int known; /* then nobody writes any more */
    struct field_statistics statistics;
};

struct snapshot_caches {
    pthread_mutex_t mutex;
    struct known_field fields[FIELDS_MAX];
    _Atomic(uint8_t *) *codes; /* [segments * FIELDS_MAX], owned; NULL: not expanded */
    struct interner terms; /* keys: a byte for the field, the term */
    struct term_statistics *term_statistics; /* by the interner's numbers */
    size_t term_capacity;
};

int snapshot_caches_new(struct snapshot_caches **caches, size_t segments); /* -> 0 or TRAWL_ERROR_MEMORY */
void snapshot_caches_free(struct snapshot_caches *caches, size_t segments);

#endif
