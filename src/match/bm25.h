/* BM25 in whole units. A contribution is a float product rounded toward zero
 * to an integer, so that sums do not depend on their order (docs/RANKING.md).
 *
 *     units(tf, code) = (uint32_t)(weight * (tf / (tf + norm[code])))
 *
 * Everything that scores calls bm25_units(), and everything that bounds
 * relies on it being monotone: it never falls as norm falls (each float
 * operation is monotone), nor as tf rises while norm is not tiny. For tiny norms
 * tf + norm is rounded so coarsely that a larger tf may score a unit less;
 * bounds are raised there (bm25_bound). Bounds of blocks are raised anyway. */
#ifndef SRC_MATCH_BM25_H
#define SRC_MATCH_BM25_H

#include <stddef.h>
#include <stdint.h>

enum { LENGTH_CODES = 256 };

/* How the postings of one leaf score in one segment. */
struct scorer {
    float weight;          /* boost * idf in units */
    uint32_t multiplicity; /* how often the leaf stands in the query */
    const float *norms;    /* [LENGTH_CODES] */
    const uint8_t *codes;  /* by document */
};

double bm25_idf(uint64_t df, uint64_t documents);

/* norms[code] = k1 * (1 - b + b * length / average) */
void bm25_norms(float norms[LENGTH_CODES], float k1, float b, double average_length);

/* tf >= 1; weight < 2^31. */
static inline uint32_t bm25_units(float weight, float tf, float norm)
{
    return (uint32_t)(int32_t)(weight * (tf / (tf + norm)));
}

/* A tf from disk as a float: damage must not make it 0 or negative. */
static inline float bm25_tf(uint32_t tf)
{
    const float wide = (float)(int32_t)(tf & INT32_MAX);
    return wide < 1.0f ? 1.0f : wide;
}

/* What the leaf adds to a document, multiplicity included. */
static inline uint32_t bm25_score(const struct scorer *scorer, uint32_t document, uint32_t tf)
{
    return scorer->multiplicity * bm25_units(scorer->weight, bm25_tf(tf), scorer->norms[scorer->codes[document]]);
}

/* units[i] += what the leaf adds to documents[i], for i < n <= 128; with
 * tfs NULL every tf is 1. */
void bm25_add(uint32_t *units, const struct scorer *scorer, const uint32_t *documents, const uint32_t *tfs, size_t n);

/* No posting with a tf no larger and a length no shorter scores above this. */
uint32_t bm25_bound(const struct scorer *scorer, uint32_t tf, uint8_t code);

/* No posting at all scores above this. */
uint32_t bm25_maximum(const struct scorer *scorer);

/* How the bounds of blocks (index/format/bounds.h) are read with these norms. */
struct bound_mix {
    unsigned direction;  /* between this one and the next */
    float first, second; /* how much of each */
};
void bm25_mix(struct bound_mix *mix, const float *norms);

/* No posting of a block scores above this. `bytes`: BOUND_BYTES. */
uint32_t bm25_block_bound(const struct scorer *scorer, const struct bound_mix *mix, const uint8_t *bytes);

/* Of so many blocks, whose bounds stand one behind the other. */
uint32_t bm25_most_bound(const struct scorer *scorer, const struct bound_mix *mix, const uint8_t *bounds, size_t count);

/* Nor does the one posting of this document above that, should the block have it. */
uint32_t bm25_document_bound(const struct scorer *scorer, const uint8_t *bytes, uint32_t document);

#endif
