#include "index/format/term_floors.h"

#include <stdlib.h>

#include "index/format/lengths.h"
#include "tests/unit/tap.h"

enum { MOST = 6000, BLOCK = 128 };

static uint32_t tfs[MOST];
static uint8_t codes[MOST];

static struct term_floors floors_of(struct floors_builder *builder, size_t count, float average)
{
    struct term_floors floors;
    floors_builder_start(builder, average);
    for (size_t at = 0; at < count; at += BLOCK)
        floors_builder_add(builder, tfs + at, codes + at, count - at < BLOCK ? count - at : BLOCK);
    floors_builder_finish(&floors, builder);
    return floors;
}

/* Postings that cost no more. */
static size_t count_cheap(size_t count, unsigned ratio, float average, double cost)
{
    size_t cheap = 0;
    for (size_t i = 0; i < count; i++) {
        const double tf = tfs[i] < FLOOR_TF_MOST ? tfs[i] : FLOOR_TF_MOST;
        const double length = (double)length_decode(codes[i]);
        cheap += (1.0 + (double)floor_ratios[ratio] * length / (double)average) / tf <= cost * (1 + 1e-6);
    }
    return cheap;
}

static void so_many_postings_cost_no_more(void)
{
    struct floors_builder *builder;
    struct tap_random random = {17};
    REQUIRE_INT(floors_builder_new(&builder), 0);
    for (size_t round = 0; round < tap_rounds(200); round++) {
        const size_t count = 1 + tap_random_below(&random, MOST);
        const float average = (float)(1 + tap_random_below(&random, 1000));
        const uint64_t most_tf = 1 + tap_random_below(&random, 100), most_code = 1 + tap_random_below(&random, 120);
        for (size_t i = 0; i < count; i++) {
            tfs[i] = 1 + (uint32_t)tap_random_below(&random, 1 + tap_random_below(&random, most_tf));
            codes[i] = (uint8_t)tap_random_below(&random, most_code);
        }
        const struct term_floors floors = floors_of(builder, count, average);
        for (unsigned i = 0; i < FLOOR_COUNTS; i++)
            for (unsigned ratio = 0; ratio < FLOOR_RATIOS; ratio++) {
                const uint16_t level = floors.levels[i][ratio];
                REQUIRE_INT(level > 0, i < floors_known(count));
                if (!level)
                    continue;
                REQUIRE(count_cheap(count, ratio, average, floors_cost(level)) >= floor_documents[i]);
                REQUIRE(count_cheap(count, ratio, average, floors_cost((uint16_t)(level - 1)) * (1 - 1e-5)) < floor_documents[i]);
            }
    }
    floors_builder_free(builder);
}

static void few_documents_have_none(void)
{
    CHECK_UINT(floors_known(0), 0);
    CHECK_UINT(floors_known(128), 0);
    CHECK_UINT(floors_known(129), 2);
    CHECK_UINT(floors_known(999), 2);
    CHECK_UINT(floors_known(1000), 3);
    CHECK_UINT(floors_known(UINT32_MAX), 3);
}

/* Documents so much longer than the average that no level is high enough. */
static void what_costs_too_much_has_none(void)
{
    struct floors_builder *builder;
    REQUIRE_INT(floors_builder_new(&builder), 0);
    for (size_t i = 0; i < 200; i++) {
        tfs[i] = 1;
        codes[i] = i < 50 ? 10 : 255;
    }
    const struct term_floors floors = floors_of(builder, 200, (float)length_decode(10));
    CHECK(floors.levels[0][0] > 0 && floors.levels[0][1] > 0); /* four and a little */
    CHECK(floors_cost(floors.levels[0][1]) >= 4 && floors_cost(floors.levels[0][1]) < 4.1);
    CHECK_UINT(floors.levels[1][0], 0);
    CHECK_UINT(floors.levels[1][1], 0);
    floors_builder_free(builder);
}

static void costs_rise_with_levels(void)
{
    CHECK(floors_cost(0) <= 1.0 / FLOOR_TF_MOST);
    for (uint16_t level = 1; level < FLOOR_LEVELS; level++) {
        CHECK(floors_cost(level) > floors_cost((uint16_t)(level - 1)));
        CHECK(floors_cost(level) < floors_cost((uint16_t)(level - 1)) * 1.008);
    }
}

TAP_MAIN("term floors", TAP_CASE(so_many_postings_cost_no_more), TAP_CASE(few_documents_have_none),
         TAP_CASE(what_costs_too_much_has_none), TAP_CASE(costs_rise_with_levels))
