/* Queries drawn from the documents as they are made: words, conjunctions,
 * disjunctions, phrases of two to four words, exclusions, prefixes; each from a random place, the
 * rarest and the commonest of several. What they ask for is there. */
#ifndef BENCH_GROW_QUERIES_H
#define BENCH_GROW_QUERIES_H

#include "bench/chain.h"

/* A document: its words without marks, in lower case, and how frequent each is
 * in the sample, 0 for made-up ones. */
struct grow_document {
    const char *const *words;
    const uint32_t *frequencies;
    uint32_t count;
};

enum { GROW_QUERY_SIZE = 512 };

struct grow_queries {
    char (*lines)[GROW_QUERY_SIZE]; /* JSON */
    uint32_t count, seen;           /* of queries; of documents */
    struct chance chance;
};

int grow_queries_init(struct grow_queries *queries, uint32_t count, uint64_t seed); /* -> 0, or -1: no memory */
void grow_queries_release(struct grow_queries *queries);

/* A document may take the place of one that was drawn from before, so that all are alike. */
void grow_queries_see(struct grow_queries *queries, const struct grow_document *document);

/* -> 0, or -1: the file cannot be written */
int grow_queries_write(const struct grow_queries *queries, const char *file);

#endif
