#include "index/write/term_sort.h"

#include <string.h>

#include "include/trawl.h"
#include "src/util/bytes.h"
#include "src/util/memory.h"

/* Each round sorts a group of keys that agree so far by their next eight bytes
 * as a number, zero-filled; groups that still agree go another round. In few
 * rounds all are told apart, as hardly any two words agree in eight letters.
 *
 * Zero-filling takes "a" and "a\0" for equal. Rounds behind the end of a key
 * keep it in front of those that have other bytes there; keys that differ
 * only in how many zeros they end with meet in the last group and are sorted by length. */

enum { SMALL_GROUP = 24, ROUND_BYTES = 8 };

struct item {
    uint64_t prefix;
    uint32_t number;
};

struct sorter {
    const struct interner_key *keys;
    struct item *items, *spare;
    size_t counts[ROUND_BYTES][256]; /* here, for sort_group recurses */
};

int key_compare(const uint8_t *a, size_t a_length, const uint8_t *b, size_t b_length)
{
    const size_t both = a_length < b_length ? a_length : b_length;
    const int order = both ? memcmp(a, b, both) : 0;
    if (order)
        return order;
    return (a_length > b_length) - (a_length < b_length);
}

static uint64_t prefix_at(const struct interner_key *key, size_t depth)
{
    return key->length > depth ? key_prefix(key->bytes + depth, key->length - depth) : 0;
}

static int is_before(const struct sorter *sorter, const struct item *a, const struct item *b)
{
    if (a->prefix != b->prefix)
        return a->prefix < b->prefix;
    const struct interner_key *x = &sorter->keys[a->number], *y = &sorter->keys[b->number];
    return key_compare(x->bytes, x->length, y->bytes, y->length) < 0;
}

static void sort_small(const struct sorter *sorter, struct item *items, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        const struct item item = items[i];
        size_t at = i;
        for (; at > 0 && is_before(sorter, &item, &items[at - 1]); at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
}

/* One pass of a least-significant-first radix sort. -> 0 when all items have
 * the same byte there and nothing was moved. */
static int scatter(struct item *to, const struct item *from, size_t count, unsigned shift, size_t *counts)
{
    if (counts[from[0].prefix >> shift & 0xff] == count)
        return 0;
    size_t start = 0;
    for (size_t i = 0; i < 256; i++) {
        const size_t here = counts[i];
        counts[i] = start;
        start += here;
    }
    for (size_t i = 0; i < count; i++)
        to[counts[from[i].prefix >> shift & 0xff]++] = from[i];
    return 1;
}

static void sort_by_prefix(struct sorter *sorter, struct item *items, size_t count)
{
    memset(sorter->counts, 0, sizeof sorter->counts);
    for (size_t i = 0; i < count; i++)
        for (unsigned byte = 0; byte < ROUND_BYTES; byte++)
            sorter->counts[byte][items[i].prefix >> 8 * byte & 0xff]++;

    struct item *from = items, *to = sorter->spare;
    for (unsigned byte = 0; byte < ROUND_BYTES; byte++) {
        if (!scatter(to, from, count, 8 * byte, sorter->counts[byte]))
            continue;
        struct item *swap = from;
        from = to;
        to = swap;
    }
    if (from != items)
        memcpy(items, from, count * sizeof *items);
}

static void sort_by_length(const struct sorter *sorter, struct item *items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        items[i].prefix = sorter->keys[items[i].number].length;
    sort_small(sorter, items, count); /* at most one key of each length */
}

static void sort_group(struct sorter *sorter, struct item *items, size_t count, size_t depth)
{
    if (depth >= TERM_SORT_MAX) {
        sort_by_length(sorter, items, count);
        return;
    }
    for (size_t i = 0; i < count; i++)
        items[i].prefix = prefix_at(&sorter->keys[items[i].number], depth);
    if (count <= SMALL_GROUP) {
        sort_small(sorter, items, count);
        return;
    }
    sort_by_prefix(sorter, items, count);
    for (size_t start = 0, end; start < count; start = end) {
        for (end = start + 1; end < count && items[end].prefix == items[start].prefix; end++)
            ;
        if (end - start > 1)
            sort_group(sorter, items + start, end - start, depth + ROUND_BYTES);
    }
}

int term_sort(uint32_t *order, const struct interner_key *keys, size_t count)
{
    struct sorter sorter = {.keys = keys};
    sorter.items = memory_alloc_array(count, 2 * sizeof *sorter.items);
    if (!sorter.items)
        return TRAWL_ERROR_MEMORY;
    sorter.spare = sorter.items + count;
    for (size_t i = 0; i < count; i++)
        sorter.items[i].number = (uint32_t)i;
    sort_group(&sorter, sorter.items, count, 0);
    for (size_t i = 0; i < count; i++)
        order[i] = sorter.items[i].number;
    memory_free(sorter.items);
    return 0;
}
