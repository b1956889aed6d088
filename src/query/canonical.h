/* How trees print, as far as the parser must know it. */
#ifndef SRC_QUERY_CANONICAL_H
#define SRC_QUERY_CANONICAL_H

#include "src/query/query.h"

/* How deep parentheses lie within each other in a node's canonical form. */
uint32_t canonical_depth(const struct query_node *node);

#endif
