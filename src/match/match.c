#include "src/match/match.h"

#include "src/match/crew.h"
#include "src/match/pass.h"
#include "src/match/phrase_pairs.h"
#include "src/match/plan.h"
#include "src/match/portions.h"
#include "src/match/room.h"
#include "src/match/search_cost.h"

struct search {
    struct plan plan;
    const struct match_options *options;
    enum way way;
    size_t limit;
    struct portions portions;
    int is_shared; /* by several threads */
    struct pass pass; /* of this thread; in the end, of all */
};

/* -------------------------------------------------------------------- totals */

/* Known without looking: of one word or prefix, of a field, of all and of nothing. */
static int total_is_known(const struct plan_node *root)
{
    return root->kind == QUERY_TERM || root->kind == QUERY_PREFIX || root->kind == QUERY_NOTHING ||
           root->kind == QUERY_ALL || root->kind == QUERY_FIELD;
}

static uint64_t known_total(const struct search *search)
{
    const struct plan_node *root = search->plan.root;
    return root->kind == QUERY_ALL ? search->plan.snapshot->live : root->kind == QUERY_NOTHING ? 0 : root->df;
}

/* How many matches pruned threads have come by depends on who was quick. */
static uint64_t collected_total(const struct search *search, int is_exact)
{
    const struct collector *collector = &search->pass.collector;
    return is_exact || !search->is_shared ? collector->collected : collector->topk.limit;
}

/* As far as the pass found it. */
static void set_total(struct match_results *results, const struct search *search)
{
    const int was_full = search->pass.collector.topk.is_full; /* else nothing has ever been skipped */
    results->total_is_exact = search->way != WAY_PRUNED || !was_full;
    if (search->way == WAY_PRUNED_AND_COUNTED || search->way == WAY_COUNTED)
        results->total = search->pass.counted;
    else
        results->total = collected_total(search, results->total_is_exact);
    if (total_is_known(search->plan.root)) {
        results->total_is_exact = 1;
        results->total = known_total(search);
    }
}

/* ------------------------------------------------------------- choosing a way */

/* Some phrase that is more than the list of a pair. */
static int reads_positions(const struct plan_node *node, size_t segments)
{
    for (uint32_t i = 0; i < node->clause_count; i++)
        if (reads_positions(node->clauses[i].node, segments))
            return 1;
    return node->kind == QUERY_PHRASE && !pairs_are_all(node, segments);
}

/* At most so many postings are looked at. */
static uint64_t posting_count(const struct plan_node *node)
{
    uint64_t sum = node->kind == QUERY_ALL ? UINT32_MAX : node->df;
    for (uint32_t i = 0; i < node->clause_count; i++)
        sum += posting_count(node->clauses[i].node);
    return sum;
}

/* Where a count is wanted with the best, two passes, one that skips and one
 * that does not score, mostly cost less than one that does neither. Not for phrases, where positions are
 * the cost, nor for few postings. */
static enum way choose_way(const struct search *search)
{
    const struct plan_node *root = search->plan.root;
    if (search->limit == 0)
        return WAY_COUNTED;
    if (search->options->exhaustive)
        return WAY_PLAIN;
    if (!search->options->count || total_is_known(root))
        return WAY_PRUNED;
    const int by_positions = reads_positions(root, search->plan.snapshot->segment_count);
    return by_positions || posting_count(root) <= FEW_POSTINGS ? WAY_COMPLETE : WAY_PRUNED_AND_COUNTED;
}

/* ---------------------------------------------------------------------- hits */

/* Mostly the rank says it. */
static uint64_t insertion_of(const struct search *search, const struct topk_entry *entry)
{
    const struct topk *topk = &search->pass.collector.topk;
    const struct segment *segment = search->plan.snapshot->segments[entry->segment];
    const uint64_t after = TOPK_TIES - (entry->rank & TOPK_TIES);
    return after < TOPK_TIES ? topk->base + after
                             : order_insertion(&segment->order, segment_ordinal(segment, entry->document));
}

static int make_hits(struct match_results *results, struct search *search, struct trawl_error *error)
{
    struct topk *topk = &search->pass.collector.topk;
    topk_finish(topk);
    results->hit_count = topk->count;
    results->hits = arena_alloc(search->plan.arena, (topk->count ? topk->count : 1) * sizeof *results->hits);
    if (!results->hits)
        return error_memory(error);
    for (size_t i = 0; i < topk->count; i++) {
        const struct topk_entry *entry = &topk->entries[i];
        const uint32_t units = topk_units(entry->rank);
        results->hits[i] = (struct match_hit){
            .insertion = insertion_of(search, entry),
            .units = units,
            .score = plan_score(&search->plan, units),
            .segment = entry->segment,
            .document = entry->document};
    }
    return 0;
}

/* -------------------------------------------------------------------- threads */

/* Sharing costs some tens of microseconds, and each portion a little for each list: a search of fewer than PORTIONS_LEAST
 * portions is not worth it; more than PORTIONS_MOST for each thread do not share out better. */
enum { PORTION_COST = 25000, PORTIONS_LEAST = 4, PORTIONS_MOST = 8 };

/* More hits than that are gathered by one thread: putting those of many together would cost more than finding them. */
enum { LIMIT_MOST = 20000 };

/* -> 1: the search is not worth sharing */
static size_t count_portions(const struct search *search)
{
    const struct match_options *options = search->options;
    const size_t threads = options->threads;
    const uint64_t portion_cost = options->portion_cost ? options->portion_cost : PORTION_COST;
    if (threads < 2 || !options->crew || search->limit > LIMIT_MOST)
        return 1;
    const uint64_t count = search_cost(search->plan.root, search->plan.snapshot, search->way) / portion_cost;
    if (count < PORTIONS_LEAST)
        return 1;
    return count < threads * PORTIONS_MOST ? (size_t)count : threads * PORTIONS_MOST;
}

static int run_passes(struct search *search, struct trawl_error *error)
{
    const size_t wanted = count_portions(search), most = search->options->threads;
    const int status = portions_make(&search->portions, search->plan.snapshot, wanted, search->plan.arena, error);
    if (status)
        return status;
    search->is_shared = wanted > 1;
    return crew_take(search->options->crew, &search->pass, &search->portions, wanted < most ? wanted : most, error);
}

static int find(struct match_results *results, struct search *search, struct match_room *room, struct trawl_error *error)
{
    int status = 0;
    search->way = choose_way(search);
    if (search->way != WAY_COUNTED || !total_is_known(search->plan.root)) {
        status = pass_init(&search->pass, &search->plan, search->way, search->limit, NULL, room, search->plan.arena, error);
        if (!status)
            status = run_passes(search, error);
        if (status)
            return status;
    }
    set_total(results, search);
    results->total_is_exact &= !search->plan.is_cut;
    return search->limit ? make_hits(results, search, error) : 0;
}

int match_search(struct match_results *results, struct snapshot *snapshot, struct query *query,
                 const struct match_options *options, struct arena *arena, struct trawl_error *error)
{
    struct search search = {.options = options};
    *results = (struct match_results){0};
    search.limit = options->limit < snapshot->live ? options->limit : (size_t)snapshot->live;
    struct match_room *room = options->room ? options->room : arena_alloc_zero(arena, 1, sizeof *room);
    if (!room)
        return error_memory(error);
    const int status = plan_make(&search.plan, snapshot, query, options, search.limit == 0, arena, error);
    return status ? status : find(results, &search, room, error);
}
