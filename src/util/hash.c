#include "src/util/hash.h"

#include <string.h>

#include "include/trawl.h"
#include "src/util/bytes.h"
#include "src/util/memory.h"

/* The hash folds a 64x64 to 128 bit product onto itself: one multiplication
 * mixes sixteen bytes. Words of a language are mostly under seventeen bytes
 * and need two multiplications in all. */

/* Up to sixteen bytes as two numbers that together hold each of them; the
 * loads overlap instead of looping. */
static inline void load_short(uint64_t *a, uint64_t *b, const uint8_t *bytes, size_t length)
{
    if (length >= 8) {
        *a = load_u64(bytes);
        *b = load_u64(bytes + length - 8);
    } else if (length >= 4) {
        *a = load_u32(bytes);
        *b = load_u32(bytes + length - 4);
    } else if (length > 0) {
        *a = (uint64_t)bytes[0] << 16 | (uint64_t)bytes[length / 2] << 8 | bytes[length - 1];
        *b = 0;
    } else {
        *a = *b = 0;
    }
}

uint64_t hash_bytes(const void *bytes, size_t length)
{
    const uint8_t *at = bytes;
    size_t left = length;
    uint64_t state = HASH_K1 ^ length;
    for (; left > 16; at += 16, left -= 16)
        state = hash_fold(load_u64(at) ^ HASH_K2, load_u64(at + 8) ^ state);
    uint64_t a, b;
    load_short(&a, &b, at, left);
    return hash_fold(hash_fold(a ^ HASH_K2, b ^ state) ^ HASH_K1, length ^ HASH_K3);
}

/* ---------------------------------------------------------------- interner */

enum { SMALLEST_TABLE = 64 };

void interner_init(struct interner *interner)
{
    *interner = (struct interner){0};
    arena_init(&interner->arena);
}

void interner_release(struct interner *interner)
{
    memory_free(interner->slots);
    memory_free(interner->keys);
    arena_release(&interner->arena);
    interner_init(interner);
}

void interner_reset(struct interner *interner)
{
    if (interner->slots)
        memset(interner->slots, 0, (interner->mask + 1) * sizeof *interner->slots);
    interner->count = 0;
    arena_reset(&interner->arena);
}

void interner_keep_keys(struct interner *interner)
{
    memory_free(interner->slots);
    interner->slots = NULL;
    interner->mask = 0;
}

size_t interner_memory(const struct interner *interner)
{
    size_t slots = interner->slots ? interner->mask + 1 : 0;
    return slots * sizeof *interner->slots + interner->capacity * sizeof *interner->keys + interner->arena.total;
}

static uint32_t tag_of(uint64_t hash)
{
    return (uint32_t)(hash >> 32);
}

static int is_key(const struct interner_key *key, const uint8_t *bytes, size_t length)
{
    return key->length == length && (length == 0 || memcmp(key->bytes, bytes, length) == 0);
}

/* The slot where the key is, or the empty one where it belongs. */
static struct interner_slot *find_slot(const struct interner *interner, const uint8_t *bytes, size_t length, uint64_t hash)
{
    for (size_t i = (size_t)hash & interner->mask;; i = (i + 1) & interner->mask) {
        struct interner_slot *slot = &interner->slots[i];
        if (!slot->number)
            return slot;
        if (slot->tag == tag_of(hash) && is_key(&interner->keys[slot->number - 1], bytes, length))
            return slot;
    }
}

/* A slot keeps only the high half of its hash, so growing hashes each key
 * again: cheaper over all than twelve bytes a slot. */
static int grow_table(struct interner *interner)
{
    size_t old_size = interner->slots ? interner->mask + 1 : 0;
    size_t size = old_size ? old_size * 2 : SMALLEST_TABLE;
    struct interner_slot *slots = memory_alloc_huge(size * sizeof *slots);
    if (!slots)
        return TRAWL_ERROR_MEMORY;
    memset(slots, 0, size * sizeof *slots);
    memory_free(interner->slots);
    interner->slots = slots;
    interner->mask = size - 1;
    for (size_t number = 0; number < interner->count; number++) {
        const struct interner_key *key = &interner->keys[number];
        uint64_t hash = hash_bytes(key->bytes, key->length);
        size_t i = (size_t)hash & interner->mask;
        while (slots[i].number)
            i = (i + 1) & interner->mask;
        slots[i] = (struct interner_slot){.tag = tag_of(hash), .number = (uint32_t)number + 1};
    }
    return 0;
}

/* Room for one more key with at most half of the table filled. */
static int make_room(struct interner *interner)
{
    if (interner->count >= UINT32_MAX - 1)
        return TRAWL_ERROR_MEMORY;
    int status = memory_grow(&interner->keys, &interner->capacity, interner->count + 1, sizeof *interner->keys);
    if (status)
        return status;
    if (!interner->slots || (interner->count + 1) * 2 > interner->mask + 1)
        return grow_table(interner);
    return 0;
}

int64_t interner_add(struct interner *interner, const uint8_t *bytes, size_t length, uint64_t hash, int *added)
{
    if (added)
        *added = 0;
    if (length > UINT32_MAX || make_room(interner))
        return -1;
    struct interner_slot *slot = find_slot(interner, bytes, length, hash);
    if (slot->number)
        return slot->number - 1;

    uint8_t *copy = arena_alloc_packed(&interner->arena, length);
    if (!copy)
        return -1;
    if (length)
        memcpy(copy, bytes, length);
    interner->keys[interner->count] = (struct interner_key){.bytes = copy, .length = (uint32_t)length};
    interner->count++;
    *slot = (struct interner_slot){.tag = tag_of(hash), .number = (uint32_t)interner->count};
    if (added)
        *added = 1;
    return (int64_t)interner->count - 1;
}

int64_t interner_find(const struct interner *interner, const uint8_t *bytes, size_t length, uint64_t hash)
{
    if (!interner->slots || length > UINT32_MAX)
        return -1;
    return (int64_t)find_slot(interner, bytes, length, hash)->number - 1;
}
