#include "src/match/bm25.h"

#include <math.h>

#include "index/format/bounds.h"
#include "index/format/lengths.h"
#include "tests/unit/tap.h"

static void idf_is_the_formulas(void)
{
    CHECK_DOUBLE(bm25_idf(1, 1), log(1.0 + 0.5 / 1.5), 1e-15);
    CHECK_DOUBLE(bm25_idf(10, 1000), log(1.0 + 990.5 / 10.5), 1e-15);
    CHECK(bm25_idf(7, 5) > 0); /* a damaged dictionary */
}

static void norms_are_the_formulas(void)
{
    float norms[LENGTH_CODES];
    bm25_norms(norms, 1.5f, 0.5f, 20.0);
    CHECK_DOUBLE((double)norms[0], 0.75, 1e-7);
    CHECK_DOUBLE((double)norms[20], 1.5, 1e-7);
    CHECK_DOUBLE((double)norms[100], 1.5 * (0.5 + 0.5 * length_decode(100) / 20.0), 1e-4);
}

static void units_are_cut(void)
{
    CHECK_UINT(bm25_units(1000.0f, 1.0f, 0.5f), 666);
    CHECK_UINT(bm25_units(1000.0f, 3.0f, 0.0f), 1000);
    CHECK_UINT(bm25_units(0.5f, 1.0f, 0.5f), 0);
    CHECK_DOUBLE((double)bm25_tf(0), 1.0, 0.0);
    CHECK_DOUBLE((double)bm25_tf(UINT32_MAX), 2147483648.0, 0.0);
}

/* ------------------------------------------------------------- random scorers */

enum { DOCUMENTS = 128 };

struct random_scorer {
    struct scorer scorer;
    float norms[LENGTH_CODES];
    uint8_t codes[DOCUMENTS];
};

static void make_scorer(struct random_scorer *out, struct tap_random *random)
{
    static const float k1s[] = {0.9f, 1.2f, 0.0f, 0.001f, 100.0f}, bs[] = {0.0f, 0.4f, 1.0f};
    bm25_norms(out->norms, k1s[tap_random_below(random, 5)], bs[tap_random_below(random, 3)], 60.0);
    for (size_t i = 0; i < DOCUMENTS; i++)
        out->codes[i] = (uint8_t)(1 + tap_random_below(random, 200));
    out->scorer = (struct scorer){.weight = (float)(1 + tap_random_below(random, UINT64_C(1) << tap_random_below(random, 30))),
                                  .multiplicity = 1 + (uint32_t)tap_random_below(random, 2),
                                  .norms = out->norms,
                                  .codes = out->codes};
}

static uint32_t random_tf(struct tap_random *random)
{
    return 1 + (uint32_t)tap_random_below(random, UINT64_C(1) << tap_random_below(random, 12));
}

static void many_add_what_one_does(void)
{
    struct tap_random random = {5};
    for (size_t round = 0; round < tap_rounds(300); round++) {
        struct random_scorer made;
        uint32_t documents[DOCUMENTS], tfs[DOCUMENTS], units[DOCUMENTS];
        const size_t n = tap_random_below(&random, DOCUMENTS + 1);
        const int ones = tap_random_below(&random, 3) == 0;
        make_scorer(&made, &random);
        for (uint32_t i = 0; i < DOCUMENTS; i++) {
            documents[i] = DOCUMENTS - 1 - i;
            tfs[i] = ones ? 1 : random_tf(&random);
            units[i] = 7 + i;
        }
        bm25_add(units, &made.scorer, documents, ones ? NULL : tfs, n);
        for (uint32_t i = 0; i < DOCUMENTS; i++)
            CHECK_UINT(units[i], 7 + i + (i < n ? bm25_score(&made.scorer, documents[i], tfs[i]) : 0));
    }
}

/* The bounds of a block hold for every posting in it, as does each one's own. */
static void no_posting_is_above_its_bounds(void)
{
    struct tap_random random = {6};
    for (size_t round = 0; round < tap_rounds(500); round++) {
        struct random_scorer made;
        struct bounds bounds;
        struct bound_mix mix;
        uint8_t bytes[BOUND_BYTES];
        uint32_t tfs[DOCUMENTS];
        make_scorer(&made, &random);
        bm25_mix(&mix, made.norms);
        bounds_init(&bounds);
        const uint32_t n = 1 + (uint32_t)tap_random_below(&random, round % 4 ? DOCUMENTS : 2);
        for (uint32_t i = 0; i < n; i++) {
            tfs[i] = random_tf(&random);
            bounds_add(&bounds, tfs[i], made.codes[i]);
        }
        bounds_write(bytes, &bounds);
        const uint32_t bound = bm25_block_bound(&made.scorer, &mix, bytes);
        CHECK(bound <= bm25_maximum(&made.scorer));
        for (uint32_t i = 0; i < n; i++) {
            const uint32_t own = bm25_document_bound(&made.scorer, bytes, i);
            CHECK_THAT(bm25_score(&made.scorer, i, tfs[i]) <= own, "round %zu, posting %u", round, (unsigned)i);
            CHECK_THAT(bm25_score(&made.scorer, i, tfs[i]) <= bound, "round %zu, posting %u", round, (unsigned)i);
        }
    }
}

/* Six directions stand for all: what that costs. */
static void bounds_are_close(void)
{
    struct tap_random random = {7};
    double above = 0;
    enum { ROUNDS = 300 };
    for (size_t round = 0; round < ROUNDS; round++) {
        struct random_scorer made;
        struct bounds bounds;
        struct bound_mix mix;
        uint8_t bytes[BOUND_BYTES];
        uint32_t best = 0;
        make_scorer(&made, &random);
        bm25_norms(made.norms, round % 2 ? 0.9f : 1.2f, round % 2 ? 0.4f : 0.75f, 60.0);
        made.scorer.weight = 1e9f;
        bm25_mix(&mix, made.norms);
        bounds_init(&bounds);
        for (uint32_t i = 0; i < DOCUMENTS; i++) {
            const uint32_t tf = 1 + random_tf(&random) / 64, score = bm25_score(&made.scorer, i, tf);
            bounds_add(&bounds, tf, made.codes[i]);
            best = score > best ? score : best;
        }
        bounds_write(bytes, &bounds);
        above += (double)bm25_block_bound(&made.scorer, &mix, bytes) / best - 1;
    }
    CHECK_THAT(above / ROUNDS < 0.01, "%g above on average", above / ROUNDS);
}

static void a_bound_is_exact_where_it_can_be(void)
{
    float norms[LENGTH_CODES];
    const uint8_t codes[] = {50};
    bm25_norms(norms, 0.9f, 0.4f, 60.0);
    const struct scorer scorer = {.weight = 123456789.0f, .multiplicity = 3, .norms = norms, .codes = codes};
    for (uint32_t tf = 1; tf <= BOUND_TF_MOST; tf++) {
        struct bound_mix mix;
        struct bounds bounds;
        uint8_t bytes[BOUND_BYTES];
        CHECK_UINT(bm25_bound(&scorer, tf, 50), bm25_score(&scorer, 0, tf));
        bm25_mix(&mix, norms);
        bounds_init(&bounds);
        bounds_add(&bounds, tf, 50);
        bounds_write(bytes, &bounds);
        CHECK_UINT(bm25_block_bound(&scorer, &mix, bytes), bm25_score(&scorer, 0, tf));
    }
    CHECK_UINT(bm25_bound(&scorer, BOUND_TF_MOST + 1, 50), bm25_maximum(&scorer));
}

TAP_MAIN("bm25", TAP_CASE(idf_is_the_formulas), TAP_CASE(norms_are_the_formulas), TAP_CASE(units_are_cut),
         TAP_CASE(many_add_what_one_does), TAP_CASE(no_posting_is_above_its_bounds),
         TAP_CASE(bounds_are_close),
         TAP_CASE(a_bound_is_exact_where_it_can_be))
