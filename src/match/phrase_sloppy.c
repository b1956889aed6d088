/* Positions of a phrase with slop: all of a document's are read. A batch is looked at in slices that
 * lie in one block of every word, so that blocks are decoded and searched once for all
 * of a slice's documents. */
#include "src/match/phrase_ways.h"

#include "src/match/block_search.h"

struct slice {
    uint32_t from, to; /* of the batch */
};

/* ------------------------------------------------------------------- a slice */

/* Puts all readers at the next slice. -> 0, 1 when none is left, or negative */
static int next_slice(struct slice *slice, struct phrase *phrase, const struct batch *batch, struct trawl_error *error)
{
    uint32_t last = UINT32_MAX;
    slice->from = slice->to;
    if (slice->from == batch->count)
        return 1;
    for (uint32_t i = 0; i < phrase->list_count; i++) {
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
static int find_indices(struct phrase *phrase, const struct slice *slice, const struct batch *batch)
{
    const uint32_t n = slice->to - slice->from;
    uint8_t which[BATCH_SIZE];
    for (uint32_t i = 0; i < phrase->list_count; i++) {
        struct phrase_reader *reader = &phrase->readers[i];
        const struct postings_cursor *cursor = &reader->list.cursor;
        if (block_intersect(which, reader->indices, batch->documents + slice->from, n, cursor->documents, cursor->count,
                            phrase->context->map) != n)
            return 1;
    }
    return 0;
}

/* -------------------------------------------------------------- one document
 *
 * `number`: which of the slice it is. */

static uint32_t reader_tf(const struct phrase_reader *reader, uint32_t number)
{
    return reader->list.cursor.frequencies[reader->indices[number]];
}

/* A bound of the number of matches: each moves a word on. */
static uint32_t most_matches(const struct phrase *phrase, uint32_t number)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < phrase->word_count; i++)
        sum += reader_tf(&phrase->readers[phrase->words[i].term], number);
    return sum < UINT32_MAX ? (uint32_t)sum : UINT32_MAX;
}

static int is_in_reach(const struct phrase *phrase, uint32_t document, uint32_t number, uint32_t needed)
{
    return needed == 0 ||
           bm25_bound(&phrase->scorer, most_matches(phrase, number), phrase->scorer.codes[document]) >= needed;
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
static int read_word(struct phrase_word *word, struct phrase *phrase, uint32_t document, uint32_t number,
                     struct trawl_error *error)
{
    struct phrase_reader *reader = &phrase->readers[word->term];
    const int status = postings_cursor_positions(&reader->list.cursor, reader->indices[number], &word->positions,
                                                 &word->count, error);
    return status || !phrase->in_body ? status : clip_to_body(word, phrase, document, error);
}

static int count_sloppy(uint32_t *count, struct phrase *phrase, uint32_t document, uint32_t number,
                        struct trawl_error *error)
{
    *count = 0;
    for (uint32_t i = 0; i < phrase->word_count; i++) {
        struct phrase_word *word = &phrase->words[i];
        const int status = read_word(word, phrase, document, number, error);
        if (status || word->count == 0)
            return status;
    }
    *count = phrase_sloppy_count(phrase->words, phrase->word_count, phrase->slop, phrase->scored ? UINT32_MAX : 1);
    return 0;
}

/* ------------------------------------------------------------------- a batch */

/* Keeps of a slice what matches. */
static int find_slice(uint32_t *kept, uint32_t *tfs, struct phrase *phrase, struct batch *batch, const struct slice *slice,
                      uint32_t needed, struct trawl_error *error)
{
    for (uint32_t i = slice->from; i < slice->to; i++) {
        const uint32_t document = batch->documents[i], number = i - slice->from;
        const uint32_t missing = needed > batch->units[i] ? needed - batch->units[i] : 0;
        uint32_t tf = 0;
        const int status = is_in_reach(phrase, document, number, missing)
                               ? count_sloppy(&tf, phrase, document, number, error)
                               : 0;
        if (status)
            return status;
        batch_move(batch, *kept, i);
        tfs[*kept] = tf;
        *kept += tf > 0;
    }
    return 0;
}

int phrase_find_sloppy(struct phrase *phrase, struct batch *batch, uint32_t *tfs, uint32_t needed,
                       struct trawl_error *error)
{
    struct slice slice = {0};
    uint32_t kept = 0;
    int status;
    while ((status = next_slice(&slice, phrase, batch, error)) == 0) {
        if (find_indices(phrase, &slice, batch))
            continue;
        status = find_slice(&kept, tfs, phrase, batch, &slice, needed, error);
        if (status)
            return status;
    }
    batch->count = kept;
    return status < 0 ? status : 0;
}
