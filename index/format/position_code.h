/* How many bits a document's positions take: FORMAT.md, "POSN". They are a set
 * of numbers below a bound that the code of the document's end stands for, so that the code
 * and the term's frequency tell the size. One table serves all terms. */
#ifndef INDEX_FORMAT_POSITION_CODE_H
#define INDEX_FORMAT_POSITION_CODE_H

#include <stdint.h>

#include "index/codec/subset.h"

enum { POSITION_CODES = 256, POSITION_FEW = 32, POSITION_NONE = UINT16_MAX };

struct position_code {
    uint32_t bounds[POSITION_CODES];             /* by the code of an end: of subsets */
    uint16_t bits[POSITION_CODES][POSITION_FEW]; /* by code and frequency, if it is below; POSITION_NONE: cannot be */
    struct subset_tables tables;
};

void position_code_init(struct position_code *code);

static inline uint64_t position_code_bits(const struct position_code *code, uint8_t end, uint32_t tf)
{
    return tf < POSITION_FEW ? code->bits[end][tf] : subset_bits(code->bounds[end], tf);
}

#endif
