#include "index/write/forward_index.h"

#include "src/util/memory.h"
#include "tests/unit/tap.h"

/* A term in documents first, first + step, ..., `count` of them, in two pieces. */
static void add_term(struct forward_index *index, uint32_t first, uint32_t step, uint32_t count)
{
    uint32_t documents[4000];
    REQUIRE(count <= 4000);
    for (uint32_t i = 0; i < count; i++)
        documents[i] = first + i * step;
    REQUIRE_INT(forward_index_add(index, documents, count / 2), 0);
    REQUIRE_INT(forward_index_add(index, documents + count / 2, count - count / 2), 0);
    REQUIRE_INT(forward_index_end_term(index), 0);
}

static void documents_get_their_terms(void)
{
    struct forward_index index;
    struct bisection turned;
    forward_index_init(&index, 100, 400); /* terms in 8 to 25 of them */
    add_term(&index, 100, 10, 10);
    add_term(&index, 100, 10, 7);  /* in too few */
    add_term(&index, 100, 10, 26); /* in too many */
    add_term(&index, 50, 10, 17);  /* of which five are others' */
    add_term(&index, 490, 1, 20);  /* and here ten */
    REQUIRE_INT(forward_index_turn(&turned, &index), 0);
    CHECK_UINT(turned.documents, 400);
    CHECK_UINT(turned.terms, 3);
    CHECK_UINT(turned.pairs, 10 + 12 + 10);
    const uint16_t *term = turned.lists[0];
    for (uint32_t i = 0; i < 400; i++) {
        const uint32_t document = 100 + i;
        CHECK_UINT(turned.numbers[0][i], document);
        const uint32_t before = (uint32_t)(term - turned.lists[0]);
        if (document < 200 && document % 10 == 0)
            CHECK_UINT(*term++, 0);
        if (document <= 210 && document % 10 == 0)
            CHECK_UINT(*term++, 1);
        if (document >= 490)
            CHECK_UINT(*term++, 2);
        CHECK_UINT(turned.sizes[0][i], (uint32_t)(term - turned.lists[0]) - before);
    }
    forward_index_release_turned(&turned);
    forward_index_release(&index);
}

/* The most frequent ones go. */
static void pairs_are_bounded(void)
{
    struct forward_index index;
    forward_index_init(&index, 0, 64000);
    index.most_pairs = 20000;
    for (uint32_t round = 0; round < 40; round++)
        for (uint32_t degree = 16; degree <= 4000; degree *= 2) {
            add_term(&index, round, 16, degree);
            CHECK(index.pair_count <= index.most_pairs);
        }
    CHECK(index.most >= 128 && index.most < 512);
    CHECK(index.pair_count > index.most_pairs / 4);
    for (size_t i = 0; i < index.terms; i++)
        CHECK(index.degrees[i] >= index.least && index.degrees[i] <= index.most);
    forward_index_release(&index);
}

/* The rarest ones go. */
static void terms_are_bounded(void)
{
    struct forward_index index;
    struct bisection turned;
    forward_index_init(&index, 0, 1000);
    for (uint32_t i = 0; i < 150000; i++) {
        add_term(&index, i % 900, 1, 8 + i % 30);
        CHECK(index.terms < BISECTION_MOST_TERMS);
    }
    CHECK(index.least > 8 && index.terms > BISECTION_MOST_TERMS / 2);
    REQUIRE_INT(forward_index_turn(&turned, &index), 0);
    CHECK(turned.terms < BISECTION_MOST_TERMS);
    forward_index_release_turned(&turned);
}

static int build(struct bisection *turned, struct forward_index *index)
{
    uint32_t documents[20];
    for (uint32_t i = 0; i < 20; i++)
        documents[i] = i * 3;
    for (int term = 0; term < 3; term++)
        if (forward_index_add(index, documents, 20) || forward_index_end_term(index))
            return TRAWL_ERROR_MEMORY;
    return forward_index_turn(turned, index);
}

static void memory_may_end(void)
{
    int status = TRAWL_ERROR_MEMORY;
    for (long allowed = 0; status; allowed++) {
        struct forward_index index;
        struct bisection turned = {0};
        REQUIRE(allowed < 100);
        forward_index_init(&index, 0, 1000);
        memory_fail_after(allowed);
        status = build(&turned, &index);
        memory_fail_after(-1);
        CHECK(status == 0 || status == TRAWL_ERROR_MEMORY);
        forward_index_release(&index);
        forward_index_release_turned(&turned);
    }
}

TAP_MAIN("forward_index", TAP_CASE(documents_get_their_terms), TAP_CASE(pairs_are_bounded), TAP_CASE(terms_are_bounded),
         TAP_CASE(memory_may_end))
