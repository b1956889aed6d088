#include "src/query/simplify.h"

#include "src/query/boost.h"
#include "src/query/clause.h"

void clause_list_add(struct clause_list *list, struct parse *parse, enum query_occur occur, const struct query_node *node)
{
    if (parse_room(parse, &list->clauses, &list->capacity, list->count, sizeof *list->clauses))
        list->clauses[list->count++] = (struct query_clause){.occur = occur, .node = node};
}

struct tally {
    size_t of[3]; /* clauses by enum query_occur */
};

static struct tally count(const struct query_clause *clauses, size_t clause_count)
{
    struct tally tally = {{0}};
    for (size_t i = 0; i < clause_count; i++)
        tally.of[clauses[i].occur]++;
    return tally;
}

/* ----------------------------------------------------------------- dissolving */

static void add_normal(struct clause_list *out, struct parse *parse, enum query_occur occur, const struct query_node *node);

/* Adds those clauses of a BOOLEAN that occur so, as `as`. */
static void add_those(struct clause_list *out, struct parse *parse, const struct query_node *node, enum query_occur occur,
                      enum query_occur as)
{
    for (uint32_t i = 0; i < node->clause_count; i++)
        if (node->clauses[i].occur == occur)
            add_normal(out, parse, as, node->clauses[i].node);
}

/* Adds the clauses of a BOOLEAN as they are. */
static void add_children(struct clause_list *out, struct parse *parse, const struct query_node *node)
{
    for (uint32_t i = 0; i < node->clause_count; i++)
        add_normal(out, parse, node->clauses[i].occur, node->clauses[i].node);
}

/* a AND (b OR c -d) is a AND (b OR c) -d. */
static void add_without_exclusions(struct clause_list *out, struct parse *parse, const struct query_node *node)
{
    struct clause_list optional = {0};
    for (uint32_t i = 0; i < node->clause_count; i++)
        if (node->clauses[i].occur == QUERY_SHOULD)
            clause_list_add(&optional, parse, QUERY_SHOULD, node->clauses[i].node);
    struct query_node *rest = boolean_new(parse, &optional, node->start, (size_t)node->start + node->length);
    if (rest)
        clause_list_add(out, parse, QUERY_MUST, rest);
    add_those(out, parse, node, QUERY_MUST_NOT, QUERY_MUST_NOT);
}

static void add_required(struct clause_list *out, struct parse *parse, const struct query_node *node)
{
    struct tally tally = count(node->clauses, node->clause_count);
    if (tally.of[QUERY_MUST]) {
        add_children(out, parse, node);
    } else if (tally.of[QUERY_SHOULD] && tally.of[QUERY_MUST_NOT]) {
        add_without_exclusions(out, parse, node);
    } else {
        clause_list_add(out, parse, QUERY_MUST, node);
    }
}

static int has_boosts(const struct query_node *node)
{
    int has = node->boost != 1;
    for (uint32_t i = 0; i < node->clause_count && node->kind == QUERY_BOOLEAN && !has; i++)
        has = has_boosts(node->clauses[i].node);
    return has;
}

/* The same without boosts, normal again: a boost may be all that kept two
 * groups apart. Nothing is done over where there are none, or the cost would
 * double with each exclusion within another. */
static const struct query_node *without_boosts(struct parse *parse, const struct query_node *node)
{
    if (!has_boosts(node))
        return node;
    if (node->kind != QUERY_BOOLEAN) {
        struct query_node *copy = parse_copy(parse, node, sizeof *node);
        if (copy)
            copy->boost = 1;
        return copy;
    }
    struct clause_list list = {0};
    for (uint32_t i = 0; i < node->clause_count && !parse->status; i++) {
        const struct query_node *child = without_boosts(parse, node->clauses[i].node);
        if (child)
            clause_list_add(&list, parse, node->clauses[i].occur, child);
    }
    return boolean_new(parse, &list, node->start, (size_t)node->start + node->length);
}

static int is_or(const struct query_node *node)
{
    return node->kind == QUERY_BOOLEAN && count(node->clauses, node->clause_count).of[QUERY_SHOULD] == node->clause_count;
}

static void add_excluded(struct clause_list *out, struct parse *parse, const struct query_node *node)
{
    node = without_boosts(parse, node);
    if (node && is_or(node))
        add_those(out, parse, node, QUERY_SHOULD, QUERY_MUST_NOT);
    else if (node)
        clause_list_add(out, parse, QUERY_MUST_NOT, node);
}

/* Adds a clause, dissolved where that changes nothing. */
static void add_normal(struct clause_list *out, struct parse *parse, enum query_occur occur, const struct query_node *node)
{
    int is_plain_group = node->kind == QUERY_BOOLEAN && node->boost == 1;
    if (occur == QUERY_MUST_NOT)
        add_excluded(out, parse, node);
    else if (occur == QUERY_MUST && is_plain_group)
        add_required(out, parse, node);
    else if (is_plain_group && is_or(node))
        add_those(out, parse, node, QUERY_SHOULD, QUERY_SHOULD);
    else
        clause_list_add(out, parse, occur, node);
}

/* --------------------------------------------------------------- the whole list */

static void add_all(struct clause_list *out, struct parse *parse, const struct clause_list *list)
{
    for (size_t i = 0; i < list->count && !parse->status; i++)
        add_normal(out, parse, list->clauses[i].occur, list->clauses[i].node);
}

static size_t find(const struct clause_list *list, enum query_occur occur)
{
    size_t i = 0;
    while (i < list->count && list->clauses[i].occur != occur)
        i++;
    return i;
}

/* When one clause alone is not an exclusion, the list is that clause with more
 * exclusions, so a group there dissolves too. */
static struct clause_list with_lone_dissolved(struct parse *parse, const struct clause_list *list)
{
    struct tally tally = count(list->clauses, list->count);
    struct clause_list out = {0};
    if (tally.of[QUERY_MUST] + tally.of[QUERY_SHOULD] != 1)
        return *list;
    size_t lone = find(list, tally.of[QUERY_MUST] ? QUERY_MUST : QUERY_SHOULD);
    const struct query_node *node = list->clauses[lone].node;
    if (node->kind == QUERY_BOOLEAN && node->boost == 1) {
        add_children(&out, parse, node);
    } else {
        clause_list_add(&out, parse, QUERY_MUST, node);
    }
    for (size_t i = 0; i < list->count; i++)
        if (i != lone)
            clause_list_add(&out, parse, QUERY_MUST_NOT, list->clauses[i].node);
    return out;
}

static struct query_node *new_node(struct parse *parse, const struct clause_list *list, size_t start, size_t end)
{
    struct query_node *node = clause_node(parse, QUERY_BOOLEAN, start, end);
    struct query_clause *clauses = parse_alloc(parse, list->count * sizeof *clauses);
    if (!node || !clauses)
        return NULL;
    static const enum query_occur order[] = {QUERY_MUST, QUERY_SHOULD, QUERY_MUST_NOT};
    size_t used = 0;
    for (size_t kind = 0; kind < 3; kind++)
        for (size_t i = 0; i < list->count; i++)
            if (list->clauses[i].occur == order[kind])
                clauses[used++] = list->clauses[i];
    node->clauses = clauses;
    node->clause_count = (uint32_t)used;
    return node;
}

struct query_node *boolean_new(struct parse *parse, const struct clause_list *list, size_t start, size_t end)
{
    struct clause_list normal = {0};
    add_all(&normal, parse, list);
    normal = with_lone_dissolved(parse, &normal);
    if (parse->status || normal.count == 0)
        return NULL;
    if (normal.count == 1 && normal.clauses[0].occur != QUERY_MUST_NOT)
        return parse_copy(parse, normal.clauses[0].node, sizeof(struct query_node));
    return new_node(parse, &normal, start, end);
}

/* --------------------------------------------------------------------- boosts */

struct range {
    double low, high;
};

/* The least and the largest product of boosts on the ways down from a node. */
static struct range range_of(const struct query_node *node)
{
    struct range range = {1, 1};
    int is_first = 1;
    for (uint32_t i = 0; i < node->clause_count && node->kind == QUERY_BOOLEAN; i++) {
        if (node->clauses[i].occur == QUERY_MUST_NOT)
            continue;
        struct range child = range_of(node->clauses[i].node);
        range.low = is_first || child.low < range.low ? child.low : range.low;
        range.high = is_first || child.high > range.high ? child.high : range.high;
        is_first = 0;
    }
    return (struct range){range.low * (double)node->boost, range.high * (double)node->boost};
}

static int is_within(double boost)
{
    return boost >= (double)BOOST_LEAST && boost <= (double)BOOST_MOST;
}

void boolean_boost(struct query_node *node, struct parse *parse, float boost, size_t start, size_t end)
{
    float before = node->boost;
    node->boost = before * boost;
    struct range range = range_of(node);
    if (is_within(range.low) && is_within(range.high))
        return;
    node->boost = before;
    parse_repair(parse, "bad-boost", start, end, "the product of boosts is out of range", "0.000001 to 1000000 in all");
}
