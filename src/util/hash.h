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

/* A 64x64 to 128 bit product folded onto itself. */
static inline uint64_t hash_fold(uint64_t a, uint64_t b)
{
#ifdef __SIZEOF_INT128__
    __extension__ typedef unsigned __int128 wide;
    wide product = (wide)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
#else
    uint64_t a_low = (uint32_t)a, a_high = a >> 32, b_low = (uint32_t)b, b_high = b >> 32;
    uint64_t low = a_low * b_low, high = a_high * b_high;
    uint64_t middle = a_high * b_low + (low >> 32);
    uint64_t other = a_low * b_high + (uint32_t)middle;
    return (other << 32 | (uint32_t)low) ^ (high + (middle >> 32) + (other >> 32));
#endif
}

/* Odd numbers with about half their bits set, without structure: digits of
 * the square roots of 2, 3 and 5. */
static const uint64_t HASH_K1 = UINT64_C(0x6A09E667F3BCC909);
static const uint64_t HASH_K2 = UINT64_C(0xBB67AE8584CAA73B);
static const uint64_t HASH_K3 = UINT64_C(0x3C6EF372FE94F82B);

/* Of two numbers, one multiplication. */
static inline uint64_t hash_pair(uint64_t a, uint64_t b)
{
    return hash_fold(a ^ HASH_K2, b ^ HASH_K1);
}

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

/* Only its keys, by number, are wanted from here on: the rest is given back. */
void interner_keep_keys(struct interner *interner);

/* -> the key's number, added when new (*added tells; may be NULL), or -1: no
 * memory. `hash` is hash_bytes() of the key. */
int64_t interner_add(struct interner *interner, const uint8_t *bytes, size_t length, uint64_t hash, int *added);

/* -> the key's number, or -1 when it is not there. */
int64_t interner_find(const struct interner *interner, const uint8_t *bytes, size_t length, uint64_t hash);

/* Bytes held, for memory budgets. */
size_t interner_memory(const struct interner *interner);

#endif
