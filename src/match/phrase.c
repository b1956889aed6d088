#include "src/match/phrase.h"

#include <string.h>

/* ------------------------------------------------------------------ opening */

/* The number of the list for word `number`: that of an equal word before it, else a new one. */
static uint32_t number_list(const struct plan_node *node, const struct phrase *phrase, uint32_t number)
{
    const struct plan_word *word = &node->words[number];
    for (uint32_t i = 0; i < number; i++)
        if (node->words[i].length == word->length && memcmp(node->words[i].bytes, word->bytes, word->length) == 0)
            return phrase->words[i].term;
    return phrase->list_count;
}

static int open_list(struct phrase *phrase, const struct plan_word *word, struct trawl_error *error)
{
    const struct match_context *context = phrase->context;
    const struct term_entry *entry = &word->entries[context->segment_number];
    /* block bounds know tf and length of the term in the whole field, and one term's tf says nothing of sloppy matches */
    const struct list_options filter = {
        .scorer = phrase->scorer, .loose = phrase->in_body || phrase->slop > 0, .map = context->map};
    const struct list_options reader = {.map = context->map};
    const uint32_t number = phrase->list_count++;
    const int status =
        list_open(&phrase->filters[number], context->segment, entry, &filter, context->arena, error);
    return status ? status
                  : list_open(&phrase->readers[number].list, context->segment, entry, &reader, context->arena, error);
}

static int open_lists(struct phrase *phrase, const struct plan_node *node, struct trawl_error *error)
{
    for (uint32_t i = 0; i < node->word_count; i++) {
        const uint32_t number = number_list(node, phrase, i);
        phrase->words[i] = (struct phrase_word){.offset = node->words[i].offset, .term = number};
        const int status = number == phrase->list_count ? open_list(phrase, &node->words[i], error) : 0;
        if (status)
            return status;
    }
    return 0;
}

static void set_maximum(struct phrase *phrase)
{
    phrase->maximum = bm25_maximum(&phrase->scorer);
    for (uint32_t i = 0; i < phrase->list_count; i++)
        if (phrase->filters[i].maximum < phrase->maximum)
            phrase->maximum = phrase->filters[i].maximum;
}

int phrase_open(struct phrase *phrase, const struct plan_node *node, const struct match_context *context,
                struct trawl_error *error)
{
    const size_t words = node->word_count;
    struct arena *arena = context->arena;
    *phrase = (struct phrase){.context = context, .slop = node->slop, .word_count = node->word_count};
    phrase->scored = context->scored && node->scored;
    phrase->in_body =
        node->field->is_part && !snapshot_segment_is_plain(context->plan->snapshot, context->segment_number);
    phrase->filters = arena_alloc(arena, words * sizeof *phrase->filters);
    phrase->readers = arena_alloc(arena, words * sizeof *phrase->readers);
    phrase->words = arena_alloc(arena, words * sizeof *phrase->words);
    if (!phrase->filters || !phrase->readers || !phrase->words)
        return error_memory(error);
    if (phrase->scored)
        phrase->scorer = (struct scorer){.weight = node->weight, .multiplicity = 1, .norms = node->field->norms};
    int status = 0;
    if (phrase->scored)
        status = snapshot_length_codes(&phrase->scorer.codes, context->plan->snapshot, context->segment_number,
                                       node->field->number, error);
    if (!status)
        status = open_lists(phrase, node, error);
    if (!status)
        set_maximum(phrase);
    return status;
}

uint32_t phrase_range_bound(struct phrase *phrase, uint32_t from, uint32_t to)
{
    uint32_t bound = phrase->maximum;
    for (uint32_t i = 0; i < phrase->list_count && bound > 0; i++) {
        const uint32_t word = list_range_bound(&phrase->filters[i], from, to);
        bound = word < bound ? word : bound;
    }
    return bound;
}
