#include "src/match/conjunction.h"

#include <stdlib.h>

#include "src/match/list_steps.h"

/* A window leads when its clause is this much rarer than the rarest list: per
 * document it costs more. */
enum { WINDOW_ADVANTAGE = 4 };

/* -------------------------------------------------------------------- order */

static int compare_lists(const void *a, const void *b)
{
    const struct list *left = ((const struct bounded_list *)a)->list, *right = ((const struct bounded_list *)b)->list;
    return (left->df > right->df) - (left->df < right->df);
}

static int compare_costs(const void *a, const void *b)
{
    const struct matcher *left = ((const struct bounded_matcher *)a)->matcher;
    const struct matcher *right = ((const struct bounded_matcher *)b)->matcher;
    return (left->cost > right->cost) - (left->cost < right->cost);
}

static int compare_maxima(const void *a, const void *b)
{
    const struct matcher *left = ((const struct bounded_matcher *)a)->matcher;
    const struct matcher *right = ((const struct bounded_matcher *)b)->matcher;
    return (left->maximum < right->maximum) - (left->maximum > right->maximum);
}

static void sort(void *array, uint32_t count, size_t size, int (*compare)(const void *, const void *))
{
    if (count > 1)
        qsort(array, count, size, compare);
}

void conjunction_order(struct conjunction *conjunction)
{
    sort(conjunction->lists, conjunction->list_count, sizeof *conjunction->lists, compare_lists);
    sort(conjunction->required, conjunction->required_count, sizeof *conjunction->required, compare_costs);
    sort(conjunction->optional, conjunction->optional_count, sizeof *conjunction->optional, compare_maxima);
    uint64_t cost = conjunction->list_count ? conjunction->lists[0].list->df : UINT64_MAX;
    if (conjunction->required_count && conjunction->required[0].matcher->cost < cost / WINDOW_ADVANTAGE) {
        conjunction->window_leads = 1;
        cost = conjunction->required[0].matcher->cost;
    }
    conjunction->cost = cost;
}

/* ------------------------------------------------------------------- bounds */

/* Sets the bounds of all clauses for documents [from, to]. -> their sum, the constant included */
static uint32_t set_bounds(struct conjunction *conjunction, uint32_t from, uint32_t to)
{
    uint32_t sum = conjunction->constant;
    for (uint32_t i = 0; i < conjunction->list_count; i++) {
        struct bounded_list *clause = &conjunction->lists[i];
        clause->bound = clause->list->adds ? list_range_bound(clause->list, from, to) : 0;
        sum += clause->bound;
    }
    for (uint32_t i = 0; i < conjunction->phrase_count; i++) {
        struct bounded_phrase *clause = &conjunction->phrases[i];
        sum += clause->bound = phrase_range_bound(clause->phrase, from, to);
    }
    for (uint32_t i = 0; i < conjunction->required_count; i++) {
        struct bounded_matcher *clause = &conjunction->required[i];
        sum += clause->bound = matcher_range_bound(clause->matcher, from, to);
    }
    for (uint32_t i = 0; i < conjunction->optional_count; i++) {
        struct bounded_matcher *clause = &conjunction->optional[i];
        sum += clause->bound = matcher_range_bound(clause->matcher, from, to);
    }
    return sum;
}

uint32_t conjunction_range_bound(struct conjunction *conjunction, uint32_t from, uint32_t to)
{
    return set_bounds(conjunction, from, to);
}

/* -------------------------------------------------------- the steps of a batch */

/* Units still missing: `required` by those that the steps to come may add. */
struct budget {
    uint32_t required, to_come;
};

static uint32_t needed(const struct budget *budget)
{
    return budget->required > budget->to_come ? budget->required - budget->to_come : 0;
}

/* The next step may add up to `bound`: what is needed after it. */
static uint32_t needed_after(struct budget *budget, uint32_t bound)
{
    budget->to_come -= budget->to_come > bound ? bound : budget->to_come;
    return needed(budget);
}

/* What the phrase of a list that filters must bring candidates to. */
static uint32_t filter_needed(const struct conjunction *conjunction, const struct bounded_list *clause,
                              const struct budget *budget)
{
    for (uint32_t i = 0; budget->required && clause->phrase && i < conjunction->phrase_count; i++)
        if (conjunction->phrases[i].phrase == clause->phrase) {
            struct budget after = *budget;
            return needed_after(&after, conjunction->phrases[i].bound);
        }
    return 0;
}

static int meet_lists(struct conjunction *conjunction, uint32_t first, struct batch *batch, struct budget *budget,
                      struct trawl_error *error)
{
    int status = 0;
    for (uint32_t i = first; i < conjunction->list_count && batch->count > 0 && !status; i++) {
        struct bounded_list *clause = &conjunction->lists[i];
        if (clause->list->adds)
            status = list_require(clause->list, batch, needed_after(budget, clause->bound), error);
        else
            status = list_filter(clause->list, batch, filter_needed(conjunction, clause, budget), error);
    }
    return status;
}

/* The clauses that are not lists; `first`: of the required ones. */
static int meet_others(struct conjunction *conjunction, uint32_t first, struct batch *batch, struct budget *budget,
                       struct trawl_error *error)
{
    int status = 0;
    for (uint32_t i = 0; i < conjunction->phrase_count && batch->count > 0 && !status; i++) {
        struct bounded_phrase *clause = &conjunction->phrases[i];
        status = phrase_verify(clause->phrase, batch, needed_after(budget, clause->bound), error);
    }
    for (uint32_t i = first; i < conjunction->required_count && batch->count > 0 && !status; i++) {
        struct bounded_matcher *clause = &conjunction->required[i];
        status = matcher_require(clause->matcher, batch, needed_after(budget, clause->bound), error);
    }
    for (uint32_t i = 0; i < conjunction->optional_count && batch->count > 0 && !status; i++) {
        struct bounded_matcher *clause = &conjunction->optional[i];
        status = matcher_add(clause->matcher, batch, clause->bound, needed_after(budget, clause->bound), error);
    }
    for (uint32_t i = 0; i < conjunction->excluded_count && batch->count > 0 && !status; i++)
        status = matcher_exclude(conjunction->excluded[i], batch, error);
    return status;
}

static void add_constant(const struct conjunction *conjunction, struct batch *batch)
{
    for (uint32_t i = 0; conjunction->constant && i < batch->count; i++)
        batch->units[i] += conjunction->constant;
}

int conjunction_filter(struct conjunction *conjunction, struct batch *batch, uint32_t required,
                       struct trawl_error *error)
{
    struct budget budget = {.required = required};
    add_constant(conjunction, batch);
    if (required > 0 && batch->count > 0) {
        const uint32_t last = batch->documents[batch->count - 1];
        budget.to_come = set_bounds(conjunction, batch->documents[0], last) - conjunction->constant;
        batch_keep(batch, needed(&budget));
    }
    const int status = meet_lists(conjunction, 0, batch, &budget, error);
    return status ? status : meet_others(conjunction, 0, batch, &budget, error);
}

/* ------------------------------------------------------------ a list leads */

/* Looks at bounds before anything is decoded: first those of the leader's group of blocks, then of the
 * block. -> 1 when nothing there can reach `required`; the position is then behind it. */
static int skip_by_bounds(struct conjunction *conjunction, struct budget *budget, uint32_t end)
{
    const struct list *leader = conjunction->lists[0].list;
    const uint32_t from = conjunction->position, last = end - 1;
    const uint32_t group_last = list_group_last(leader) < last ? list_group_last(leader) : last;
    const uint32_t block_last = leader->cursor.last < last ? leader->cursor.last : last;
    if (group_last > block_last && group_last != conjunction->group_checked) {
        conjunction->group_checked = group_last;
        if (set_bounds(conjunction, from, group_last) < budget->required) {
            conjunction->position = group_last + 1;
            return 1;
        }
    }
    budget->to_come = set_bounds(conjunction, from, block_last) - conjunction->constant;
    if (budget->to_come + conjunction->constant >= budget->required)
        return 0;
    conjunction->position = block_last + 1;
    return 1;
}

/* The leader's next block, or part of one, as a batch. -> 0, 1 at the end, or negative */
static int lead_by_list(struct conjunction *conjunction, struct batch *batch, struct budget *budget, uint32_t end,
                        struct trawl_error *error)
{
    struct list *leader = conjunction->lists[0].list;
    for (;;) {
        const int status = conjunction->position < end ? list_seek(leader, conjunction->position, error) : 1;
        if (status || leader->cursor.at_end)
            return status ? status : 1;
        conjunction_skip(conjunction, leader->cursor.first_possible);
        if (conjunction->position >= end)
            return 1;
        if (budget->required == 0 || !skip_by_bounds(conjunction, budget, end))
            break;
        const int late = deadline_check(conjunction->context->plan->deadline, DEADLINE_SKIP, error);
        if (late)
            return late;
    }
    const int status = list_take(leader, batch, conjunction->position, end, error);
    conjunction->position = leader->cursor.last < end ? leader->cursor.last + 1 : end;
    return status;
}

static int score_leader(struct conjunction *conjunction, struct batch *batch, struct budget *budget,
                        struct trawl_error *error)
{
    const int status = list_score_origins(conjunction->lists[0].list, batch, error);
    batch_keep(batch, needed_after(budget, conjunction->lists[0].bound));
    return status;
}

/* Does scoring the leader before all else drop anything? */
static int scores_first(const struct conjunction *conjunction, const struct budget *budget)
{
    return budget->required > budget->to_come - conjunction->lists[0].bound + conjunction->constant;
}

static int next_by_list(struct conjunction *conjunction, struct batch *batch, struct budget *budget, uint32_t end,
                        struct trawl_error *error)
{
    int status = lead_by_list(conjunction, batch, budget, end, error);
    int unscored = conjunction->lists[0].list->adds;
    if (status || batch->count == 0)
        return status;
    add_constant(conjunction, batch);
    if (unscored && budget->required > 0 && scores_first(conjunction, budget)) {
        status = score_leader(conjunction, batch, budget, error);
        unscored = 0;
    }
    if (!status)
        status = meet_lists(conjunction, 1, batch, budget, error);
    if (!status && unscored)
        status = score_leader(conjunction, batch, budget, error);
    return status ? status : meet_others(conjunction, 0, batch, budget, error);
}

/* -------------------------------------------------------- a matcher leads */

static int make_window(struct conjunction *conjunction, struct trawl_error *error)
{
    if (conjunction->has_window)
        return 0;
    conjunction->has_window = 1;
    const struct match_context *context = conjunction->context;
    const int status = window_init(&conjunction->window, WINDOW_SMALL, context->scored, context->arena, error);
    conjunction->window.deadline = context->plan->deadline;
    return status;
}

/* Fills the window with the leader's next documents, unless bounds tell that none of them can enter. */
static int next_window(struct conjunction *conjunction, uint32_t end, uint32_t required, struct trawl_error *error)
{
    struct window *window = &conjunction->window;
    const uint32_t first = conjunction->position;
    window_move(window, first, end - first > window->capacity ? first + window->capacity : end);
    conjunction->position = window->end;
    if (required > 0 && set_bounds(conjunction, first, window->end - 1) < required)
        return window_check(window, error);
    const int status = matcher_fill(conjunction->required[0].matcher, window, error);
    return status ? status : window_check(window, error);
}

/* -> 0, 1 at the end, or negative */
static int lead_by_window(struct conjunction *conjunction, struct batch *batch, uint32_t end, uint32_t required,
                          struct trawl_error *error)
{
    int status = make_window(conjunction, error);
    if (status)
        return status;
    window_take(&conjunction->window, batch, 0);
    while (batch->count == 0) {
        status = conjunction->position < end ? next_window(conjunction, end, required, error) : 1;
        if (status)
            return status;
        window_take(&conjunction->window, batch, 0);
    }
    return 0;
}

static int next_by_window(struct conjunction *conjunction, struct batch *batch, struct budget *budget, uint32_t end,
                          struct trawl_error *error)
{
    int status = lead_by_window(conjunction, batch, end, budget->required, error);
    if (status)
        return status;
    add_constant(conjunction, batch);
    if (budget->required > 0) {
        const uint32_t last = batch->documents[batch->count - 1];
        budget->to_come = set_bounds(conjunction, batch->documents[0], last) - conjunction->constant;
        batch_keep(batch, needed_after(budget, conjunction->required[0].bound));
    }
    status = meet_lists(conjunction, 0, batch, budget, error);
    return status ? status : meet_others(conjunction, 1, batch, budget, error);
}

int conjunction_next(struct conjunction *conjunction, struct batch *batch, uint32_t end, uint32_t required,
                     struct trawl_error *error)
{
    struct budget budget = {.required = required};
    return conjunction->window_leads ? next_by_window(conjunction, batch, &budget, end, error)
                                     : next_by_list(conjunction, batch, &budget, end, error);
}
