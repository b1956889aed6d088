#include "src/util/bytes.h"

#include "tests/unit/tap.h"

static void loads_are_little_endian(void)
{
    const uint8_t bytes[] = {0x01, 0x82, 0x03, 0x84, 0x05, 0x86, 0x07, 0x88};
    CHECK_UINT(load_u16(bytes), 0x8201);
    CHECK_UINT(load_u32(bytes), 0x84038201);
    CHECK_UINT(load_u64(bytes), UINT64_C(0x8807860584038201));
}

static void what_is_stored_is_loaded(void)
{
    struct tap_random random = {1};
    uint8_t bytes[16];
    for (size_t i = 0; i < 1000; i++) {
        uint64_t number = tap_random_next(&random);
        uint8_t *at = bytes + i % 8; /* any alignment */
        store_u64(at, number);
        CHECK_UINT(load_u64(at), number);
        store_u32(at, (uint32_t)number);
        CHECK_UINT(load_u32(at), (uint32_t)number);
        store_u16(at, (uint16_t)number);
        CHECK_UINT(load_u16(at), (uint16_t)number);
    }
}

static int sign(int64_t number)
{
    return (number > 0) - (number < 0);
}

static void prefixes_compare_as_keys_do(void)
{
    const char *keys[] = {"", "\x01", "a", "aa", "ab", "abcdefgh", "abcdefgi", "b", "\xC3\xA9", "\xFF"};
    enum { COUNT = sizeof keys / sizeof *keys };
    for (size_t i = 0; i < COUNT; i++)
        for (size_t j = 0; j < COUNT; j++) {
            uint64_t a = key_prefix((const uint8_t *)keys[i], strlen(keys[i]));
            uint64_t b = key_prefix((const uint8_t *)keys[j], strlen(keys[j]));
            CHECK_INT((a > b) - (a < b), sign(strcmp(keys[i], keys[j])));
        }
    CHECK_UINT(key_prefix((const uint8_t *)"abcdefghZ", 9), key_prefix((const uint8_t *)"abcdefgh", 8));
}

TAP_MAIN("bytes", TAP_CASE(loads_are_little_endian), TAP_CASE(what_is_stored_is_loaded), TAP_CASE(prefixes_compare_as_keys_do))
