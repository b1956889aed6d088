#include "src/match/collector.h"

int collector_init(struct collector *collector, size_t limit, uint64_t base, struct deadline *deadline, struct arena *arena,
                   struct trawl_error *error)
{
    *collector = (struct collector){.deadline = deadline};
    return limit ? topk_init(&collector->topk, limit, base, arena, error) : 0;
}

void collector_enter(struct collector *collector, const struct match_context *context)
{
    collector->segment = context->segment;
    collector->segment_number = (uint32_t)context->segment_number;
    collector->next_insertion = context->segment->order.base;
}

void collector_share_floor(struct collector *collector)
{
    const struct topk *topk = &collector->topk;
    const uint32_t worst = topk->is_full ? topk_units(topk->worst) : 0;
    if (!collector->shared_floor)
        return;
    uint32_t known = atomic_load_explicit(collector->shared_floor, memory_order_relaxed);
    const uint32_t own = worst > collector->floor ? worst : collector->floor;
    while (own > known && !atomic_compare_exchange_weak_explicit(collector->shared_floor, &known, own, memory_order_relaxed,
                                                                 memory_order_relaxed))
        ;
    collector->floor = own > known ? own : known;
}

void collector_merge(struct collector *collector, const struct collector *other)
{
    collector->collected += other->collected;
    for (size_t i = 0; i < other->topk.count; i++) {
        const struct topk_entry *entry = &other->topk.entries[i];
        topk_add(&collector->topk, entry->rank, entry->segment, entry->document);
    }
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
        collector_share_floor(collector);
    }
    return deadline_check(collector->deadline, DEADLINE_BLOCK, error);
}
