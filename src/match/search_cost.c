#include "src/match/search_cost.h"

#include "src/match/phrase_pairs.h"

/* In postings of a list that is gone through: looking at one document of a conjunction for each of its clauses; at its positions. */
enum { COST_CANDIDATE = 4, COST_POSITIONS = 16 };

static uint64_t rarest_word(const struct plan_node *phrase)
{
    uint64_t least = UINT64_MAX;
    for (uint32_t i = 0; i < phrase->word_count; i++)
        least = phrase->words[i].df < least ? phrase->words[i].df : least;
    return least;
}

static uint64_t cost_of(const struct plan_node *node, const struct snapshot *snapshot);

/* Any of the clauses: all of their postings. All of some: for each of the rarest one's documents the others are looked
 * at. */
static uint64_t cost_of_boolean(const struct plan_node *node, const struct snapshot *snapshot)
{
    uint64_t sum = 0, least = UINT64_MAX;
    for (uint32_t i = 0; i < node->clause_count; i++) {
        const uint64_t cost = cost_of(node->clauses[i].node, snapshot);
        if (node->clauses[i].occur == QUERY_MUST && cost < least)
            least = cost;
        sum += cost;
    }
    return least < sum / node->clause_count / COST_CANDIDATE ? least * node->clause_count * COST_CANDIDATE : sum;
}

static uint64_t cost_of(const struct plan_node *node, const struct snapshot *snapshot)
{
    switch (node->kind) {
    case QUERY_TERM:
    case QUERY_PREFIX:
        return node->df;
    case QUERY_PHRASE:
        return pairs_are_all(node, snapshot->segment_count) ? rarest_word(node) : rarest_word(node) * COST_POSITIONS;
    case QUERY_FIELD:
    case QUERY_ALL:
        return snapshot->documents;
    case QUERY_BOOLEAN:
        return cost_of_boolean(node, snapshot);
    case QUERY_NOTHING:
        break;
    }
    return 0;
}

uint64_t search_cost(const struct plan_node *root, const struct snapshot *snapshot, enum way way)
{
    const int by_directory = way == WAY_PRUNED && (root->kind == QUERY_TERM || root->kind == QUERY_PREFIX);
    return by_directory ? 0 : cost_of(root, snapshot);
}
