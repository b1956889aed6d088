#include "src/util/memory.h"

#include <stdint.h>
#include <string.h>

#include "tests/unit/tap.h"

static void gives_zeroed_memory(void)
{
    uint8_t *bytes = memory_alloc_zero(100, 3);
    REQUIRE(bytes);
    for (size_t i = 0; i < 300; i++)
        CHECK_UINT(bytes[i], 0);
    memory_free(bytes);
}

static void nothing_is_still_an_address(void)
{
    void *none[] = {memory_alloc(0), memory_alloc_zero(0, 8), memory_alloc_zero(8, 0), memory_alloc_array(0, 8)};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        CHECK(none[i]);
        memory_free(none[i]);
    }
    memory_free(NULL);
}

static void refuses_sizes_that_overflow(void)
{
    volatile size_t half = SIZE_MAX / 2;
    CHECK(!memory_alloc_array(half, 4));
    CHECK(!memory_alloc_zero(half, 4));
    CHECK(!memory_realloc_array(NULL, half, 4));
    CHECK(!memory_alloc_array(4, half));
}

static void keeps_the_contents_when_resized(void)
{
    uint32_t *numbers = memory_alloc_array(4, sizeof *numbers);
    REQUIRE(numbers);
    for (uint32_t i = 0; i < 4; i++)
        numbers[i] = i * i;
    uint32_t *more = memory_realloc_array(numbers, 4000, sizeof *numbers);
    REQUIRE(more);
    for (uint32_t i = 0; i < 4; i++)
        CHECK_UINT(more[i], i * i);
    memory_free(more);
}

static void grows_by_half_at_least(void)
{
    uint16_t *array = NULL;
    size_t capacity = 0;
    CHECK_INT(memory_grow(&array, &capacity, 1, sizeof *array), 0);
    CHECK_UINT(capacity, 8);
    CHECK_INT(memory_grow(&array, &capacity, 9, sizeof *array), 0);
    CHECK_UINT(capacity, 12);
    CHECK_INT(memory_grow(&array, &capacity, 12, sizeof *array), 0);
    CHECK_UINT(capacity, 12);
    CHECK_INT(memory_grow(&array, &capacity, 1000, sizeof *array), 0);
    CHECK_UINT(capacity, 1000);
    memory_free(array);
}

static void a_failed_growth_changes_nothing(void)
{
    uint16_t *array = NULL;
    size_t capacity = 0;
    REQUIRE_INT(memory_grow(&array, &capacity, 4, sizeof *array), 0);
    array[3] = 77;
    const uint16_t *before = array;

    memory_fail_after(0);
    CHECK_INT(memory_grow(&array, &capacity, 100, sizeof *array), TRAWL_ERROR_MEMORY);
    memory_fail_after(-1);
    CHECK_INT(memory_grow(&array, &capacity, SIZE_MAX / 2, sizeof *array), TRAWL_ERROR_MEMORY);

    CHECK(array == before);
    CHECK_UINT(capacity, 8);
    CHECK_UINT(array[3], 77);
    memory_free(array);
}

static void fails_the_chosen_allocation_once(void)
{
    memory_fail_after(2);
    void *got[5];
    for (size_t i = 0; i < 5; i++)
        got[i] = i % 2 ? memory_alloc(8) : memory_alloc_zero(1, 8);
    for (size_t i = 0; i < 5; i++) {
        CHECK_THAT((got[i] == NULL) == (i == 2), "allocation %zu", i);
        memory_free(got[i]);
    }
}

static void huge_pages_are_only_a_wish(void)
{
    const size_t sizes[] = {0, 100, 3000000, 5 << 20};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        uint8_t *bytes = memory_alloc_huge(sizes[i]);
        REQUIRE(bytes != NULL);
        memset(bytes, 1, sizes[i]);
        memory_free(bytes);
    }
    CHECK(!memory_alloc_huge(SIZE_MAX - 100));
    memory_fail_after(0);
    CHECK(!memory_alloc_huge(8));
    memory_fail_after(-1);
}

TAP_MAIN("memory", TAP_CASE(huge_pages_are_only_a_wish), TAP_CASE(gives_zeroed_memory), TAP_CASE(nothing_is_still_an_address),
         TAP_CASE(refuses_sizes_that_overflow), TAP_CASE(keeps_the_contents_when_resized), TAP_CASE(grows_by_half_at_least),
         TAP_CASE(a_failed_growth_changes_nothing), TAP_CASE(fails_the_chosen_allocation_once))
