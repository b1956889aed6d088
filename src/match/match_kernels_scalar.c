/* The portable kernels, and the specification of all others. */
#include "src/match/block_bound.h"
#include "src/match/match_kernels.h"
#include "src/match/match_loops.h"
#include "src/match/window_loops.h"

static uint32_t keep(struct batch *batch, uint32_t from, uint32_t to, uint32_t units)
{
    return batch_keep_each(batch, from, from, to, units);
}

static const struct take_loops loops = {find_few_places, NULL};
TAKE_KERNEL(loops)

const struct match_kernels match_kernels_scalar = {
    .bm25_add = bm25_add_loops,
    .bm25_add_found = bm25_add_found_loops,
    .batch_keep = keep,
    .most_bound = block_bounds_most,
    .take_words = take,
    .block_search = block_search_loop,
    .few_targets = 14,
};
