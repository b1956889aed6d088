#include "src/match/build.h"

#include <string.h>

#include "src/match/build_leaf.h"
#include "src/match/conjunction.h"

/* ------------------------------------------------------ rows of clauses, growing */

struct row {
    struct matcher **matchers;
    uint32_t count, capacity;
};

/* A boolean's clauses, those of dissolved ones within them included. */
struct rows {
    const struct match_context *context;
    struct row must, should, must_not;
    int impossible; /* no document can match */
};

static int row_push(struct row *row, struct matcher *matcher, struct arena *arena, struct trawl_error *error)
{
    if (row->count == row->capacity) {
        const uint32_t capacity = row->capacity ? 2 * row->capacity : 8;
        struct matcher **matchers = arena_alloc(arena, capacity * sizeof(struct matcher *));
        if (!matchers)
            return error_memory(error);
        if (row->count)
            memcpy(matchers, row->matchers, row->count * sizeof(struct matcher *));
        row->matchers = matchers;
        row->capacity = capacity;
    }
    row->matchers[row->count++] = matcher;
    return 0;
}

/* Adds a clause, or counts an equal one once more. */
static int row_add(struct row *row, struct matcher *matcher, struct arena *arena, struct trawl_error *error)
{
    for (uint32_t i = 0; i < row->count; i++) {
        struct matcher *old = row->matchers[i];
        if (!build_is_same_leaf(old, matcher))
            continue;
        if (old->list->adds) {
            list_repeat(old->list, matcher->list->scorer.multiplicity);
            old->maximum = old->list->maximum;
        }
        return 0;
    }
    return row_push(row, matcher, arena, error);
}

/* A choice among optional clauses, or excluded ones, is so many of them. */
static int row_add_parts(struct row *row, struct matcher *matcher, struct arena *arena, struct trawl_error *error)
{
    int status = 0;
    if (matcher->kind != MATCHER_ANY)
        return row_add(row, matcher, arena, error);
    for (uint32_t i = 0; i < matcher->part_count && !status; i++)
        status = row_add(row, matcher->parts[i], arena, error);
    return status;
}

static int add_clause(struct rows *rows, enum query_occur occur, struct matcher *matcher, struct trawl_error *error)
{
    struct arena *arena = rows->context->arena;
    const int nothing = matcher->kind == MATCHER_NOTHING;
    switch (occur) {
    case QUERY_MUST:
        rows->impossible |= nothing;
        return row_add(&rows->must, matcher, arena, error);
    case QUERY_SHOULD:
        return nothing ? 0 : row_add_parts(&rows->should, matcher, arena, error);
    case QUERY_MUST_NOT:
        rows->impossible |= matcher->kind == MATCHER_ALL;
        return nothing ? 0 : row_add_parts(&rows->must_not, matcher, arena, error);
    }
    return 0;
}

static int has_must(const struct plan_node *node)
{
    for (uint32_t i = 0; i < node->clause_count; i++)
        if (node->clauses[i].occur == QUERY_MUST)
            return 1;
    return 0;
}

static int gather(struct rows *rows, const struct plan_node *node, struct trawl_error *error)
{
    const int scored = rows->context->scored && node->scored;
    const int drops_optional = has_must(node) && !scored;
    for (uint32_t i = 0; i < node->clause_count && !rows->impossible; i++) {
        const struct plan_clause *clause = &node->clauses[i];
        struct matcher *matcher;
        if (clause->occur == QUERY_SHOULD && drops_optional)
            continue;
        int status = build_matcher(&matcher, clause->node, rows->context, error);
        if (!status)
            status = add_clause(rows, clause->occur, matcher, error);
        if (status)
            return status;
    }
    return 0;
}

/* ---------------------------------------------------------- conjunctions from rows */

static void count_clauses(struct conjunction *sum, const struct rows *rows)
{
    for (uint32_t i = 0; i < rows->must.count; i++) {
        const struct matcher *matcher = rows->must.matchers[i];
        const struct conjunction *inner = matcher->conjunction;
        if (matcher->kind != MATCHER_CONJUNCTION) {
            sum->list_count += matcher->kind == MATCHER_LIST;
            sum->required_count += matcher->kind != MATCHER_LIST;
            continue;
        }
        sum->list_count += inner->list_count;
        sum->phrase_count += inner->phrase_count;
        sum->required_count += inner->required_count;
        sum->optional_count += inner->optional_count;
        sum->excluded_count += inner->excluded_count;
    }
    sum->required_count++; /* perhaps one for all documents */
    sum->optional_count += rows->should.count;
    sum->excluded_count += rows->must_not.count;
}

static int make_room(struct conjunction *made, const struct rows *rows, struct trawl_error *error)
{
    struct arena *arena = rows->context->arena;
    struct conjunction sum = {0};
    count_clauses(&sum, rows);
    made->lists = arena_alloc_zero(arena, (size_t)sum.list_count + 1, sizeof *made->lists);
    made->phrases = arena_alloc_zero(arena, (size_t)sum.phrase_count + 1, sizeof *made->phrases);
    made->required = arena_alloc_zero(arena, sum.required_count, sizeof *made->required);
    made->optional = arena_alloc_zero(arena, (size_t)sum.optional_count + 1, sizeof *made->optional);
    made->excluded = arena_alloc_zero(arena, (size_t)sum.excluded_count + 1, sizeof *made->excluded);
    return made->lists && made->phrases && made->required && made->optional && made->excluded ? 0 : error_memory(error);
}

static void add_list(struct conjunction *made, struct list *list, const struct phrase *phrase)
{
    made->lists[made->list_count++] = (struct bounded_list){.list = list, .phrase = phrase};
    made->maximum += list->adds ? list->maximum : 0;
}

static void add_required(struct conjunction *made, struct matcher *matcher)
{
    made->maximum += matcher->maximum;
    if (matcher->kind == MATCHER_ALL)
        made->constant += matcher->maximum;
    else
        made->required[made->required_count++].matcher = matcher;
}

static void add_optional(struct conjunction *made, struct matcher *matcher)
{
    made->maximum += matcher->maximum;
    if (matcher->kind == MATCHER_ALL)
        made->constant += matcher->maximum;
    else
        made->optional[made->optional_count++].matcher = matcher;
}

static void absorb(struct conjunction *made, const struct conjunction *inner)
{
    made->constant += inner->constant;
    made->maximum += inner->constant;
    for (uint32_t i = 0; i < inner->list_count; i++)
        add_list(made, inner->lists[i].list, inner->lists[i].phrase);
    for (uint32_t i = 0; i < inner->phrase_count; i++) {
        made->phrases[made->phrase_count++].phrase = inner->phrases[i].phrase;
        made->maximum += inner->phrases[i].phrase->maximum;
    }
    for (uint32_t i = 0; i < inner->required_count; i++)
        add_required(made, inner->required[i].matcher);
    for (uint32_t i = 0; i < inner->optional_count; i++)
        add_optional(made, inner->optional[i].matcher);
    for (uint32_t i = 0; i < inner->excluded_count; i++)
        made->excluded[made->excluded_count++] = inner->excluded[i];
}

static void add_rows(struct conjunction *made, const struct rows *rows)
{
    for (uint32_t i = 0; i < rows->must.count; i++) {
        struct matcher *matcher = rows->must.matchers[i];
        if (matcher->kind == MATCHER_CONJUNCTION)
            absorb(made, matcher->conjunction);
        else if (matcher->kind == MATCHER_LIST)
            add_list(made, matcher->list, NULL);
        else
            add_required(made, matcher);
    }
    for (uint32_t i = 0; i < rows->should.count; i++)
        add_optional(made, rows->should.matchers[i]);
    for (uint32_t i = 0; i < rows->must_not.count; i++)
        made->excluded[made->excluded_count++] = rows->must_not.matchers[i];
}

static int make_conjunction(struct conjunction **conjunction, const struct rows *rows, struct trawl_error *error)
{
    struct conjunction *made = *conjunction = arena_alloc_zero(rows->context->arena, 1, sizeof *made);
    int status = made ? make_room(made, rows, error) : error_memory(error);
    if (status)
        return status;
    made->context = rows->context;
    add_rows(made, rows);
    if (made->list_count + made->required_count == 0) { /* `constant` holds what all documents score */
        struct matcher *all;
        status = build_new(&all, MATCHER_ALL, rows->context, error);
        if (status)
            return status;
        all->cost = rows->context->segment->documents;
        made->required[made->required_count++].matcher = all;
    }
    conjunction_order(made);
    return 0;
}

int build_conjunction_of(struct conjunction **conjunction, struct matcher *matcher, const struct match_context *context,
                         struct trawl_error *error)
{
    struct rows rows = {.context = context};
    *conjunction = matcher->conjunction;
    if (matcher->kind == MATCHER_CONJUNCTION)
        return 0;
    const int status = row_push(&rows.must, matcher, context->arena, error);
    return status ? status : make_conjunction(conjunction, &rows, error);
}

/* --------------------------------------------------------------------- tree */

/* The choice among the optional clauses of a boolean without required ones. */
static int make_any(struct matcher **matcher, const struct rows *rows, struct trawl_error *error)
{
    const struct row *row = &rows->should;
    const int status = build_new(matcher, MATCHER_ANY, rows->context, error);
    if (status)
        return status;
    (*matcher)->parts = row->matchers;
    (*matcher)->part_count = row->count;
    for (uint32_t i = 0; i < row->count; i++) {
        (*matcher)->maximum += row->matchers[i]->maximum;
        (*matcher)->cost += row->matchers[i]->cost;
    }
    return 0;
}

/* Makes the optional clauses the required one. */
static int require_any(struct rows *rows, struct trawl_error *error)
{
    struct matcher *any;
    int status = 0;
    if (rows->should.count == 0) {
        rows->impossible = 1;
        return 0;
    }
    if (rows->should.count == 1)
        any = rows->should.matchers[0];
    else
        status = make_any(&any, rows, error);
    rows->should = (struct row){0};
    return status ? status : row_push(&rows->must, any, rows->context->arena, error);
}

static int build_boolean(struct matcher **matcher, const struct plan_node *node, const struct match_context *context,
                         struct trawl_error *error)
{
    struct rows rows = {.context = context};
    int status = gather(&rows, node, error);
    if (!status && !has_must(node))
        status = require_any(&rows, error);
    if (status)
        return status;
    if (rows.impossible)
        return build_new(matcher, MATCHER_NOTHING, context, error);
    if (rows.must.count == 1 && rows.should.count == 0 && rows.must_not.count == 0) {
        *matcher = rows.must.matchers[0];
        return 0;
    }
    status = build_new(matcher, MATCHER_CONJUNCTION, context, error);
    if (!status)
        status = make_conjunction(&(*matcher)->conjunction, &rows, error);
    if (status)
        return status;
    (*matcher)->maximum = (*matcher)->conjunction->maximum;
    (*matcher)->cost = (*matcher)->conjunction->cost;
    return 0;
}

int build_matcher(struct matcher **matcher, const struct plan_node *node, const struct match_context *context,
                  struct trawl_error *error)
{
    return node->kind == QUERY_BOOLEAN ? build_boolean(matcher, node, context, error)
                                       : build_leaf(matcher, node, context, error);
}
