/* Reading of section DIDS: ids by ordinal in front-coded blocks of 16, and all
 * ordinals in order of their ids, to search in. */
#include "index/format/ids.h"

#include <string.h>

#include "index/codec/bits.h"
#include "index/codec/vbyte.h"
#include "src/util/bytes.h"

enum { HEAD_BYTES = 8, NOT_FOUND = 1 };

static int corrupt(const struct ids *ids, const uint8_t *at, const char *what, struct trawl_error *error)
{
    return error_corrupt(error, ids->path, "DIDS", (uint64_t)(at - ids->file), "%s", what);
}

int ids_open(struct ids *ids, const struct container *container, uint32_t documents, struct trawl_error *error)
{
    const struct span section = container_section(container, SECTION_ID('D', 'I', 'D', 'S'));
    *ids = (struct ids){.path = container->path,
                        .file = container->map.bytes,
                        .count = documents,
                        .blocks = documents / IDS_PER_BLOCK + (documents % IDS_PER_BLOCK != 0)};
    if (!section.bytes || section.length < HEAD_BYTES)
        return error_corrupt(error, ids->path, "DIDS", 0, "it is missing or too short");
    ids->width = load_u32(section.bytes + 4);
    if (load_u32(section.bytes) != ids->blocks || ids->width != (documents ? bits_needed(documents - 1) : 0))
        return corrupt(ids, section.bytes, "it is not for as many documents as the segment has", error);
    const uint64_t sorted = HEAD_BYTES + ((uint64_t)ids->blocks + 1) * 4;
    const uint64_t blocks = (sorted + bits_size(documents, ids->width) + 7) / 8 * 8;
    if (blocks > section.length)
        return corrupt(ids, section.bytes, "it is too short", error);
    ids->offsets = section.bytes + HEAD_BYTES;
    ids->sorted = section.bytes + sorted;
    ids->data = section.bytes + blocks;
    ids->end = section.bytes + section.length;
    return 0;
}

/* The next id of a block over the one before it in `id`. -> 0 or -1 */
static int read_id(uint8_t id[ID_MAX_BYTES], size_t *length, const uint8_t **at, const uint8_t *end, int is_first)
{
    uint32_t shared = 0, suffix;
    if ((!is_first && vbyte_get_u32(&shared, at, end)) || vbyte_get_u32(&suffix, at, end))
        return -1;
    if (shared > *length || suffix > ID_MAX_BYTES - shared || suffix > (size_t)(end - *at))
        return -1;
    memcpy(id + shared, *at, suffix);
    *at += suffix;
    *length = shared + suffix;
    return 0;
}

int ids_get(uint8_t out[ID_MAX_BYTES], size_t *length, const struct ids *ids, uint32_t ordinal, struct trawl_error *error)
{
    const uint8_t *offset = ids->offsets + (size_t)4 * (ordinal / IDS_PER_BLOCK);
    const uint32_t start = load_u32(offset), stop = load_u32(offset + 4);
    *length = 0;
    if (start > stop || stop > (size_t)(ids->end - ids->data))
        return corrupt(ids, offset, "a block of ids lies outside the section", error);
    const uint8_t *at = ids->data + start;
    for (uint32_t i = 0; i <= ordinal % IDS_PER_BLOCK; i++)
        if (read_id(out, length, &at, ids->data + stop, i == 0))
            return corrupt(ids, ids->data + start, "the block of ids that starts here cannot be read", error);
    return 0;
}

static int compare(const uint8_t *a, size_t a_length, const uint8_t *b, size_t b_length)
{
    const int order = memcmp(a, b, a_length < b_length ? a_length : b_length);
    return order ? order : (a_length > b_length) - (a_length < b_length);
}

int ids_find(uint32_t *ordinal, const struct ids *ids, const uint8_t *id, size_t length, struct trawl_error *error)
{
    uint8_t other[ID_MAX_BYTES];
    uint32_t low = 0, high = ids->count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        size_t other_length;
        *ordinal = (uint32_t)bits_get(ids->sorted, middle, ids->width);
        if (*ordinal >= ids->count)
            return corrupt(ids, ids->sorted, "an ordinal is too large", error);
        int status = ids_get(other, &other_length, ids, *ordinal, error);
        if (status)
            return status;
        const int order = compare(other, other_length, id, length);
        if (order == 0)
            return 0;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NOT_FOUND;
}
