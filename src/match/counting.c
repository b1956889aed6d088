#include "src/match/counting.h"

#include "src/match/conjunction.h"
#include "src/match/count_costs.h"
#include "src/match/list_fill.h"
#include "src/match/list_steps.h"

/* Bits of a window: they fill half of a small first-level cache. */
enum { COUNT_WINDOW = 1 << 17 };

struct counter {
    const struct match_context *context;
    struct collector *collector;
    struct conjunction *scorer; /* NULL: only counting */
    uint64_t count;
};

/* ------------------------------------------------------------------- windows */

/* An empty window that one after the other can be moved to where `next` says. */
static int open_window(struct window *window, const struct counter *counter, struct trawl_error *error)
{
    const struct match_context *context = counter->context;
    const uint32_t whole = (context->end - context->first + 63) / 64 * 64;
    const int status = window_init(window, whole < COUNT_WINDOW ? whole : COUNT_WINDOW, 0, context->arena, error);
    window->end = context->first;
    window->deadline = context->plan->deadline;
    return status;
}

/* -> 1 when there is none left */
static int next_window(struct window *window, const struct counter *counter)
{
    const uint32_t first = window->end, end = counter->context->end, left = end - first;
    if (left == 0)
        return 1;
    window_move(window, first, left < window->capacity ? end : first + window->capacity);
    return 0;
}

static void drop_deleted(struct window *window, const struct segment *segment)
{
    const uint32_t words = (window->end - window->first + 63) / 64;
    for (uint32_t i = 0; segment->deleted && i < words; i++)
        window->bits[i] &= ~segment->deleted[window->first / 64 + i];
}

/* The largest list among the choices, if it has any, that is poured in document by document; part_count: there is none, or
 * deleted documents have to be told from its own. */
static uint32_t choice_to_fill_last(const struct matcher *matcher, const struct counter *counter)
{
    uint32_t last = matcher->part_count;
    for (uint32_t i = 0; i < matcher->part_count && !counter->context->segment->deleted; i++) {
        const struct matcher *part = matcher->parts[i];
        if (part->kind == MATCHER_LIST && !postings_cursor_is_dense(&part->list->cursor) &&
            (last == matcher->part_count || part->list->df > matcher->parts[last]->list->df))
            last = i;
    }
    return last;
}

static int fill_all(struct counter *counter, struct matcher *matcher, uint32_t last, struct window *window,
                    struct trawl_error *error)
{
    int status = 0;
    if (last == matcher->part_count)
        return matcher_fill(matcher, window, error);
    for (uint32_t i = 0; i < matcher->part_count && !status; i++) {
        if (i != last)
            status = matcher_fill(matcher->parts[i], window, error);
        if (!status)
            status = window_check(window, error);
    }
    return status ? status : list_fill_last(&counter->count, matcher->parts[last]->list, window, error);
}

static int count_by_windows(struct counter *counter, struct matcher *matcher, struct trawl_error *error)
{
    struct window window;
    const uint32_t last = choice_to_fill_last(matcher, counter);
    int status = open_window(&window, counter, error);
    while (!status && !next_window(&window, counter)) {
        status = fill_all(counter, matcher, last, &window, error);
        drop_deleted(&window, counter->context->segment);
        counter->count += window_count(&window);
        if (!status)
            status = window_check(&window, error);
    }
    return status;
}

/* -------------------------------------------------------------------- choices */

/* The most frequent of the choices, if all are lists and looking for the others'
 * documents in it costs less than going through it; else part_count. */
static uint32_t choice_to_probe(const struct matcher *any, const struct counter *counter)
{
    uint32_t largest = 0;
    const uint32_t documents = counter->context->segment->documents;
    uint64_t others = 0;
    if (counter->context->segment->deleted) /* its own documents could not be told from deleted ones */
        return any->part_count;
    for (uint32_t i = 0; i < any->part_count; i++) {
        if (any->parts[i]->kind != MATCHER_LIST)
            return any->part_count;
        others += any->parts[i]->list->df;
        if (any->parts[i]->list->df > any->parts[largest]->list->df)
            largest = i;
    }
    const struct list *list = any->parts[largest]->list;
    others -= list->df;
    const uint64_t fill = count_fill_cost(list, documents);
    const uint64_t probe = count_probe_cost(list, others) + others * COST_CANDIDATE;
    return probe < fill ? largest : any->part_count;
}

/* Counts what is in the window but not in the list. */
static int count_without(struct counter *counter, struct window *window, struct list *list, struct trawl_error *error)
{
    struct batch batch;
    for (;;) {
        window_take(window, &batch, 0);
        if (batch.count == 0)
            return 0;
        counter->count += batch.count;
        int status = list_filter(list, &batch, 0, error);
        if (!status)
            status = deadline_check(window->deadline, DEADLINE_BLOCK, error);
        if (status)
            return status;
        counter->count -= batch.count;
    }
}

/* What is known of the whole segment counts with its beginning. */
static uint64_t of_whole(const struct counter *counter, uint64_t count)
{
    return counter->context->first == 0 ? count : 0;
}

/* All of list `number`, and what the others have beside it. */
static int count_beside(struct counter *counter, const struct matcher *any, uint32_t number, struct trawl_error *error)
{
    struct list *list = any->parts[number]->list;
    struct window window;
    int status = open_window(&window, counter, error);
    counter->count += of_whole(counter, list->df);
    while (!status && !next_window(&window, counter)) {
        for (uint32_t i = 0; i < any->part_count && !status; i++) {
            if (i != number)
                status = list_fill(any->parts[i]->list, &window, error);
            if (!status)
                status = window_check(&window, error);
        }
        if (!status)
            status = count_without(counter, &window, list, error);
    }
    return status;
}

static int count_choice(struct counter *counter, struct matcher *any, struct trawl_error *error)
{
    const uint32_t largest = choice_to_probe(any, counter);
    return largest < any->part_count ? count_beside(counter, any, largest, error)
                                     : count_by_windows(counter, any, error);
}

/* --------------------------------------------------------------- conjunctions */

static int is_of_lists(const struct conjunction *conjunction)
{
    return conjunction->list_count > 0 &&
           conjunction->phrase_count + conjunction->required_count + conjunction->excluded_count == 0;
}

/* Do the rarest list's documents, looked for in the others, cost less than whole lists, ANDed in windows? */
int count_is_by_batches(const struct conjunction *conjunction, const struct match_context *context)
{
    const uint32_t documents = context->segment->documents;
    if (!is_of_lists(conjunction))
        return 1;
    uint64_t fill = 0, probe = conjunction->lists[0].list->cursor.block_count * (uint64_t)COST_DECODE;
    for (uint32_t i = 0; i < conjunction->list_count; i++)
        fill += count_fill_cost(conjunction->lists[i].list, documents) + documents / 64;
    for (uint32_t i = 1; i < conjunction->list_count; i++) /* each list is taken to leave half of the candidates */
        probe += count_probe_cost(conjunction->lists[i].list, conjunction->lists[0].list->df >> (i - 1));
    return probe <= fill;
}

/* Counts a batch of matches, and has them scored. */
static int count_batch(struct counter *counter, struct batch *batch, struct trawl_error *error)
{
    struct collector *collector = counter->collector;
    collector_drop_deleted(counter->context->segment, batch);
    counter->count += batch->count;
    if (!counter->scorer || batch->count == 0)
        return deadline_check(collector->deadline, DEADLINE_BLOCK, error);
    const int status = conjunction_filter(counter->scorer, batch, collector_required(collector), error);
    return status ? status : collector_add(collector, batch, error);
}

/* Keeps what the list has, too. `one`: an empty window of the same documents. */
static int keep_meet(struct window *meet, struct window *one, struct list *list, struct trawl_error *error)
{
    if (postings_cursor_is_dense(&list->cursor)) {
        postings_cursor_and_dense(&list->cursor, meet->bits, meet->first, meet->end);
        return 0;
    }
    const int status = list_fill(list, one, error);
    for (size_t word = 0; word < bitset_words(meet->end - meet->first); word++) {
        meet->bits[word] &= one->bits[word];
        one->bits[word] = 0;
    }
    return status;
}

static int fill_meet(struct window *meet, struct window *one, const struct conjunction *conjunction,
                     struct trawl_error *error)
{
    int status = list_fill(conjunction->lists[0].list, meet, error);
    for (uint32_t i = 1; i < conjunction->list_count && !status; i++) {
        status = keep_meet(meet, one, conjunction->lists[i].list, error);
        if (!status)
            status = window_check(meet, error);
    }
    return status;
}

static int count_meet(struct counter *counter, const struct conjunction *conjunction, struct trawl_error *error)
{
    struct window meet, one;
    int status = open_window(&meet, counter, error);
    if (!status)
        status = open_window(&one, counter, error);
    while (!status && !next_window(&meet, counter) && !next_window(&one, counter)) {
        status = fill_meet(&meet, &one, conjunction, error);
        drop_deleted(&meet, counter->context->segment);
        counter->count += window_count(&meet);
        if (!status)
            status = window_check(&meet, error);
    }
    return status;
}

static int count_conjunction(struct counter *counter, struct conjunction *conjunction, struct trawl_error *error)
{
    struct batch batch;
    int status;
    if (!count_is_by_batches(conjunction, counter->context))
        return count_meet(counter, conjunction, error);
    conjunction_skip(conjunction, counter->context->first);
    while ((status = conjunction_next(conjunction, &batch, counter->context->end, 0, error)) == 0) {
        status = count_batch(counter, &batch, error);
        if (status)
            break;
    }
    return status < 0 ? status : 0;
}

/* ----------------------------------------------------------------- any matcher */

static int count_any_kind(struct counter *counter, struct matcher *matcher, struct trawl_error *error)
{
    const struct segment *segment = counter->context->segment;
    switch (matcher->kind) {
    case MATCHER_NOTHING:
        return 0;
    case MATCHER_ALL:
        counter->count = of_whole(counter, segment->live);
        return 0;
    case MATCHER_FIELD:
        return count_by_windows(counter, matcher, error);
    case MATCHER_LIST:
        if (segment->deleted)
            return count_by_windows(counter, matcher, error);
        counter->count = of_whole(counter, matcher->list->df);
        return 0;
    case MATCHER_ANY:
        return count_choice(counter, matcher, error);
    case MATCHER_CONJUNCTION:
        return count_conjunction(counter, matcher->conjunction, error);
    }
    return 0;
}

int count_matches(uint64_t *count, struct matcher *matcher, const struct match_context *context,
                  struct collector *collector, struct trawl_error *error)
{
    struct counter counter = {.context = context, .collector = collector};
    const int status = count_any_kind(&counter, matcher, error);
    *count = counter.count;
    return status;
}

int count_and_score(uint64_t *count, struct conjunction *conjunction, struct conjunction *scorer,
                    const struct match_context *context, struct collector *collector, struct trawl_error *error)
{
    struct counter counter = {.context = context, .collector = collector, .scorer = scorer};
    const int status = count_conjunction(&counter, conjunction, error);
    *count = counter.count;
    return status;
}
