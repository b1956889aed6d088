/* The weights by which snippets choose what to show: a leaf's idf, of its
 * rarest word for a phrase. Prefixes weigh as a word in one document of a hundred. */
#include <math.h>

#include "src/engine/results.h"
#include "src/util/memory.h"

#define PREFIX_WEIGHT 4.6

struct weights {
    double *values;
    size_t count, capacity;
    struct trawl_results *results;
};

static int add_weight(struct weights *weights, double value)
{
    if (weights->count == weights->capacity) {
        const size_t capacity = weights->capacity ? weights->capacity * 2 : 16;
        double *values = arena_alloc_zero(&weights->results->arena, capacity, sizeof *values);
        if (!values)
            return TRAWL_ERROR_MEMORY;
        for (size_t i = 0; i < weights->count; i++)
            values[i] = weights->values[i];
        weights->values = values;
        weights->capacity = capacity;
    }
    weights->values[weights->count++] = value;
    return 0;
}

static int leaf_weight(double *weight, struct weights *weights, const struct query_node *leaf, struct trawl_error *error)
{
    struct snapshot *index = weights->results->snapshot->index;
    const uint32_t words = leaf->term_count - (leaf->stem != NULL);
    *weight = leaf->kind == QUERY_PREFIX || leaf->stem ? PREFIX_WEIGHT : 0.0;
    if (leaf->kind == QUERY_PREFIX)
        return 0;
    for (uint32_t i = 0; i < words; i++) {
        struct term_statistics term;
        const int status =
            snapshot_term_statistics(&term, index, leaf->field, leaf->terms[i].bytes, leaf->terms[i].length, error);
        if (status)
            return status;
        const double idf = log(1.0 + ((double)index->live - (double)term.df + 0.5) / ((double)term.df + 0.5));
        if (idf > *weight)
            *weight = idf;
    }
    return 0;
}

/* The tree's depth is bounded by the parser's limit. */
static int walk(struct weights *weights, const struct query_node *node, struct trawl_error *error)
{
    double weight;
    int status = 0;
    if (node->kind == QUERY_BOOLEAN) {
        for (uint32_t i = 0; i < node->clause_count && status == 0; i++)
            if (node->clauses[i].occur != QUERY_MUST_NOT)
                status = walk(weights, node->clauses[i].node, error);
        return status;
    }
    if (node->kind == QUERY_NOTHING || node->kind == QUERY_ALL || node->kind == QUERY_FIELD)
        return 0;
    status = leaf_weight(&weight, weights, node, error);
    return status ? status : add_weight(weights, weight) ? error_memory(error) : 0;
}

int results_leaf_weights(double **values, size_t *count, struct trawl_results *results, struct trawl_error *error)
{
    struct weights weights = {.results = results};
    const int status = results->query.root ? walk(&weights, results->query.root, error) : 0;
    *values = weights.values;
    *count = weights.count;
    return status;
}
