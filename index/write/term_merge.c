#include "index/write/term_merge.h"

#include "index/write/term_sort.h"
#include "src/util/memory.h"

/* ---------------------------------------------------------------- by term */

static int compare(const struct posting_source *a, const struct posting_source *b)
{
    return key_compare(a->key.bytes, a->key.length, b->key.bytes, b->key.length);
}

static void push(struct term_merge *merge, struct posting_source *source)
{
    size_t at = merge->heap_count++;
    for (; at > 0 && compare(source, merge->heap[(at - 1) / 2]) < 0; at = (at - 1) / 2)
        merge->heap[at] = merge->heap[(at - 1) / 2];
    merge->heap[at] = source;
}

static struct posting_source *pop(struct term_merge *merge)
{
    struct posting_source *lowest = merge->heap[0], *last = merge->heap[--merge->heap_count];
    size_t at = 0;
    for (size_t child = 1; child < merge->heap_count; child = 2 * at + 1) {
        if (child + 1 < merge->heap_count && compare(merge->heap[child + 1], merge->heap[child]) < 0)
            child++;
        if (compare(last, merge->heap[child]) <= 0)
            break;
        merge->heap[at] = merge->heap[child];
        at = child;
    }
    merge->heap[at] = last;
    return lowest;
}

static void push_lane(struct term_merge *merge, struct posting_source *source)
{
    merge->lanes[merge->lane_count++] = (struct merge_lane){.source = source};
}

int term_merge_init(struct term_merge *merge, struct posting_source *const *sources, size_t count,
                    struct trawl_error *error)
{
    *merge = (struct term_merge){0};
    merge->heap = memory_alloc_array(count, sizeof *merge->heap);
    merge->lanes = memory_alloc_array(count, sizeof *merge->lanes);
    if (!merge->heap || !merge->lanes) {
        term_merge_release(merge);
        return error_memory(error);
    }
    for (size_t i = 0; i < count; i++) { /* as if all had been at a term before the first */
        push_lane(merge, sources[i]);
        merge->has_positions = sources[i]->has_positions;
    }
    return 0;
}

void term_merge_release(struct term_merge *merge)
{
    memory_free(merge->heap);
    memory_free(merge->lanes);
    *merge = (struct term_merge){0};
}

int term_merge_next(struct term_merge *merge, struct trawl_error *error)
{
    while (merge->lane_count) {
        struct posting_source *source = merge->lanes[--merge->lane_count].source;
        int status = posting_source_next_term(source, error);
        if (status < 0)
            return status;
        if (!status)
            push(merge, source);
    }
    if (!merge->heap_count)
        return 1;
    push_lane(merge, pop(merge));
    while (merge->heap_count && compare(merge->heap[0], merge->lanes[0].source) == 0)
        push_lane(merge, pop(merge));
    merge->key = merge->lanes[0].source->key;
    merge->batch_lane = 0;
    return 0;
}

/* ------------------------------------------------------------ by document */

/* The lane's next batch. -> 0, 1 at its end */
static int refill(struct merge_lane *lane, struct trawl_error *error)
{
    int status = posting_source_next_batch(lane->source, error);
    if (status)
        return status;
    lane->at = 0;
    lane->positions = lane->source->positions;
    return 0;
}

/* Gives out the batch up to document `limit`. `next` is the first document
 * that is still possible. */
static int write_until(struct merge_lane *lane, uint32_t limit, uint32_t *next, struct postings_writer *writer,
                       struct trawl_error *error)
{
    const struct posting_source *source = lane->source;
    for (; lane->at < source->count && source->documents[lane->at] <= limit; lane->at++) {
        const uint32_t document = source->documents[lane->at], tf = source->frequencies[lane->at];
        if (document < *next)
            return error_set(error, TRAWL_ERROR_ARGUMENT, "two sources of a merge hold the same document");
        int status = postings_writer_add(writer, document, tf, lane->positions, error);
        if (status)
            return status;
        if (lane->positions)
            lane->positions += tf;
        *next = document + 1;
    }
    return 0;
}

static int write_lane(struct merge_lane *lane, uint32_t *next, struct postings_writer *writer,
                      struct trawl_error *error)
{
    for (;;) {
        int status = write_until(lane, UINT32_MAX, next, writer, error);
        if (!status)
            status = refill(lane, error);
        if (status)
            return status < 0 ? status : 0;
    }
}

/* The lane with the lowest document, and where the next one begins. Lanes are
 * few, and documents come in stretches: a look at each is cheap. */
static size_t lowest_lane(const struct merge_lane *lanes, size_t count, uint32_t *limit)
{
    size_t lowest = 0;
    uint32_t first = UINT32_MAX, second = UINT32_MAX;
    for (size_t i = 0; i < count; i++) {
        const uint32_t document = lanes[i].source->documents[lanes[i].at];
        if (document < first) {
            second = first;
            first = document;
            lowest = i;
        } else if (document < second) {
            second = document;
        }
    }
    *limit = second;
    return lowest;
}

static int write_lanes(struct merge_lane *lanes, size_t count, struct postings_writer *writer,
                       struct trawl_error *error)
{
    uint32_t next = 0;
    while (count > 1) {
        uint32_t limit;
        const size_t lowest = lowest_lane(lanes, count, &limit);
        int status = write_until(&lanes[lowest], limit, &next, writer, error);
        if (!status && lanes[lowest].at == lanes[lowest].source->count)
            status = refill(&lanes[lowest], error);
        if (status < 0)
            return status;
        if (status) { /* at its end; it stays among those at this term */
            const struct merge_lane ended = lanes[lowest];
            lanes[lowest] = lanes[--count];
            lanes[count] = ended;
        }
    }
    return count ? write_lane(&lanes[0], &next, writer, error) : 0;
}

int term_merge_postings(struct term_merge *merge, struct postings_writer *writer, struct trawl_error *error)
{
    size_t full = 0;
    for (size_t i = 0; i < merge->lane_count; i++) {
        int status = refill(&merge->lanes[i], error);
        if (status < 0)
            return status;
        if (!status) { /* to the front, with something in it */
            struct merge_lane lane = merge->lanes[i];
            merge->lanes[i] = merge->lanes[full];
            merge->lanes[full++] = lane;
        }
    }
    return write_lanes(merge->lanes, full, writer, error);
}

int term_merge_batch(struct term_merge *merge, const struct posting_source **batch, struct trawl_error *error)
{
    for (; merge->batch_lane < merge->lane_count; merge->batch_lane++) {
        struct posting_source *source = merge->lanes[merge->batch_lane].source;
        const int status = posting_source_next_batch(source, error);
        *batch = source;
        if (status <= 0)
            return status;
    }
    return 1;
}
