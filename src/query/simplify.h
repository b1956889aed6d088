/* BOOLEAN nodes from clauses, in one normal form: whatever was written, trees
 * that mean the same by the rules below are the same tree, so that it has one
 * canonical form and the matcher sees it flat.
 *
 *   - What is required comes first, exclusions last; else the order is as written.
 *   - (a OR b) within an OR, (a AND b) within an AND dissolve, also with their
 *     exclusions; so does a NOT over an OR.
 *   - The one clause that is not an exclusion is a MUST.
 *   - A lone clause stands for itself.
 *   - Nothing that is excluded has a boost.
 *
 * Groups with a boost of their own stay. */
#ifndef SRC_QUERY_SIMPLIFY_H
#define SRC_QUERY_SIMPLIFY_H

#include "src/query/parse.h"

struct clause_list {
    struct query_clause *clauses; /* in the arena */
    size_t count, capacity;
};

/* Adds a clause; when memory ends, the parse ends. */
void clause_list_add(struct clause_list *list, struct parse *parse, enum query_occur occur, const struct query_node *node);

/* The node for the clauses, which are themselves normal. NULL: there is none,
 * or the parse has ended. */
struct query_node *boolean_new(struct parse *parse, const struct clause_list *list, size_t start, size_t end);

/* Multiplies the node's boost, unless some product of boosts gets out of
 * range: that is repaired. `start`, `end`: where the boost was written. */
void boolean_boost(struct query_node *node, struct parse *parse, float boost, size_t start, size_t end);

#endif
