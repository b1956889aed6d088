#include "src/match/build_leaf.h"

#include <string.h>

#include "src/match/conjunction.h"
#include "src/match/phrase_pairs.h"

int build_new(struct matcher **matcher, enum matcher_kind kind, const struct match_context *context,
              struct trawl_error *error)
{
    *matcher = arena_alloc_zero(context->arena, 1, sizeof **matcher);
    if (!*matcher)
        return error_memory(error);
    (*matcher)->kind = kind;
    return 0;
}

int build_is_same_leaf(const struct matcher *a, const struct matcher *b)
{
    if (a->kind != MATCHER_LIST || b->kind != MATCHER_LIST)
        return 0;
    const struct plan_node *left = a->leaf, *right = b->leaf;
    if (left->kind != QUERY_TERM || right->kind != QUERY_TERM)
        return 0;
    if (left->field != right->field || left->boost < right->boost || left->boost > right->boost)
        return 0;
    const struct plan_word *word = &left->words[0], *other = &right->words[0];
    return word->length == other->length && memcmp(word->bytes, other->bytes, word->length) == 0;
}

/* -------------------------------------------------------------------- lists */

static int list_scorer(struct list_options *options, const struct plan_node *node, const struct match_context *context,
                       struct trawl_error *error)
{
    *options = (struct list_options){.map = context->map};
    if (!context->scored || !node->scored)
        return 0;
    options->adds = 1;
    options->scorer = (struct scorer){.weight = node->weight, .multiplicity = 1, .norms = node->field->norms};
    return snapshot_length_codes(&options->scorer.codes, context->plan->snapshot, context->segment_number,
                                 node->field->number, error);
}

/* `entry`: of a TERM, or of the pair that a PHRASE is. */
static int build_list(struct matcher **matcher, const struct plan_node *node, const struct term_entry *entry,
                      const struct match_context *context, struct trawl_error *error)
{
    struct list_options options;
    struct list *list = arena_alloc(context->arena, sizeof *list);
    int status = list ? build_new(matcher, MATCHER_LIST, context, error) : error_memory(error);
    if (!status)
        status = list_scorer(&options, node, context, error);
    if (status)
        return status;
    if (node->kind == QUERY_PREFIX)
        status = list_open_memory(list, &node->postings[context->segment_number], &options, context->arena, error);
    else
        status = list_open(list, context->segment, entry, &options, context->arena, error);
    (*matcher)->leaf = node;
    (*matcher)->list = list;
    (*matcher)->maximum = options.adds ? list->maximum : 0;
    (*matcher)->cost = list->df;
    return status;
}

/* ------------------------------------------------------------------ phrases */

/* The conjunction of the phrase's lists, and then its positions. */
static int phrase_conjunction(struct conjunction **conjunction, struct phrase *phrase,
                              const struct match_context *context, struct trawl_error *error)
{
    struct conjunction *made = *conjunction = arena_alloc_zero(context->arena, 1, sizeof *made);
    if (!made)
        return error_memory(error);
    made->context = context;
    made->phrases = arena_alloc_zero(context->arena, 1, sizeof *made->phrases);
    made->lists = arena_alloc_zero(context->arena, phrase->filter_count, sizeof *made->lists);
    if (!made->phrases || !made->lists)
        return error_memory(error);
    made->phrases[made->phrase_count++].phrase = phrase;
    for (uint32_t i = 0; i < phrase->filter_count; i++)
        made->lists[made->list_count++] = (struct bounded_list){.list = &phrase->filters[i], .phrase = phrase};
    made->maximum = phrase->maximum;
    conjunction_order(made);
    return 0;
}

static int build_phrase(struct matcher **matcher, const struct plan_node *node, const struct match_context *context,
                        struct trawl_error *error)
{
    if (!context->segment->has_positions)
        return error_set(error, TRAWL_ERROR_UNSUPPORTED, "the index keeps no positions, which this query needs");
    struct phrase *phrase = arena_alloc(context->arena, sizeof *phrase);
    int status = phrase ? phrase_open(phrase, node, context, error) : error_memory(error);
    if (!status)
        status = build_new(matcher, MATCHER_CONJUNCTION, context, error);
    if (!status)
        status = phrase_conjunction(&(*matcher)->conjunction, phrase, context, error);
    if (status)
        return status;
    (*matcher)->maximum = phrase->maximum;
    (*matcher)->cost = (*matcher)->conjunction->cost;
    return 0;
}

/* ------------------------------------------------------------------- any leaf */

static int has_all_words(const struct plan_node *node, const struct match_context *context)
{
    for (uint32_t i = 0; i < node->word_count; i++)
        if (node->words[i].entries[context->segment_number].df == 0)
            return 0;
    return 1;
}

/* Two neighbours of a phrase that are never neighbours here. */
static int has_impossible_pair(const struct plan_node *node, const struct match_context *context)
{
    const struct plan_pair *pairs = pairs_of(node, context->segment_number);
    for (uint32_t i = 0; pairs && i + 1 < node->word_count; i++)
        if (pairs[i].is_known && pairs[i].entry.df == 0)
            return 1;
    return 0;
}

static int build_words(struct matcher **matcher, const struct plan_node *node, const struct match_context *context,
                       struct trawl_error *error)
{
    if (!has_all_words(node, context) || has_impossible_pair(node, context))
        return build_new(matcher, MATCHER_NOTHING, context, error);
    const struct snapshot *snapshot = context->plan->snapshot;
    const int in_body = node->field->in_body && !snapshot_segment_is_plain(snapshot, context->segment_number);
    const struct plan_pair *pair = pairs_of(node, context->segment_number);
    if (pair && node->word_count == 2)
        return build_list(matcher, node, &pair->entry, context, error);
    if (node->kind == QUERY_PHRASE || in_body)
        return build_phrase(matcher, node, context, error);
    return build_list(matcher, node, &node->words[0].entries[context->segment_number], context, error);
}

/* All documents, or those with something in the field. `codes`: its lengths, or NULL. */
static int build_all(struct matcher **matcher, const struct plan_node *node, const struct match_context *context,
                     const uint8_t *codes, struct trawl_error *error)
{
    const uint32_t documents = context->segment->documents;
    const int status = build_new(matcher, codes ? MATCHER_FIELD : MATCHER_ALL, context, error);
    if (status)
        return status;
    (*matcher)->codes = codes;
    (*matcher)->maximum = context->scored ? (uint32_t)node->weight : 0; /* excluded: the weight is 0 */
    (*matcher)->cost = codes && node->df < documents ? node->df : documents;
    return 0;
}

static int build_field(struct matcher **matcher, const struct plan_node *node, const struct match_context *context,
                       struct trawl_error *error)
{
    const uint8_t *codes;
    const int status =
        snapshot_length_codes(&codes, context->plan->snapshot, context->segment_number, node->field->number, error);
    return status ? status : build_all(matcher, node, context, codes, error);
}

int build_leaf(struct matcher **matcher, const struct plan_node *node, const struct match_context *context,
               struct trawl_error *error)
{
    switch (node->kind) {
    case QUERY_TERM:
    case QUERY_PHRASE:
        return build_words(matcher, node, context, error);
    case QUERY_PREFIX:
        if (node->postings[context->segment_number].count > 0)
            return build_list(matcher, node, NULL, context, error);
        break;
    case QUERY_ALL:
        return build_all(matcher, node, context, NULL, error);
    case QUERY_FIELD:
        return build_field(matcher, node, context, error);
    case QUERY_BOOLEAN: /* not a leaf */
    case QUERY_NOTHING:
        break;
    }
    return build_new(matcher, MATCHER_NOTHING, context, error);
}
