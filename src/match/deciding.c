#include "src/match/deciding.h"

static uint32_t count_clauses(const struct query_node *node, enum query_occur occur)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < node->clause_count; i++)
        count += node->clauses[i].occur == occur;
    return count;
}

int deciding_skips(const struct query_node *node, uint32_t clause)
{
    return node->clauses[clause].occur == QUERY_SHOULD && count_clauses(node, QUERY_MUST) > 0;
}

const struct query_node *deciding_node(const struct query_node *node)
{
    while (node->kind == QUERY_BOOLEAN && count_clauses(node, QUERY_MUST) == 1 && count_clauses(node, QUERY_MUST_NOT) == 0) {
        uint32_t required = 0;
        while (node->clauses[required].occur != QUERY_MUST)
            required++;
        node = node->clauses[required].node;
    }
    return node;
}
