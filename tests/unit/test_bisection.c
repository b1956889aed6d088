#include "index/write/bisection.h"

#include <stdlib.h>
#include <string.h>

#include "index/write/forward_index.h"
#include "src/util/memory.h"
#include "tests/unit/tap.h"

enum { TOPICS = 64, TOPIC_TERMS = 40, TERMS = TOPICS * TOPIC_TERMS };

/* Each document has some terms of its topic; topics follow each other in no order. */
static void make(struct bisection *bisection, uint32_t documents, uint8_t *topics, uint64_t seed)
{
    struct tap_random random = {seed};
    struct forward_index index;
    uint32_t *of_term = malloc((documents + 1) * sizeof *of_term);
    REQUIRE(of_term != NULL);
    for (uint32_t i = 0; i < documents; i++)
        topics[i] = (uint8_t)tap_random_below(&random, TOPICS);
    forward_index_init(&index, 0, documents);
    index.least = 1;
    for (uint32_t term = 0; term < TERMS; term++) {
        uint32_t count = 0;
        for (uint32_t i = 0; i < documents; i++)
            if (topics[i] == term / TOPIC_TERMS ? tap_random_below(&random, 3) == 0 : tap_random_below(&random, 2000) == 0)
                of_term[count++] = i;
        REQUIRE_INT(forward_index_add(&index, of_term, count), 0);
        REQUIRE_INT(forward_index_end_term(&index), 0);
    }
    REQUIRE_INT(forward_index_turn(bisection, &index), 0);
    free(of_term);
}

static void check_permutation(const uint32_t *order, uint32_t documents)
{
    uint8_t *seen = calloc(documents + 1, 1);
    REQUIRE(seen != NULL);
    for (uint32_t i = 0; i < documents; i++) {
        REQUIRE(order[i] < documents && !seen[order[i]]);
        seen[order[i]] = 1;
    }
    free(seen);
}

static void run(uint32_t *order, uint32_t documents, uint8_t *topics, unsigned threads)
{
    struct trawl_error error = {0};
    struct bisection bisection;
    make(&bisection, documents, topics, 5);
    bisection.threads = threads;
    REQUIRE_OK(bisection_run(order, &bisection, &error), &error);
    forward_index_release_turned(&bisection);
    check_permutation(order, documents);
}

static uint32_t count_changes(const uint32_t *order, const uint8_t *topics, uint32_t documents)
{
    uint32_t changes = 0;
    for (uint32_t i = 1; i < documents; i++)
        changes += topics[order[i]] != topics[order[i - 1]];
    return changes;
}

static void documents_alike_become_neighbours(void)
{
    enum { DOCUMENTS = 4096 };
    static uint8_t topics[DOCUMENTS];
    static uint32_t order[DOCUMENTS];
    run(order, DOCUMENTS, topics, 1);
    const uint32_t changes = count_changes(order, topics, DOCUMENTS);
    CHECK_THAT(changes < DOCUMENTS / 5, "%u changes of topic", (unsigned)changes);
}

static void threads_change_nothing(void)
{
    enum { DOCUMENTS = 20000 };
    static uint8_t topics[DOCUMENTS];
    static uint32_t alone[DOCUMENTS], together[DOCUMENTS];
    run(alone, DOCUMENTS, topics, 1);
    for (unsigned threads = 2; threads < 6; threads++) {
        run(together, DOCUMENTS, topics, threads);
        CHECK(memcmp(alone, together, sizeof alone) == 0);
    }
}

/* Without terms, and with the same terms, there is nothing to be gained. */
static void what_is_equal_stays(void)
{
    for (int has_terms = 0; has_terms < 2; has_terms++) {
        struct trawl_error error = {0};
        struct bisection bisection;
        struct forward_index index;
        uint32_t documents[1000], order[1000];
        forward_index_init(&index, 0, 1000);
        index.most = 1000;
        for (uint32_t i = 0; i < 1000; i++)
            documents[i] = i;
        for (int term = 0; term < 3 * has_terms; term++) {
            REQUIRE_INT(forward_index_add(&index, documents, 1000), 0);
            REQUIRE_INT(forward_index_end_term(&index), 0);
        }
        REQUIRE_INT(forward_index_turn(&bisection, &index), 0);
        CHECK_UINT(bisection.terms, has_terms ? 3 : 0);
        bisection.threads = 1;
        REQUIRE_OK(bisection_run(order, &bisection, &error), &error);
        CHECK(memcmp(order, documents, sizeof order) == 0);
        forward_index_release_turned(&bisection);
    }
}

static void few_documents_have_an_order_too(void)
{
    uint8_t topics[3];
    uint32_t order[3];
    for (uint32_t documents = 0; documents <= 3; documents++)
        run(order, documents, topics, 2);
}

static int count_down(void *context)
{
    int *left = context;
    return --*left < 0;
}

static void it_can_be_stopped(void)
{
    enum { DOCUMENTS = 20000 };
    static uint8_t topics[DOCUMENTS];
    static uint32_t order[DOCUMENTS];
    for (unsigned threads = 1; threads < 4; threads += 2)
        for (int calls = 0; calls < 3; calls++) {
            struct trawl_error error = {0};
            struct bisection bisection;
            int left = calls;
            make(&bisection, DOCUMENTS, topics, 5);
            bisection.threads = threads;
            bisection.progress = count_down;
            bisection.context = &left;
            /* with several threads the first may find everything done by the others */
            const int status = bisection_run(order, &bisection, &error);
            CHECK(status == TRAWL_ERROR_CANCELLED || (threads > 1 && status == 0));
            CHECK_INT(error.code, status);
            forward_index_release_turned(&bisection);
        }
}

static void memory_may_end(void)
{
    enum { DOCUMENTS = 5000 };
    static uint8_t topics[DOCUMENTS];
    static uint32_t order[DOCUMENTS];
    int status = TRAWL_ERROR_MEMORY;
    for (long allowed = 0; status; allowed++) {
        struct trawl_error error = {0};
        struct bisection bisection;
        REQUIRE(allowed < 100);
        make(&bisection, DOCUMENTS, topics, 5);
        bisection.threads = 2;
        memory_fail_after(allowed);
        status = bisection_run(order, &bisection, &error);
        memory_fail_after(-1);
        CHECK(status == 0 || status == TRAWL_ERROR_MEMORY);
        CHECK_INT(error.code, status);
        forward_index_release_turned(&bisection);
    }
    check_permutation(order, DOCUMENTS);
}

TAP_MAIN("bisection", TAP_CASE(documents_alike_become_neighbours), TAP_CASE(threads_change_nothing),
         TAP_CASE(what_is_equal_stays), TAP_CASE(few_documents_have_an_order_too), TAP_CASE(it_can_be_stopped),
         TAP_CASE(memory_may_end))
