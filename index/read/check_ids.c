/* Ids: each there once, in order where they are said to be. */
#include "index/read/check_findings.h"

#include <string.h>

#include "index/codec/bits.h"
#include "src/util/bitset.h"
#include "src/util/bytes.h"
#include "src/util/memory.h"

struct id {
    uint8_t bytes[ID_MAX_BYTES];
    size_t length;
};

static int compare(const struct id *a, const struct id *b)
{
    const int order = memcmp(a->bytes, b->bytes, a->length < b->length ? a->length : b->length);
    return order ? order : (a->length > b->length) - (a->length < b->length);
}

/* Blocks follow each other and fill the section. */
static void check_offsets(struct check *check, const struct segment *segment)
{
    const struct ids *ids = &segment->ids;
    uint32_t before = 0;
    for (uint32_t i = 0; i <= ids->blocks; i++) {
        const uint8_t *at = ids->offsets + (size_t)4 * i;
        if (load_u32(at) < before || (i == 0 && load_u32(at) != 0)) {
            check_found(check, segment, "DIDS", at, "blocks of ids are out of order");
            return;
        }
        before = load_u32(at);
    }
    if (before != (size_t)(ids->end - ids->data))
        check_found(check, segment, "DIDS", ids->data, "blocks of ids do not fill the section");
}

static int get_id(struct id *id, struct check *check, const struct segment *segment, uint32_t ordinal)
{
    struct trawl_error error = {0};
    return check_status(check, ids_get(id->bytes, &id->length, &segment->ids, ordinal, &error), &error);
}

/* Ascending strictly, so many different ones: each ordinal must be among them. */
static void check_sorted(struct check *check, const struct segment *segment)
{
    const struct ids *ids = &segment->ids;
    struct id pair[2];
    for (uint32_t i = 0; i < ids->count; i++) {
        const uint64_t ordinal = bits_get(ids->sorted, i, ids->width);
        struct id *id = &pair[i % 2];
        if (ordinal >= ids->count) {
            check_found(check, segment, "DIDS", ids->sorted, "an ordinal is too large");
            return;
        }
        if (get_id(id, check, segment, (uint32_t)ordinal))
            return;
        if (i && compare(&pair[(i - 1) % 2], id) >= 0) {
            check_found(check, segment, "DIDS", ids->sorted, "ids are out of order or not unique, at ordinal %u",
                        (unsigned)ordinal);
            return;
        }
    }
}

void check_ids(struct check *check, const struct segment *segment)
{
    check_offsets(check, segment);
    check_sorted(check, segment);
}

/* --------------------------------------------------------------- across segments */

/* Which ordinals are live, so that no way back from ordinals to documents is needed. */
static uint64_t *live_ordinals(const struct segment *segment)
{
    uint64_t *live = memory_alloc_zero(bitset_words(segment->documents), sizeof *live);
    for (uint32_t document = 0; live && document < segment->documents; document++)
        if (segment_is_live(segment, document))
            bitset_set(live, segment_ordinal(segment, document));
    return live;
}

/* A live id of `few` must not be one of those of `many`. */
static int check_id(struct check *check, const struct segment *few, uint32_t document, const struct segment *many,
                    const uint64_t *live_in_many)
{
    struct id id;
    struct trawl_error error = {0};
    uint32_t ordinal;
    if (get_id(&id, check, few, segment_ordinal(few, document)))
        return -1;
    const int status = ids_find(&ordinal, &many->ids, id.bytes, id.length, &error);
    if (status < 0)
        return check_status(check, status, &error);
    if (status == 0 && bitset_test(live_in_many, ordinal))
        check_found(check, few, "DIDS", few->ids.data, "the id of document %u is live in segment %u too",
                    (unsigned)document, (unsigned)many->number);
    return 0;
}

static void check_pair(struct check *check, const struct segment *few, const struct segment *many)
{
    struct trawl_error error = {0};
    uint64_t *live = live_ordinals(many);
    if (!live)
        check_status(check, error_memory(&error), &error);
    for (uint32_t document = 0; document < few->documents && !check_must_stop(check); document++)
        if (segment_is_live(few, document) && check_id(check, few, document, many, live))
            break;
    memory_free(live);
}

void check_ids_apart(struct check *check, struct segment *const *segments, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count && !check_must_stop(check); j++) {
            const struct segment *a = segments[i], *b = segments[j];
            if (a && b)
                check_pair(check, a->documents < b->documents ? a : b, a->documents < b->documents ? b : a);
        }
}
