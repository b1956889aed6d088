/* Portable loops for levels' files to take, compiled there. */
#ifndef SRC_MATCH_MATCH_LOOPS_H
#define SRC_MATCH_MATCH_LOOPS_H

#include "index/codec/run.h"
#include "src/match/bm25.h"
#include "src/match/match_kernels.h"

/* How many numbers there are differs from call to call, so that a loop over them would end where nobody foresees it. So they are
 * taken this many at a time; where the last time has fewer, it takes the last number again and again. */
enum { AT_A_TIME = 8 };

/* There is room for a multiple of that. */
static inline void gather_norms(float *norm, const struct scorer *scorer, const uint32_t *documents, size_t n)
{
    const float *const norms = scorer->norms;
    const uint8_t *const codes = scorer->codes;
    for (size_t i = 0; i < n; i += AT_A_TIME)
#pragma GCC unroll 8
        for (size_t j = i; j < i + AT_A_TIME; j++)
            norm[j] = norms[codes[documents[j < n ? j : n - 1]]];
}

/* Apart from gathering, these are made of vectors by the compiler. What is done to each
 * number is bm25_units() whatever their size: all give the same bits. */
static inline void bm25_add_loops(uint32_t *restrict units, const struct scorer *scorer,
                                  const uint32_t *restrict documents, const uint32_t *restrict tfs, size_t n)
{
    const float *const norms = scorer->norms;
    const uint8_t *const codes = scorer->codes;
    const float weight = scorer->weight;
    const uint32_t multiplicity = scorer->multiplicity;
    float norm[RUN_LENGTH];
    for (size_t i = 0; i < n; i++)
        norm[i] = norms[codes[documents[i]]];
    if (!tfs)
        for (size_t i = 0; i < n; i++)
            units[i] += multiplicity * bm25_units(weight, 1.0f, norm[i]);
    else if (multiplicity == 1)
        for (size_t i = 0; i < n; i++)
            units[i] += bm25_units(weight, bm25_tf(tfs[i]), norm[i]);
    else
        for (size_t i = 0; i < n; i++)
            units[i] += multiplicity * bm25_units(weight, bm25_tf(tfs[i]), norm[i]);
}

/* In the last time some are added 0 times. */
static inline void bm25_add_found_loops(uint32_t *units, const struct scorer *scorer, const uint32_t *documents,
                                        const uint32_t *tfs, const struct found_places *found)
{
    const uint32_t count = found->count;
    for (uint32_t i = 0; i < count; i += AT_A_TIME) {
        float tf[AT_A_TIME], norm[AT_A_TIME];
        uint32_t times[AT_A_TIME], more[AT_A_TIME];
        uint8_t to[AT_A_TIME];
        for (uint32_t j = 0; j < AT_A_TIME; j++) {
            const uint32_t at = i + j < count ? i + j : count - 1;
            to[j] = found->which[at];
            times[j] = i + j < count ? scorer->multiplicity : 0;
            norm[j] = scorer->norms[scorer->codes[documents[to[j]]]];
            tf[j] = bm25_tf(tfs ? tfs[found->places[at]] : 1);
        }
        for (uint32_t j = 0; j < AT_A_TIME; j++)
            more[j] = times[j] * bm25_units(scorer->weight, tf[j], norm[j]);
        for (uint32_t j = 0; j < AT_A_TIME; j++)
            units[to[j]] += more[j];
    }
}

/* Seven steps without branches. */
static inline uint32_t lower_bound_128(const uint32_t *documents, uint32_t target)
{
    const uint32_t *base = documents;
    for (uint32_t step = RUN_LENGTH / 2; step > 0; step /= 2)
        base += (size_t)(base[step - 1] < target) * step;
    return (uint32_t)(base - documents); /* of a target behind all: the last */
}

static inline uint32_t block_search_loop(uint8_t *which, uint8_t *place, const uint32_t *targets, uint32_t n,
                                         const uint32_t *documents)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t at = lower_bound_128(documents, targets[i]);
        which[found] = (uint8_t)i;
        place[found] = (uint8_t)at;
        found += documents[at] == targets[i];
    }
    return found;
}

#endif
