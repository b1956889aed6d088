#include "src/match/bm25.h"

#include <math.h>

#include "index/codec/run.h"
#include "index/format/bounds.h"
#include "index/format/lengths.h"

/* From this norm on, and up to the largest tf that a pair can hold, the step
 * from one tf to the next outweighs the rounding of both (four halves of
 * 2^-24): norm / (254 * (255 + norm)) > 2^-22. */
static const float ROUGH_NORM = 1.0f / 32.0f;

double bm25_idf(uint64_t df, uint64_t documents)
{
    df = df < documents ? df : documents; /* damage may say otherwise */
    return log(1.0 + ((double)documents - (double)df + 0.5) / ((double)df + 0.5));
}

void bm25_norms(float norms[LENGTH_CODES], float k1, float b, double average_length)
{
    for (unsigned code = 0; code < LENGTH_CODES; code++) {
        const double length = length_decode((uint8_t)code);
        norms[code] = (float)((double)k1 * (1.0 - (double)b + (double)b * length / average_length));
    }
}

/* Apart from gathering, both loops are made of vectors by the compiler. */
void bm25_add(uint32_t *restrict units, const struct scorer *scorer, const uint32_t *restrict documents,
              const uint32_t *restrict tfs, size_t n)
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

uint32_t bm25_maximum(const struct scorer *scorer)
{
    return scorer->multiplicity * (uint32_t)scorer->weight;
}

uint32_t bm25_bound(const struct scorer *scorer, uint32_t tf, uint8_t code)
{
    if (tf >= BOUND_TF_MANY)
        return bm25_maximum(scorer);
    const float norm = scorer->norms[code];
    const uint32_t units = bm25_units(scorer->weight, bm25_tf(tf), norm);
    if (norm >= ROUGH_NORM)
        return scorer->multiplicity * units;
    const float slack = scorer->weight * (1.0f / (1 << 22)) + 1.0f;
    const float raised = (float)units + slack;
    return raised < scorer->weight ? scorer->multiplicity * (uint32_t)raised : bm25_maximum(scorer);
}

/* One pair after the other, for those that need care. */
static uint32_t careful_bound(const struct scorer *scorer, const uint8_t *pairs)
{
    uint32_t bound = 0;
    for (unsigned i = 0; i < BOUND_PAIRS; i++) {
        const uint32_t pair = bm25_bound(scorer, pairs[i], pairs[BOUND_PAIRS + i]);
        bound = pair > bound ? pair : bound;
    }
    return bound;
}

/* The usual pairs at once: the best part of the weight is the best score. */
uint32_t bm25_block_bound(const struct scorer *scorer, const uint8_t *pairs)
{
    float norm[BOUND_PAIRS], part[BOUND_PAIRS], best = 0;
    for (unsigned i = 0; i < BOUND_PAIRS; i++)
        norm[i] = scorer->norms[pairs[BOUND_PAIRS + i]];
    if (pairs[0] == BOUND_TF_MANY || norm[BOUND_PAIRS - 1] < ROUGH_NORM) /* tfs and codes descend */
        return careful_bound(scorer, pairs);
    for (unsigned i = 0; i < BOUND_PAIRS; i++)
        part[i] = (float)pairs[i] / ((float)pairs[i] + norm[i]);
    for (unsigned i = 0; i < BOUND_PAIRS; i++)
        best = part[i] > best ? part[i] : best;
    return scorer->multiplicity * (uint32_t)(int32_t)(scorer->weight * best);
}

uint32_t bm25_document_bound(const struct scorer *scorer, const uint8_t *pairs, uint32_t document)
{
    const uint8_t code = scorer->codes[document];
    for (unsigned i = 0; i < BOUND_PAIRS; i++) /* tfs and codes descend */
        if (pairs[BOUND_PAIRS + i] <= code)
            return bm25_bound(scorer, pairs[i], code);
    return 0;
}
