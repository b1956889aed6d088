#include "index/write/term_sort.h"

#include <stdlib.h>
#include <string.h>

#include "src/util/memory.h"
#include "tests/unit/tap.h"

/* Distinct keys that agree in long beginnings and end in zeros. */
static void add_keys(struct interner *interner, struct tap_random *random, size_t count)
{
    static const char *const beginnings[] = {"", "a", "internation", "aaaaaaaabbbbbbbbcccccccc"};
    while (interner->count < count) {
        uint8_t key[TERM_SORT_MAX] = {0};
        const char *beginning = beginnings[tap_random_below(random, 4)];
        size_t length = strlen(beginning);
        memcpy(key, beginning, length);
        for (size_t more = tap_random_below(random, 12); more; more--)
            key[length++] = (uint8_t)tap_random_below(random, tap_random_below(random, 2) ? 3 : 256);
        if (!tap_random_below(random, 8))
            length += tap_random_below(random, TERM_SORT_MAX - length + 1);
        REQUIRE(interner_add(interner, key, length, hash_bytes(key, length), NULL) >= 0);
    }
}

static void check_order(const struct interner *interner)
{
    uint32_t *order = calloc(interner->count + 1, sizeof *order);
    REQUIRE(order != NULL);
    REQUIRE_INT(term_sort(order, interner->keys, interner->count), 0);
    for (size_t i = 1; i < interner->count; i++) {
        const struct interner_key *a = &interner->keys[order[i - 1]], *b = &interner->keys[order[i]];
        REQUIRE_THAT(key_compare(a->bytes, a->length, b->bytes, b->length) < 0, "place %zu of %zu", i, interner->count);
    }
    free(order);
}

static void sorts_random_keys(void)
{
    struct tap_random random = {.state = 3};
    for (size_t round = tap_rounds(40); round; round--) {
        struct interner interner;
        interner_init(&interner);
        add_keys(&interner, &random, 1 + tap_random_below(&random, 3000));
        check_order(&interner);
        interner_release(&interner);
    }
}

/* All 257 are equal to one another when they are filled up with zeros. */
static void keys_of_zeros_are_sorted_by_length(void)
{
    static const uint8_t zeros[TERM_SORT_MAX];
    struct interner interner;
    interner_init(&interner);
    for (size_t length = TERM_SORT_MAX + 1; length-- > 0;)
        interner_add(&interner, zeros, length, hash_bytes(zeros, length), NULL);
    check_order(&interner);
    interner_release(&interner);
}

static void compares_as_memcmp_with_the_shorter_first(void)
{
    CHECK(key_compare((const uint8_t *)"a", 1, (const uint8_t *)"b", 1) < 0);
    CHECK(key_compare((const uint8_t *)"a", 1, (const uint8_t *)"a", 1) == 0);
    CHECK(key_compare((const uint8_t *)"ab", 2, (const uint8_t *)"a", 1) > 0);
    CHECK(key_compare((const uint8_t *)"\x7f", 1, (const uint8_t *)"\x80", 1) < 0);
    CHECK(key_compare(NULL, 0, (const uint8_t *)"a", 1) < 0);
    CHECK(key_compare(NULL, 0, NULL, 0) == 0);
}

static void no_keys_are_sorted_too(void)
{
    uint32_t order[1];
    CHECK_INT(term_sort(order, NULL, 0), 0);
}

static void says_when_memory_ends(void)
{
    const struct interner_key keys[2] = {{(const uint8_t *)"b", 1}, {(const uint8_t *)"a", 1}};
    uint32_t order[2];
    memory_fail_after(0);
    CHECK_INT(term_sort(order, keys, 2), TRAWL_ERROR_MEMORY);
    memory_fail_after(-1);
    CHECK_INT(term_sort(order, keys, 2), 0);
    CHECK_UINT(order[0], 1);
}

TAP_MAIN("term_sort", TAP_CASE(sorts_random_keys), TAP_CASE(keys_of_zeros_are_sorted_by_length),
         TAP_CASE(compares_as_memcmp_with_the_shorter_first), TAP_CASE(no_keys_are_sorted_too),
         TAP_CASE(says_when_memory_ends))
