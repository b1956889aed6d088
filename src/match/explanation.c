/* How one document scored: the plan's tree, each node asked by itself. */
#include "src/match/match.h"

#include "index/format/lengths.h"
#include "src/match/build.h"
#include "src/match/list_steps.h"
#include "src/match/phrase.h"

struct explainer {
    struct plan plan;
    struct match_context context;
    uint32_t document;
};

/* -------------------------------------------------------- term frequencies */

static int list_tf(uint32_t *tf, const struct explainer *explainer, const struct list_options *options,
                   const struct plan_node *leaf, struct trawl_error *error)
{
    const struct match_context *context = &explainer->context;
    struct list list;
    const int status =
        leaf->kind == QUERY_PREFIX
            ? list_open_memory(&list, &leaf->postings[context->segment_number], options, context->arena, error)
            : list_open(&list, context->segment, &leaf->words[0].entries[context->segment_number], options,
                        context->arena, error);
    return status ? status : list_find(tf, &list, explainer->document, error);
}

static int phrase_tf(uint32_t *tf, const struct explainer *explainer, const struct plan_node *leaf,
                     struct trawl_error *error)
{
    struct phrase phrase;
    const int status = phrase_open(&phrase, leaf, &explainer->context, error);
    return status ? status : phrase_count(tf, &phrase, explainer->document, error);
}

/* Of a leaf that matches. */
static int leaf_tf(uint32_t *tf, const struct explainer *explainer, const struct plan_node *leaf,
                   struct trawl_error *error)
{
    const struct match_context *context = &explainer->context;
    const struct list_options options = {.map = context->map};
    const int in_body =
        leaf->field->in_body && !snapshot_segment_is_plain(context->plan->snapshot, context->segment_number);
    if (leaf->kind == QUERY_PHRASE || (leaf->kind == QUERY_TERM && in_body))
        return phrase_tf(tf, explainer, leaf, error);
    return list_tf(tf, explainer, &options, leaf, error);
}

/* --------------------------------------------------------------------- nodes */

static int explain_words(struct match_explanation *explanation, const struct explainer *explainer,
                         const struct plan_node *phrase, struct trawl_error *error)
{
    explanation->words = arena_alloc_zero(explainer->context.arena, phrase->word_count, sizeof *explanation->words);
    if (!explanation->words)
        return error_memory(error);
    for (uint32_t i = 0; i < phrase->word_count; i++)
        explanation->words[i] = (struct match_word){.df = phrase->words[i].df, .idf = phrase->words[i].idf};
    return 0;
}

static int explain_leaf(struct match_explanation *explanation, struct explainer *explainer, const struct plan_node *leaf,
                        struct trawl_error *error)
{
    const struct match_context *context = &explainer->context;
    const uint8_t *codes;
    explanation->idf = leaf->idf;
    explanation->weight = (float)(leaf->boost * leaf->idf);
    if (!leaf->field)
        return 0;
    const int is_phrase = leaf->query->kind == QUERY_PHRASE; /* or nothing, for want of a word */
    explanation->df = is_phrase ? 0 : leaf->df;
    explanation->documents = leaf->field->statistics.documents;
    explanation->average_length = (float)leaf->field->average_length;
    int status = is_phrase ? explain_words(explanation, explainer, leaf, error) : 0;
    if (!status)
        status = snapshot_length_codes(&codes, context->plan->snapshot, context->segment_number, leaf->field->number, error);
    if (status)
        return status;
    explanation->length = length_decode(codes[explainer->document]);
    return explanation->matches && leaf->kind != QUERY_FIELD ? leaf_tf(&explanation->tf, explainer, leaf, error) : 0;
}

/* Does the node match the document, and with how many units? */
static int ask(struct match_explanation *explanation, struct explainer *explainer, const struct plan_node *node,
               struct trawl_error *error)
{
    struct batch batch = {.count = 1, .documents = {explainer->document}};
    uint8_t flags[BATCH_SIZE] = {0};
    struct matcher *matcher;
    int status = build_matcher(&matcher, node, &explainer->context, error);
    if (!status)
        status = matcher_mark(matcher, &batch, flags, error);
    explanation->matches = flags[0];
    explanation->score = flags[0] ? plan_score(&explainer->plan, batch.units[0]) : 0.0f;
    return status;
}

static int explain_node(struct match_explanation *explanation, struct explainer *explainer, const struct plan_node *node,
                        struct trawl_error *error)
{
    explanation->node = node->query;
    int status = ask(explanation, explainer, node, error);
    if (status || node->kind != QUERY_BOOLEAN)
        return status ? status : explain_leaf(explanation, explainer, node, error);
    explanation->child_count = node->query->clause_count; /* the plan may have one more, for all documents */
    explanation->children = arena_alloc_zero(explainer->context.arena, (size_t)explanation->child_count + 1,
                                             sizeof *explanation->children);
    if (!explanation->children)
        return error_memory(error);
    for (uint32_t i = 0; i < explanation->child_count && !status; i++)
        status = explain_node(&explanation->children[i], explainer, node->clauses[i].node, error);
    return status;
}

int match_explain(struct match_explanation **explanation, struct snapshot *snapshot, struct query *query,
                  const struct match_options *options, uint32_t segment, uint32_t document, struct arena *arena,
                  struct trawl_error *error)
{
    struct explainer explainer = {.document = document};
    *explanation = arena_alloc_zero(arena, 1, sizeof **explanation);
    struct block_map *map = arena_alloc_zero(arena, 1, sizeof *map);
    if (!*explanation || !map)
        return error_memory(error);
    const int status = plan_make(&explainer.plan, snapshot, query, options, 0, arena, error);
    if (status)
        return status;
    explainer.context = (struct match_context){.plan = &explainer.plan,
                                               .segment_number = segment,
                                               .segment = snapshot->segments[segment],
                                               .scored = 1,
                                               .map = map,
                                               .arena = arena};
    return explain_node(*explanation, &explainer, explainer.plan.root, error);
}
