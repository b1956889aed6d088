#include "index/read/segment_ways.h"

#include <stdatomic.h>

#include "index/codec/bits.h"
#include "index/read/segment.h"
#include "src/util/memory.h"

enum { SEARCHES = 4 }; /* cost about as much as turning the way round */

struct segment_ways {
    atomic_uint searches;
    _Atomic(uint32_t *) documents; /* by ordinal; NULL: not made yet */
};

int segment_ways_new(struct segment_ways **ways)
{
    *ways = memory_alloc_zero(1, sizeof **ways);
    if (!*ways)
        return TRAWL_ERROR_MEMORY;
    atomic_init(&(*ways)->searches, 0);
    atomic_init(&(*ways)->documents, NULL);
    return 0;
}

void segment_ways_free(struct segment_ways *ways)
{
    if (ways)
        memory_free(atomic_load(&ways->documents));
    memory_free(ways);
}

uint32_t segment_ordinal(const struct segment *segment, uint32_t document)
{
    return order_ordinal(&segment->order, document);
}

/* A document number that is right or damaged. */
static uint32_t search(const struct segment *segment, uint32_t ordinal)
{
    const struct order *order = &segment->order;
    uint32_t document = 0;
    while (document + 1 < segment->documents && bits_get(order->ordinals, document, order->ordinal_width) != ordinal)
        document++;
    return document;
}

/* Two threads may both make it; one of them is kept. NULL: no memory. */
static const uint32_t *turn_round(const struct segment *segment)
{
    uint32_t *known = NULL;
    uint32_t *made = memory_alloc_zero(segment->documents, sizeof *made);
    if (!made)
        return NULL;
    for (uint32_t document = 0; document < segment->documents; document++)
        made[segment_ordinal(segment, document)] = document;
    if (atomic_compare_exchange_strong(&segment->ways->documents, &known, made))
        return made;
    memory_free(made);
    return known;
}

static const uint32_t *way_back(const struct segment *segment)
{
    const uint32_t *documents = atomic_load(&segment->ways->documents);
    if (documents || atomic_fetch_add(&segment->ways->searches, 1) < SEARCHES)
        return documents;
    return turn_round(segment);
}

int segment_document(uint32_t *document, const struct segment *segment, uint32_t ordinal, struct trawl_error *error)
{
    *document = ordinal;
    if (!segment->ways)
        return 0;
    const uint32_t *documents = way_back(segment);
    *document = documents ? documents[ordinal] : search(segment, ordinal);
    if (segment_ordinal(segment, *document) == ordinal)
        return 0;
    const uint64_t offset = (uint64_t)(segment->order.ordinals - segment->container.map.bytes);
    return error_corrupt(error, segment->container.path, "ORDR", offset, "no document has ordinal %u", (unsigned)ordinal);
}

int segment_find_id(uint32_t *document, const struct segment *segment, const uint8_t *id, size_t length,
                    struct trawl_error *error)
{
    uint32_t ordinal;
    int status = ids_find(&ordinal, &segment->ids, id, length, error);
    if (!status)
        status = segment_document(document, segment, ordinal, error);
    if (status)
        return status;
    return segment_is_live(segment, *document) ? 0 : TRAWL_END;
}
