#include "src/match/phrase.h"

#include <string.h>

#include "src/match/list_steps.h"

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
                  : list_open(&phrase->readers[number], context->segment, entry, &reader, context->arena, error);
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
    phrase->places = arena_alloc(arena, words * sizeof *phrase->places);
    phrase->words = arena_alloc(arena, words * sizeof *phrase->words);
    if (!phrase->filters || !phrase->readers || !phrase->places || !phrase->words)
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

/* ------------------------------------------------------------- one document */

/* Places a reader at the document. -> 0, 1 when it is not there after all, or negative */
static int place_reader(struct phrase *phrase, uint32_t number, uint32_t document, struct trawl_error *error)
{
    struct list *reader = &phrase->readers[number];
    struct postings_cursor *cursor = &reader->cursor;
    int status = list_seek(reader, document, error);
    if (status || cursor->at_end)
        return status ? status : 1;
    status = list_frequencies(reader, error);
    if (status)
        return status;
    const uint32_t place = block_lower_bound(cursor->documents, cursor->count, document);
    phrase->places[number] = place;
    return place < cursor->count && cursor->documents[place] == document ? 0 : 1;
}

static uint32_t reader_tf(const struct phrase *phrase, uint32_t number)
{
    return phrase->readers[number].cursor.frequencies[phrase->places[number]];
}

/* A bound of the number of matches: each sloppy match moves a word on. */
static uint32_t most_matches(const struct phrase *phrase)
{
    uint32_t smallest = UINT32_MAX;
    uint64_t sum = 0;
    for (uint32_t i = 0; i < phrase->word_count; i++) {
        const uint32_t tf = reader_tf(phrase, phrase->words[i].term);
        smallest = tf < smallest ? tf : smallest;
        sum += tf;
    }
    return phrase->slop == 0 ? smallest : sum < UINT32_MAX ? (uint32_t)sum : UINT32_MAX;
}

static int is_out_of_reach(const struct phrase *phrase, uint32_t document, uint32_t needed)
{
    if (needed == 0)
        return 0;
    return bm25_bound(&phrase->scorer, most_matches(phrase), phrase->scorer.codes[document]) < needed;
}

static uint32_t first_at_least(const uint32_t *positions, uint32_t count, uint32_t position)
{
    uint32_t base = 0;
    while (count > 0) {
        const uint32_t half = count / 2;
        if (positions[base + half] < position) {
            base += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return base;
}

/* Leaves those in the body. */
static int clip_to_body(struct phrase_word *word, const struct phrase *phrase, uint32_t document,
                        struct trawl_error *error)
{
    uint32_t start, end;
    const int status = snapshot_body_range(&start, &end, phrase->context->plan->snapshot,
                                           phrase->context->segment_number, document, error);
    if (status)
        return status;
    const uint32_t before = first_at_least(word->positions, word->count, start);
    const uint32_t upto = first_at_least(word->positions, word->count, end);
    word->positions += before;
    word->count = upto > before ? upto - before : 0;
    return 0;
}

/* Reads a word's positions in the document. */
static int read_word(struct phrase_word *word, struct phrase *phrase, uint32_t document, struct trawl_error *error)
{
    const int status = postings_cursor_positions(&phrase->readers[word->term].cursor, phrase->places[word->term],
                                                 &word->positions, &word->count, error);
    return status || !phrase->in_body ? status : clip_to_body(word, phrase, document, error);
}

static int make_room(struct phrase *phrase, uint32_t count, struct trawl_error *error)
{
    if (count <= phrase->start_capacity)
        return 0;
    const uint32_t capacity = count < 64 ? 64 : count > UINT32_MAX / 2 ? UINT32_MAX : 2 * count;
    phrase->starts = arena_alloc(phrase->context->arena, capacity * sizeof *phrase->starts);
    phrase->start_capacity = phrase->starts ? capacity : 0;
    return phrase->starts ? 0 : error_memory(error);
}

/* The word with the fewest occurrences. */
static uint32_t rarest_word(const struct phrase *phrase)
{
    uint32_t rarest = 0;
    for (uint32_t i = 1; i < phrase->word_count; i++)
        if (reader_tf(phrase, phrase->words[i].term) < reader_tf(phrase, phrase->words[rarest].term))
            rarest = i;
    return rarest;
}

static int count_exact(uint32_t *count, struct phrase *phrase, uint32_t document, uint32_t most,
                       struct trawl_error *error)
{
    const uint32_t rarest = rarest_word(phrase);
    struct phrase_word *word = &phrase->words[rarest];
    int status = read_word(word, phrase, document, error);
    if (!status)
        status = make_room(phrase, word->count, error);
    if (status)
        return status;
    *count = phrase_starts(phrase->starts, word);
    uint32_t left = phrase->word_count - 1;
    for (uint32_t i = 0; i < phrase->word_count && *count > 0; i++) {
        if (i == rarest)
            continue;
        word = &phrase->words[i];
        status = read_word(word, phrase, document, error);
        if (status)
            return status;
        *count = phrase_keep_starts(phrase->starts, *count, word, --left == 0 ? most : UINT32_MAX);
    }
    return 0;
}

static int count_sloppy(uint32_t *count, struct phrase *phrase, uint32_t document, uint32_t most,
                        struct trawl_error *error)
{
    for (uint32_t i = 0; i < phrase->word_count; i++) {
        struct phrase_word *word = &phrase->words[i];
        const int status = read_word(word, phrase, document, error);
        if (status || word->count == 0)
            return status;
    }
    *count = phrase_sloppy_count(phrase->words, phrase->word_count, phrase->slop, most);
    return 0;
}

int phrase_count(uint32_t *count, struct phrase *phrase, uint32_t document, uint32_t needed, uint32_t most,
                 struct trawl_error *error)
{
    *count = 0;
    for (uint32_t i = 0; i < phrase->list_count; i++) {
        const int status = place_reader(phrase, i, document, error);
        if (status)
            return status < 0 ? status : 0;
    }
    if (is_out_of_reach(phrase, document, needed))
        return 0;
    return phrase->slop > 0 ? count_sloppy(count, phrase, document, most, error)
                            : count_exact(count, phrase, document, most, error);
}

/* ------------------------------------------------------------------- a batch */

int phrase_verify(struct phrase *phrase, struct batch *batch, uint32_t needed, struct trawl_error *error)
{
    const uint32_t most = phrase->scored ? UINT32_MAX : 1;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < batch->count; i++) {
        const uint32_t document = batch->documents[i], units = batch->units[i];
        uint32_t tf;
        const int status = phrase_count(&tf, phrase, document, needed > units ? needed - units : 0, most, error);
        if (status)
            return status;
        batch_move(batch, kept, i);
        if (tf > 0 && phrase->scored)
            batch->units[kept] = units + bm25_score(&phrase->scorer, document, tf);
        kept += tf > 0 && batch->units[kept] >= needed;
    }
    batch->count = kept;
    return 0;
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
