/* A list's items to clauses: what +, -, NOT and OR make of them, --all, and
 * which stopwords go (docs/QUERY.md, section Lists). */
#ifndef SRC_QUERY_ITEMS_H
#define SRC_QUERY_ITEMS_H

#include "src/query/parse.h"

/* A link of an AND-chain: an operand with all that stands before it. */
struct link {
    struct query_node *node; /* NULL: it came to nothing */
    char sign;               /* '+', '-' or 0 */
    int is_negated;          /* an odd number of NOTs */
    int is_stopword;         /* and may be dropped */
};

struct link_list {
    struct link *links; /* in the arena */
    size_t count, capacity;
};

struct item {
    struct query_node *node;
    char sign;
    int is_exclusion; /* nothing but NOTs, without a sign: excludes unless an OR joins it */
    int is_stopword;
    unsigned group;   /* items joined by OR have the same; ascending */
};

struct item_list {
    struct item *items; /* in the arena */
    size_t count, capacity;
};

void link_list_add(struct link_list *list, struct parse *parse, const struct link *link);

/* Adds the item that a chain of links is, in an OR group, if there is a link
 * at all. `start`, `end`: the chain's place in the query. -> 1: added */
int item_list_add(struct item_list *list, struct parse *parse, const struct link_list *chain, unsigned group, size_t start,
                  size_t end);

/* The node of the whole list; NULL: nothing, or the parse has ended. */
struct query_node *item_list_node(const struct item_list *list, struct parse *parse, size_t start, size_t end);

#endif
