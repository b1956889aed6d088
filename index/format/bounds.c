/* Pareto frontiers of (term frequency, length code). A score grows with tf and
 * falls with length, so that only pairs count to which no other is at least
 * as good in both. */
#include "index/format/bounds.h"

#include <string.h>

enum { NONE = 255 };

struct frontier {
    uint8_t tf[BOUND_TF_MANY], code[BOUND_TF_MANY]; /* both descend strictly */
    size_t count;
};

void bounds_init(struct bounds *bounds)
{
    memset(bounds->best_code, NONE, sizeof bounds->best_code);
    bounds->highest = 0;
}

void bounds_add(struct bounds *bounds, uint32_t tf, uint8_t length_code)
{
    const uint32_t index = tf < BOUND_TF_MANY ? tf : BOUND_TF_MANY;
    if (length_code < bounds->best_code[index])
        bounds->best_code[index] = length_code;
    if (index > bounds->highest)
        bounds->highest = index;
}

void bounds_merge(struct bounds *into, const struct bounds *from)
{
    for (uint32_t tf = 1; tf <= from->highest; tf++)
        if (from->best_code[tf] < into->best_code[tf])
            into->best_code[tf] = from->best_code[tf];
    if (from->highest > into->highest)
        into->highest = from->highest;
}

static void find_frontier(struct frontier *frontier, const struct bounds *bounds)
{
    frontier->count = 0;
    uint8_t least = NONE;
    for (uint32_t tf = bounds->highest; tf >= 1; tf--) {
        if (bounds->best_code[tf] >= least)
            continue;
        least = bounds->best_code[tf];
        frontier->tf[frontier->count] = (uint8_t)tf;
        frontier->code[frontier->count++] = least;
    }
}

/* Makes one pair of neighbours i and i + 1: as good as both. */
static void join(struct frontier *frontier, size_t i)
{
    frontier->code[i] = frontier->code[i + 1];
    const size_t behind = frontier->count - i - 2;
    memmove(frontier->tf + i + 1, frontier->tf + i + 2, behind);
    memmove(frontier->code + i + 1, frontier->code + i + 2, behind);
    frontier->count--;
}

static size_t cheapest_neighbours(const struct frontier *frontier)
{
    size_t best = 0;
    unsigned best_cost = UINT32_MAX;
    for (size_t i = 0; i + 1 < frontier->count; i++) {
        const unsigned cost = (unsigned)(frontier->tf[i] - frontier->tf[i + 1]) *
                              (unsigned)(frontier->code[i] - frontier->code[i + 1]);
        if (cost < best_cost) {
            best_cost = cost;
            best = i;
        }
    }
    return best;
}

void bounds_write(uint8_t out[BOUND_BYTES], const struct bounds *bounds)
{
    struct frontier frontier;
    find_frontier(&frontier, bounds);
    while (frontier.count > BOUND_PAIRS)
        join(&frontier, cheapest_neighbours(&frontier));
    for (size_t i = 0; i < BOUND_PAIRS; i++) {
        const size_t pair = i < frontier.count ? i : frontier.count - 1;
        out[i] = frontier.count ? frontier.tf[pair] : 0;
        out[BOUND_PAIRS + i] = frontier.count ? frontier.code[pair] : 0;
    }
}
