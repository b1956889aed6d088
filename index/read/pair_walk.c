/* The lists of all common terms are walked together, as many documents at a
 * time as have some ten thousand tokens: their positions then lie in the cache. A
 * term's positions in a document are a stretch, and a document's stretches are
 * chained. Laid out by position,
 *
 *     position   0   1   2   3   4   5   6
 *     term       7   -   2   7   7   -   1     pairs (2,7) (7,7)
 *
 * pairs are neighbours. A document whose positions lie far apart, or hold two
 * terms in one place, is sorted instead. */
#include "index/read/pair_walk.h"

#include <stdlib.h>
#include <string.h>

#include "index/format/lengths.h"
#include "src/util/memory.h"

enum {
    DOCUMENTS_AT_ONCE = 4096,
    TOKENS_AT_ONCE = 1 << 14,
    SPARSE = 16,     /* positions for each occurrence: sorting costs less */
    ALWAYS_LAID = 4096
};

struct common_cursor {
    struct postings_cursor postings;
    uint32_t next; /* in its block */
};

struct stretch {
    uint32_t next;  /* the document's next stretch + 1 */
    uint32_t count, term;
    uint32_t start; /* in `positions` */
};

/* -------------------------------------------------------------------- opening */

int pair_walk_open(struct pair_walk *walk, const struct segment *segment, const struct common_term *terms, uint32_t count,
                   const uint8_t *codes, struct trawl_error *error)
{
    *walk = (struct pair_walk){.segment = segment, .codes = codes, .count = count};
    arena_init(&walk->arena);
    walk->cursors = arena_alloc_zero(&walk->arena, (size_t)count + 1, sizeof *walk->cursors);
    walk->heads = arena_alloc_zero(&walk->arena, DOCUMENTS_AT_ONCE, sizeof *walk->heads);
    int status = walk->cursors && walk->heads ? 0 : error_memory(error);
    for (uint32_t i = 0; i < count && !status; i++)
        status = postings_cursor_open(&walk->cursors[i].postings, segment, &terms[i].entry, &walk->arena, error);
    if (status)
        pair_walk_release(walk);
    return status;
}

void pair_walk_release(struct pair_walk *walk)
{
    memory_free(walk->stretches);
    memory_free(walk->positions);
    memory_free(walk->places);
    memory_free(walk->sorted);
    memory_free(walk->found);
    arena_release(&walk->arena);
    *walk = (struct pair_walk){0};
    arena_init(&walk->arena);
}

/* --------------------------------------------------------- taking documents */

static int add_stretch(struct pair_walk *walk, uint32_t term, uint32_t document, const uint32_t *positions,
                       uint32_t count)
{
    if (walk->position_count > UINT32_MAX - count)
        return TRAWL_ERROR_MEMORY; /* documents of 16 GiB and more of positions */
    if (walk->stretch_count == walk->stretch_capacity &&
        memory_grow(&walk->stretches, &walk->stretch_capacity, walk->stretch_count + 1, sizeof *walk->stretches))
        return TRAWL_ERROR_MEMORY;
    if (walk->position_capacity - walk->position_count < count &&
        memory_grow(&walk->positions, &walk->position_capacity, walk->position_count + count, sizeof *positions))
        return TRAWL_ERROR_MEMORY;
    uint32_t *head = &walk->heads[document - walk->from];
    walk->stretches[walk->stretch_count++] =
        (struct stretch){.next = *head, .count = count, .term = term, .start = (uint32_t)walk->position_count};
    *head = (uint32_t)walk->stretch_count;
    uint32_t *out = walk->positions + walk->position_count;
    for (uint32_t i = 0; i < count; i++) /* few: a call would cost more */
        out[i] = positions[i];
    walk->position_count += count;
    return 0;
}

static int take_block(struct pair_walk *walk, uint32_t term, struct trawl_error *error)
{
    struct common_cursor *cursor = &walk->cursors[term];
    struct postings_cursor *postings = &cursor->postings;
    int status = postings_cursor_frequencies(postings, error);
    for (; !status && cursor->next < postings->count && postings->documents[cursor->next] < walk->to; cursor->next++) {
        const uint32_t *positions;
        uint32_t count;
        status = postings_cursor_positions(postings, cursor->next, &positions, &count, error);
        if (!status && add_stretch(walk, term, postings->documents[cursor->next], positions, count))
            status = error_memory(error);
    }
    return status;
}

/* One term's positions in the documents [from, to). */
static int take_term(struct pair_walk *walk, uint32_t term, struct trawl_error *error)
{
    struct common_cursor *cursor = &walk->cursors[term];
    int status = 0;
    while (!status && !cursor->postings.at_end && cursor->postings.first_possible < walk->to) {
        status = take_block(walk, term, error);
        if (status || cursor->next < cursor->postings.count)
            break;
        cursor->next = 0;
        status = postings_cursor_next(&cursor->postings, error);
    }
    return status;
}

/* The next documents. -> 0, TRAWL_END, or negative */
static int take_documents(struct pair_walk *walk, struct trawl_error *error)
{
    const uint32_t documents = walk->segment->documents;
    uint64_t tokens = 0;
    walk->from = walk->to;
    if (walk->from == documents)
        return TRAWL_END;
    while (walk->to < documents && walk->to - walk->from < DOCUMENTS_AT_ONCE && tokens < TOKENS_AT_ONCE)
        tokens += length_decode(walk->codes[walk->to++]);
    walk->stretch_count = walk->position_count = 0;
    memset(walk->heads, 0, (walk->to - walk->from) * sizeof *walk->heads);
    int status = 0;
    for (uint32_t i = 0; i < walk->count && !status; i++)
        status = take_term(walk, i, error);
    return status;
}

/* ------------------------------------------------------------- one document */

static int add_pair(struct pair_walk *walk, unsigned first, unsigned second)
{
    if (memory_grow(&walk->found, &walk->found_capacity, walk->pair_count + 1, sizeof *walk->found))
        return TRAWL_ERROR_MEMORY;
    walk->found[walk->pair_count++] = pair_of(first, second);
    return 0;
}

/* -> 0, or 1: two terms are in one place */
static int lay_out(struct pair_walk *walk, uint32_t first)
{
    int doubled = 0;
    for (uint32_t number = first; number; number = walk->stretches[number - 1].next) {
        const struct stretch *stretch = &walk->stretches[number - 1];
        const uint32_t *positions = walk->positions + stretch->start;
        for (uint32_t i = 0; i < stretch->count; i++) {
            uint8_t *place = &walk->places[positions[i]];
            doubled |= *place;
            *place = (uint8_t)(stretch->term + 1);
        }
    }
    return doubled != 0;
}

/* Places [0, end); there is one behind. */
static void find_neighbours(struct pair_walk *walk, size_t end)
{
    uint16_t *out = walk->found;
    for (size_t i = 0; i < end; i++) {
        const unsigned first = walk->places[i], second = walk->places[i + 1];
        *out = pair_of(first - 1, (second - 1) & 255);
        out += first && second;
    }
    walk->pair_count = (size_t)(out - walk->found);
}

static int compare(const void *a, const void *b)
{
    const uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return (left > right) - (left < right);
}

/* By (position, term). */
static int sort_document(struct pair_walk *walk, uint32_t first, size_t tokens)
{
    size_t count = 0;
    if (memory_grow(&walk->sorted, &walk->sorted_capacity, tokens, sizeof *walk->sorted))
        return TRAWL_ERROR_MEMORY;
    for (uint32_t number = first; number; number = walk->stretches[number - 1].next) {
        const struct stretch *stretch = &walk->stretches[number - 1];
        for (uint32_t i = 0; i < stretch->count; i++)
            walk->sorted[count++] = (uint64_t)walk->positions[stretch->start + i] << 8 | stretch->term;
    }
    qsort(walk->sorted, count, sizeof *walk->sorted, compare);
    return 0;
}

/* Each term with all that are one position behind it. */
static int find_sorted(struct pair_walk *walk, size_t tokens)
{
    size_t behind = 0;
    for (size_t i = 0; i < tokens; i++) {
        const uint64_t wanted = (walk->sorted[i] >> 8) + 1;
        while (behind < tokens && walk->sorted[behind] >> 8 < wanted)
            behind++;
        for (size_t k = behind; k < tokens && walk->sorted[k] >> 8 == wanted; k++)
            if (add_pair(walk, walk->sorted[i] & 255, walk->sorted[k] & 255))
                return TRAWL_ERROR_MEMORY;
    }
    return 0;
}

static int make_places(struct pair_walk *walk, size_t end)
{
    const size_t before = walk->place_capacity;
    if (memory_grow(&walk->places, &walk->place_capacity, end + 1, 1) ||
        memory_grow(&walk->found, &walk->found_capacity, end + 1, sizeof *walk->found))
        return TRAWL_ERROR_MEMORY;
    memset(walk->places + before, 0, walk->place_capacity - before);
    return 0;
}

/* -> 0, 1 when it has to be sorted, or TRAWL_ERROR_MEMORY */
static int find_by_place(struct pair_walk *walk, uint32_t first, size_t end)
{
    if (make_places(walk, end))
        return TRAWL_ERROR_MEMORY;
    const int doubled = lay_out(walk, first);
    if (!doubled)
        find_neighbours(walk, end);
    memset(walk->places, 0, end);
    return doubled;
}

static int find_pairs(struct pair_walk *walk, uint32_t first)
{
    size_t tokens = 0, end = 0;
    walk->pair_count = 0;
    for (uint32_t number = first; number; number = walk->stretches[number - 1].next) {
        const struct stretch *stretch = &walk->stretches[number - 1];
        const size_t behind = (size_t)walk->positions[stretch->start + stretch->count - 1] + 1;
        end = behind > end ? behind : end;
        tokens += stretch->count;
    }
    int status = end <= ALWAYS_LAID + SPARSE * tokens ? find_by_place(walk, first, end) : 1;
    if (status == 1)
        status = sort_document(walk, first, tokens);
    else
        return status;
    return status ? status : find_sorted(walk, tokens);
}

int pair_walk_next(struct pair_walk *walk, struct trawl_error *error)
{
    uint32_t next = walk->to > walk->from ? walk->document + 1 : walk->to;
    for (;; next++) {
        if (next == walk->to) {
            const int status = take_documents(walk, error);
            if (status)
                return status;
            next = walk->from;
        }
        const uint32_t first = walk->heads[next - walk->from];
        walk->document = next;
        if (!first)
            continue;
        if (find_pairs(walk, first))
            return error_memory(error);
        if (walk->pair_count)
            break;
    }
    walk->pairs = walk->found;
    return 0;
}
