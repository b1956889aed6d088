#include "src/match/phrase.h"

#include <string.h>

#include "src/match/phrase_pairs.h"

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

static int open_filter(struct phrase *phrase, struct phrase_reader *reader, const struct term_entry *entry,
                       struct trawl_error *error)
{
    const struct match_context *context = phrase->context;
    struct list *filter = &phrase->filters[phrase->filter_count++];
    /* block bounds know tf and length of the term in the whole field, and one term's tf says nothing of sloppy matches */
    const struct list_options options = {
        .scorer = phrase->scorer, .loose = phrase->in_body || phrase->slop > 0, .map = context->map};
    reader->filter = filter;
    return list_open(filter, context->segment, entry, &options, context->arena, error);
}

static int open_reader(struct phrase *phrase, const struct term_entry *entry, struct trawl_error *error)
{
    const struct match_context *context = phrase->context;
    const struct list_options options = {.map = context->map};
    return list_open(&phrase->readers[phrase->reader_count++].list, context->segment, entry, &options, context->arena,
                     error);
}

static int open_readers(struct phrase *phrase, const struct plan_node *node, struct trawl_error *error)
{
    for (uint32_t i = 0; i < node->word_count; i++) {
        const struct term_entry *entry = &node->words[i].entries[phrase->context->segment_number];
        const uint32_t number = number_list(node, phrase, i);
        phrase->words[i] = (struct phrase_word){.offset = node->words[i].offset, .term = number};
        const int is_new = number == phrase->list_count;
        phrase->list_count += (uint32_t)is_new;
        const int status = is_new ? open_reader(phrase, entry, error) : 0;
        if (status)
            return status;
        phrase->readers[number].words++;
        phrase->readers[number].offset = node->words[i].offset;
    }
    return 0;
}

/* Is word `number` in a pair that has a list, wherever it stands in the phrase? */
static int is_in_pair(const struct phrase *phrase, const struct plan_pair *pairs, uint32_t number)
{
    for (uint32_t i = 0; pairs && i + 1 < phrase->word_count; i++)
        if (pairs[i].is_known && (phrase->words[i].term == number || phrase->words[i + 1].term == number))
            return 1;
    return 0;
}

static int is_pair_before(const struct phrase *phrase, uint32_t pair)
{
    const struct phrase_word *words = phrase->words;
    for (uint32_t i = 0; i < pair; i++)
        if (words[i].term == words[pair].term && words[i + 1].term == words[pair + 1].term &&
            words[i + 1].offset == words[i].offset + 1)
            return 1;
    return 0;
}

/* The lists that must meet: of pairs, and of words that are in none. */
static int open_filters(struct phrase *phrase, const struct plan_node *node, struct trawl_error *error)
{
    const size_t segment = phrase->context->segment_number;
    const struct plan_pair *pairs = pairs_of(node, segment);
    uint32_t lists = 0;
    int status = 0;
    for (uint32_t i = 0; i < node->word_count && !status; i++) {
        const int is_first = phrase->words[i].term == lists;
        lists += (uint32_t)is_first;
        if (is_first && !is_in_pair(phrase, pairs, phrase->words[i].term))
            status = open_filter(phrase, &phrase->readers[lists - 1], &node->words[i].entries[segment], error);
    }
    for (uint32_t i = 0; pairs && i + 1 < node->word_count && !status; i++) {
        if (!pairs[i].is_known || is_pair_before(phrase, i))
            continue;
        struct phrase_reader *reader = &phrase->readers[phrase->reader_count];
        status = phrase->scored ? open_reader(phrase, &pairs[i].entry, error) : 0;
        if (!status)
            status = open_filter(phrase, reader, &pairs[i].entry, error);
    }
    return status;
}

/* Occurrences in a document that has the word, on the average. */
static double mean_tf(const struct phrase *phrase, uint32_t number)
{
    const struct term_entry *entry = &phrase->readers[number].list.cursor.entry;
    return (double)entry->cf / entry->df;
}

static void order_lists(struct phrase *phrase)
{
    for (uint32_t i = 0; i < phrase->list_count; i++) {
        uint32_t at = i;
        for (; at > 0 && mean_tf(phrase, phrase->order[at - 1]) > mean_tf(phrase, i); at--)
            phrase->order[at] = phrase->order[at - 1];
        phrase->order[at] = i;
    }
}

static void set_maximum(struct phrase *phrase)
{
    phrase->maximum = bm25_maximum(&phrase->scorer);
    for (uint32_t i = 0; i < phrase->filter_count; i++)
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
        node->field->in_body && !snapshot_segment_is_plain(context->plan->snapshot, context->segment_number);
    phrase->filters = arena_alloc(arena, 2 * words * sizeof *phrase->filters);
    phrase->readers = arena_alloc_zero(arena, 2 * words, sizeof *phrase->readers);
    phrase->order = arena_alloc(arena, words * sizeof *phrase->order);
    phrase->words = arena_alloc(arena, words * sizeof *phrase->words);
    if (!phrase->filters || !phrase->readers || !phrase->words || !phrase->order)
        return error_memory(error);
    if (phrase->scored)
        phrase->scorer = (struct scorer){.weight = node->weight, .multiplicity = 1, .norms = node->field->norms};
    int status = 0;
    if (phrase->scored)
        status = snapshot_length_codes(&phrase->scorer.codes, context->plan->snapshot, context->segment_number,
                                       node->field->number, error);
    if (!status)
        status = open_readers(phrase, node, error);
    if (!status)
        status = open_filters(phrase, node, error);
    if (status)
        return status;
    set_maximum(phrase);
    order_lists(phrase);
    return 0;
}

uint32_t phrase_range_bound(struct phrase *phrase, uint32_t from, uint32_t to)
{
    uint32_t bound = phrase->maximum;
    for (uint32_t i = 0; i < phrase->filter_count && bound > 0; i++) {
        const uint32_t word = list_range_bound(&phrase->filters[i], from, to);
        bound = word < bound ? word : bound;
    }
    return bound;
}
