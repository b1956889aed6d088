/* What a block's postings score at most (index/format/bounds.h), for all who look at many blocks. */
#ifndef SRC_MATCH_BLOCK_BOUND_H
#define SRC_MATCH_BLOCK_BOUND_H

#include <string.h>

#include "index/format/bounds.h"
#include "src/match/bm25.h"
#include "src/util/bytes.h"

/* From this norm on, and up to the largest tf that is kept, the step
 * from one tf to the next outweighs the rounding of both (four halves of
 * 2^-24): norm / (254 * (255 + norm)) > 2^-22. */
static const float ROUGH_NORM = 1.0f / 32.0f;

/* What is made of a bound is raised by this, so that no rounding on the way makes it too low. */
static const float HIGHER = 1.0f + 1.0f / (1 << 20);

static inline float block_least(uint64_t bounds, unsigned direction)
{
    const uint32_t bits = bounds_least_bits(bounds, direction);
    float least;
    memcpy(&least, &bits, sizeof least);
    return least;
}

/* Without multiplicity. Both kinds in one, as which it is cannot be foreseen. */
static inline uint32_t block_bound(const struct scorer *scorer, const struct bound_mix *mix, const uint8_t *bytes)
{
    const uint64_t bounds = load_u64(bytes);
    const float least = mix->first * block_least(bounds, mix->direction) +
                        mix->second * block_least(bounds, mix->direction + 1);
    const float norm = scorer->norms[bounds_one_code(bounds)], tf = bm25_tf(bounds_one_tf(bounds));
    const int is_one = bounds_are_one(bounds);
    const float part = (is_one ? tf : 1.0f) / (is_one ? tf + norm : 1.0f + least);
    const float units = scorer->weight * (is_one && norm >= ROUGH_NORM ? part : part * HIGHER);
    return (uint32_t)(int32_t)(units < scorer->weight ? units : scorer->weight);
}

static inline uint32_t block_bounds_most(const struct scorer *scorer, const struct bound_mix *mix, const uint8_t *bounds,
                                         size_t count)
{
    uint32_t most = 0;
    for (size_t i = 0; i < count; i++) {
        const uint32_t bound = block_bound(scorer, mix, bounds + i * BOUND_BYTES);
        most = bound > most ? bound : most;
    }
    return most;
}

#endif
