#include "index/write/document_order.h"

#include <string.h>

#include "index/write/inverter_lists.h"
#include "src/util/memory.h"
#include "tests/unit/tap.h"

enum { DOCUMENTS = 4000, GROUPS = 20, WORDS = 10 };

/* Groups follow each other as if by chance. */
static uint32_t group_of(uint32_t document)
{
    struct tap_random random = {document};
    return (uint32_t)tap_random_below(&random, GROUPS);
}

/* A document has each word of its group. The order of words is not that of groups. */
static struct inverter *make_inverter(uint32_t part, uint32_t parts)
{
    struct inverter *inverter;
    struct trawl_error error = {0};
    REQUIRE_OK(inverter_new(&inverter, 0, &error), &error);
    for (uint32_t i = part; i < DOCUMENTS; i += parts)
        for (uint32_t word = 0; word < WORDS; word++) {
            const uint8_t term[2] = {(uint8_t)('a' + word), (uint8_t)('a' + group_of(i))};
            for (uint32_t field = 0; field < 3; field += 2)
                REQUIRE_INT(inverter_add(inverter, (uint32_t)inverter_term(inverter, field, term, 2), i, 0), 0);
        }
    REQUIRE_OK(inverter_sort(inverter, &error), &error);
    return inverter;
}

static struct posting_input input_of(const struct inverter *inverter)
{
    return (struct posting_input){.inverter = inverter, .map = {.documents = DOCUMENTS}};
}

static void make_order(struct document_order *order, const struct posting_input *inputs, size_t count, uint32_t most)
{
    struct trawl_error error = {0};
    const struct document_order_options options = {
        .inputs = inputs, .input_count = count, .documents = DOCUMENTS, .most_documents = most, .threads = 2};
    *order = (struct document_order){0};
    REQUIRE_OK(document_order_make(order, &options, &error), &error);
    for (uint32_t i = 0; i < DOCUMENTS; i++)
        REQUIRE(order->ordinals[i] < DOCUMENTS && order->numbers[order->ordinals[i]] == i);
}

static uint32_t count_changes(const struct document_order *order)
{
    uint32_t changes = 0;
    for (uint32_t i = 1; i < DOCUMENTS; i++)
        changes += group_of(order->ordinals[i]) != group_of(order->ordinals[i - 1]);
    return changes;
}

static void groups_stand_together(void)
{
    struct document_order order;
    struct inverter *inverter = make_inverter(0, 1);
    const struct posting_input input = input_of(inverter);
    make_order(&order, &input, 1, 0);
    CHECK_THAT(count_changes(&order) < DOCUMENTS / 5, "%u changes of group", (unsigned)count_changes(&order));
    document_order_release(&order);
    inverter_free(inverter);
}

static void it_does_not_depend_on_how_postings_are_divided(void)
{
    struct document_order whole, divided;
    struct inverter *inverters[4] = {make_inverter(0, 1), make_inverter(0, 3), make_inverter(1, 3), make_inverter(2, 3)};
    const struct posting_input input = input_of(inverters[0]);
    const struct posting_input inputs[3] = {input_of(inverters[1]), input_of(inverters[2]), input_of(inverters[3])};
    make_order(&whole, &input, 1, 0);
    make_order(&divided, inputs, 3, 0);
    CHECK(memcmp(whole.ordinals, divided.ordinals, DOCUMENTS * sizeof *whole.ordinals) == 0);
    document_order_release(&whole);
    document_order_release(&divided);
    for (size_t i = 0; i < 4; i++)
        inverter_free(inverters[i]);
}

/* Documents stay in their stretch of at most 1200, one of four. */
static void many_documents_are_ordered_in_stretches(void)
{
    struct document_order order;
    struct inverter *inverter = make_inverter(0, 1);
    const struct posting_input input = input_of(inverter);
    make_order(&order, &input, 1, 1200);
    for (uint32_t i = 0; i < DOCUMENTS; i++)
        CHECK_UINT(order.ordinals[i] / 1000, i / 1000);
    CHECK_THAT(count_changes(&order) < DOCUMENTS / 4 * 3, "%u changes of group", (unsigned)count_changes(&order));
    document_order_release(&order);
    inverter_free(inverter);
}

static int stop(void *context)
{
    ++*(int *)context;
    return 1;
}

static void it_can_be_stopped(void)
{
    struct document_order order = {0};
    struct trawl_error error = {0};
    struct inverter *inverter = make_inverter(0, 1);
    const struct posting_input input = input_of(inverter);
    int calls = 0;
    const struct document_order_options options = {
        .inputs = &input, .input_count = 1, .documents = DOCUMENTS, .threads = 1, .progress = stop, .context = &calls};
    CHECK_INT(document_order_make(&order, &options, &error), TRAWL_ERROR_CANCELLED);
    CHECK_INT(calls, 1);
    document_order_release(&order);
    inverter_free(inverter);
}

TAP_MAIN("document_order", TAP_CASE(groups_stand_together), TAP_CASE(it_does_not_depend_on_how_postings_are_divided),
         TAP_CASE(many_documents_are_ordered_in_stretches), TAP_CASE(it_can_be_stopped))
