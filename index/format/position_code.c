#include "index/format/position_code.h"

#include "index/format/lengths.h"

/* Codes of nothing and of more than can be said bound nothing. */
static uint32_t bound_of(uint8_t end)
{
    const uint32_t most = length_most(end);
    return most > SUBSET_LARGEST ? SUBSET_ANY : most;
}

void position_code_init(struct position_code *code)
{
    subset_tables_init(&code->tables);
    for (unsigned end = 0; end < POSITION_CODES; end++) {
        code->bounds[end] = bound_of((uint8_t)end);
        code->bits[end][0] = 0;
        for (uint32_t tf = 1; tf < POSITION_FEW; tf++) {
            const uint64_t bits = subset_bits(code->bounds[end], tf);
            code->bits[end][tf] = bits < POSITION_NONE ? (uint16_t)bits : POSITION_NONE;
        }
    }
}
