/* trawl_terms: the terms of a field over all segments, merged, with figures
 * of live documents. */
#include <string.h>

#include "src/engine/reader.h"
#include "src/util/memory.h"

struct trawl_terms {
    struct trawl_snapshot *snapshot; /* a reference */
    uint32_t field;
    struct terms_cursor *cursors; /* by segment */
    int *is_done;                 /* by segment: no term there any more */
    uint8_t prefix[TERM_MAX_BYTES];
    size_t prefix_length;
    uint8_t term[TERM_MAX_BYTES + 1]; /* given out last, NUL-terminated */
    size_t term_length;
};

static int advance(struct trawl_terms *terms, size_t segment, struct trawl_error *error)
{
    struct terms_cursor *cursor = &terms->cursors[segment];
    const int status = terms_next(cursor, error);
    if (status < 0)
        return status;
    terms->is_done[segment] = status > 0 || cursor->term_length < terms->prefix_length
        || memcmp(cursor->term, terms->prefix, terms->prefix_length) != 0;
    return 0;
}

static int open_cursors(struct trawl_terms *terms, struct trawl_error *error)
{
    const struct snapshot *index = terms->snapshot->index;
    const uint32_t field = terms->field == FIELD_BODY ? FIELD_DEFAULT : terms->field;
    for (size_t i = 0; i < index->segment_count; i++) {
        const struct segment *segment = index->segments[i];
        const struct meta_field *entry = meta_find_field(&segment->meta, field);
        terms->is_done[i] = !entry;
        if (!entry)
            continue;
        int status = terms_seek(&terms->cursors[i], &segment->terms, entry, terms->prefix, terms->prefix_length, error);
        if (status == 0)
            status = advance(terms, i, error);
        if (status)
            return status;
    }
    return 0;
}

static int find_field(struct trawl_terms *terms, const char *name, struct trawl_error *error)
{
    const int field = name && *name ? manifest_find_field(&terms->snapshot->index->manifest, name, strlen(name)) : 0;
    if (field < 0)
        return error_set(error, TRAWL_ERROR_ARGUMENT, "the index has no field %.64s", name);
    terms->field = (uint32_t)field;
    return 0;
}

int trawl_terms_open(trawl_terms **terms, trawl_snapshot *snapshot, const char *field, const char *prefix, size_t length,
                     struct trawl_error *error)
{
    error_begin(error);
    struct trawl_terms *made = memory_alloc_zero(1, sizeof *made);
    *terms = NULL;
    if (!made)
        return error_memory(error);
    trawl_snapshot_retain(snapshot);
    made->snapshot = snapshot;
    made->prefix_length = length < TERM_MAX_BYTES ? length : TERM_MAX_BYTES;
    if (length)
        memcpy(made->prefix, prefix, made->prefix_length);
    made->cursors = memory_alloc_zero(snapshot->index->segment_count + 1, sizeof *made->cursors);
    made->is_done = memory_alloc_zero(snapshot->index->segment_count + 1, sizeof *made->is_done);
    int status = made->cursors && made->is_done ? find_field(made, field, error) : error_memory(error);
    if (status == 0)
        status = open_cursors(made, error);
    if (status) {
        trawl_terms_close(made);
        return status;
    }
    *terms = made;
    return 0;
}

void trawl_terms_close(trawl_terms *terms)
{
    if (!terms)
        return;
    trawl_snapshot_release(terms->snapshot);
    memory_free(terms->cursors);
    memory_free(terms->is_done);
    memory_free(terms);
}

static int compare(const struct terms_cursor *a, const struct terms_cursor *b)
{
    const size_t shorter = a->term_length < b->term_length ? a->term_length : b->term_length;
    const int order = memcmp(a->term, b->term, shorter);
    return order ? order : (a->term_length > b->term_length) - (a->term_length < b->term_length);
}

/* Takes the smallest term off all cursors that stand at it. -> 0 or TRAWL_END */
static int take_smallest(struct trawl_terms *terms, struct trawl_error *error)
{
    const size_t count = terms->snapshot->index->segment_count;
    const struct terms_cursor *smallest = NULL;
    for (size_t i = 0; i < count; i++)
        if (!terms->is_done[i] && (!smallest || compare(&terms->cursors[i], smallest) < 0))
            smallest = &terms->cursors[i];
    if (!smallest)
        return TRAWL_END;
    terms->term_length = smallest->term_length;
    memcpy(terms->term, smallest->term, smallest->term_length);
    terms->term[terms->term_length] = 0;
    for (size_t i = 0; i < count; i++) {
        const struct terms_cursor *cursor = &terms->cursors[i];
        if (terms->is_done[i] || cursor->term_length != terms->term_length
            || memcmp(cursor->term, terms->term, terms->term_length) != 0)
            continue;
        const int status = advance(terms, i, error);
        if (status)
            return status;
    }
    return 0;
}

int trawl_terms_next(trawl_terms *terms, const char **term, size_t *length, uint64_t *documents, uint64_t *occurrences,
                     struct trawl_error *error)
{
    error_begin(error);
    struct term_statistics statistics = {0};
    while (statistics.df == 0) {
        int status = take_smallest(terms, error);
        if (status == 0)
            status = snapshot_term_statistics(&statistics, terms->snapshot->index, terms->field, terms->term,
                                              terms->term_length, error);
        if (status)
            return status;
    }
    *term = (const char *)terms->term;
    *length = terms->term_length;
    *documents = statistics.df;
    *occurrences = statistics.cf;
    return 0;
}
