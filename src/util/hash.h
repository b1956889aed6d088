/* hash_bytes: a fast 64-bit hash for hash tables in memory; never stored in a
 * file, so that it may change.
 *
 * struct interner: byte strings to dense numbers 0, 1, 2, ... in order of
 * first appearance; keys are copied into the interner. Linear probing over a
 * power-of-two table of (hash bits, number). Belongs to one thread. */
#ifndef TRAWL_UTIL_HASH_H
#define TRAWL_UTIL_HASH_H

#include <stddef.h>
#include <stdint.h>

#include "src/util/arena.h"

uint64_t hash_bytes(const void *bytes, size_t length);

struct interner_slot {
    uint32_t tag;    /* high hash bits */
    uint32_t number; /* number + 1; 0: empty */
};

struct interner_key {
    const uint8_t *bytes; /* in the interner's arena */
    uint32_t length;
};

struct interner {
    struct interner_slot *slots;
    size_t mask;
    struct interner_key *keys; /* by number */
    size_t count, capacity;
    struct arena arena;
};

void interner_init(struct interner *interner);
void interner_release(struct interner *interner);
void interner_reset(struct interner *interner);

/* -> the key's number, added when new (*added tells; may be NULL), or -1: no
 * memory. `hash` is hash_bytes() of the key. */
int64_t interner_add(struct interner *interner, const uint8_t *bytes, size_t length, uint64_t hash, int *added);

/* -> the key's number, or -1 when it is not there. */
int64_t interner_find(const struct interner *interner, const uint8_t *bytes, size_t length, uint64_t hash);

/* Bytes held, for memory budgets. */
size_t interner_memory(const struct interner *interner);

#endif
