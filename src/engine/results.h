/* What a search found, in memory of its own: hits with their ids, stored
 * records and snippets, the parsed query with its diagnostics. */
#ifndef SRC_ENGINE_RESULTS_H
#define SRC_ENGINE_RESULTS_H

#include "src/engine/reader.h"
#include "src/match/match.h"
#include "src/query/query.h"
#include "src/snippet/snippet.h"

struct result_hit {
    struct match_hit match;
    const char *id, *title;
    size_t id_length, title_length;
    struct span record; /* the stored document; bytes NULL: not read (yet) */
    struct snippet *snippets;
    size_t snippet_count;
};

struct trawl_results {
    struct arena arena; /* holds all below */
    struct trawl_snapshot *snapshot;
    struct snapshot_share *share; /* a reference to it */
    struct query query;
    const uint8_t *text; /* the query as it was given */
    size_t text_length;
    const char *parsed;
    struct result_hit *hits;
    size_t first_rank; /* of hits[0], from 1 */
    size_t hit_count;
    uint64_t total, search_ns;
    int total_is_exact;
};

/* NULL: no memory. Copies the query's text. */
struct trawl_results *results_new(struct snapshot_share *share, const char *query, size_t length);

/* Takes over the hits from `offset` on and reads their ids and, as the options
 * ask, titles and snippets. `analysis` is the searcher's. */
int results_fill(struct trawl_results *results, const struct match_results *found, struct analysis *analysis,
                 const struct trawl_search_options *options, struct trawl_error *error);

/* Reads the stored record of a hit unless it is there. */
int results_load_record(struct trawl_results *results, struct result_hit *hit, struct trawl_error *error);

/* How much each leaf of the query weighs, for the choice of snippets. */
int results_leaf_weights(double **weights, size_t *count, struct trawl_results *results, struct trawl_error *error);

#endif
