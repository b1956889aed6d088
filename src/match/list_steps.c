#include "src/match/list_steps.h"

#include <string.h>

#include "src/match/match_kernels.h"

enum { FEW_CANDIDATES = 4, MANY_CANDIDATES = 24, FEW_FOUND = 8 };

/* ------------------------------------------------------------- a list leads */

int list_take(struct list *list, struct batch *batch, uint32_t from, uint32_t end, struct trawl_error *error)
{
    const struct postings_cursor *cursor = &list->cursor;
    const int status = list_documents(list, error);
    batch->count = 0;
    batch->leader = list;
    if (status)
        return status;
    const uint32_t *documents = cursor->documents;
    const uint32_t start = from <= documents[0] ? 0 : block_lower_bound(documents, cursor->count, from);
    const uint32_t stop = end > cursor->last ? cursor->count : block_lower_bound(documents, cursor->count, end);
    for (uint32_t i = start; i < stop; i++)
        batch->origins[i - start] = (uint8_t)i;
    if (start < stop) {
        batch->count = stop - start;
        memcpy(batch->documents, documents + start, batch->count * sizeof *documents);
        memset(batch->units, 0, batch->count * sizeof *batch->units);
    }
    return 0;
}

/* Of ascending places, count > 0; copied to `tfs` unless they are neighbours. */
static const uint32_t *frequencies_at(uint32_t *tfs, const struct list *list, const uint8_t *places, uint32_t count)
{
    if (list->cursor.all_ones)
        return NULL;
    if (places[count - 1] - places[0] + 1u == count)
        return list->cursor.frequencies + places[0];
    for (uint32_t i = 0; i < count; i++)
        tfs[i] = list->cursor.frequencies[places[i]];
    return tfs;
}

int list_score_origins(struct list *list, struct batch *batch, struct trawl_error *error)
{
    uint32_t tfs[BATCH_SIZE];
    if (batch->count == 0)
        return 0;
    const int status = list_frequencies(list, error);
    if (!status)
        bm25_add(batch->units, &list->scorer, batch->documents, frequencies_at(tfs, list, batch->origins, batch->count),
                 batch->count);
    return status;
}

/* ----------------------------------------------------------- a list follows
 *
 * Candidates are taken block by block: those of one block of the list are a
 * slice [from, to) of the batch; what is left of it is moved to place `kept`. */

struct slice {
    uint32_t from, to, kept;
};

/* The next slice, with the list's cursor at its block. -> 0, 1 when there is
 * none, negative for damage. The candidates that lie behind the list's end stay
 * in [from, batch->count). */
static int next_slice(struct slice *slice, struct list *list, const struct batch *batch, struct trawl_error *error)
{
    slice->from = slice->to;
    if (slice->from == batch->count)
        return 1;
    const int status = list_seek(list, batch->documents[slice->from], error);
    if (status || list->cursor.at_end)
        return status ? status : 1;
    const uint32_t last = list->cursor.last;
    if (batch->documents[batch->count - 1] <= last) {
        slice->to = batch->count;
        return 0;
    }
    while (batch->documents[slice->to] <= last)
        slice->to++;
    return 0;
}

/* Drops the candidates of the slice that do not reach `needed` units with
 * what the block could add to them. Bounds of documents, of their own lengths, are tighter
 * than the block's, but pay only where they may save its decoding. */
static void prune_slice(struct slice *slice, struct list *list, struct batch *batch, uint32_t needed)
{
    const uint32_t count = slice->to - slice->from;
    const int closely = count <= FEW_CANDIDATES;
    if (needed == 0)
        return;
    const uint32_t bound = list_block_bound(list);
    if (!closely && needed <= bound)
        return;
    if (count >= MANY_CANDIDATES) {
        slice->to = match_kernels()->batch_keep(batch, slice->from, slice->to, needed - bound);
        return;
    }
    uint32_t to = slice->from;
    for (uint32_t i = slice->from; i < slice->to; i++) {
        uint32_t most = batch->units[i] + bound;
        if (closely && most >= needed)
            most = batch->units[i] + list_document_bound(list, batch->documents[i]);
        batch_move(batch, to, i);
        to += most >= needed;
    }
    slice->to = to;
}

/* Which of the slice are in the current block, and where. -> how many, or negative */
static int intersect_decoded(uint8_t *which, uint8_t *places, const struct slice *slice, struct list *list,
                             const struct batch *batch, struct trawl_error *error)
{
    const int status = list_documents(list, error);
    if (status)
        return status;
    return (int)block_intersect(which, places, batch->documents + slice->from, slice->to - slice->from,
                                list->cursor.documents, list->cursor.count, list->map);
}

/* The same of a dense list: most blocks are passed over without being decoded. */
static int intersect_dense(uint8_t *which, uint8_t *places, const struct slice *slice, struct list *list,
                           const struct batch *batch, struct trawl_error *error)
{
    uint32_t documents[FEW_FOUND];
    const uint32_t *targets = batch->documents + slice->from;
    const uint32_t found =
        block_intersect_bits(which, targets, slice->to - slice->from, list->cursor.directory.bits, 0);
    if (found > FEW_FOUND)
        return intersect_decoded(which, places, slice, list, batch, error);
    for (uint32_t i = 0; i < found; i++)
        documents[i] = targets[which[i]];
    const int status = postings_cursor_dense_indices(&list->cursor, places, documents, found, error);
    return status ? status : (int)found;
}

static int intersect_slice(uint8_t *which, uint8_t *places, const struct slice *slice, struct list *list,
                           const struct batch *batch, struct trawl_error *error)
{
    const int is_dense = postings_cursor_is_dense(&list->cursor);
    return (is_dense ? intersect_dense : intersect_decoded)(which, places, slice, list, batch, error);
}

static int intersect_unscored(uint8_t *which, const struct slice *slice, struct list *list, const struct batch *batch,
                              struct trawl_error *error)
{
    const uint8_t *words;
    uint32_t first;
    uint8_t places[BATCH_SIZE];
    if (!list->memory && postings_cursor_bitset(&list->cursor, &words, &first))
        return (int)block_intersect_bits(which, batch->documents + slice->from, slice->to - slice->from, words, first);
    return intersect_slice(which, places, slice, list, batch, error);
}

/* A dense list's blocks matter only to bounds. */
static void filter_dense(const struct list *list, struct batch *batch)
{
    uint8_t which[BATCH_SIZE];
    const uint32_t found = block_intersect_bits(which, batch->documents, batch->count, list->cursor.directory.bits, 0);
    for (uint32_t i = 0; i < found; i++)
        batch_move(batch, i, which[i]);
    batch->count = found;
}

int list_filter(struct list *list, struct batch *batch, uint32_t needed, struct trawl_error *error)
{
    struct slice slice = {0};
    uint8_t which[BATCH_SIZE];
    int status;
    if (needed == 0 && postings_cursor_is_dense(&list->cursor)) {
        filter_dense(list, batch);
        return 0;
    }
    while ((status = next_slice(&slice, list, batch, error)) == 0) {
        const uint32_t next = slice.to;
        prune_slice(&slice, list, batch, needed);
        const int found = slice.from < slice.to ? intersect_unscored(which, &slice, list, batch, error) : 0;
        if (found < 0)
            return found;
        for (int i = 0; i < found; i++)
            batch_move(batch, slice.kept++, slice.from + which[i]);
        slice.to = next;
    }
    batch->count = slice.kept;
    return status < 0 ? status : 0;
}

/* Of those found, whose places are known. */
static int frequencies_of_found(struct list *list, struct trawl_error *error)
{
    return postings_cursor_is_dense(&list->cursor) ? postings_cursor_dense_frequencies(&list->cursor, error)
                                                   : list_frequencies(list, error);
}

/* Moves those found to the kept ones and adds what they score. */
static int keep_found(struct slice *slice, const uint8_t *which, const uint8_t *places, uint32_t found,
                      struct list *list, struct batch *batch, struct trawl_error *error)
{
    const uint32_t kept = slice->kept;
    uint32_t tfs[BATCH_SIZE];
    const int status = found ? frequencies_of_found(list, error) : 0;
    if (status || !found)
        return status;
    for (uint32_t i = 0; i < found; i++)
        batch_move(batch, kept + i, slice->from + which[i]);
    bm25_add(batch->units + kept, &list->scorer, batch->documents + kept, frequencies_at(tfs, list, places, found),
             found);
    slice->kept = kept + found;
    return 0;
}

int list_require(struct list *list, struct batch *batch, uint32_t needed, struct trawl_error *error)
{
    struct slice slice = {0};
    uint8_t which[BATCH_SIZE], places[BATCH_SIZE];
    int status;
    while ((status = next_slice(&slice, list, batch, error)) == 0) {
        const uint32_t next = slice.to;
        prune_slice(&slice, list, batch, needed);
        if (slice.from < slice.to) {
            const int found = intersect_slice(which, places, &slice, list, batch, error);
            status = found < 0 ? found : keep_found(&slice, which, places, (uint32_t)found, list, batch, error);
            if (status)
                return status;
        }
        slice.to = next;
    }
    batch->count = slice.kept;
    batch_keep(batch, needed);
    return status < 0 ? status : 0;
}

/* Adds scores where they belong, without moving anything. */
static int score_found(const struct slice *slice, const uint8_t *which, const uint8_t *places, uint32_t found,
                       struct list *list, struct batch *batch, struct trawl_error *error)
{
    const struct found_places of = {which, places, found};
    const int status = found ? frequencies_of_found(list, error) : 0;
    if (status || !found)
        return status;
    match_kernels()->bm25_add_found(batch->units + slice->from, &list->scorer, batch->documents + slice->from,
                                    list->cursor.all_ones ? NULL : list->cursor.frequencies, &of);
    return 0;
}

/* Moves candidates from slice->from up to `end` to the kept ones. */
static void keep_rest(struct slice *slice, struct batch *batch, uint32_t end)
{
    const uint32_t count = end - slice->from;
    if (slice->kept != slice->from)
        for (uint32_t i = 0; i < count; i++)
            batch_move(batch, slice->kept + i, slice->from + i);
    slice->kept += count;
}

int list_add(struct list *list, struct batch *batch, uint32_t needed, struct trawl_error *error)
{
    struct slice slice = {0};
    uint8_t which[BATCH_SIZE], places[BATCH_SIZE];
    int status;
    while ((status = next_slice(&slice, list, batch, error)) == 0) {
        const uint32_t next = slice.to;
        prune_slice(&slice, list, batch, needed);
        if (slice.from < slice.to) {
            const int found = intersect_slice(which, places, &slice, list, batch, error);
            status = found < 0 ? found : score_found(&slice, which, places, (uint32_t)found, list, batch, error);
            if (status)
                return status;
        }
        keep_rest(&slice, batch, slice.to);
        slice.to = next;
    }
    if (status >= 0)
        keep_rest(&slice, batch, batch->count);
    batch->count = slice.kept;
    batch_keep(batch, needed);
    return status < 0 ? status : 0;
}

int list_mark(struct list *list, struct batch *batch, uint8_t *flags, struct trawl_error *error)
{
    struct slice slice = {0};
    uint8_t which[BATCH_SIZE], places[BATCH_SIZE];
    int status;
    while ((status = next_slice(&slice, list, batch, error)) == 0) {
        const int found = list->adds ? intersect_slice(which, places, &slice, list, batch, error)
                                     : intersect_unscored(which, &slice, list, batch, error);
        if (found >= 0 && list->adds)
            status = score_found(&slice, which, places, (uint32_t)found, list, batch, error);
        if (found < 0 || status)
            return found < 0 ? found : status;
        for (int i = 0; i < found; i++)
            flags[slice.from + which[i]] = 1;
    }
    return status < 0 ? status : 0;
}

int list_find(uint32_t *tf, struct list *list, uint32_t document, struct trawl_error *error)
{
    struct postings_cursor *cursor = &list->cursor;
    *tf = 0;
    int status = list_seek(list, document, error);
    if (status || cursor->at_end)
        return status;
    status = list_frequencies(list, error);
    if (status)
        return status;
    const uint32_t place = block_lower_bound(cursor->documents, cursor->count, document);
    if (place < cursor->count && cursor->documents[place] == document)
        *tf = cursor->frequencies[place];
    return 0;
}
