/* Known floors: so many documents reach them, whatever the parameters, and they are not much below the best that could
 * be said. */
#include "src/match/floor.h"

#include <stdio.h>
#include <stdlib.h>

#include "index/format/meta.h"
#include "src/match/list.h"
#include "tests/unit/segment_fixture.h"
#include "tests/unit/tap.h"

enum { DOCUMENTS = 4000, MOST_TF = 90 };

static struct snapshot *snapshot;
static struct arena arena;
static struct block_map map;
static struct term_entry entry;
static const uint8_t *codes;
static uint32_t tfs[DOCUMENTS]; /* 0: not there */
static double average;

static void make_index(struct tap_random *random)
{
    struct trawl_error error = {0};
    struct fixture *fixture = fixture_new(0);
    char id[32];
    for (uint32_t i = 0; i < DOCUMENTS; i++) {
        snprintf(id, sizeof id, "%u", (unsigned)i);
        fixture_document(fixture, id);
        const uint64_t most = 1 + tap_random_below(random, tap_random_below(random, 50) ? 4 : MOST_TF);
        tfs[i] = tap_random_below(random, 4) ? (uint32_t)tap_random_below(random, most + 1) : 0;
        for (uint32_t k = 0; k < tfs[i]; k++)
            fixture_occurrence(fixture, FIELD_DEFAULT, "x", 1, k);
        for (uint64_t k = tap_random_below(random, 1 + tap_random_below(random, 60)); k-- > 0;)
            fixture_occurrence(fixture, FIELD_DEFAULT, "y", 1, tfs[i] + (uint32_t)k);
    }
    REQUIRE_OK(fixture_write(fixture, tap_folder(), &error), &error);
    REQUIRE_OK(fixture_commit(fixture, tap_folder(), &error), &error);
    fixture_free(fixture);
    REQUIRE_OK(snapshot_open(&snapshot, tap_folder(), &error), &error);
    const struct segment *segment = snapshot->segments[0];
    const struct meta_field *field = meta_find_field(&segment->meta, FIELD_DEFAULT);
    REQUIRE_OK(snapshot_length_codes(&codes, snapshot, 0, FIELD_DEFAULT, &error), &error);
    REQUIRE_INT(terms_find(&entry, &segment->terms, field, (const uint8_t *)"x", 1, &error), 0);
    average = (double)field->decoded_lengths / (double)field->documents;
    arena_init(&arena);
}

static void drop_index(void)
{
    arena_release(&arena);
    snapshot_release(snapshot);
}

static int descending(const void *a, const void *b)
{
    const uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left < right) - (left > right);
}

static uint32_t best_score(const struct scorer *scorer, size_t rank)
{
    static uint32_t scores[DOCUMENTS];
    for (uint32_t i = 0; i < DOCUMENTS; i++)
        scores[i] = tfs[i] ? bm25_score(scorer, i, tfs[i]) : 0;
    qsort(scores, DOCUMENTS, sizeof *scores, descending);
    return scores[rank - 1];
}

static struct list open_list(const float *norms, float weight, int adds)
{
    struct list list;
    const struct list_options options = {
        .scorer = {.weight = weight, .multiplicity = 1, .norms = norms, .codes = codes}, .adds = adds, .map = &map};
    REQUIRE_INT(list_open(&list, snapshot->segments[0], &entry, &options, &arena, NULL), 0);
    return list;
}

static void so_many_documents_reach_it(void)
{
    static const size_t limits[] = {1, 7, 10, 11, 100, 101, 1000};
    struct tap_random random = {23};
    make_index(&random);
    for (size_t round = 0; round < tap_rounds(300); round++) {
        static const float extremes[] = {0, 0.4f, 0.75f, 1, 1e-6f, 1000};
        const float k1 = round % 3 ? (float)tap_random_below(&random, 300) / 100.0f : extremes[round / 3 % 6];
        const float b = round % 2 ? (float)tap_random_below(&random, 101) / 100.0f : extremes[round / 2 % 4];
        float norms[LENGTH_CODES];
        bm25_norms(norms, k1, b, average * (double)(1 + tap_random_below(&random, 3)) / 2);
        const float weight = (float)(UINT64_C(1) << tap_random_below(&random, 31));
        struct list list = open_list(norms, weight, 1);
        const struct matcher matcher = {.kind = MATCHER_LIST, .list = &list};
        const size_t limit = limits[tap_random_below(&random, sizeof limits / sizeof *limits)];
        REQUIRE_THAT(floor_known(&matcher, limit, snapshot->segments[0]) <= best_score(&list.scorer, limit),
                     "k1 %g, b %g, limit %zu", (double)k1, (double)b, limit);
    }
    drop_index();
}

static void it_is_near_the_best(void)
{
    static const float ks[] = {0.9f, 1.2f}, bs[] = {0.4f, 0.75f};
    static const size_t limits[] = {10, 100, 1000};
    struct tap_random random = {29};
    make_index(&random);
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < 3; k++) {
            float norms[LENGTH_CODES];
            bm25_norms(norms, ks[i], bs[i], average);
            struct list list = open_list(norms, 1e9f, 1);
            const struct matcher matcher = {.kind = MATCHER_LIST, .list = &list};
            const double best = (double)best_score(&list.scorer, limits[k]);
            CHECK((double)floor_known(&matcher, limits[k], snapshot->segments[0]) > 0.98 * best);
        }
    drop_index();
}

static void nothing_is_known_of_these(void)
{
    struct tap_random random = {31};
    float norms[LENGTH_CODES];
    make_index(&random);
    struct segment *segment = snapshot->segments[0];
    bm25_norms(norms, 1.2f, 0.75f, average);
    struct list list = open_list(norms, 1e9f, 1), filter = open_list(norms, 1e9f, 0), loose = list;
    const struct matcher scores = {.kind = MATCHER_LIST, .list = &list};
    const struct matcher filters = {.kind = MATCHER_LIST, .list = &filter}, guesses = {.kind = MATCHER_LIST, .list = &loose};
    const uint32_t known = floor_known(&scores, 10, segment);
    loose.loose = 1;
    CHECK(known > 0);
    CHECK_UINT(floor_known(&filters, 10, segment), 0);
    CHECK_UINT(floor_known(&guesses, 10, segment), 0);
    CHECK_UINT(floor_known(&scores, 1001, segment), 0);
    segment->live -= 5; /* any of the ten may be gone: fifteen of a hundred are left */
    CHECK(floor_known(&scores, 10, segment) > 0 && floor_known(&scores, 10, segment) < known);
    segment->live -= 1000;
    CHECK_UINT(floor_known(&scores, 10, segment), 0);
    segment->live += 1005;
    drop_index();
}

TAP_MAIN("floor", TAP_CASE(so_many_documents_reach_it), TAP_CASE(it_is_near_the_best), TAP_CASE(nothing_is_known_of_these))
