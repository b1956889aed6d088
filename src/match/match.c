#include "src/match/match.h"

#include "src/match/best_blocks.h"
#include "src/match/build.h"
#include "src/match/collector.h"
#include "src/match/conjunction.h"
#include "src/match/counting.h"
#include "src/match/disjunction.h"
#include "src/match/floor.h"
#include "src/match/phrase_pairs.h"
#include "src/match/plan.h"
#include "src/match/room.h"

/* A choice among lists of no more postings than this together is scored as a whole: that
 * gives the count on the way. */
enum { FEW_POSTINGS = 4096 };

/* How the k best are found. */
enum way {
    WAY_PLAIN,    /* every match is scored, window by window */
    WAY_COMPLETE, /* every match is scored, by the loop for the query's shape */
    WAY_PRUNED,   /* what cannot enter the result is skipped */
    WAY_PRUNED_AND_COUNTED
};

struct search {
    struct plan plan;
    const struct match_options *options;
    struct collector collector;
    struct match_context scored, unscored; /* of the segment at hand */
    struct match_room *room;
    uint64_t counted; /* matches of the segments done, when they are counted apart */
};

static void enter_segment(struct search *search, size_t number)
{
    search->scored = search->unscored =
        (struct match_context){.plan = &search->plan,
                               .segment_number = number,
                               .segment = search->plan.snapshot->segments[number],
                               .map = &search->room->map,
                               .room = search->room,
                               .arena = search->plan.arena};
    search->scored.scored = 1;
    collector_enter(&search->collector, &search->scored);
}

/* ------------------------------------------------------ collecting a segment */

static int collect_plainly(struct search *search, struct matcher *matcher, struct trawl_error *error)
{
    const uint32_t documents = search->scored.segment->documents;
    const uint32_t capacity = matcher->cost < documents / 16 ? WINDOW_LARGE : WINDOW_SMALL;
    struct window window;
    struct batch batch;
    int status = 0;
    room_take_window(search->room, &window, capacity);
    window.deadline = search->plan.deadline;
    for (uint32_t first = 0; first < documents && !status; first = window.end) {
        window_move(&window, first, documents - first > capacity ? first + capacity : documents);
        status = matcher_fill(matcher, &window, error);
        if (!status)
            status = window_check(&window, error);
        window_take(&window, &batch, 0);
        for (; !status && batch.count > 0; window_take(&window, &batch, 0))
            status = collector_add(&search->collector, &batch, error);
    }
    if (!status)
        room_return_window(search->room);
    return status;
}

static int collect_conjunction(struct search *search, struct matcher *matcher, enum way way, struct trawl_error *error)
{
    const uint32_t documents = search->scored.segment->documents;
    struct collector *collector = &search->collector;
    struct conjunction *conjunction;
    struct batch batch;
    int status = build_conjunction_of(&conjunction, matcher, &search->scored, error);
    while (!status) {
        const uint32_t required = way == WAY_PRUNED ? collector_required(collector) : 0;
        status = conjunction_next(conjunction, &batch, documents, required, error);
        if (!status)
            status = collector_add(collector, &batch, error);
    }
    return status < 0 ? status : 0;
}

/* Until the result is full, a guess stands in for its worst document. */
static int raise_floor(struct search *search, const struct matcher *any, struct trawl_error *error)
{
    struct collector *collector = &search->collector;
    uint32_t units;
    if (collector->topk.is_full || any->cost <= FEW_POSTINGS)
        return 0;
    const int status = floor_of_choice(&units, any, collector->topk.limit, &search->scored, error);
    if (!status && units > collector->floor)
        collector->floor = units;
    return status;
}

static int collect_disjunction(struct search *search, struct matcher *matcher, struct trawl_error *error)
{
    struct collector *collector = &search->collector;
    struct disjunction disjunction;
    struct batch batch;
    int status = raise_floor(search, matcher, error);
    if (!status)
        status = disjunction_open(&disjunction, matcher, &search->scored, error);
    while (!status) {
        status = disjunction_next(&disjunction, &batch, collector_required(collector), error);
        if (!status)
            status = collector_add(collector, &batch, error);
    }
    return status < 0 ? status : 0;
}

static int collect(struct search *search, struct matcher *matcher, enum way way, struct trawl_error *error)
{
    if (way == WAY_PRUNED && matcher->kind == MATCHER_LIST && matcher->list->adds)
        return best_blocks_collect(matcher->list, &search->scored, &search->collector, error);
    if (way == WAY_PLAIN || (way == WAY_COMPLETE && matcher->kind == MATCHER_ANY))
        return collect_plainly(search, matcher, error);
    return matcher->kind == MATCHER_ANY ? collect_disjunction(search, matcher, error)
                                        : collect_conjunction(search, matcher, way, error);
}

static int count_and_collect(struct search *search, struct matcher *matcher, struct matcher *unscored,
                             struct trawl_error *error)
{
    uint64_t count;
    int status;
    if (matcher->kind == MATCHER_CONJUNCTION && unscored->kind == MATCHER_CONJUNCTION &&
        count_is_by_batches(unscored->conjunction, &search->unscored)) {
        matcher->conjunction->excluded_count = 0; /* those are gone before it scores */
        status = count_and_score(&count, unscored->conjunction, matcher->conjunction, &search->unscored,
                                 &search->collector, error);
    } else {
        status = collect(search, matcher, WAY_PRUNED, error);
        if (!status)
            status = count_matches(&count, unscored, &search->unscored, &search->collector, error);
    }
    search->counted += status ? 0 : count;
    return status;
}

static int collect_segment(struct search *search, size_t number, enum way way, struct trawl_error *error)
{
    struct matcher *matcher, *unscored;
    enter_segment(search, number);
    int status = build_matcher(&matcher, search->plan.root, &search->scored, error);
    if (status || matcher->kind == MATCHER_NOTHING)
        return status;
    if (way != WAY_PRUNED_AND_COUNTED)
        return collect(search, matcher, way, error);
    status = build_matcher(&unscored, search->plan.root, &search->unscored, error);
    return status ? status : count_and_collect(search, matcher, unscored, error);
}

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

static int count_segment(struct search *search, size_t number, struct trawl_error *error)
{
    struct matcher *matcher;
    uint64_t count;
    enter_segment(search, number);
    int status = build_matcher(&matcher, search->plan.root, &search->unscored, error);
    if (!status)
        status = count_matches(&count, matcher, &search->unscored, &search->collector, error);
    search->counted += status ? 0 : count;
    return status;
}

static int find_total(struct match_results *results, struct search *search, struct trawl_error *error)
{
    int status = 0;
    for (size_t i = 0; i < search->plan.snapshot->segment_count && !status && !total_is_known(search->plan.root); i++)
        status = count_segment(search, i, error);
    results->total = total_is_known(search->plan.root) ? known_total(search) : search->counted;
    results->total_is_exact = 1;
    return status;
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
    if (search->options->exhaustive)
        return WAY_PLAIN;
    if (!search->options->count || total_is_known(root))
        return WAY_PRUNED;
    const int by_positions = reads_positions(root, search->plan.snapshot->segment_count);
    return by_positions || posting_count(root) <= FEW_POSTINGS ? WAY_COMPLETE : WAY_PRUNED_AND_COUNTED;
}

/* ---------------------------------------------------------------------- hits */

static int make_hits(struct match_results *results, struct search *search, struct trawl_error *error)
{
    struct topk *topk = &search->collector.topk;
    topk_finish(topk);
    results->hit_count = topk->count;
    results->hits = arena_alloc(search->plan.arena, (topk->count ? topk->count : 1) * sizeof *results->hits);
    if (!results->hits)
        return error_memory(error);
    for (size_t i = 0; i < topk->count; i++) {
        const struct topk_entry *entry = &topk->entries[i];
        const struct segment *segment = search->plan.snapshot->segments[entry->segment];
        const uint32_t units = topk_units(entry->rank);
        results->hits[i] = (struct match_hit){
            .insertion = order_insertion(&segment->order, segment_ordinal(segment, entry->document)),
            .units = units,
            .score = plan_score(&search->plan, units),
            .segment = entry->segment,
            .document = entry->document};
    }
    return 0;
}

/* Sets the total, as far as collecting found it. */
static void set_total(struct match_results *results, const struct search *search, enum way way)
{
    const int was_full = search->collector.topk.is_full; /* else nothing has ever been skipped */
    results->total_is_exact = way != WAY_PRUNED || !was_full;
    results->total = way == WAY_PRUNED_AND_COUNTED ? search->counted : search->collector.collected;
    if (total_is_known(search->plan.root)) {
        results->total_is_exact = 1;
        results->total = known_total(search);
    }
}

static int find_hits(struct match_results *results, struct search *search, struct trawl_error *error)
{
    const enum way way = choose_way(search);
    int status = 0;
    for (size_t i = 0; i < search->plan.snapshot->segment_count && !status; i++)
        status = collect_segment(search, i, way, error);
    if (status)
        return status;
    set_total(results, search, way);
    return make_hits(results, search, error);
}

static uint64_t smallest_insertion(const struct snapshot *snapshot)
{
    uint64_t smallest = UINT64_MAX;
    for (size_t i = 0; i < snapshot->segment_count; i++)
        if (snapshot->segments[i]->order.base < smallest)
            smallest = snapshot->segments[i]->order.base;
    return smallest;
}

int match_search(struct match_results *results, struct snapshot *snapshot, struct query *query,
                 const struct match_options *options, struct arena *arena, struct trawl_error *error)
{
    struct search search = {.options = options};
    const size_t limit = options->limit < snapshot->live ? options->limit : (size_t)snapshot->live;
    *results = (struct match_results){0};
    search.room = options->room ? options->room : arena_alloc_zero(arena, 1, sizeof *search.room);
    if (!search.room)
        return error_memory(error);
    int status = plan_make(&search.plan, snapshot, query, options, arena, error);
    if (!status)
        status = collector_init(&search.collector, limit, smallest_insertion(snapshot), search.plan.deadline, arena, error);
    if (status)
        return status;
    status = limit > 0 ? find_hits(results, &search, error) : find_total(results, &search, error);
    results->total_is_exact &= !search.plan.is_cut;
    return status;
}
