/* What of a query decides which documents match: all that a count needs to look at. */
#ifndef SRC_MATCH_DECIDING_H
#define SRC_MATCH_DECIDING_H

#include "src/query/query.h"

/* 1: the clause of a BOOLEAN only adds to scores, as optional ones beside required ones do. */
int deciding_skips(const struct query_node *node, uint32_t clause);

/* The node that matches the same documents: of a BOOLEAN that requires one thing and excludes none, that thing. */
const struct query_node *deciding_node(const struct query_node *node);

#endif
