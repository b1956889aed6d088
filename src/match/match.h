/* Matching and ranking: a query tree over a snapshot gives the k best
 * documents, exact counts, or both.
 *
 *     tree -> plan (statistics, weights) -> matcher (one per segment and thread) -> batches -> top-k
 *
 * Scores, units and the order of hits are those of docs/RANKING.md. Every path
 * (exhaustive, pruned, one segment or many, any kernel) gives the same integers:
 * floats are computed exactly as written there. */
#ifndef SRC_MATCH_MATCH_H
#define SRC_MATCH_MATCH_H

#include <stddef.h>
#include <stdint.h>

#include "index/read/snapshot.h"
#include "src/query/query.h"

struct match_crew;
struct match_room;

struct match_options {
    float k1, b;
    size_t limit;           /* hits wanted, 0: none (count only) */
    int count;              /* 1: the exact total is wanted; 0: a lower bound will do */
    int exhaustive;         /* 1: the plain path: everything scored, nothing skipped */
    size_t max_expansions;  /* of a prefix that is not excluded: those in the most documents */
    int strict;             /* 1: a prefix that stands for more is TRAWL_ERROR_LIMIT */
    uint64_t deadline_ns;   /* CLOCK_MONOTONIC; 0: none. Past it: TRAWL_ERROR_TIMEOUT */
    struct match_room *room; /* of the searching thread (room.h), zeros at first; NULL: made anew */
    struct match_crew *crew; /* helpers of that thread (crew.h); NULL: it works alone */
    size_t threads;          /* at most so many share the work */
    uint64_t portion_cost;   /* of what one takes at a time, in postings; 0: the usual */
};

struct match_hit {
    uint64_t insertion;
    uint32_t units;   /* the sum of contributions */
    float score;      /* units / scale */
    uint32_t segment; /* index in the snapshot */
    uint32_t document;
};

struct match_results {
    struct match_hit *hits; /* best first, at most limit; in the arena given */
    size_t hit_count;
    uint64_t total;
    int total_is_exact; /* 0: a lower bound, as when expansions were left out */
};

/* Runs the query. Working memory and results are in `arena`. May add
 * diagnostics to `query` (expansions). Thread-safe: many searches may run over
 * one snapshot. */
int match_search(struct match_results *results, struct snapshot *snapshot, struct query *query,
                 const struct match_options *options, struct arena *arena, struct trawl_error *error);

/* A word of a phrase that is explained. */
struct match_word {
    uint64_t df;
    double idf;
};

/* How one document scored: a tree parallel to the query's, for `explain`. */
struct match_explanation {
    const struct query_node *node;
    int matches;
    float score;      /* of this node; children's summed for BOOLEAN */
    double idf;       /* leaves */
    uint64_t df, documents; /* a phrase has no df, but its words do */
    struct match_word *words; /* PHRASE: as node->terms */
    float weight, average_length;
    uint32_t tf, length;
    struct match_explanation *children; /* as node->clauses */
    uint32_t child_count;
};
int match_explain(struct match_explanation **explanation, struct snapshot *snapshot, struct query *query,
                  const struct match_options *options, uint32_t segment, uint32_t document, struct arena *arena,
                  struct trawl_error *error);

#endif
