#include "index/format/order.h"

#include "tests/unit/container_fixture.h"

enum { DOCUMENTS = 300 };

static void shuffle(uint32_t ordinals[DOCUMENTS])
{
    struct tap_random random = {41};
    for (uint32_t i = 0; i < DOCUMENTS; i++) {
        const size_t j = tap_random_below(&random, (uint64_t)i + 1);
        ordinals[i] = ordinals[j];
        ordinals[j] = i;
    }
}

static void order_comes_back(void)
{
    struct container_writer writer;
    struct container container;
    struct trawl_error error = {0};
    struct order order;
    uint32_t ordinals[DOCUMENTS];
    uint64_t extra[DOCUMENTS];
    shuffle(ordinals);
    for (uint64_t i = 0; i < DOCUMENTS; i++)
        extra[i] = i / 10 * UINT64_C(1000000007);
    fixture_begin(&writer, "c");
    REQUIRE_OK(order_write(ordinals, DOCUMENTS, &writer, &error), &error);
    REQUIRE_OK(insertions_write(extra, DOCUMENTS, &writer, &error), &error);
    fixture_reopen(&container, &writer, "c");
    CHECK_UINT(container.section_count, 2);
    REQUIRE_OK(order_open(&order, &container, DOCUMENTS, 77, &error), &error);
    for (uint32_t i = 0; i < DOCUMENTS; i++) {
        CHECK_UINT(order_ordinal(&order, i), ordinals[i]);
        CHECK_UINT(order_insertion(&order, i), 77 + i + extra[i]);
    }
    CHECK_INT(order_open(&order, &container, DOCUMENTS + 8, 77, &error), TRAWL_ERROR_CORRUPT);
    container_close(&container);
}

static void nothing_is_written_for_the_usual(void)
{
    struct container_writer writer;
    struct container container;
    struct trawl_error error = {0};
    struct order order;
    uint32_t same[DOCUMENTS];
    uint64_t zeros[DOCUMENTS] = {0};
    for (uint32_t i = 0; i < DOCUMENTS; i++)
        same[i] = i;
    fixture_begin(&writer, "c");
    REQUIRE_OK(order_write(same, DOCUMENTS, &writer, &error), &error);
    REQUIRE_OK(order_write(NULL, DOCUMENTS, &writer, &error), &error);
    REQUIRE_OK(insertions_write(zeros, DOCUMENTS, &writer, &error), &error);
    REQUIRE_OK(insertions_write(NULL, DOCUMENTS, &writer, &error), &error);
    fixture_reopen(&container, &writer, "c");
    CHECK_UINT(container.section_count, 0);
    REQUIRE_OK(order_open(&order, &container, DOCUMENTS, 5, &error), &error);
    CHECK_UINT(order_ordinal(&order, 123), 123);
    CHECK_UINT(order_insertion(&order, 123), 128);
    container_close(&container);
}

static void damaged_ordinals_stay_below_documents(void)
{
    struct container_writer writer;
    struct container container;
    struct trawl_error error = {0};
    struct order order;
    fixture_begin(&writer, "c");
    /* three documents, two bits each: ordinals 3, 3, 3 */
    REQUIRE_OK(container_add(&writer, SECTION_ID('O', 'R', 'D', 'R'), 0, "\2\0\0\0\0\0\0\0\xff", 9, &error), &error);
    fixture_reopen(&container, &writer, "c");
    REQUIRE_OK(order_open(&order, &container, 3, 0, &error), &error);
    for (uint32_t i = 0; i < 3; i++)
        CHECK(order_ordinal(&order, i) < 3);
    container_close(&container);
}

TAP_MAIN("order", TAP_CASE(order_comes_back), TAP_CASE(nothing_is_written_for_the_usual),
         TAP_CASE(damaged_ordinals_stay_below_documents))
