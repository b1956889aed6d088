#include "src/query/items.h"

#include "src/query/simplify.h"

/* --------------------------------------------------------------------- chains */

void link_list_add(struct link_list *list, struct parse *parse, const struct link *link)
{
    if (parse_room(parse, &list->links, &list->capacity, list->count, sizeof *link))
        list->links[list->count++] = *link;
}

static struct query_node *not_node(struct parse *parse, const struct query_node *node)
{
    struct clause_list list = {0};
    clause_list_add(&list, parse, QUERY_MUST_NOT, node);
    return boolean_new(parse, &list, node->start, (size_t)node->start + node->length);
}

/* A chain of one link: its sign speaks to the list. */
static struct item item_of_link(struct parse *parse, const struct link *link)
{
    struct item item = {.node = link->node, .sign = link->sign, .is_stopword = link->is_stopword};
    if (link->is_negated) {
        item.node = not_node(parse, link->node);
        item.is_exclusion = !link->sign;
    }
    return item;
}

/* A longer one: a - is one NOT more, and a + speaks for the whole. */
static struct item item_of_links(struct parse *parse, const struct link_list *chain, size_t start, size_t end)
{
    struct clause_list clauses = {0};
    struct item item = {.is_exclusion = 1};
    for (size_t i = 0; i < chain->count; i++) {
        const struct link *link = &chain->links[i];
        int is_excluded = link->is_negated != (link->sign == '-');
        clause_list_add(&clauses, parse, is_excluded ? QUERY_MUST_NOT : QUERY_MUST, link->node);
        item.is_exclusion &= is_excluded;
        item.sign = link->sign == '+' ? '+' : item.sign;
    }
    item.is_exclusion &= !item.sign;
    item.node = boolean_new(parse, &clauses, start, end);
    return item;
}

int item_list_add(struct item_list *list, struct parse *parse, const struct link_list *chain, unsigned group, size_t start,
                  size_t end)
{
    if (chain->count == 0 || !parse_room(parse, &list->items, &list->capacity, list->count, sizeof *list->items))
        return 0;
    struct item item = chain->count == 1 ? item_of_link(parse, &chain->links[0]) : item_of_links(parse, chain, start, end);
    if (!item.node)
        return 0;
    item.group = group;
    list->items[list->count++] = item;
    return 1;
}

/* ------------------------------------------------------------------ stopwords */

static int is_joined(const struct item_list *list, size_t i)
{
    unsigned group = list->items[i].group;
    return (i > 0 && list->items[i - 1].group == group) || (i + 1 < list->count && list->items[i + 1].group == group);
}

static int excludes(const struct item_list *list, size_t i)
{
    return list->items[i].sign == '-' || (list->items[i].is_exclusion && !is_joined(list, i));
}

/* Dropping all that is left to match would turn a search into another one. */
static int can_drop_stopwords(const struct item_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (!excludes(list, i) && !(list->items[i].is_stopword && !is_joined(list, i)))
            return 1;
    return 0;
}

static struct item_list without_stopwords(const struct item_list *list, struct parse *parse)
{
    struct item_list kept = {0};
    if (!can_drop_stopwords(list))
        return *list;
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].is_stopword && !is_joined(list, i))
            continue;
        if (parse_room(parse, &kept.items, &kept.capacity, kept.count, sizeof *kept.items))
            kept.items[kept.count++] = list->items[i];
    }
    return kept;
}

/* ---------------------------------------------------------------------- lists */

/* NOT a, not joined by an OR, excludes a; the node is a BOOLEAN of exclusions. */
static void add_exclusions(struct clause_list *out, struct parse *parse, const struct query_node *node)
{
    for (uint32_t i = 0; i < node->clause_count; i++)
        clause_list_add(out, parse, QUERY_MUST_NOT, node->clauses[i].node);
}

/* One OR group under --all: what has no sign is one item together, which must
 * match; but with a + beside it, it is satisfied and only ranks. */
static void add_group_of_all(struct clause_list *out, struct parse *parse, const struct clause_list *unsigned_ones,
                             int has_required)
{
    if (unsigned_ones->count == 0)
        return;
    if (has_required) {
        for (size_t i = 0; i < unsigned_ones->count; i++)
            clause_list_add(out, parse, QUERY_SHOULD, unsigned_ones->clauses[i].node);
        return;
    }
    const struct query_node *first = unsigned_ones->clauses[0].node;
    const struct query_node *last = unsigned_ones->clauses[unsigned_ones->count - 1].node;
    struct query_node *any = boolean_new(parse, unsigned_ones, first->start, (size_t)last->start + last->length);
    if (any)
        clause_list_add(out, parse, QUERY_MUST, any);
}

/* Adds the clauses of the group that starts at item `i`. -> where the next one starts */
static size_t add_group(struct clause_list *out, struct parse *parse, const struct item_list *list, size_t i)
{
    struct clause_list unsigned_ones = {0};
    int has_required = 0;
    unsigned group = list->items[i].group;
    int is_single = !is_joined(list, i);
    for (; i < list->count && list->items[i].group == group; i++) {
        const struct item *item = &list->items[i];
        if (item->sign) {
            has_required |= item->sign == '+';
            clause_list_add(out, parse, item->sign == '+' ? QUERY_MUST : QUERY_MUST_NOT, item->node);
        } else if (item->is_exclusion && is_single) {
            add_exclusions(out, parse, item->node);
        } else {
            clause_list_add(parse->options->all ? &unsigned_ones : out, parse, QUERY_SHOULD, item->node);
        }
    }
    add_group_of_all(out, parse, &unsigned_ones, has_required);
    return i;
}

struct query_node *item_list_node(const struct item_list *list, struct parse *parse, size_t start, size_t end)
{
    const struct item_list kept = without_stopwords(list, parse);
    struct clause_list clauses = {0};
    for (size_t i = 0; i < kept.count && !parse->status;)
        i = add_group(&clauses, parse, &kept, i);
    return clauses.count ? boolean_new(parse, &clauses, start, end) : NULL;
}
