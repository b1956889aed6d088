#include "src/match/bm25.h"

#include <math.h>

#include "index/format/lengths.h"
#include "src/match/block_bound.h"
#include "src/match/match_kernels.h"

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

void bm25_add(uint32_t *units, const struct scorer *scorer, const uint32_t *documents, const uint32_t *tfs, size_t n)
{
    match_kernels()->bm25_add(units, scorer, documents, tfs, n);
}

uint32_t bm25_maximum(const struct scorer *scorer)
{
    return scorer->multiplicity * (uint32_t)scorer->weight;
}

uint32_t bm25_bound(const struct scorer *scorer, uint32_t tf, uint8_t code)
{
    if (tf > BOUND_TF_MOST)
        return bm25_maximum(scorer);
    const float norm = scorer->norms[code];
    const uint32_t units = bm25_units(scorer->weight, bm25_tf(tf), norm);
    if (norm >= ROUGH_NORM)
        return scorer->multiplicity * units;
    const float slack = scorer->weight * (1.0f / (1 << 22)) + 1.0f;
    const float raised = (float)units + slack;
    return raised < scorer->weight ? scorer->multiplicity * (uint32_t)raised : bm25_maximum(scorer);
}

/* ------------------------------------------------------------------- of blocks
 *
 * With norms x + y * length: (x, y) in terms of the two neighbouring directions that bounds are kept for. Both
 * parts are cut a little, and what comes of them raised, so that no rounding on the way there, nor in the scores themselves,
 * makes a bound too low. */
static const float SHORTER = 1.0f - 1.0f / (1 << 18), LARGEST_NORM = 1e30f;

void bm25_mix(struct bound_mix *mix, const float *norms)
{
    enum { LONGEST = LENGTH_CODES - 2 };
    const float x = norms[0], y = (norms[LONGEST] - x) / (float)length_decode(LONGEST) * 1024.0f;
    unsigned direction = 0;
    *mix = (struct bound_mix){0};
    if (!(norms[LONGEST] < LARGEST_NORM))
        return;
    while (direction < BOUND_DIRECTIONS - 2 && y > bound_slopes[direction + 1] * x)
        direction++;
    const float slope = bound_slopes[direction], beyond = y > slope * x ? y - slope * x : 0.0f;
    mix->direction = direction;
    if (direction == BOUND_DIRECTIONS - 2) { /* the last direction has no constant part */
        mix->second = beyond / slope * SHORTER;
        mix->first = x * SHORTER;
    } else {
        const float second = beyond / (bound_slopes[direction + 1] - slope);
        mix->second = second * SHORTER;
        mix->first = (x > second ? x - second : 0.0f) * SHORTER;
    }
}

static uint32_t raised(const struct scorer *scorer, float part)
{
    const float units = scorer->weight * (part * HIGHER);
    return scorer->multiplicity * (uint32_t)(int32_t)(units < scorer->weight ? units : scorer->weight);
}

uint32_t bm25_block_bound(const struct scorer *scorer, const struct bound_mix *mix, const uint8_t *bytes)
{
    return scorer->multiplicity * block_bound(scorer, mix, bytes);
}

uint32_t bm25_most_bound(const struct scorer *scorer, const struct bound_mix *mix, const uint8_t *bounds, size_t count)
{
    return scorer->multiplicity * match_kernels()->most_bound(scorer, mix, bounds, count);
}

/* The largest tf that the block allows for this length. */
static float most_tf(uint64_t bounds, float length)
{
    float most = 2147483648.0f;
    for (unsigned direction = 0; direction < BOUND_DIRECTIONS; direction++) {
        const float tf = bound_direction(direction, length) / (block_least(bounds, direction) * SHORTER);
        most = tf < most ? tf : most; /* not when it is divided by 0 */
    }
    return most;
}

uint32_t bm25_document_bound(const struct scorer *scorer, const uint8_t *bytes, uint32_t document)
{
    const uint64_t bounds = load_u64(bytes);
    const uint8_t code = scorer->codes[document];
    if (bounds_are_one(bounds))
        return code < bounds_one_code(bounds) ? 0 : bm25_bound(scorer, bounds_one_tf(bounds), code);
    const float tf = most_tf(bounds, (float)length_decode(code));
    return tf < 1.0f ? 0 : raised(scorer, tf / (tf + scorer->norms[code]));
}
