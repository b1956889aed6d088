#include "src/match/prefix.h"

#include <stdlib.h>
#include <string.h>

#include "src/util/bitset.h"
#include "src/util/hash.h"
#include "src/util/memory.h"

struct expansion {
    const uint8_t *bytes;
    uint32_t length;
    uint64_t df;
};

struct expansions {
    struct plan *plan;
    const struct plan_field *field;
    const struct query_node *query;
    int scored; /* not excluded */
    struct interner terms;
    struct expansion *list; /* by the interner's number; then the best of them, `count` */
    size_t count, capacity;
};

/* ------------------------------------------------------- which terms they are */

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
    const struct meta_field *stored = meta_find_field(&segment->meta, found->field->stored);
    const struct query_term *prefix = &found->query->terms[0];
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
    const struct query_term *stem = &found->query->terms[1];
    struct term_entry entry;
    if (found->query->term_count < 2 || starts_with(stem->bytes, stem->length, &found->query->terms[0]))
        return 0;
    const int status = plan_find_term(&entry, found->plan, number, found->field, stem->bytes, stem->length, error);
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

/* The highest df win; which are the highest is known of live documents only
 * by asking. */
static int keep_best(struct expansions *found, size_t limit, struct trawl_error *error)
{
    struct plan *plan = found->plan;
    for (size_t i = 0; (plan->has_deletes || found->field->is_part) && i < found->count; i++) {
        struct term_statistics live;
        int status = snapshot_term_statistics(&live, plan->snapshot, found->field->number, found->list[i].bytes,
                                              found->list[i].length, error);
        if (!status)
            status = deadline_check(plan->deadline, DEADLINE_TERM + live.df, error);
        if (status)
            return status;
        found->list[i].df = live.df;
    }
    qsort(found->list, found->count, sizeof *found->list, compare_expansions);
    plan->is_cut = 1;
    query_add_diagnostic(plan->query, TRAWL_WARNING, "too-many-expansions", found->query->start, found->query->length,
                         "expands too far", "\"%.*s*\" stands for %zu terms; the %zu in most documents are searched",
                         (int)found->query->terms[0].length, (const char *)found->query->terms[0].bytes, found->count,
                         limit);
    found->count = limit;
    return 0;
}

static int refuse(const struct expansions *found, size_t limit, struct trawl_error *error)
{
    static const char format[] = "\"%.*s*\" stands for %zu terms, over the limit of %zu (--max-expansions)";
    const struct query_term *prefix = &found->query->terms[0];
    const int length = (int)prefix->length;
    const char *bytes = (const char *)prefix->bytes;
    query_add_diagnostic(found->plan->query, TRAWL_FAILURE, "too-many-expansions", found->query->start,
                         found->query->length, "expands too far", format, length, bytes, found->count, limit);
    return error_set(error, TRAWL_ERROR_LIMIT, format, length, bytes, found->count, limit);
}

/* What is excluded is excluded whole: without some of its terms too much would be found. */
static int find_expansions(struct expansions *found, struct trawl_error *error)
{
    const size_t limit = found->plan->options->max_expansions;
    int status = 0;
    for (size_t i = 0; i < found->plan->snapshot->segment_count && !status; i++) {
        status = walk_segment(found, i, error);
        if (!status)
            status = add_stem(found, i, error);
    }
    if (status || found->count <= limit || !found->scored)
        return status;
    return found->plan->options->strict ? refuse(found, limit, error) : keep_best(found, limit, error);
}

/* ----------------------------------------------------- the union of their lists */

/* Sums of tf by document; a document's is set once its bit is. */
struct sums {
    uint64_t *bits;
    uint32_t *tfs;
    uint32_t documents;
};

static void add_tf(struct sums *sums, uint32_t document, uint32_t tf)
{
    if (tf == 0)
        return;
    const uint32_t before = bitset_test(sums->bits, document) ? sums->tfs[document] : 0;
    sums->tfs[document] = before + tf;
    bitset_set(sums->bits, document);
}

/* How often the current block's i-th document has the term within its body. */
static int body_tf(uint32_t *tf, struct postings_cursor *cursor, uint32_t i, const struct plan *plan, size_t segment,
                   struct trawl_error *error)
{
    const uint32_t *positions;
    uint32_t count, start, end;
    int status = snapshot_body_range(&start, &end, plan->snapshot, segment, cursor->documents[i], error);
    if (!status)
        status = postings_cursor_positions(cursor, i, &positions, &count, error);
    *tf = 0;
    for (uint32_t k = 0; !status && k < count; k++)
        *tf += positions[k] >= start && positions[k] < end;
    return status;
}

static int add_block(struct sums *sums, struct postings_cursor *cursor, const struct plan *plan, size_t segment,
                     int is_part, struct trawl_error *error)
{
    int status = postings_cursor_frequencies(cursor, error);
    for (uint32_t i = 0; !status && i < cursor->count; i++) {
        uint32_t tf = cursor->frequencies[i];
        if (is_part)
            status = body_tf(&tf, cursor, i, plan, segment, error);
        if (!status)
            add_tf(sums, cursor->documents[i], tf);
    }
    return status;
}

static int add_postings(struct sums *sums, const struct expansions *found, const struct expansion *term, size_t segment,
                        struct trawl_error *error)
{
    const struct plan *plan = found->plan;
    const int is_part = found->field->is_part && !snapshot_segment_is_plain(plan->snapshot, segment);
    struct arena arena;
    struct postings_cursor cursor;
    struct term_entry entry;
    int status = plan_find_term(&entry, plan, segment, found->field, term->bytes, term->length, error);
    if (status || entry.df == 0)
        return status;
    arena_init(&arena);
    status = postings_cursor_open(&cursor, plan->snapshot->segments[segment], &entry, &arena, error);
    while (!status && !cursor.at_end) {
        status = add_block(sums, &cursor, plan, segment, is_part, error);
        if (!status)
            status = deadline_check(plan->deadline, DEADLINE_TERM + cursor.count, error);
        if (!status)
            status = postings_cursor_next(&cursor, error);
    }
    arena_release(&arena);
    return status;
}

static int collect(struct memory_postings *postings, const struct sums *sums, struct arena *arena,
                   struct trawl_error *error)
{
    const size_t words = bitset_words(sums->documents);
    const size_t count = bitset_count(sums->bits, words);
    uint32_t *documents = arena_alloc(arena, (count ? count : 1) * sizeof *documents);
    uint32_t *frequencies = arena_alloc(arena, (count ? count : 1) * sizeof *frequencies);
    if (!documents || !frequencies)
        return error_memory(error);
    uint32_t at = 0;
    for (size_t word = 0; word < words; word++)
        for (uint64_t bits = sums->bits[word]; bits; bits &= bits - 1) {
            const uint32_t document = (uint32_t)(word * 64) + (uint32_t)__builtin_ctzll(bits);
            documents[at] = document;
            frequencies[at++] = sums->tfs[document];
        }
    *postings = (struct memory_postings){.documents = documents, .frequencies = frequencies, .count = at};
    return 0;
}

static int merge_segment(struct memory_postings *postings, const struct expansions *found, size_t number,
                         struct trawl_error *error)
{
    const struct plan *plan = found->plan;
    const struct segment *segment = plan->snapshot->segments[number];
    const size_t words = bitset_words(segment->documents);
    struct sums sums = {.documents = segment->documents};
    sums.bits = memory_alloc_zero(words, sizeof *sums.bits);
    sums.tfs = memory_alloc_array(segment->documents, sizeof *sums.tfs);
    int status = sums.bits && sums.tfs ? 0 : error_memory(error);
    for (size_t i = 0; i < found->count && !status; i++)
        status = add_postings(&sums, found, &found->list[i], number, error);
    for (size_t i = 0; i < words && !status && segment->deleted; i++)
        sums.bits[i] &= ~segment->deleted[i];
    if (!status)
        status = deadline_check(plan->deadline, segment->documents, error);
    if (!status)
        status = collect(postings, &sums, plan->arena, error);
    memory_free(sums.bits);
    memory_free(sums.tfs);
    return status;
}

static int merge_all(struct plan_node *node, const struct expansions *found, struct trawl_error *error)
{
    const size_t segments = found->plan->snapshot->segment_count;
    node->postings = arena_alloc_zero(found->plan->arena, segments ? segments : 1, sizeof *node->postings);
    int status = node->postings ? 0 : error_memory(error);
    for (size_t i = 0; i < segments && !status; i++) {
        status = merge_segment(&node->postings[i], found, i, error);
        node->df += node->postings[i].count;
    }
    return status;
}

int prefix_plan(struct plan_node *node, struct plan *plan, struct trawl_error *error)
{
    struct expansions found = {.plan = plan, .field = node->field, .query = node->query, .scored = node->scored};
    interner_init(&found.terms);
    int status = find_expansions(&found, error);
    if (!status && found.count > 0)
        status = merge_all(node, &found, error);
    if (node->df == 0)
        node->kind = QUERY_NOTHING;
    node->idf = bm25_idf(node->df, node->field->statistics.documents);
    interner_release(&found.terms);
    memory_free(found.list);
    return status;
}
