/* Statistics over live documents. Where a segment has no deletes, META and the
 * dictionary say them; else postings and lengths are counted, once. */
#include "index/read/snapshot.h"

#include <string.h>

#include "index/read/postings_cursor.h"
#include "index/read/snapshot_caches.h"
#include "src/util/memory.h"

/* --------------------------------------------------------------------- caches */

int snapshot_caches_new(struct snapshot_caches **caches, size_t segments)
{
    struct snapshot_caches *new = memory_alloc_zero(1, sizeof *new);
    *caches = NULL;
    if (!new)
        return TRAWL_ERROR_MEMORY;
    new->codes = memory_alloc_zero(segments * FIELDS_MAX, sizeof *new->codes);
    if (!new->codes || pthread_mutex_init(&new->mutex, NULL)) {
        memory_free(new->codes);
        memory_free(new);
        return TRAWL_ERROR_MEMORY;
    }
    interner_init(&new->terms);
    *caches = new;
    return 0;
}

void snapshot_caches_free(struct snapshot_caches *caches, size_t segments)
{
    if (!caches)
        return;
    for (size_t i = 0; i < segments * FIELDS_MAX; i++)
        memory_free(atomic_load_explicit(&caches->codes[i], memory_order_relaxed));
    memory_free(caches->codes);
    interner_release(&caches->terms);
    memory_free(caches->term_statistics);
    pthread_mutex_destroy(&caches->mutex);
    memory_free(caches);
}

/* --------------------------------------------------------------------- fields */

static void count_codes(struct field_statistics *sum, const struct segment *segment, const uint8_t *codes)
{
    uint32_t with_code[256] = {0};
    for (uint32_t i = 0; i < segment->documents; i++)
        with_code[codes[i]] += (uint32_t)segment_is_live(segment, i);
    for (unsigned code = 1; code < 256; code++) {
        sum->documents += with_code[code];
        sum->decoded_lengths += (uint64_t)with_code[code] * length_decode((uint8_t)code);
    }
}

static int add_field(struct field_statistics *sum, struct snapshot *snapshot, size_t segment, uint32_t field,
                     struct trawl_error *error)
{
    const struct segment *in = snapshot->segments[segment];
    if (field == FIELD_BODY && snapshot_segment_is_plain(snapshot, segment))
        field = FIELD_DEFAULT;
    if (field == FIELD_BODY || in->deleted) {
        const uint8_t *codes;
        int status = snapshot_length_codes(&codes, snapshot, segment, field, error);
        if (!status)
            count_codes(sum, in, codes);
        return status;
    }
    const struct meta_field *meta = meta_find_field(&in->meta, field);
    if (meta) {
        sum->documents += meta->documents;
        sum->decoded_lengths += meta->decoded_lengths;
    }
    return 0;
}

int snapshot_field_statistics(struct field_statistics *statistics, struct snapshot *snapshot, uint32_t field,
                              struct trawl_error *error)
{
    struct snapshot_caches *caches = snapshot->caches;
    struct known_field *known = &caches->fields[field];
    if (atomic_load_explicit(&known->known, memory_order_acquire)) {
        *statistics = known->statistics;
        return 0;
    }
    *statistics = (struct field_statistics){0};
    for (size_t i = 0; i < snapshot->segment_count; i++) {
        int status = add_field(statistics, snapshot, i, field, error);
        if (status)
            return status;
    }
    pthread_mutex_lock(&caches->mutex);
    if (!atomic_load_explicit(&known->known, memory_order_relaxed))
        known->statistics = *statistics;
    atomic_store_explicit(&known->known, 1, memory_order_release);
    pthread_mutex_unlock(&caches->mutex);
    return 0;
}

/* ---------------------------------------------------------------------- terms */

/* A walk over one term's postings in one segment. */
struct count {
    const struct snapshot *snapshot;
    size_t segment;
    int in_body; /* only occurrences there */
    struct postings_cursor cursor;
    struct term_statistics *sum;
};

static int count_in_body(uint32_t *found, struct count *count, uint32_t index, struct trawl_error *error)
{
    const uint32_t *positions;
    uint32_t n = 0, start, end;
    int status = snapshot_body_range(&start, &end, count->snapshot, count->segment, count->cursor.documents[index], error);
    if (!status)
        status = postings_cursor_positions(&count->cursor, index, &positions, &n, error);
    *found = 0;
    for (uint32_t i = 0; i < n && !status; i++)
        *found += positions[i] >= start && positions[i] < end;
    return status;
}

static int count_block(struct count *count, struct trawl_error *error)
{
    const struct segment *in = count->snapshot->segments[count->segment];
    const struct postings_cursor *cursor = &count->cursor;
    int status = postings_cursor_frequencies(&count->cursor, error);
    for (uint32_t i = 0; i < cursor->count && !status; i++) {
        uint32_t found = cursor->frequencies[i];
        if (!segment_is_live(in, cursor->documents[i]))
            continue;
        if (count->in_body)
            status = count_in_body(&found, count, i, error);
        count->sum->df += found > 0;
        count->sum->cf += found;
    }
    return status;
}

static int count_postings(struct count *count, const struct term_entry *entry, struct trawl_error *error)
{
    struct arena arena;
    arena_init(&arena);
    int status = postings_cursor_open(&count->cursor, count->snapshot->segments[count->segment], entry, &arena, error);
    while (!status && !count->cursor.at_end) {
        status = count_block(count, error);
        if (!status)
            status = postings_cursor_next(&count->cursor, error);
    }
    arena_release(&arena);
    return status;
}

/* Adds what one segment knows. *counted: postings had to be read. */
static int add_term(struct term_statistics *sum, int *counted, const struct snapshot *snapshot, size_t segment,
                    uint32_t field, const uint8_t *term, size_t length, struct trawl_error *error)
{
    const struct segment *in = snapshot->segments[segment];
    const int in_body = field == FIELD_BODY && !snapshot_segment_is_plain(snapshot, segment);
    const struct meta_field *meta = meta_find_field(&in->meta, field == FIELD_BODY ? FIELD_DEFAULT : field);
    struct term_entry entry;
    int status = meta ? terms_find(&entry, &in->terms, meta, term, length, error) : TRAWL_END;
    if (status)
        return status < 0 ? status : 0;
    if (!in_body && !in->deleted) {
        sum->df += entry.df;
        sum->cf += entry.cf;
        return 0;
    }
    *counted = 1;
    struct count count = {.snapshot = snapshot, .segment = segment, .in_body = in_body, .sum = sum};
    return count_postings(&count, &entry, error);
}

static int find_known(struct term_statistics *statistics, struct snapshot_caches *caches, const uint8_t *key, size_t length)
{
    pthread_mutex_lock(&caches->mutex);
    const int64_t number = interner_find(&caches->terms, key, length, hash_bytes(key, length));
    if (number >= 0)
        *statistics = caches->term_statistics[number];
    pthread_mutex_unlock(&caches->mutex);
    return number >= 0;
}

/* When there is no memory to keep it, it is computed again next time. */
static void remember(struct snapshot_caches *caches, const uint8_t *key, size_t length,
                     const struct term_statistics *statistics)
{
    pthread_mutex_lock(&caches->mutex);
    if (!memory_grow(&caches->term_statistics, &caches->term_capacity, caches->terms.count + 1, sizeof *statistics)) {
        const int64_t number = interner_add(&caches->terms, key, length, hash_bytes(key, length), NULL);
        if (number >= 0)
            caches->term_statistics[number] = *statistics;
    }
    pthread_mutex_unlock(&caches->mutex);
}

/* Could statistics differ from those of the dictionary? Only then are they kept. */
static int needs_counting(const struct snapshot *snapshot, uint32_t field)
{
    for (size_t i = 0; i < snapshot->segment_count; i++)
        if (snapshot->segments[i]->deleted || (field == FIELD_BODY && !snapshot_segment_is_plain(snapshot, i)))
            return 1;
    return 0;
}

int snapshot_term_statistics(struct term_statistics *statistics, struct snapshot *snapshot, uint32_t field,
                             const uint8_t *term, size_t length, struct trawl_error *error)
{
    uint8_t key[1 + TERM_MAX_BYTES];
    int counted = 0;
    *statistics = (struct term_statistics){0};
    if (length > TERM_MAX_BYTES)
        return 0;
    key[0] = (uint8_t)field;
    memcpy(key + 1, term, length);
    if (needs_counting(snapshot, field) && find_known(statistics, snapshot->caches, key, length + 1))
        return 0;
    for (size_t i = 0; i < snapshot->segment_count; i++) {
        int status = add_term(statistics, &counted, snapshot, i, field, term, length, error);
        if (status)
            return status;
    }
    if (counted)
        remember(snapshot->caches, key, length + 1, statistics);
    return 0;
}
