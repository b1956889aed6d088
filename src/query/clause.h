/* Operands to leaves of the tree: the analysis decides whether a written word
 * or phrase is a TERM, a PHRASE, a PREFIX, or nothing. */
#ifndef SRC_QUERY_CLAUSE_H
#define SRC_QUERY_CLAUSE_H

#include "src/query/lexer.h"
#include "src/query/parse.h"

struct clause {
    struct query_node *node; /* NULL: nothing to search for, or the parse has ended */
    int is_stopword;         /* a bare word that lists may drop */
};

/* The leaf of a WORD or PHRASE lexeme, in the lexeme's field or else in `field`. */
void clause_make(struct clause *clause, struct parse *parse, const struct lexeme *lexeme, uint32_t field);

/* A node of the lexeme's place in the query, with its boost; NULL: the parse has ended. */
struct query_node *clause_node(struct parse *parse, enum query_kind kind, size_t start, size_t end);

#endif
