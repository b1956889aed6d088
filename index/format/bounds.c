/* The numbers kept are the top ten bits of a float's range from 2^-16 to 2^16, cut down. All are worked out by
 * single multiplications, additions and divisions of floats, so that they are the same everywhere. */
#include "index/format/bounds.h"

#include <string.h>

#include "index/format/lengths.h"
#include "src/util/bytes.h"

enum { LEAST_EXPONENT = 111, CODE_SHIFT = 18, CODES = 1024, ONE = 15 };

static uint32_t encode(float least)
{
    uint32_t bits;
    memcpy(&bits, &least, sizeof bits); /* not negative: ordered as numbers are */
    const uint32_t floor = (uint32_t)LEAST_EXPONENT << 23;
    if (bits < floor)
        return 0;
    const uint32_t code = (bits - floor) >> CODE_SHIFT;
    return code < CODES ? code : CODES - 1;
}

void bounds_init(struct bounds *bounds)
{
    *bounds = (struct bounds){.shortest = UINT8_MAX};
    for (unsigned direction = 0; direction < BOUND_DIRECTIONS; direction++)
        bounds->least[direction] = 3e38f;
}

static void note_best(struct bounds *bounds, uint32_t most_tf, uint8_t shortest, uint32_t best_tf)
{
    if (most_tf > bounds->most_tf)
        bounds->most_tf = most_tf;
    if (shortest < bounds->shortest || (shortest == bounds->shortest && best_tf > bounds->best_tf))
        bounds->best_tf = best_tf;
    if (shortest < bounds->shortest)
        bounds->shortest = shortest;
}

void bounds_add(struct bounds *bounds, uint32_t tf, uint8_t length_code)
{
    const float length = (float)length_decode(length_code), one_by_tf = 1.0f / (float)tf;
    note_best(bounds, tf, length_code, tf);
    for (unsigned direction = 0; direction < BOUND_DIRECTIONS; direction++) {
        const float value = bound_direction(direction, length) * one_by_tf;
        bounds->least[direction] = value < bounds->least[direction] ? value : bounds->least[direction];
    }
}

void bounds_merge(struct bounds *into, const struct bounds *from)
{
    note_best(into, from->most_tf, from->shortest, from->best_tf);
    for (unsigned direction = 0; direction < BOUND_DIRECTIONS; direction++)
        if (from->least[direction] < into->least[direction])
            into->least[direction] = from->least[direction];
}

void bounds_write(uint8_t out[BOUND_BYTES], const struct bounds *bounds)
{
    uint64_t word = 0;
    if (bounds->best_tf == bounds->most_tf && bounds->most_tf <= BOUND_TF_MOST)
        word = (uint64_t)ONE << 60 | (uint64_t)bounds->shortest << 8 | bounds->most_tf;
    else
        for (unsigned direction = 0; direction < BOUND_DIRECTIONS; direction++)
            word |= (uint64_t)encode(bounds->least[direction]) << 10 * direction;
    store_u64(out, word);
}

int bounds_hold(const uint8_t bytes[BOUND_BYTES], uint32_t tf, uint8_t length_code)
{
    const uint64_t bounds = load_u64(bytes);
    const float length = (float)length_decode(length_code), one_by_tf = 1.0f / (float)tf;
    if (bounds_are_one(bounds))
        return tf <= bounds_one_tf(bounds) && length_code >= bounds_one_code(bounds);
    for (unsigned direction = 0; direction < BOUND_DIRECTIONS; direction++)
        if ((bounds >> 10 * direction & (CODES - 1)) > encode(bound_direction(direction, length) * one_by_tf))
            return 0;
    return 1;
}
