/* A searcher with nothing clever in it: it looks at every document and asks
 * every node of the query tree whether it matches there, by the tree's meaning
 * alone (src/query/query.h, docs/QUERY.md, docs/RANKING.md). What the matcher
 * finds must be what this finds: the same documents in the same order with the same units.
 *
 * Ends the program when memory ends. */
#ifndef TRAWL_TESTS_REFERENCE_H
#define TRAWL_TESTS_REFERENCE_H

#include <stddef.h>
#include <stdint.h>

#include "src/match/match.h"
#include "src/query/query.h"

struct reference;

struct reference *reference_new(void);
void reference_free(struct reference *reference);

/* Starts a document, whose insertion number counts up from 0; adds a value, words separated by
 * spaces, to it: run into the default field, and under its own field when that is not the body. */
void reference_document(struct reference *reference);
void reference_value(struct reference *reference, uint32_t field, const char *words);
/* Adds a value to its own field alone. */
void reference_own_value(struct reference *reference, uint32_t field, const char *words);
void reference_delete(struct reference *reference, size_t insertion);

struct reference_hit {
    uint64_t insertion;
    uint64_t units;
    float score;
};
struct reference_hits {
    struct reference_hit *hits; /* all that match, best first */
    size_t count;
};

/* Uses k1, b and max_expansions of the options. The hits hold until the next search. */
const struct reference_hits *reference_search(struct reference *reference, const struct query_node *root,
                                              const struct match_options *options);

#endif
