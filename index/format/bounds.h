/* Score bounds of a block, whatever k1, b and weight are. FORMAT.md, "POST".
 *
 * A posting scores weight / (1 + (x + y * length) / tf) with x and y from k1, b
 * and the average length: the less the fraction, the more. The least of it over a block is
 * kept for six directions of (x, y). Any other direction is a sum of two
 * neighbours, and its least is no less than the sum of theirs. As good as
 * the corners of the postings' convex hull in (1 / tf, length / tf), then, in eight bytes.
 *
 * Where one posting is as good as any other in both, it is kept itself: its bound is exact,
 * so that of many equal documents the later ones are skipped. */
#ifndef INDEX_FORMAT_BOUNDS_H
#define INDEX_FORMAT_BOUNDS_H

#include <stddef.h>
#include <stdint.h>

enum { BOUND_BYTES = 8, BOUND_DIRECTIONS = 6, BOUND_TF_MOST = 254 /* of a posting that is kept itself */ };

/* What a direction makes of a length: the last has no constant part. */
static const float bound_slopes[BOUND_DIRECTIONS - 1] = {0, 1, 4, 16, 64};

static inline float bound_direction(unsigned direction, float length)
{
    const float part = length * (1.0f / 1024.0f);
    return direction < BOUND_DIRECTIONS - 1 ? 1.0f + bound_slopes[direction] * part : bound_slopes[direction - 1] * part;
}

/* Collects postings. */
struct bounds {
    float least[BOUND_DIRECTIONS];
    uint32_t most_tf;       /* 0: none yet */
    uint8_t shortest;       /* length code */
    uint32_t best_tf;       /* the largest of those with the shortest length: most_tf when it is as good as any */
};

void bounds_init(struct bounds *bounds);
void bounds_add(struct bounds *bounds, uint32_t tf, uint8_t length_code);
void bounds_merge(struct bounds *into, const struct bounds *from);
void bounds_write(uint8_t out[BOUND_BYTES], const struct bounds *bounds);

/* Is the posting within them? */
int bounds_hold(const uint8_t bytes[BOUND_BYTES], uint32_t tf, uint8_t length_code);

/* ---- reading: 1 when one posting was kept, 0 when directions were */
static inline int bounds_are_one(uint64_t bounds)
{
    return bounds >> 60 == 15;
}

static inline uint32_t bounds_one_tf(uint64_t bounds)
{
    return (uint32_t)(bounds & 0xff);
}

static inline uint8_t bounds_one_code(uint64_t bounds)
{
    return (uint8_t)(bounds >> 8 & 0xff);
}

/* The bits of a float: the least in a direction; 0 when it is less than can be said. */
static inline uint32_t bounds_least_bits(uint64_t bounds, unsigned direction)
{
    const uint32_t code = (uint32_t)(bounds >> 10 * direction) & 1023;
    return code ? (code << 18) + (UINT32_C(111) << 23) : 0;
}

#endif
