#include "src/match/pass.h"

#include "src/match/best_blocks.h"
#include "src/match/build.h"
#include "src/match/conjunction.h"
#include "src/match/counting.h"
#include "src/match/disjunction.h"
#include "src/match/floor.h"

static uint64_t smallest_insertion(const struct snapshot *snapshot)
{
    uint64_t smallest = UINT64_MAX;
    for (size_t i = 0; i < snapshot->segment_count; i++)
        if (snapshot->segments[i]->order.base < smallest)
            smallest = snapshot->segments[i]->order.base;
    return smallest;
}

int pass_init(struct pass *pass, const struct plan *plan, enum way way, size_t limit, _Atomic uint32_t *floor,
              struct match_room *room, struct arena *arena, struct trawl_error *error)
{
    *pass = (struct pass){.plan = *plan, .deadline = deadline_at(plan->options->deadline_ns), .way = way, .room = room};
    pass->plan.deadline = &pass->deadline;
    pass->plan.arena = arena;
    const int status =
        collector_init(&pass->collector, limit, smallest_insertion(plan->snapshot), &pass->deadline, arena, error);
    pass->collector.shared_floor = floor;
    return status;
}

/* ---------------------------------------------------------- entering a segment */

static int is_pruned(const struct pass *pass)
{
    return pass->way == WAY_PRUNED || pass->way == WAY_PRUNED_AND_COUNTED;
}

/* Until the result is full, a bound from below stands in for its worst document. */
static int raise_floor(struct pass *pass, struct trawl_error *error)
{
    struct collector *collector = &pass->collector;
    const struct matcher *matcher = pass->matcher;
    const size_t limit = collector->topk.limit;
    uint32_t units = floor_known(matcher, limit, pass->scored.segment), looked = 0;
    int status = 0;
    collector_share_floor(collector);
    if (matcher->kind == MATCHER_ANY && matcher->cost > FEW_POSTINGS && !collector->topk.is_full && !collector->floor)
        status = floor_by_blocks(&looked, matcher, limit, &pass->scored, error);
    units = looked > units ? looked : units;
    if (units > collector->floor)
        collector->floor = units;
    collector_share_floor(collector);
    return status;
}

static int build(struct pass *pass, struct trawl_error *error)
{
    const struct plan_node *root = pass->plan.root;
    int status = 0;
    pass->matcher = pass->counter = NULL;
    if (pass->way != WAY_COUNTED)
        status = build_matcher(&pass->matcher, root, &pass->scored, error);
    if (!status && (pass->way == WAY_COUNTED || pass->way == WAY_PRUNED_AND_COUNTED))
        status = build_matcher(&pass->counter, root, &pass->unscored, error);
    if (!status && is_pruned(pass))
        status = raise_floor(pass, error);
    return status;
}

static int enter_segment(struct pass *pass, size_t number, struct trawl_error *error)
{
    pass->scored = pass->unscored = (struct match_context){.plan = &pass->plan,
                                                           .segment_number = number,
                                                           .segment = pass->plan.snapshot->segments[number],
                                                           .map = &pass->room->map,
                                                           .room = pass->room,
                                                           .arena = pass->plan.arena};
    pass->scored.scored = 1;
    collector_enter(&pass->collector, &pass->scored);
    return build(pass, error);
}

/* -------------------------------------------------------- collecting a portion */

static int collect_plainly(struct pass *pass, struct trawl_error *error)
{
    const uint32_t end = pass->scored.end;
    const uint32_t capacity = pass->matcher->cost < pass->scored.segment->documents / 16 ? WINDOW_LARGE : WINDOW_SMALL;
    struct window window;
    struct batch batch;
    int status = 0;
    room_take_window(pass->room, &window, capacity);
    window.deadline = &pass->deadline;
    for (uint32_t first = pass->scored.first; first < end && !status; first = window.end) {
        window_move(&window, first, end - first > capacity ? first + capacity : end);
        status = matcher_fill(pass->matcher, &window, error);
        if (!status)
            status = window_check(&window, error);
        window_take(&window, &batch, 0);
        for (; !status && batch.count > 0; window_take(&window, &batch, 0))
            status = collector_add(&pass->collector, &batch, error);
    }
    if (!status)
        room_return_window(pass->room);
    return status;
}

static int collect_conjunction(struct pass *pass, struct trawl_error *error)
{
    struct collector *collector = &pass->collector;
    struct conjunction *conjunction;
    struct batch batch;
    int status = build_conjunction_of(&conjunction, pass->matcher, &pass->scored, error);
    if (!status)
        conjunction_skip(conjunction, pass->scored.first);
    while (!status) {
        const uint32_t required = pass->way == WAY_COMPLETE ? 0 : collector_required(collector);
        status = conjunction_next(conjunction, &batch, pass->scored.end, required, error);
        if (!status)
            status = collector_add(collector, &batch, error);
    }
    return status < 0 ? status : 0;
}

static int collect_disjunction(struct pass *pass, struct trawl_error *error)
{
    struct collector *collector = &pass->collector;
    struct disjunction disjunction;
    struct batch batch;
    int status = disjunction_open(&disjunction, pass->matcher, &pass->scored, error);
    while (!status) {
        status = disjunction_next(&disjunction, &batch, collector_required(collector), error);
        if (!status)
            status = collector_add(collector, &batch, error);
    }
    return status < 0 ? status : 0;
}

/* Out of order, from the directory of the whole list: there is little to share out, and the first portion takes it all. */
static int collect_list(struct pass *pass, struct trawl_error *error)
{
    return pass->scored.first > 0
               ? 0
               : best_blocks_collect(pass->matcher->list, &pass->scored, &pass->collector, error);
}

static int collect(struct pass *pass, struct trawl_error *error)
{
    const struct matcher *matcher = pass->matcher;
    const int is_any = matcher->kind == MATCHER_ANY;
    if (is_pruned(pass) && matcher->kind == MATCHER_LIST && matcher->list->adds)
        return collect_list(pass, error);
    if (pass->way == WAY_PLAIN || (pass->way == WAY_COMPLETE && is_any))
        return collect_plainly(pass, error);
    return is_any ? collect_disjunction(pass, error) : collect_conjunction(pass, error);
}

static int count(struct pass *pass, struct trawl_error *error)
{
    uint64_t found;
    const int status = count_matches(&found, pass->counter, &pass->unscored, &pass->collector, error);
    pass->counted += status ? 0 : found;
    return status;
}

/* Is it cheaper to score what is counted, on the way, than to count and to prune apart? */
static int scores_what_counts(const struct pass *pass)
{
    return pass->matcher->kind == MATCHER_CONJUNCTION && pass->counter->kind == MATCHER_CONJUNCTION &&
           count_is_by_batches(pass->counter->conjunction, &pass->unscored);
}

static int count_and_collect(struct pass *pass, struct trawl_error *error)
{
    uint64_t found;
    if (!scores_what_counts(pass)) {
        const int status = collect(pass, error);
        return status ? status : count(pass, error);
    }
    struct conjunction *scorer = pass->matcher->conjunction;
    scorer->excluded_count = 0; /* those are gone before it scores */
    const int status =
        count_and_score(&found, pass->counter->conjunction, scorer, &pass->unscored, &pass->collector, error);
    pass->counted += status ? 0 : found;
    return status;
}

static void enter_portion(struct match_context *context, const struct portion *portion)
{
    context->first = portion->first;
    context->end = portion->end;
}

int pass_take(struct pass *pass, const struct portion *portion, struct trawl_error *error)
{
    const int is_new = !pass->scored.segment || pass->scored.segment_number != portion->segment;
    const int status = is_new ? enter_segment(pass, portion->segment, error) : 0;
    enter_portion(&pass->scored, portion);
    enter_portion(&pass->unscored, portion);
    if (status || pass->way == WAY_COUNTED)
        return status ? status : count(pass, error);
    if (pass->matcher->kind == MATCHER_NOTHING)
        return 0;
    return pass->way == WAY_PRUNED_AND_COUNTED ? count_and_collect(pass, error) : collect(pass, error);
}

void pass_merge(struct pass *pass, const struct pass *other)
{
    pass->counted += other->counted;
    collector_merge(&pass->collector, &other->collector);
}
