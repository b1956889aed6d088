/* What ways of counting cost, in nanoseconds of a processor of 2020 or so:
 * measured once, and only their ratios matter. */
#ifndef SRC_MATCH_COUNT_COSTS_H
#define SRC_MATCH_COUNT_COSTS_H

#include <stdint.h>

#include "src/match/list.h"

enum {
    COST_DECODE = 60,     /* a block's documents */
    COST_SET_BITS = 30,   /* and its bits in a window */
    COST_SLICE = 30,      /* moving to another block, for the candidates there */
    COST_CANDIDATE = 3,   /* looking for one in a block */
    COST_BIT = 1,         /* looking for one in a dense list */
    BITS_AT_ONCE = 200    /* documents of a dense list, ORed into a window in a nanosecond */
};

/* All of a list's documents into windows. */
static inline uint64_t count_fill_cost(const struct list *list, uint32_t documents)
{
    return postings_cursor_is_dense(&list->cursor) ? documents / BITS_AT_ONCE
                                                   : (uint64_t)(COST_DECODE + COST_SET_BITS) * list->cursor.block_count;
}

/* Looking for so many documents in a list, batches of them in order. */
static inline uint64_t count_probe_cost(const struct list *list, uint64_t candidates)
{
    const uint64_t blocks = list->cursor.block_count;
    const uint64_t touched = candidates < blocks ? candidates : blocks;
    return postings_cursor_is_dense(&list->cursor) ? candidates * COST_BIT
                                                   : touched * (COST_SLICE + COST_DECODE) + candidates * COST_CANDIDATE;
}

#endif
