#include "src/match/list_fill.h"

#include "index/codec/kernels.h"

static int add_scores(struct list *list, struct window *window, uint32_t start, uint32_t count,
                      struct trawl_error *error)
{
    const struct postings_cursor *cursor = &list->cursor;
    uint32_t units[RUN_LENGTH] = {0};
    const int status = list_frequencies(list, error);
    if (status)
        return status;
    const uint32_t *documents = cursor->documents + start;
    bm25_add(units, &list->scorer, documents, cursor->all_ones ? NULL : cursor->frequencies + start, count);
    for (uint32_t i = 0; i < count; i++)
        window->units[documents[i] - window->first] += units[i];
    return 0;
}

/* `absent` NULL: all are added. */
static int fill_block(uint64_t *absent, struct list *list, struct window *window, struct trawl_error *error)
{
    const struct postings_cursor *cursor = &list->cursor;
    const int scored = window->units && list->adds;
    const int status = list_documents(list, error);
    if (status)
        return status;
    const uint32_t *documents = cursor->documents;
    uint32_t start = 0, stop = cursor->count;
    if (documents[0] < window->first)
        start = block_lower_bound(documents, stop, window->first);
    if (documents[stop - 1] >= window->end)
        stop = block_lower_bound(documents, stop, window->end);
    if (start >= stop)
        return 0;
    if (absent)
        *absent += kernels()->bitset_absent(window->bits, documents + start, stop - start, window->first);
    else
        kernels()->bitset_add(window->bits, documents + start, stop - start, window->first);
    return scored ? add_scores(list, window, start, stop - start, error) : 0;
}

/* Whole blocks that are bitsets and lie in the window need no decoding. */
static int skip_bitsets(struct list *list, struct window *window, struct trawl_error *error)
{
    const int scored = window->units && list->adds;
    if (scored || list->memory || list->cursor.first_possible < window->first)
        return 0;
    return postings_cursor_or_bitsets(&list->cursor, window->bits, window->first, window->end, error);
}

/* Are the list's documents at hand as bits that stand as the window's do? */
static int lies_as(const struct list *list, const struct window *window)
{
    return postings_cursor_is_dense(&list->cursor) && window->first % 64 == 0;
}

static int fill(uint64_t *absent, struct list *list, struct window *window, struct trawl_error *error)
{
    const struct postings_cursor *cursor = &list->cursor;
    if (lies_as(list, window) && !(window->units && list->adds)) {
        postings_cursor_or_dense(cursor, window->bits, window->first, window->end);
        return 0;
    }
    int status = list_seek(list, window->first, error);
    while (!status && !cursor->at_end && cursor->first_possible < window->end) {
        status = skip_bitsets(list, window, error);
        if (status || cursor->at_end || cursor->first_possible >= window->end)
            break;
        status = fill_block(absent, list, window, error);
        if (status || cursor->last >= window->end)
            break;
        status = list_next(list, error);
    }
    return status;
}

int list_fill(struct list *list, struct window *window, struct trawl_error *error)
{
    return fill(NULL, list, window, error);
}

int list_fill_last(uint64_t *absent, struct list *list, struct window *window, struct trawl_error *error)
{
    return fill(absent, list, window, error);
}
