/* The second step of a phrase: positions. A batch is looked at in slices that
 * lie in one block of every word, so that blocks are decoded and searched once for all
 * of a slice's documents. */
#include "src/match/phrase.h"

struct slice {
    uint32_t from, to; /* of the batch */
};

/* ------------------------------------------------------------------- a slice */

/* Places all readers at the next slice. -> 0, 1 when none is left, or negative */
static int next_slice(struct slice *slice, struct phrase *phrase, const struct batch *batch, struct trawl_error *error)
{
    uint32_t last = UINT32_MAX;
    slice->from = slice->to;
    if (slice->from == batch->count)
        return 1;
    for (uint32_t i = 0; i < phrase->reader_count; i++) {
        struct list *list = &phrase->readers[i].list;
        int status = list_seek(list, batch->documents[slice->from], error);
        if (!status)
            status = list->cursor.at_end ? 1 : list_frequencies(list, error);
        if (status)
            return status;
        last = list->cursor.last < last ? list->cursor.last : last;
    }
    while (slice->to < batch->count && batch->documents[slice->to] <= last)
        slice->to++;
    return 0;
}

/* Finds the slice's documents in all blocks; every document has every word, so that all are there. -> 0, 1 if not */
static int find_places(struct phrase *phrase, const struct slice *slice, const struct batch *batch)
{
    const uint32_t n = slice->to - slice->from;
    uint8_t which[BATCH_SIZE];
    for (uint32_t i = 0; i < phrase->reader_count; i++) {
        struct phrase_reader *reader = &phrase->readers[i];
        const struct postings_cursor *cursor = &reader->list.cursor;
        if (block_intersect(which, reader->places, batch->documents + slice->from, n, cursor->documents, cursor->count,
                            phrase->context->map) != n)
            return 1;
    }
    return 0;
}

/* -------------------------------------------------------------- one document
 *
 * `place`: which of the slice it is. */

static uint32_t reader_tf(const struct phrase *phrase, uint32_t number, uint32_t place)
{
    const struct phrase_reader *reader = &phrase->readers[number];
    return reader->list.cursor.frequencies[reader->places[place]];
}

/* A bound of the number of matches: each sloppy match moves a word on. */
static uint32_t most_matches(const struct phrase *phrase, uint32_t place)
{
    uint32_t smallest = UINT32_MAX;
    uint64_t sum = 0;
    for (uint32_t i = 0; i < phrase->word_count; i++) {
        const uint32_t tf = reader_tf(phrase, phrase->words[i].term, place);
        smallest = tf < smallest ? tf : smallest;
        sum += tf;
    }
    for (uint32_t i = phrase->list_count; i < phrase->reader_count; i++) {
        const uint32_t tf = reader_tf(phrase, i, place);
        smallest = tf < smallest ? tf : smallest;
    }
    return phrase->slop == 0 ? smallest : sum < UINT32_MAX ? (uint32_t)sum : UINT32_MAX;
}

static int is_in_reach(const struct phrase *phrase, uint32_t document, uint32_t place, uint32_t needed)
{
    return needed == 0 ||
           bm25_bound(&phrase->scorer, most_matches(phrase, place), phrase->scorer.codes[document]) >= needed;
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
static int read_word(struct phrase_word *word, struct phrase *phrase, uint32_t document, uint32_t place,
                     struct trawl_error *error)
{
    struct phrase_reader *reader = &phrase->readers[word->term];
    const int status = postings_cursor_positions(&reader->list.cursor, reader->places[place], &word->positions,
                                                 &word->count, error);
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
static uint32_t rarest_word(const struct phrase *phrase, uint32_t place)
{
    uint32_t rarest = 0, fewest = UINT32_MAX;
    for (uint32_t i = 0; i < phrase->word_count; i++) {
        const uint32_t tf = reader_tf(phrase, phrase->words[i].term, place);
        if (tf < fewest) {
            fewest = tf;
            rarest = i;
        }
    }
    return rarest;
}

static int count_exact(uint32_t *count, struct phrase *phrase, uint32_t document, uint32_t place,
                       struct trawl_error *error)
{
    const uint32_t rarest = rarest_word(phrase, place);
    const uint32_t most = phrase->scored ? UINT32_MAX : 1;
    struct phrase_word *word = &phrase->words[rarest];
    int status = read_word(word, phrase, document, place, error);
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
        status = read_word(word, phrase, document, place, error);
        if (status)
            return status;
        *count = phrase_keep_starts(phrase->starts, *count, word, --left == 0 ? most : UINT32_MAX);
    }
    return 0;
}

static int count_sloppy(uint32_t *count, struct phrase *phrase, uint32_t document, uint32_t place,
                        struct trawl_error *error)
{
    *count = 0;
    for (uint32_t i = 0; i < phrase->word_count; i++) {
        struct phrase_word *word = &phrase->words[i];
        const int status = read_word(word, phrase, document, place, error);
        if (status || word->count == 0)
            return status;
    }
    *count = phrase_sloppy_count(phrase->words, phrase->word_count, phrase->slop, phrase->scored ? UINT32_MAX : 1);
    return 0;
}

static int count_matches(uint32_t *count, struct phrase *phrase, uint32_t document, uint32_t place,
                         struct trawl_error *error)
{
    return phrase->slop > 0 ? count_sloppy(count, phrase, document, place, error)
                            : count_exact(count, phrase, document, place, error);
}

int phrase_count(uint32_t *count, struct phrase *phrase, uint32_t document, struct trawl_error *error)
{
    const struct batch batch = {.count = 1, .documents = {document}};
    struct slice slice = {0};
    *count = 0;
    const int status = next_slice(&slice, phrase, &batch, error);
    if (status || find_places(phrase, &slice, &batch))
        return status < 0 ? status : 0;
    return count_matches(count, phrase, document, 0, error);
}

/* ------------------------------------------------------------------- a batch */

/* Verifies a slice and moves those that match to *kept on. */
static int verify_slice(uint32_t *kept, struct phrase *phrase, struct batch *batch, const struct slice *slice,
                        uint32_t needed, struct trawl_error *error)
{
    for (uint32_t i = slice->from; i < slice->to; i++) {
        const uint32_t document = batch->documents[i], place = i - slice->from;
        const uint32_t missing = needed > batch->units[i] ? needed - batch->units[i] : 0;
        uint32_t tf;
        if (!is_in_reach(phrase, document, place, missing))
            continue;
        const int status = count_matches(&tf, phrase, document, place, error);
        if (status)
            return status;
        if (tf == 0)
            continue;
        batch_move(batch, *kept, i);
        if (phrase->scored)
            batch->units[*kept] += bm25_score(&phrase->scorer, document, tf);
        *kept += batch->units[*kept] >= needed;
    }
    return 0;
}

int phrase_verify(struct phrase *phrase, struct batch *batch, uint32_t needed, struct trawl_error *error)
{
    struct slice slice = {0};
    uint32_t kept = 0;
    int status;
    while ((status = next_slice(&slice, phrase, batch, error)) == 0) {
        if (find_places(phrase, &slice, batch))
            continue;
        status = verify_slice(&kept, phrase, batch, &slice, needed, error);
        if (status)
            return status;
    }
    batch->count = kept;
    return status < 0 ? status : 0;
}
