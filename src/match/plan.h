/* A plan: the query tree with everything that depends on the whole snapshot
 * worked out, so that a document's score does not depend on its segment.
 *
 * Per leaf: its terms' entries in every segment, live document frequency, idf,
 * weight. Per field: live documents, average length, the table of norms. For all:
 * the scale from weights to units (docs/RANKING.md). A leaf with a word that no live
 * document has is NOTHING, and its weight is not in the sum that the scale comes
 * from; nor are those of excluded leaves. The tree keeps the query's shape: what each segment makes
 * of it is matcher.h. */
#ifndef SRC_MATCH_PLAN_H
#define SRC_MATCH_PLAN_H

#include <stddef.h>
#include <stdint.h>

#include "index/read/snapshot.h"
#include "src/match/bm25.h"
#include "src/match/deadline.h"
#include "src/match/list.h"
#include "src/match/match.h"
#include "src/query/query.h"

struct plan_field {
    uint32_t number; /* as asked for */
    uint32_t stored; /* where its postings are: the default field's for the body */
    int in_body;     /* the body, and some segment has more than bodies: positions decide what counts */
    struct field_statistics statistics;
    double average_length;
    const float *norms; /* [LENGTH_CODES] */
    struct plan_field *next;
};

struct plan_word {
    const uint8_t *bytes;
    uint32_t length, offset;
    struct term_entry *entries; /* by segment; df 0: not there */
    uint64_t df;
    double idf;
};

struct plan_pair;

struct plan_node {
    enum query_kind kind; /* PREFIX: of a phrase that ends in one, too */
    const struct query_node *query;
    double boost;      /* multiplied from the root down */
    double idf;        /* of leaves; summed over the words of a phrase; 1 for ALL and FIELD */
    float weight;      /* boost * idf in units; set by plan_make, 0 when nothing is scored */
    int scored;        /* not excluded */
    uint64_t df;       /* of TERM, PREFIX and FIELD; of a PHRASE a word's, as a bound of how many it matches */
    const struct plan_field *field;
    struct plan_word *words; /* TERM, PHRASE; the prefix that ends one has no entries */
    uint32_t word_count, slop;
    struct plan_pair **pairs; /* PHRASE: by segment (phrase_pairs.h) */
    struct memory_postings *postings; /* PREFIX: by segment, live documents only */
    struct plan_clause *clauses;      /* BOOLEAN */
    uint32_t clause_count;
};

struct plan_clause {
    enum query_occur occur;
    struct plan_node *node;
};

struct plan {
    struct snapshot *snapshot;
    struct query *query; /* diagnostics go there */
    const struct match_options *options;
    struct arena *arena;
    struct deadline *deadline;
    struct plan_node *root;
    struct plan_field *fields;
    double total_weight; /* of all that scores, added in the query's order */
    double scale;        /* units per point of score */
    int only_counts;     /* nobody asks for scores */
    int reads_postings;  /* 0: what the dictionary says is enough */
    int has_deletes;     /* some segment */
    int is_cut;          /* some prefix stands for more terms than are searched */
};

/* only_counts: clauses that only add to scores are left out, and so the tree need not have the query's shape. */
int plan_make(struct plan *plan, struct snapshot *snapshot, struct query *query, const struct match_options *options,
              int only_counts, struct arena *arena, struct trawl_error *error);

/* What people see of a sum of units. */
float plan_score(const struct plan *plan, uint64_t units);

/* ---- for those who fill in prefixes */

/* The field's entry of a term in a segment: df 0 when it is not there. */
int plan_find_term(struct term_entry *entry, const struct plan *plan, size_t segment, const struct plan_field *field,
                   const uint8_t *term, size_t length, struct trawl_error *error);

#endif
