/* Positions of a phrase without slop. Its lists are gone through one after the other, with the whole batch:
 *
 *     the list whose word stands least often in a document    all positions: where the phrase could start
 *     each further list                                       keeps the starts that have its word in its place
 *
 * before which pairs of words may tell that they stand together too seldom.
 * A candidate that is left without starts, or with too few to reach the score that is needed, is gone before the
 * next list's blocks are even decoded. */
#include "src/match/phrase_ways.h"

#include "index/read/positions_reader.h"
#include "src/match/block_search.h"

enum { FEWEST_STARTS = 512 };

/* Beside a batch: the starts that each candidate has left, in phrase->starts. */
struct starts {
    uint32_t from[BATCH_SIZE], count[BATCH_SIZE];
    uint32_t used; /* of phrase->starts */
};

/* One list's part of the work. */
struct step {
    struct phrase *phrase;
    struct list *list;
    uint32_t number;      /* of the list */
    int is_first;
    uint32_t most;        /* so many starts are enough in the end */
    uint32_t needed;      /* units */
    struct batch *batch;
    struct starts *starts;
    uint32_t from, to;    /* candidates of one block of the list */
    uint32_t kept;
};

/* Candidates of a block that are in it, and may still reach what is needed. */
struct chosen {
    uint32_t count;
    uint8_t which[BATCH_SIZE], indices[BATCH_SIZE]; /* behind step->from; in the block */
    uint64_t first_bits[BATCH_SIZE];                /* where their positions start */
};

static int make_room(struct phrase *phrase, uint32_t used, uint32_t count, struct trawl_error *error)
{
    const uint64_t needed = (uint64_t)used + count;
    if (needed <= phrase->start_capacity)
        return 0;
    const uint64_t capacity = needed < FEWEST_STARTS ? FEWEST_STARTS : 2 * needed;
    uint32_t *starts = capacity < UINT32_MAX ? arena_alloc(phrase->context->arena, capacity * sizeof *starts) : NULL;
    if (!starts)
        return error_memory(error);
    for (uint32_t i = 0; i < used; i++)
        starts[i] = phrase->starts[i];
    phrase->starts = starts;
    phrase->start_capacity = (uint32_t)capacity;
    return 0;
}

/* ---------------------------------------------------------------- candidates */

/* Places the list at the block of the next candidates. -> 0, 1 when there is none, or negative */
static int next_block(struct step *step, struct trawl_error *error)
{
    const struct batch *batch = step->batch;
    struct postings_cursor *cursor = &step->list->cursor;
    const struct list *filter = step->phrase->readers[step->number].filter;
    step->from = step->to;
    if (step->from == batch->count)
        return 1;
    int status = list_seek(step->list, batch->documents[step->from], error);
    if (!status && cursor->at_end)
        return 1;
    if (!status && filter && !cursor->documents_decoded)
        postings_cursor_share(cursor, &filter->cursor);
    if (!status)
        status = list_frequencies(step->list, error);
    if (batch->documents[batch->count - 1] <= cursor->last)
        step->to = batch->count;
    while (step->to < batch->count && batch->documents[step->to] <= cursor->last)
        step->to++;
    return status;
}

/* Finds them in the block: those that the list gave itself are where it says. -> how many */
static uint32_t find(struct chosen *chosen, const struct step *step)
{
    const struct batch *batch = step->batch;
    const struct postings_cursor *cursor = &step->list->cursor;
    const struct list *filter = step->phrase->readers[step->number].filter;
    const uint32_t n = step->to - step->from;
    if (!filter || batch->leader != filter || filter->cursor.block != cursor->block)
        return block_intersect(chosen->which, chosen->indices, batch->documents + step->from, n, cursor->documents,
                               cursor->count, step->phrase->context->map);
    for (uint32_t i = 0; i < n; i++) {
        chosen->which[i] = (uint8_t)i;
        chosen->indices[i] = batch->origins[step->from + i];
    }
    return n;
}

/* Those whose frequency, and whose starts, allow what is needed. */
static void choose(struct chosen *chosen, const struct step *step)
{
    const struct batch *batch = step->batch;
    const struct scorer *scorer = &step->phrase->scorer;
    const uint32_t found = chosen->count = find(chosen, step);
    if (step->needed == 0)
        return;
    chosen->count = 0;
    for (uint32_t k = 0; k < found; k++) {
        const uint8_t which = chosen->which[k], index = chosen->indices[k];
        const uint32_t i = step->from + which;
        uint32_t most = step->list->cursor.frequencies[index];
        if (!step->is_first && step->starts->count[i] < most)
            most = step->starts->count[i];
        if (step->needed > batch->units[i] &&
            bm25_bound(scorer, most, scorer->codes[batch->documents[i]]) < step->needed - batch->units[i])
            continue;
        chosen->which[chosen->count] = which;
        chosen->indices[chosen->count++] = index;
    }
}

/* ----------------------------------------------------------------- one candidate */

/* The first list's positions are where its word could make the phrase start. */
static int make_starts(uint32_t *count, struct step *step, uint32_t offset, uint8_t index, uint64_t first_bit,
                       struct trawl_error *error)
{
    const struct postings_cursor *cursor = &step->list->cursor;
    const struct position_reader *reader = cursor->position_reader;
    struct phrase *phrase = step->phrase;
    const uint32_t tf = cursor->frequencies[index], used = step->starts->used;
    if (tf > FEWEST_STARTS && tf > reader->end) /* each takes a bit at least */
        return postings_cursor_corrupt_positions(cursor, error);
    if (make_room(phrase, used, tf, error))
        return TRAWL_ERROR_MEMORY;
    uint32_t *starts = phrase->starts + used, kept = 0;
    if (position_reader_get(starts, reader, first_bit, cursor->documents[index], tf))
        return postings_cursor_corrupt_positions(cursor, error);
    for (uint32_t i = 0; i < tf; i++) {
        const uint32_t position = starts[i];
        starts[kept] = position - offset;
        kept += position >= offset;
    }
    *count = kept;
    step->starts->used += kept;
    return 0;
}

/* When the word stands more than once in the phrase, or its positions in the dictionary: all of them are held against
 * the starts, once for each of its offsets in the phrase. */
static int meet_all(uint32_t *count, uint32_t i, struct step *step, uint8_t index, uint64_t first_bit, struct trawl_error *error)
{
    struct phrase *phrase = step->phrase;
    struct starts *starts = step->starts;
    int is_first = step->is_first;
    struct phrase_word read;
    int status = postings_cursor_positions_at(&step->list->cursor, first_bit, index, &read.positions, &read.count, error);
    if (!status && is_first)
        status = make_room(phrase, starts->used, read.count, error);
    for (uint32_t w = 0; w < phrase->word_count && !status; w++) {
        uint32_t *own = phrase->starts + starts->from[i];
        read.offset = phrase->words[w].offset;
        if (phrase->words[w].term != step->number)
            continue;
        *count = is_first ? phrase_starts(own, &read) : phrase_keep_starts(own, *count, &read, UINT32_MAX);
        is_first = 0;
    }
    if (step->is_first)
        starts->used += *count;
    return status;
}

static int meet_block(struct step *step, struct trawl_error *error)
{
    struct starts *starts = step->starts;
    const struct phrase_reader *own = &step->phrase->readers[step->number];
    const struct postings_cursor *cursor = &step->list->cursor;
    struct chosen chosen;
    choose(&chosen, step);
    int status = postings_cursor_first_bits(&step->list->cursor, chosen.first_bits, chosen.indices, chosen.count, error);
    const struct position_reader *reader = cursor->position_reader;
    const int simple = reader && own->words == 1;
    for (uint32_t k = 0; k < chosen.count && !status; k++) {
        const uint32_t i = step->from + chosen.which[k], to = step->kept;
        const uint8_t index = chosen.indices[k];
        uint32_t count = 0;
        if (step->is_first)
            starts->from[i] = starts->used;
        else
            count = starts->count[i];
        if (!simple)
            status = meet_all(&count, i, step, index, chosen.first_bits[k], error);
        else if (step->is_first)
            status = make_starts(&count, step, own->offset, index, chosen.first_bits[k], error);
        else if (position_reader_keep(&count, step->phrase->starts + starts->from[i], count, own->offset, step->most, reader,
                                      chosen.first_bits[k], cursor->documents[index], cursor->frequencies[index]))
            status = postings_cursor_corrupt_positions(cursor, error);
        if (status || count == 0)
            continue;
        batch_move(step->batch, to, i);
        starts->from[to] = starts->from[i];
        starts->count[to] = count;
        step->kept++;
    }
    return status;
}

/* ------------------------------------------------------------------- a batch */

/* Drops candidates in which a pair does not stand often enough. */
static int meet_pair(struct phrase *phrase, uint32_t number, struct batch *batch, uint32_t needed, struct trawl_error *error)
{
    struct step step = {.phrase = phrase,
                        .list = &phrase->readers[number].list,
                        .number = number,
                        .is_first = 1,
                        .needed = needed,
                        .batch = batch};
    struct chosen chosen;
    int status;
    while ((status = next_block(&step, error)) == 0) {
        choose(&chosen, &step);
        for (uint32_t k = 0; k < chosen.count; k++)
            batch_move(batch, step.kept++, step.from + chosen.which[k]);
    }
    if (status > 0)
        batch->count = step.kept;
    return status < 0 ? status : 0;
}

static int meet_pairs(struct phrase *phrase, struct batch *batch, uint32_t needed, struct trawl_error *error)
{
    int status = 0;
    for (uint32_t i = phrase->list_count; needed > 0 && i < phrase->reader_count && batch->count > 0 && !status; i++)
        status = meet_pair(phrase, i, batch, needed, error);
    return status;
}

static int meet_lists(struct phrase *phrase, struct batch *batch, struct starts *starts, uint32_t needed,
                      struct trawl_error *error)
{
    for (uint32_t n = 0; n < phrase->list_count && batch->count > 0; n++) {
        const uint32_t number = phrase->order[n];
        const int is_last = n + 1 == phrase->list_count;
        struct step step = {.phrase = phrase,
                            .list = &phrase->readers[number].list,
                            .number = number,
                            .is_first = n == 0,
                            .most = is_last && !phrase->scored && !phrase->in_body ? 1 : UINT32_MAX,
                            .needed = needed,
                            .batch = batch,
                            .starts = starts};
        int status;
        while ((status = next_block(&step, error)) == 0) {
            status = meet_block(&step, error);
            if (status)
                break;
        }
        if (status < 0)
            return status;
        batch->count = step.kept;
    }
    return 0;
}

/* Of the starts of a phrase whose words must all be in the body. */
static int clip_to_body(uint32_t *count, uint32_t *starts, const struct phrase *phrase, uint32_t document,
                        struct trawl_error *error)
{
    uint32_t start, end, kept = 0, first = UINT32_MAX, last = 0;
    const int status = snapshot_body_range(&start, &end, phrase->context->plan->snapshot, phrase->context->segment_number,
                                           document, error);
    for (uint32_t w = 0; w < phrase->word_count; w++) {
        const uint32_t offset = phrase->words[w].offset;
        first = offset < first ? offset : first;
        last = offset > last ? offset : last;
    }
    for (uint32_t i = 0; i < *count && !status; i++) {
        const uint64_t place = starts[i];
        starts[kept] = starts[i];
        kept += place + first >= start && place + last < end;
    }
    *count = kept;
    return status;
}

int phrase_find_exact(struct phrase *phrase, struct batch *batch, uint32_t *tfs, uint32_t needed, struct trawl_error *error)
{
    struct starts starts;
    uint32_t kept = 0;
    starts.used = 0;
    int status = meet_pairs(phrase, batch, needed, error);
    if (!status)
        status = meet_lists(phrase, batch, &starts, needed, error);
    for (uint32_t i = 0; i < batch->count && !status; i++) {
        tfs[kept] = starts.count[i];
        if (phrase->in_body)
            status = clip_to_body(&tfs[kept], phrase->starts + starts.from[i], phrase, batch->documents[i], error);
        batch_move(batch, kept, i);
        kept += tfs[kept] > 0;
    }
    batch->count = kept;
    return status;
}
