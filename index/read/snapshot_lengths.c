/* Length codes by document, as queries want them: dense ones are used where
 * they lie in the map, others are expanded once. */
#include "index/read/snapshot.h"

#include "index/codec/run.h"
#include "index/read/snapshot_caches.h"
#include "src/util/memory.h"

/* --------------------------------------------------------------------- bodies */

/* How many tokens the body has: known from where the parts start, but for the
 * last part, which has what is left of the whole document's (decoded) length, and a token at least. */
static uint32_t body_tokens(const struct part *parts, size_t count, uint32_t whole)
{
    uint64_t known = 0, body = 0;
    for (size_t i = 0; i + 1 < count; i++) {
        const uint32_t distance = parts[i + 1].start - parts[i].start;
        const uint32_t tokens = distance > FIELD_GAP ? distance - FIELD_GAP : 0;
        known += tokens;
        body += parts[i].field == FIELD_BODY ? tokens : 0;
    }
    if (count && parts[count - 1].field == FIELD_BODY && whole > 0) /* 0: the one part of a document without tokens */
        body += whole > known ? whole - known : 1;
    return body < UINT32_MAX ? (uint32_t)body : UINT32_MAX;
}

/* The parts of the next document, however many, in *parts of *capacity. */
static int next_parts(struct part **parts, size_t *capacity, size_t *count, struct parts_cursor *cursor,
                      struct trawl_error *error)
{
    const struct parts_cursor before = *cursor;
    int status = parts_next(*parts, *capacity, count, cursor, error);
    if (status || *count <= *capacity)
        return status;
    if (memory_grow(parts, capacity, *count, sizeof **parts))
        return error_memory(error);
    *cursor = before;
    return parts_next(*parts, *capacity, count, cursor, error);
}

static int expand_body(uint8_t *out, const struct segment *in, const uint8_t *codes, struct trawl_error *error)
{
    struct parts_cursor cursor;
    struct part *parts = NULL;
    size_t capacity = 0, count;
    int status = 0;
    parts_start(&cursor, &in->parts);
    for (uint32_t ordinal = 0; ordinal < in->documents && !status; ordinal++) {
        uint32_t document;
        status = next_parts(&parts, &capacity, &count, &cursor, error);
        if (!status)
            status = segment_document(&document, in, ordinal, error);
        if (!status)
            out[document] = length_encode(body_tokens(parts, count, length_decode(codes[document])));
    }
    memory_free(parts);
    return status;
}

/* ---------------------------------------------------------------------- codes */

static int expand(uint8_t *out, struct snapshot *snapshot, size_t segment, uint32_t field, struct trawl_error *error)
{
    const struct segment *in = snapshot->segments[segment];
    if (field == FIELD_BODY) {
        const uint8_t *codes;
        int status = snapshot_length_codes(&codes, snapshot, segment, FIELD_DEFAULT, error);
        return status ? status : expand_body(out, in, codes, error);
    }
    const struct lengths_field *stored = lengths_find(&in->lengths, field);
    if (stored && lengths_expand(out, stored, in->documents))
        return error_corrupt(error, in->container.path, "LENS", (uint64_t)(stored->codes - in->container.map.bytes),
                             "documents with a length are out of order");
    return 0;
}

/* Keeps what was expanded, or what another thread was quicker with. */
static const uint8_t *keep(struct snapshot_caches *caches, size_t place, uint8_t *expanded)
{
    uint8_t *kept = NULL;
    if (atomic_compare_exchange_strong_explicit(&caches->codes[place], &kept, expanded, memory_order_acq_rel,
                                                memory_order_acquire))
        return expanded;
    memory_free(expanded);
    return kept;
}

int snapshot_length_codes(const uint8_t **codes, struct snapshot *snapshot, size_t segment, uint32_t field,
                          struct trawl_error *error)
{
    const struct segment *in = snapshot->segments[segment];
    struct snapshot_caches *caches = snapshot->caches;
    const size_t place = segment * FIELDS_MAX + field;
    if (field == FIELD_BODY && snapshot_segment_is_plain(snapshot, segment))
        field = FIELD_DEFAULT;
    const struct lengths_field *stored = lengths_find(&in->lengths, field);
    if (stored && field != FIELD_BODY && lengths_are_dense(stored)) {
        *codes = stored->codes;
        return 0;
    }
    *codes = atomic_load_explicit(&caches->codes[place], memory_order_acquire);
    if (*codes)
        return 0;
    uint8_t *expanded = memory_alloc_zero((size_t)in->documents + RUN_PADDING, 1);
    if (!expanded)
        return error_memory(error);
    int status = expand(expanded, snapshot, segment, field, error);
    if (status) {
        memory_free(expanded);
        return status;
    }
    *codes = keep(caches, place, expanded);
    return 0;
}
