#include "src/match/prefix.h"

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

static int add_block(struct tf_sums *sums, struct postings_cursor *cursor, const struct plan *plan, size_t segment,
                     int in_body, struct trawl_error *error)
{
    int status = postings_cursor_frequencies(cursor, error);
    for (uint32_t i = 0; !status && i < cursor->count; i++) {
        uint32_t tf = cursor->frequencies[i];
        if (in_body)
            status = body_tf(&tf, cursor, i, plan, segment, error);
        if (!status)
            tf_sums_add(sums, cursor->documents[i], tf);
    }
    return status;
}

static int add_postings(struct tf_sums *sums, const struct expansions *found, const struct expansion *term, size_t segment,
                        struct trawl_error *error)
{
    const struct plan *plan = found->plan;
    const int in_body = found->node->field->in_body && !snapshot_segment_is_plain(plan->snapshot, segment);
    struct arena arena;
    struct postings_cursor cursor;
    struct term_entry entry;
    int status = plan_find_term(&entry, plan, segment, found->node->field, term->bytes, term->length, error);
    if (status || entry.df == 0)
        return status;
    arena_init(&arena);
    status = postings_cursor_open(&cursor, plan->snapshot->segments[segment], &entry, &arena, error);
    while (!status && !cursor.at_end) {
        status = add_block(sums, &cursor, plan, segment, in_body, error);
        if (!status)
            status = deadline_check(plan->deadline, DEADLINE_TERM + cursor.count, error);
        if (!status)
            status = postings_cursor_next(&cursor, error);
    }
    arena_release(&arena);
    return status;
}

int prefix_sum(struct tf_sums *sums, const struct expansions *found, size_t segment, struct trawl_error *error)
{
    int status = 0;
    for (size_t i = 0; i < found->count && !status; i++)
        status = add_postings(sums, found, &found->list[i], segment, error);
    return status ? status : deadline_check(found->plan->deadline, sums->segment->documents, error);
}

static int merge_segment(struct memory_postings *postings, const struct expansions *found, size_t number,
                         struct trawl_error *error)
{
    const struct plan *plan = found->plan;
    struct tf_sums sums;
    int status = tf_sums_init(&sums, plan->snapshot->segments[number], error);
    if (!status)
        status = prefix_sum(&sums, found, number, error);
    if (!status)
        status = tf_sums_list(postings, &sums, plan->arena, error);
    tf_sums_release(&sums);
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
    struct expansions found;
    expansions_init(&found, plan, node);
    int status = expansions_find(&found, error);
    if (!status && found.count > 0)
        status = merge_all(node, &found, error);
    if (node->df == 0)
        node->kind = QUERY_NOTHING;
    node->idf = bm25_idf(node->df, node->field->statistics.documents);
    expansions_release(&found);
    return status;
}
