#include "index/codec/crc32c.h"

#include <string.h>

#include "tests/unit/tap.h"

/* One bit at a time, straight from the polynomial. */
static uint32_t slow_crc32c(const uint8_t *bytes, size_t length)
{
    uint32_t crc = UINT32_MAX;
    for (size_t i = 0; i < length; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0x82f63b78 : 0);
    }
    return ~crc;
}

static void known_values(void)
{
    uint8_t zeros[32] = {0}, ones[32];
    memset(ones, 0xff, sizeof ones);
    CHECK_UINT(crc32c(0, "", 0), 0);
    CHECK_UINT(crc32c(0, "123456789", 9), 0xe3069283);
    CHECK_UINT(crc32c(0, zeros, sizeof zeros), 0x8a9136aa);
    CHECK_UINT(crc32c(0, ones, sizeof ones), 0x62a8ab43);
}

static void every_length_and_start(void)
{
    uint8_t bytes[100];
    struct tap_random random = {6};
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)tap_random_next(&random);
    for (size_t start = 0; start < 9; start++)
        for (size_t length = 0; length < sizeof bytes - start; length++)
            CHECK_UINT(crc32c(0, bytes + start, length), slow_crc32c(bytes + start, length));
}

static void goes_on_where_it_stopped(void)
{
    const char text[] = "the checksum of a whole is that of its parts in turn";
    for (size_t cut = 0; cut < sizeof text; cut++)
        CHECK_UINT(crc32c(crc32c(0, text, cut), text + cut, sizeof text - cut), crc32c(0, text, sizeof text));
}

TAP_MAIN("crc32c", TAP_CASE(known_values), TAP_CASE(every_length_and_start), TAP_CASE(goes_on_where_it_stopped))
