/* The matcher's inner loops that processors do differently; as the codec's
 * (index/codec/kernels.h), chosen once, to the bit what the portable ones give. */
#ifndef SRC_MATCH_MATCH_KERNELS_H
#define SRC_MATCH_MATCH_KERNELS_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "src/match/batch.h"
#include "src/match/bm25.h"
#include "src/util/cpu.h"

/* Candidates that a block has, and where in it; count > 0. */
struct found_places {
    const uint8_t *which, *places;
    uint32_t count;
};

struct match_kernels {
    /* As bm25_add. */
    void (*bm25_add)(uint32_t *units, const struct scorer *scorer, const uint32_t *documents, const uint32_t *tfs, size_t n);
    /* The same of some of the documents: of document which[i] is the tf number places[i]. */
    void (*bm25_add_found)(uint32_t *units, const struct scorer *scorer, const uint32_t *documents, const uint32_t *tfs,
                           const struct found_places *found);
    /* Of the batch's candidates [from, to) keeps those that have at least `units` > 0, from place `from` on; those
     * behind `to` stay as they are. Needs batch->count. -> behind the last */
    uint32_t (*batch_keep)(struct batch *batch, uint32_t from, uint32_t to, uint32_t units);
    /* The largest bound of so many blocks, without multiplicity: block_bound.h. */
    uint32_t (*most_bound)(const struct scorer *scorer, const struct bound_mix *mix, const uint8_t *bounds, size_t count);
    /* Takes documents with at least `needed` units out of words [word, words) of a window, of which bit 0 is `first`,
     * until the batch is full; clears their bits and units, and those of others on the way.
     * -> where it stopped: all before are empty */
    uint32_t (*take_words)(struct batch *batch, uint64_t *bits, uint32_t *units, uint32_t first, uint32_t word,
                           uint32_t words, uint32_t needed);
    /* As block_intersect, of 1 to 128 targets and 128 documents. */
    uint32_t (*block_search)(uint8_t *which, uint8_t *place, const uint32_t *targets, uint32_t n, const uint32_t *documents);
    /* From so many targets on it is faster to note a block's documents in a map. */
    uint32_t few_targets;
};

extern const struct match_kernels match_kernels_scalar;
#if defined(__x86_64__)
extern const struct match_kernels match_kernels_avx2, match_kernels_avx512;
#endif

const struct match_kernels *match_kernels_of(enum cpu_level level);

/* Set once, to what is the same from every thread. */
extern _Atomic(const struct match_kernels *) match_kernels_chosen;
const struct match_kernels *match_kernels_choose(void);

static inline const struct match_kernels *match_kernels(void)
{
    const struct match_kernels *chosen = atomic_load_explicit(&match_kernels_chosen, memory_order_relaxed);
    return chosen ? chosen : match_kernels_choose();
}

#endif
