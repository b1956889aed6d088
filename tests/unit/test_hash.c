#include "src/util/hash.h"

#include <stdio.h>
#include <string.h>

#include "src/util/bitset.h"
#include "src/util/memory.h"
#include "tests/unit/tap.h"

static int64_t add(struct interner *interner, const char *key, int *added)
{
    size_t length = strlen(key);
    return interner_add(interner, (const uint8_t *)key, length, hash_bytes(key, length), added);
}

static int64_t find(const struct interner *interner, const char *key)
{
    size_t length = strlen(key);
    return interner_find(interner, (const uint8_t *)key, length, hash_bytes(key, length));
}

static void every_bit_counts(void)
{
    uint8_t key[70] = {0};
    for (size_t length = 1; length <= sizeof key; length++) {
        uint64_t plain = hash_bytes(key, length);
        CHECK_THAT(plain != hash_bytes(key, length - 1), "length %zu", length);
        for (size_t bit = 0; bit < length * 8; bit++) {
            key[bit / 8] ^= (uint8_t)(1 << bit % 8);
            uint64_t changed = plain ^ hash_bytes(key, length);
            key[bit / 8] = 0;
            size_t flipped = bitset_count(&changed, 1);
            CHECK_THAT(flipped >= 10 && flipped <= 54, "length %zu, bit %zu: %zu flipped", length, bit, flipped);
        }
    }
}

static void does_not_depend_on_the_address(void)
{
    uint8_t room[80];
    for (size_t length = 0; length < 40; length++)
        for (size_t shift = 0; shift < 16; shift++) {
            for (size_t i = 0; i < length; i++)
                room[shift + i] = (uint8_t)(i * 7);
            uint64_t here = hash_bytes(room + shift, length);
            memmove(room, room + shift, length);
            CHECK_UINT(hash_bytes(room, length), here);
        }
}

static void spreads_over_a_table(void)
{
    enum { BUCKETS = 1024, KEYS = 64 * BUCKETS };
    static uint32_t low[BUCKETS], high[BUCKETS];
    for (uint32_t i = 0; i < KEYS; i++) {
        char key[16];
        int length = snprintf(key, sizeof key, "w%u", (unsigned)i);
        uint64_t hash = hash_bytes(key, (size_t)length);
        low[hash % BUCKETS]++;
        high[hash >> 54]++;
    }
    /* 64 a bucket, standard deviation 8: none of 2048 is six deviations off. */
    for (size_t i = 0; i < BUCKETS; i++) {
        CHECK_THAT(low[i] > 16 && low[i] < 112, "low bits %zu: %u", i, (unsigned)low[i]);
        CHECK_THAT(high[i] > 16 && high[i] < 112, "high bits %zu: %u", i, (unsigned)high[i]);
    }
}

static void numbers_follow_first_appearance(void)
{
    struct interner interner;
    interner_init(&interner);
    int added;
    CHECK_INT(find(&interner, "net"), -1);
    CHECK_INT(add(&interner, "net", &added), 0);
    CHECK_INT(added, 1);
    CHECK_INT(add(&interner, "", &added), 1);
    CHECK_INT(add(&interner, "harbour", NULL), 2);
    CHECK_INT(add(&interner, "net", &added), 0);
    CHECK_INT(added, 0);
    CHECK_INT(find(&interner, ""), 1);
    CHECK_INT(find(&interner, "harbour"), 2);
    CHECK_INT(find(&interner, "harbou"), -1);
    CHECK_UINT(interner.count, 3);
    CHECK_BYTES(interner.keys[2].bytes, interner.keys[2].length, "harbour", 7);
    interner_release(&interner);
}

static void holds_many_keys(void)
{
    struct interner interner;
    interner_init(&interner);
    char key[32];
    const unsigned count = (unsigned)tap_rounds(100000);
    for (int round = 0; round < 2; round++)
        for (unsigned i = 0; i < count; i++) {
            snprintf(key, sizeof key, "%x", i * 2654435761u);
            int added;
            REQUIRE_INT(add(&interner, key, &added), i);
            REQUIRE_INT(added, round == 0);
        }
    CHECK_UINT(interner.count, count);
    CHECK(interner_memory(&interner) > count * 16);

    interner_reset(&interner);
    CHECK_UINT(interner.count, 0);
    CHECK_INT(find(&interner, "0"), -1);
    CHECK_INT(add(&interner, "new", NULL), 0);
    interner_release(&interner);
    CHECK_UINT(interner_memory(&interner), 0);
}

static void equal_hashes_are_told_apart_by_the_key(void)
{
    struct interner interner;
    interner_init(&interner);
    for (uint8_t i = 0; i < 20; i++)
        CHECK_INT(interner_add(&interner, &i, 1, 12345, NULL), i);
    for (uint8_t i = 0; i < 20; i++)
        CHECK_INT(interner_find(&interner, &i, 1, 12345), i);
    interner_release(&interner);
}

static void survives_each_failing_allocation(void)
{
    for (long n = 0; n < 60; n++) {
        struct interner interner;
        interner_init(&interner);
        memory_fail_after(n);
        char key[16];
        int64_t expected = 0;
        for (int i = 0; i < 1000; i++) {
            snprintf(key, sizeof key, "key %d", i);
            int64_t number = add(&interner, key, NULL);
            if (number < 0) /* memory ended once; the same call works the next time */
                number = add(&interner, key, NULL);
            REQUIRE_INT(number, expected++);
        }
        memory_fail_after(-1);
        CHECK_INT(find(&interner, "key 0"), 0);
        CHECK_INT(find(&interner, "key 999"), 999);
        interner_release(&interner);
    }
}

TAP_MAIN("hash", TAP_CASE(every_bit_counts), TAP_CASE(does_not_depend_on_the_address), TAP_CASE(spreads_over_a_table),
         TAP_CASE(numbers_follow_first_appearance), TAP_CASE(holds_many_keys), TAP_CASE(equal_hashes_are_told_apart_by_the_key),
         TAP_CASE(survives_each_failing_allocation))
