#include "src/match/expansions.h"

#include <stdlib.h>
#include <string.h>

#include "src/util/memory.h"

static int add_term(struct expansions *found, const uint8_t *term, uint32_t length, uint64_t df,
                    struct trawl_error *error)
{
    const int64_t number = interner_add(&found->terms, term, length, hash_bytes(term, length), NULL);
    if (number < 0 || memory_grow(&found->list, &found->capacity, (size_t)number + 1, sizeof *found->list))
        return error_memory(error);
    if ((size_t)number == found->count)
        found->list[found->count++] = (struct expansion){.bytes = found->terms.keys[number].bytes, .length = length};
    found->list[number].df += df;
    return 0;
}

static int starts_with(const uint8_t *term, size_t length, const struct query_term *prefix)
{
    return length >= prefix->length && memcmp(term, prefix->bytes, prefix->length) == 0;
}

static int walk_segment(struct expansions *found, size_t number, struct trawl_error *error)
{
    const struct segment *segment = found->plan->snapshot->segments[number];
    const struct meta_field *stored = meta_find_field(&segment->meta, found->node->field->stored);
    const struct query_term *prefix = found->prefix;
    struct terms_cursor cursor;
    int status = stored ? terms_seek(&cursor, &segment->terms, stored, prefix->bytes, prefix->length, error) : 1;
    if (status)
        return status < 0 ? status : 0;
    while ((status = terms_next(&cursor, error)) == 0 && starts_with(cursor.term, cursor.term_length, prefix)) {
        status = add_term(found, cursor.term, cursor.term_length, cursor.entry.df, error);
        if (!status)
            status = deadline_check(found->plan->deadline, DEADLINE_TERM, error);
        if (status)
            return status;
    }
    return status < 0 ? status : 0;
}

/* The stem of the word as it was typed, where the prefix does not cover it. */
static int add_stem(struct expansions *found, size_t number, struct trawl_error *error)
{
    const struct query_term *stem = found->stem;
    struct term_entry entry;
    if (!stem || starts_with(stem->bytes, stem->length, found->prefix))
        return 0;
    const int status =
        plan_find_term(&entry, found->plan, number, found->node->field, stem->bytes, stem->length, error);
    return status || entry.df == 0 ? status : add_term(found, stem->bytes, stem->length, entry.df, error);
}

static int compare_expansions(const void *a, const void *b)
{
    const struct expansion *left = a, *right = b;
    if (left->df != right->df)
        return left->df > right->df ? -1 : 1;
    const size_t shorter = left->length < right->length ? left->length : right->length;
    const int order = memcmp(left->bytes, right->bytes, shorter);
    return order ? order : (left->length > right->length) - (left->length < right->length);
}

/* Leaves those that live documents have in the field, which is known only by asking. */
static int keep_live(struct expansions *found, struct trawl_error *error)
{
    struct plan *plan = found->plan;
    const struct plan_field *field = found->node->field;
    size_t kept = 0;
    for (size_t i = 0; i < found->count; i++) {
        struct expansion term = found->list[i];
        struct term_statistics live;
        int status = snapshot_term_statistics(&live, plan->snapshot, field->number, term.bytes, term.length, error);
        if (!status)
            status = deadline_check(plan->deadline, DEADLINE_TERM + live.df, error);
        if (status)
            return status;
        term.df = live.df;
        found->list[kept] = term;
        kept += live.df > 0;
    }
    found->count = kept;
    return 0;
}

/* The highest df win. */
static int keep_best(struct expansions *found, size_t limit)
{
    struct plan *plan = found->plan;
    const struct query_node *query = found->node->query;
    qsort(found->list, found->count, sizeof *found->list, compare_expansions);
    plan->is_cut = 1;
    query_add_diagnostic(plan->query, TRAWL_WARNING, "too-many-expansions", query->start, query->length,
                         "expands too far", "\"%.*s*\" stands for %zu terms; the %zu in most documents are searched",
                         (int)found->prefix->length, (const char *)found->prefix->bytes, found->count, limit);
    found->count = limit;
    return 0;
}

static int refuse(const struct expansions *found, size_t limit, struct trawl_error *error)
{
    static const char format[] = "\"%.*s*\" stands for %zu terms, over the limit of %zu (--max-expansions)";
    const struct query_node *query = found->node->query;
    const int length = (int)found->prefix->length;
    const char *bytes = (const char *)found->prefix->bytes;
    query_add_diagnostic(found->plan->query, TRAWL_FAILURE, "too-many-expansions", query->start, query->length,
                         "expands too far", format, length, bytes, found->count, limit);
    return error_set(error, TRAWL_ERROR_LIMIT, format, length, bytes, found->count, limit);
}

void expansions_init(struct expansions *found, struct plan *plan, const struct plan_node *node)
{
    const struct query_node *query = node->query;
    const int is_phrase = query->kind == QUERY_PHRASE;
    *found = (struct expansions){.plan = plan, .node = node};
    found->prefix = &query->terms[is_phrase ? query->term_count - 1 : 0];
    found->stem = is_phrase ? query->stem : query->term_count > 1 ? &query->terms[1] : NULL;
    interner_init(&found->terms);
}

void expansions_release(struct expansions *found)
{
    interner_release(&found->terms);
    memory_free(found->list);
}

int expansions_find(struct expansions *found, struct trawl_error *error)
{
    const size_t limit = found->plan->options->max_expansions;
    int status = 0;
    for (size_t i = 0; i < found->plan->snapshot->segment_count && !status; i++) {
        status = walk_segment(found, i, error);
        if (!status)
            status = add_stem(found, i, error);
    }
    if (status || found->count <= limit || !found->node->scored)
        return status;
    if (found->plan->has_deletes || found->node->field->in_body)
        status = keep_live(found, error);
    if (status || found->count <= limit)
        return status;
    return found->plan->options->strict ? refuse(found, limit, error) : keep_best(found, limit);
}
