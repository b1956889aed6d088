#include "index/format/term_floors.h"

#include <string.h>

#include "index/format/lengths.h"
#include "src/util/memory.h"

enum { CODES = 256, MANTISSA_BITS = 7, LEAST_EXPONENT = 127 - 6 /* of a cost: 1 / 63 is above 2^-6 */, DROPPED_BITS = 23 - MANTISSA_BITS };

struct floors_builder {
    float average; /* that the levels are for; 0: none yet */
    uint64_t df;
    uint16_t level_of[FLOOR_RATIOS][FLOOR_TF_MOST + 1][CODES];
    uint32_t counts[FLOOR_RATIOS][FLOOR_LEVELS]; /* of postings by level; zeros when df is 0 */
};

/* --------------------------------------------------------------------- levels */

/* A float's upper bits, rounded up; the last level is for what costs too much. */
static uint16_t level_of_cost(float cost)
{
    uint32_t bits;
    memcpy(&bits, &cost, sizeof bits);
    const uint32_t level = ((bits + (1U << DROPPED_BITS) - 1) >> DROPPED_BITS) - (LEAST_EXPONENT << MANTISSA_BITS);
    return (uint16_t)(level < FLOOR_LEVELS ? level : FLOOR_LEVELS - 1);
}

double floors_cost(uint16_t level)
{
    const uint32_t bits = (level + ((uint32_t)LEAST_EXPONENT << MANTISSA_BITS)) << DROPPED_BITS;
    float cost;
    memcpy(&cost, &bits, sizeof cost);
    return (double)cost;
}

float floors_average(uint64_t decoded_lengths, uint64_t documents)
{
    return documents && decoded_lengths ? (float)((double)decoded_lengths / (double)documents) : 1.0f;
}

static void set_average(struct floors_builder *builder, float average)
{
    builder->average = average;
    for (unsigned ratio = 0; ratio < FLOOR_RATIOS; ratio++)
        for (unsigned code = 0; code < CODES; code++) {
            const float part = 1.0f + floor_ratios[ratio] * ((float)length_decode((uint8_t)code) / average);
            for (unsigned tf = 1; tf <= FLOOR_TF_MOST; tf++)
                builder->level_of[ratio][tf][code] = level_of_cost(part / (float)tf);
        }
}

/* --------------------------------------------------------------------- builder */

int floors_builder_new(struct floors_builder **builder)
{
    *builder = memory_alloc_zero(1, sizeof **builder);
    return *builder ? 0 : TRAWL_ERROR_MEMORY;
}

void floors_builder_free(struct floors_builder *builder)
{
    memory_free(builder);
}

void floors_builder_start(struct floors_builder *builder, float average)
{
    if (builder->average < average || builder->average > average)
        set_average(builder, average);
    if (builder->df)
        memset(builder->counts, 0, sizeof builder->counts);
    builder->df = 0;
}

void floors_builder_add(struct floors_builder *builder, const uint32_t *tfs, const uint8_t *codes, size_t count)
{
    builder->df += count;
    for (size_t i = 0; i < count; i++) {
        const uint32_t tf = tfs[i] < FLOOR_TF_MOST ? tfs[i] : FLOOR_TF_MOST;
        for (unsigned ratio = 0; ratio < FLOOR_RATIOS; ratio++)
            builder->counts[ratio][builder->level_of[ratio][tf][codes[i]]]++;
    }
}

void floors_builder_finish(struct term_floors *floors, const struct floors_builder *builder)
{
    const unsigned known = floors_known(builder->df);
    *floors = (struct term_floors){{{0}}};
    for (unsigned ratio = 0; ratio < FLOOR_RATIOS; ratio++) {
        uint64_t sum = 0;
        for (unsigned level = 0, next = 0; level < FLOOR_LEVELS - 1 && next < known; level++) {
            sum += builder->counts[ratio][level];
            for (; next < known && sum >= floor_documents[next]; next++)
                floors->levels[next][ratio] = (uint16_t)level;
        }
    }
}
