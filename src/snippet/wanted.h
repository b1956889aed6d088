/* The words that a query looks for, and which of them a word of the text is.
 * Belongs to one snippet_make; its memory is in the scratch arena given. */
#ifndef SRC_SNIPPET_WANTED_H
#define SRC_SNIPPET_WANTED_H

#include <stddef.h>
#include <stdint.h>

#include "src/query/query.h"
#include "src/snippet/startfilter.h"
#include "src/util/hash.h"

/* A TERM, PHRASE or PREFIX that is not under a MUST_NOT, in pre-order. */
struct wanted_leaf {
    const struct query_node *node;
    uint64_t weight;       /* whole units, so that sums do not depend on their order */
    const uint32_t *terms; /* TERM, PHRASE: numbers of the terms, as node->terms; but of no prefix */
};

/* What a word of the text is to the query. */
struct wanted_word {
    int64_t term;          /* number, or -1; all that stand for a phrase's last word have one */
    uint32_t prefix_count;
    uint32_t prefixes[];   /* numbers of leaves that are such a prefix, or a PHRASE that ends in one */
};

/* Words met lately: where most pass the filter, it spares them being stemmed each time. */
enum { WANTED_MEMO = 1024 };

struct wanted_memo {
    const uint8_t *bytes; /* in the text; NULL: free */
    uint32_t length;
    int gives_term;
    const struct wanted_word *word;
};

struct wanted {
    struct wanted_leaf *leaves;
    size_t leaf_count;
    uint32_t *prefixes; /* numbers of leaves: PREFIX, and PHRASE that ends in one */
    size_t prefix_count;
    struct interner terms;
    struct start_filter filter;
    struct wanted_memo *memo; /* [WANTED_MEMO], by hash */
    struct analysis *analysis;
    struct arena *scratch;
};

/* `weights` by leaf, or NULL: all alike. The rest is as snippet_make has it. */
int wanted_init(struct wanted *wanted, const struct query_node *root, const double *weights, size_t weight_count,
                struct analysis *analysis, struct arena *scratch, struct trawl_error *error);
void wanted_release(struct wanted *wanted);

/* Does the prefix that the leaf is, or ends in, stand for the term? */
int wanted_is_of_prefix(const struct query_node *leaf, const uint8_t *term, size_t length);

/* Looks a word up that passed the filter (one that does not is nothing of the
 * query, and gives a term). *word is NULL when the query does not want it;
 * *gives_term tells whether it counts as a position. The text must outlive
 * `wanted`, which remembers words. */
int wanted_find(const struct wanted_word **word, int *gives_term, struct wanted *wanted, const struct surface *surface,
                struct trawl_error *error);

#endif
