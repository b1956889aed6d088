#include "src/match/collector.h"

#include <time.h>

/* Batches from one look at the clock to the next: some ten microseconds' work each at most, but for
 * phrases in very long documents. */
enum { CLOCK_EVERY = 64 };

int collector_init(struct collector *collector, size_t limit, uint64_t base, uint64_t deadline_ns, struct arena *arena,
                   struct trawl_error *error)
{
    *collector = (struct collector){.deadline_ns = deadline_ns, .until_clock = CLOCK_EVERY};
    return limit ? topk_init(&collector->topk, limit, base, arena, error) : 0;
}

void collector_enter(struct collector *collector, const struct match_context *context)
{
    collector->segment = context->segment;
    collector->segment_number = (uint32_t)context->segment_number;
    collector->next_insertion = context->segment->order.base;
}

int collector_check_clock(struct collector *collector, struct trawl_error *error)
{
    struct timespec now;
    if (collector->deadline_ns == 0 || --collector->until_clock > 0)
        return 0;
    collector->until_clock = CLOCK_EVERY;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if ((uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec < collector->deadline_ns)
        return 0;
    return error_set(error, TRAWL_ERROR_TIMEOUT, "the search took longer than allowed");
}

void collector_drop_deleted(const struct segment *segment, struct batch *batch)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; segment->deleted && i < batch->count; i++) {
        const uint32_t document = batch->documents[i];
        batch_move(batch, kept, i);
        kept += segment_is_live(segment, document) != 0;
    }
    batch->count = segment->deleted ? kept : batch->count;
}

static uint64_t insertion_of(const struct segment *segment, uint32_t document)
{
    return order_insertion(&segment->order, segment_ordinal(segment, document));
}

int collector_add(struct collector *collector, struct batch *batch, struct trawl_error *error)
{
    const struct segment *segment = collector->segment;
    collector_drop_deleted(segment, batch);
    collector->collected += batch->count;
    if (collector->topk.limit > 0 && batch->count > 0) {
        const uint32_t required = collector_required(collector);
        for (uint32_t i = 0; i < batch->count; i++) {
            if (batch->units[i] < required)
                continue;
            const uint64_t insertion = insertion_of(segment, batch->documents[i]);
            const uint64_t rank = topk_rank(&collector->topk, batch->units[i], insertion);
            topk_add(&collector->topk, rank, collector->segment_number, batch->documents[i]);
        }
        if (!segment->order.ordinals)
            collector->next_insertion = segment->order.base + batch->documents[batch->count - 1] + 1;
    }
    return collector_check_clock(collector, error);
}
