/* Score bounds of a block: up to four (tf, length code) pairs of which one is
 * at least as good as any posting of the block, whatever k1, b and weight are.
 * FORMAT.md, "POST". */
#ifndef INDEX_FORMAT_BOUNDS_H
#define INDEX_FORMAT_BOUNDS_H

#include <stddef.h>
#include <stdint.h>

enum { BOUND_PAIRS = 4, BOUND_BYTES = 8, BOUND_TF_MANY = 255 };

/* Collects the Pareto frontier of postings. */
struct bounds {
    uint8_t best_code[BOUND_TF_MANY + 1]; /* smallest length code seen with this tf, 255: none (valid codes end below) */
    uint32_t highest;                     /* largest tf index in use, 0: none */
};

void bounds_init(struct bounds *bounds);
void bounds_add(struct bounds *bounds, uint32_t tf, uint8_t length_code);
void bounds_merge(struct bounds *into, const struct bounds *from);
void bounds_write(uint8_t out[BOUND_BYTES], const struct bounds *bounds);

#endif
