#include "src/match/list_fill.h"

#include "src/util/bitset.h"
#include "src/util/bytes.h"

/* ORs `bits` bits of unaligned little-endian words into `out` from bit `at` on.
 * The words' bits from `bits` on are 0 or behind the window: they are cut off. */
static void or_words(uint64_t *out, uint32_t at, const uint8_t *words, uint32_t bits)
{
    const unsigned shift = at & 63;
    out += at >> 6;
    for (uint32_t done = 0; done < bits; done += 64) {
        uint64_t word = load_u64(words + done / 8);
        if (bits - done < 64)
            word &= (UINT64_C(1) << (bits - done)) - 1;
        *out++ |= word << shift;
        if (shift && word >> (64 - shift)) /* else `out` may be behind the window's end */
            *out |= word >> (64 - shift);
    }
}

/* Whole blocks that are bitsets and lie in the window need no decoding. */
static int or_bitset(const struct list *list, struct window *window)
{
    const struct postings_cursor *cursor = &list->cursor;
    const uint8_t *words;
    uint32_t bits;
    if (list->memory || cursor->first_possible < window->first || cursor->last >= window->end)
        return 0;
    if (!postings_cursor_bitset(cursor, &words, &bits))
        return 0;
    const uint32_t span = cursor->last - cursor->first_possible + 1;
    or_words(window->bits, cursor->first_possible - window->first, words, bits < span ? bits : span);
    return 1;
}

/* Documents that lie close: a word is gathered before it is stored. */
static void set_close_bits(uint64_t *bits, const uint32_t *documents, uint32_t count, uint32_t first)
{
    uint32_t at = (documents[0] - first) / 64;
    uint64_t word = 0;
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t bit = documents[i] - first;
        if (bit / 64 != at) {
            bits[at] |= word;
            word = 0;
            at = bit / 64;
        }
        word |= UINT64_C(1) << (bit & 63);
    }
    bits[at] |= word;
}

/* Neighbours may fall into one word, and each would wait for the store before
 * it: so four streams take turns. */
static void set_far_bits(uint64_t *bits, const uint32_t *documents, uint32_t count, uint32_t first)
{
    const uint32_t quarter = count / 4;
    for (uint32_t i = 0; i < quarter; i++) {
        bitset_set(bits, documents[i] - first);
        bitset_set(bits, documents[i + quarter] - first);
        bitset_set(bits, documents[i + 2 * quarter] - first);
        bitset_set(bits, documents[i + 3 * quarter] - first);
    }
    for (uint32_t i = 4 * quarter; i < count; i++)
        bitset_set(bits, documents[i] - first);
}

static void set_bits(uint64_t *bits, const uint32_t *documents, uint32_t count, uint32_t first)
{
    if (documents[count - 1] - documents[0] < 2 * count)
        set_close_bits(bits, documents, count, first);
    else
        set_far_bits(bits, documents, count, first);
}

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

static int fill_block(struct list *list, struct window *window, struct trawl_error *error)
{
    const struct postings_cursor *cursor = &list->cursor;
    const int scored = window->units && list->adds;
    if (!scored && or_bitset(list, window))
        return 0;
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
    set_bits(window->bits, documents + start, stop - start, window->first);
    return scored ? add_scores(list, window, start, stop - start, error) : 0;
}

int list_fill(struct list *list, struct window *window, struct trawl_error *error)
{
    const struct postings_cursor *cursor = &list->cursor;
    int status = list_seek(list, window->first, error);
    while (!status && !cursor->at_end && cursor->first_possible < window->end) {
        status = fill_block(list, window, error);
        if (status || cursor->last >= window->end)
            break;
        status = list_next(list, error);
    }
    return status;
}
