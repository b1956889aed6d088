#include "src/match/phrase_prefix.h"

#include <string.h>

#include "src/match/build_leaf.h"
#include "src/match/conjunction.h"
#include "src/match/phrase_pairs.h"
#include "src/match/prefix.h"
#include "src/util/memory.h"

/* The phrase with one term after the other. */
struct runs {
    struct plan *plan;
    struct tf_sums *sums;    /* by segment */
    struct plan_node phrase; /* with the term at hand */
    struct plan_word *last;  /* that term, among the phrase's words */
    struct block_map *map;
    struct arena arena;      /* of one term */
};

/* ------------------------------------------------------- one term, one segment */

/* The phrase is a pair that has a list. */
static int sum_list(struct tf_sums *sums, struct list *list, struct deadline *deadline, struct trawl_error *error)
{
    const struct postings_cursor *cursor = &list->cursor;
    int status = 0;
    while (!status && !cursor->at_end) {
        status = list_frequencies(list, error);
        for (uint32_t i = 0; i < cursor->count && !status; i++)
            tf_sums_add(sums, cursor->documents[i], cursor->frequencies[i]);
        if (!status)
            status = deadline_check(deadline, cursor->count, error);
        if (!status)
            status = list_next(list, error);
    }
    return status;
}

static int sum_batch(struct tf_sums *sums, struct phrase *phrase, struct batch *batch, struct trawl_error *error)
{
    uint32_t tfs[BATCH_SIZE];
    const int status = phrase_count_all(tfs, phrase, batch, error);
    for (uint32_t i = 0; i < batch->count && !status; i++)
        tf_sums_add(sums, batch->documents[i], tfs[i]);
    return status;
}

/* `words`: the phrase's conjunction. */
static int sum_phrase(struct tf_sums *sums, struct conjunction *words, struct deadline *deadline, struct trawl_error *error)
{
    struct phrase *const phrase = words->phrases[0].phrase;
    struct batch batch;
    int status;
    words->phrase_count = 0; /* it is asked here: not whether, but how often */
    while ((status = conjunction_next(words, &batch, sums->segment->documents, 0, error)) == 0) {
        status = sum_batch(sums, phrase, &batch, error);
        if (!status)
            status = deadline_check(deadline, DEADLINE_BLOCK, error);
        if (status)
            return status;
    }
    return status < 0 ? status : 0;
}

static int sum_segment(struct runs *runs, size_t number, struct trawl_error *error)
{
    struct plan *plan = runs->plan;
    const struct match_context context = {.plan = plan,
                                          .segment_number = number,
                                          .segment = plan->snapshot->segments[number],
                                          .scored = 1,
                                          .map = runs->map,
                                          .arena = &runs->arena};
    struct matcher *matcher;
    const int status = build_leaf(&matcher, &runs->phrase, &context, error);
    if (status || matcher->kind == MATCHER_NOTHING)
        return status;
    return matcher->kind == MATCHER_LIST ? sum_list(&runs->sums[number], matcher->list, plan->deadline, error)
                                         : sum_phrase(&runs->sums[number], matcher->conjunction, plan->deadline, error);
}

/* ------------------------------------------------------------------- all terms */

static int sum_term(struct runs *runs, const struct expansion *term, struct trawl_error *error)
{
    const struct plan *plan = runs->plan;
    const size_t segments = plan->snapshot->segment_count;
    struct plan_word *last = runs->last;
    arena_reset(&runs->arena);
    last->bytes = term->bytes;
    last->length = term->length;
    last->entries = arena_alloc(&runs->arena, segments * sizeof *last->entries);
    int status = last->entries ? 0 : error_memory(error);
    for (size_t i = 0; i < segments && !status; i++)
        status = plan_find_term(&last->entries[i], plan, i, runs->phrase.field, term->bytes, term->length, error);
    if (!status)
        status = pairs_plan(&runs->phrase, plan, &runs->arena, error);
    for (size_t i = 0; i < segments && !status; i++) {
        status = last->entries[i].df ? sum_segment(runs, i, error) : 0;
        if (!status)
            status = deadline_check(plan->deadline, DEADLINE_TERM, error);
    }
    return status;
}

/* `node`: with the words before the last. Its copy counts all occurrences, but adds no units. */
static int sum_terms(struct plan_node *node, struct tf_sums *sums, const struct expansions *found, struct trawl_error *error)
{
    struct plan *plan = found->plan;
    struct runs runs = {.plan = plan, .sums = sums, .phrase = *node};
    int status = 0;
    runs.phrase.scored = 1;
    runs.phrase.words = arena_copy(plan->arena, node->words, node->word_count * sizeof *node->words);
    runs.map = arena_alloc_zero(plan->arena, 1, sizeof *runs.map);
    if (!runs.phrase.words || !runs.map)
        return error_memory(error);
    runs.last = &runs.phrase.words[node->word_count - 1];
    arena_init(&runs.arena);
    for (size_t i = 0; i < found->count && !status; i++)
        status = sum_term(&runs, &found->list[i], error);
    arena_release(&runs.arena);
    return status;
}

/* In how many documents the prefix stands, as a word of the phrase. */
static int find_prefix(struct plan_node *node, struct tf_sums *sums, const struct expansions *found,
                       struct trawl_error *error)
{
    const size_t segments = found->plan->snapshot->segment_count;
    struct plan_word *prefix = &node->words[node->word_count - 1];
    int status = 0;
    *prefix = (struct plan_word){
        .bytes = found->prefix->bytes, .length = found->prefix->length, .offset = found->prefix->offset};
    for (size_t i = 0; i < segments && !status; i++) {
        status = prefix_sum(&sums[i], found, i, error);
        prefix->df += status ? 0 : tf_sums_count(&sums[i]);
        tf_sums_clear(&sums[i]);
    }
    prefix->idf = bm25_idf(prefix->df, node->field->statistics.documents);
    node->idf += prefix->idf;
    return status;
}

static int list_sums(struct plan_node *node, const struct tf_sums *sums, const struct plan *plan, struct trawl_error *error)
{
    const size_t segments = plan->snapshot->segment_count;
    int status = 0;
    node->postings = arena_alloc_zero(plan->arena, segments ? segments : 1, sizeof *node->postings);
    if (!node->postings)
        return error_memory(error);
    for (size_t i = 0; i < segments && !status; i++) {
        status = tf_sums_list(&node->postings[i], &sums[i], plan->arena, error);
        node->df += node->postings[i].count;
    }
    return status;
}

static int plan_with(struct plan_node *node, struct tf_sums *sums, const struct expansions *found, struct trawl_error *error)
{
    int status = find_prefix(node, sums, found, error);
    node->df = 0;
    if (!status && node->words[node->word_count - 1].df == 0)
        node->kind = QUERY_NOTHING;
    if (status || node->kind == QUERY_NOTHING)
        return status;
    status = sum_terms(node, sums, found, error);
    node->kind = QUERY_PREFIX;
    return status ? status : list_sums(node, sums, found->plan, error);
}

int phrase_prefix_plan(struct plan_node *node, struct plan *plan, struct trawl_error *error)
{
    const size_t segments = plan->snapshot->segment_count;
    struct expansions found;
    struct tf_sums *sums = memory_alloc_zero(segments ? segments : 1, sizeof *sums);
    expansions_init(&found, plan, node);
    int status = sums ? expansions_find(&found, error) : error_memory(error);
    for (size_t i = 0; i < segments && !status; i++)
        status = tf_sums_init(&sums[i], plan->snapshot->segments[i], error);
    if (!status)
        status = plan_with(node, sums, &found, error);
    for (size_t i = 0; sums && i < segments; i++)
        tf_sums_release(&sums[i]);
    memory_free(sums);
    expansions_release(&found);
    return status;
}
