#include "index/codec/vbyte.h"

#include "tests/unit/tap.h"

static const struct {
    uint64_t value;
    const char *bytes;
    size_t length;
} known[] = {
    {0, "\x00", 1},
    {1, "\x01", 1},
    {127, "\x7f", 1},
    {128, "\x80\x01", 2},
    {300, "\xac\x02", 2},
    {16383, "\xff\x7f", 2},
    {16384, "\x80\x80\x01", 3},
    {UINT32_MAX, "\xff\xff\xff\xff\x0f", 5},
    {UINT64_MAX, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 10},
};
enum { KNOWN = sizeof known / sizeof *known };

static void writes_low_bits_first(void)
{
    for (size_t i = 0; i < KNOWN; i++) {
        uint8_t bytes[VBYTE_MAX];
        const size_t length = vbyte_put(bytes, known[i].value);
        CHECK_BYTES(bytes, length, known[i].bytes, known[i].length);
        CHECK_UINT(vbyte_size(known[i].value), known[i].length);
    }
}

static void reads_what_it_wrote(void)
{
    for (size_t i = 0; i < KNOWN; i++) {
        const uint8_t *at = (const uint8_t *)known[i].bytes, *end = at + known[i].length;
        uint64_t value = 1;
        CHECK_INT(vbyte_get(&value, &at, end), 0);
        CHECK_UINT(value, known[i].value);
        CHECK(at == end);
    }
}

static void refuses_what_ends_too_early(void)
{
    for (size_t i = 0; i < KNOWN; i++)
        for (size_t length = 0; length < known[i].length; length++) {
            const uint8_t *start = (const uint8_t *)known[i].bytes, *at = start;
            uint64_t value;
            CHECK_INT(vbyte_get(&value, &at, start + length), -1);
            CHECK(at == start);
        }
}

static void refuses_what_is_too_large(void)
{
    static const uint8_t over64[] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02};
    static const uint8_t eleven[] = {0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00};
    static const uint8_t over32[] = {0xff, 0xff, 0xff, 0xff, 0x1f};
    uint64_t value = 1;
    uint32_t small;
    const uint8_t *at = over64;
    CHECK_INT(vbyte_get(&value, &at, over64 + sizeof over64), -1);
    at = eleven;
    CHECK_INT(vbyte_get(&value, &at, eleven + sizeof eleven), -1);
    at = over32;
    CHECK_INT(vbyte_get_u32(&small, &at, over32 + sizeof over32), -1);
    CHECK(at == over32);
    CHECK_INT(vbyte_get(&value, &at, over32 + sizeof over32), 0);
    CHECK_UINT(value, UINT64_C(0x1ffffffff));
}

TAP_MAIN("vbyte", TAP_CASE(writes_low_bits_first), TAP_CASE(reads_what_it_wrote), TAP_CASE(refuses_what_ends_too_early),
         TAP_CASE(refuses_what_is_too_large))
