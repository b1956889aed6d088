/* A radix sort in place over eight bytes of each id at a time, held beside
 * its number so that sorting does not run after pointers. Ids that agree in
 * these are loaded with their next eight and sorted again: ids tend to share
 * long beginnings. */
#include "index/format/id_sort.h"

#include "src/util/bytes.h"

enum { KEY_BYTES = 8, FEW = 24 };

static void load_keys(struct sorted_id *sorted, uint32_t count, const struct id_string *ids, uint32_t depth)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct id_string *id = &ids[sorted[i].ordinal];
        const uint32_t rest = id->length > depth ? id->length - depth : 0;
        sorted[i].key = key_prefix(id->bytes + (rest ? depth : 0), rest);
        sorted[i].left = rest > KEY_BYTES ? KEY_BYTES + 1 : rest;
    }
}

static int is_less(const struct sorted_id *a, const struct sorted_id *b)
{
    return a->key != b->key ? a->key < b->key : a->left < b->left;
}

static void sort_few(struct sorted_id *sorted, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        const struct sorted_id moving = sorted[i];
        uint32_t to = i;
        for (; to && is_less(&moving, &sorted[to - 1]); to--)
            sorted[to] = sorted[to - 1];
        sorted[to] = moving;
    }
}

/* What step `byte` sorts by: the key's bytes in turn, `left` at last. */
static unsigned digit(const struct sorted_id *id, unsigned byte)
{
    return byte < KEY_BYTES ? (unsigned)(id->key >> (8 * (KEY_BYTES - 1 - byte))) & 0xff : id->left;
}

/* Puts every id into its digit's range [start, end): each exchange puts one where it stays. */
static void distribute(struct sorted_id *sorted, uint32_t start[256], const uint32_t end[256], unsigned byte)
{
    for (unsigned d = 0; d < 256; d++)
        while (start[d] < end[d]) {
            const struct sorted_id id = sorted[start[d]];
            const unsigned home = digit(&id, byte);
            const uint32_t to = start[home]++;
            sorted[home == d ? to : start[d]] = sorted[to];
            sorted[to] = id;
        }
}

static void sort_by_key(struct sorted_id *sorted, uint32_t count, unsigned byte)
{
    if (count <= FEW) {
        sort_few(sorted, count);
        return;
    }
    uint32_t start[256], end[256] = {0};
    for (uint32_t i = 0; i < count; i++)
        end[digit(&sorted[i], byte)]++;
    for (unsigned d = 0; d < 256; d++) {
        start[d] = d ? end[d - 1] : 0;
        end[d] += start[d];
    }
    distribute(sorted, start, end, byte);
    if (byte == KEY_BYTES)
        return;
    for (unsigned d = 0; d < 256; d++) {
        const uint32_t from = d ? end[d - 1] : 0;
        if (end[d] - from > 1)
            sort_by_key(sorted + from, end[d] - from, byte + 1);
    }
}

/* The first byte of the keys in which not all agree. */
static unsigned first_difference(const struct sorted_id *sorted, uint32_t count)
{
    uint64_t differing = 0;
    for (uint32_t i = 1; i < count; i++)
        differing |= sorted[i].key ^ sorted[0].key;
    unsigned byte = 0;
    while (byte < KEY_BYTES && !(differing >> (8 * (KEY_BYTES - 1 - byte)) & 0xff))
        byte++;
    return byte;
}

static void sort_from(struct sorted_id *sorted, uint32_t count, const struct id_string *ids, uint32_t depth)
{
    load_keys(sorted, count, ids, depth);
    sort_by_key(sorted, count, first_difference(sorted, count));
    for (uint32_t from = 0, to; from < count; from = to) {
        for (to = from + 1; to < count && !is_less(&sorted[from], &sorted[to]);)
            to++;
        if (to - from > 1 && sorted[from].left > KEY_BYTES)
            sort_from(sorted + from, to - from, ids, depth + KEY_BYTES);
    }
}

void id_sort(struct sorted_id *sorted, const struct id_string *ids, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        sorted[i].ordinal = i;
    sort_from(sorted, count, ids, 0);
}
