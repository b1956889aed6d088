/* What ways of counting cost, in nanoseconds of a processor of 2020 or so:
 * measured once, and only their ratios matter. */
#ifndef SRC_MATCH_COUNT_COSTS_H
#define SRC_MATCH_COUNT_COSTS_H

#include <stdint.h>

#include "src/match/list.h"

enum {
    COST_DECODE = 60,     /* a block's documents */
    COST_SET_BITS = 30,   /* and its bits in a window */
    COST_OR_BITS = 22,    /* of a block that is a bitset */
    COST_SLICE = 30,      /* moving to another block, for the candidates there */
    COST_CANDIDATE = 3    /* looking for one in a block */
};

/* Lists this dense are bitsets for the most part. */
static inline int count_is_dense(const struct list *list, uint32_t documents)
{
    return list->df > documents / 6;
}

/* All of a list's documents into windows. */
static inline uint64_t count_fill_cost(const struct list *list, uint32_t documents)
{
    const uint64_t each = count_is_dense(list, documents) ? COST_OR_BITS : COST_DECODE + COST_SET_BITS;
    return each * list->cursor.block_count;
}

/* Looking for so many documents in a list, batches of them in order. */
static inline uint64_t count_probe_cost(const struct list *list, uint64_t candidates, uint32_t documents)
{
    const uint64_t blocks = list->cursor.block_count;
    const uint64_t touched = candidates < blocks ? candidates : blocks;
    const uint64_t each = COST_SLICE + (count_is_dense(list, documents) ? 0 : COST_DECODE);
    return touched * each + candidates * COST_CANDIDATE;
}

#endif
