#include "src/util/buffer.h"

#include <string.h>

#include "src/util/memory.h"
#include "tests/unit/tap.h"

static void numbers_are_little_endian(void)
{
    struct buffer buffer;
    buffer_init(&buffer);
    buffer_append_u8(&buffer, 0x01);
    buffer_append_u16(&buffer, 0x0203);
    buffer_append_u32(&buffer, 0x04050607);
    buffer_append_u64(&buffer, UINT64_C(0x08090A0B0C0D0E0F));
    CHECK_BYTES(buffer.bytes, buffer.length, "\x01\x03\x02\x07\x06\x05\x04\x0F\x0E\x0D\x0C\x0B\x0A\x09\x08", 15);
    CHECK_INT(buffer.status, 0);
    buffer_release(&buffer);
}

static void grows_as_it_is_filled(void)
{
    struct buffer buffer;
    buffer_init(&buffer);
    for (size_t i = 0; i < 10000; i++) {
        uint8_t run[7];
        memset(run, (int)(i & 255), sizeof run);
        buffer_append(&buffer, run, i % 8);
    }
    size_t at = 0;
    for (size_t i = 0; i < 10000; i++)
        for (size_t j = 0; j < i % 8; j++)
            REQUIRE_UINT(buffer.bytes[at++], i & 255);
    CHECK_UINT(buffer.length, at);
    buffer_release(&buffer);
}

static void reserved_room_is_written_by_the_caller(void)
{
    struct buffer buffer;
    buffer_init(&buffer);
    uint8_t *room = buffer_reserve(&buffer, 100);
    REQUIRE(room);
    memcpy(room, "abc", 3);
    buffer.length += 3;
    CHECK_STRING(buffer_string(&buffer), "abc");
    buffer_release(&buffer);
    CHECK(buffer_reserve(&buffer, 0));
    buffer_release(&buffer);
}

static void strings_end_with_a_nul_that_does_not_count(void)
{
    struct buffer buffer;
    buffer_init(&buffer);
    CHECK_STRING(buffer_string(&buffer), "");
    buffer_append_string(&buffer, "deep ");
    buffer_printf(&buffer, "%s %d", "sea", 42);
    buffer_append(&buffer, NULL, 0);
    CHECK_UINT(buffer.length, 11);
    CHECK_STRING(buffer_string(&buffer), "deep sea 42");
    CHECK_UINT(buffer.length, 11);
    buffer_release(&buffer);
}

static void the_first_failure_stays_until_reset(void)
{
    struct buffer buffer;
    buffer_init(&buffer);
    memory_fail_after(0);
    buffer_append_u32(&buffer, 1);
    memory_fail_after(-1);
    CHECK_INT(buffer.status, TRAWL_ERROR_MEMORY);
    buffer_append_string(&buffer, "ignored");
    buffer_printf(&buffer, "%s", "ignored");
    buffer_append_u8(&buffer, 1);
    buffer_append_u16(&buffer, 1);
    buffer_append_u64(&buffer, 1);
    CHECK_UINT(buffer.length, 0);
    CHECK(!buffer_reserve(&buffer, 1));
    CHECK_STRING(buffer_string(&buffer), "");

    buffer_reset(&buffer);
    buffer_append_string(&buffer, "again");
    CHECK_STRING(buffer_string(&buffer), "again");
    buffer_release(&buffer);
}

static void absurd_sizes_are_failures(void)
{
    struct buffer buffer;
    buffer_init(&buffer);
    buffer_append_u8(&buffer, 1);
    volatile size_t huge = SIZE_MAX;
    CHECK(!buffer_reserve(&buffer, huge));
    CHECK_INT(buffer.status, TRAWL_ERROR_MEMORY);
    CHECK_UINT(buffer.length, 1);
    buffer_release(&buffer);
}

TAP_MAIN("buffer", TAP_CASE(numbers_are_little_endian), TAP_CASE(grows_as_it_is_filled),
         TAP_CASE(reserved_room_is_written_by_the_caller), TAP_CASE(strings_end_with_a_nul_that_does_not_count),
         TAP_CASE(the_first_failure_stays_until_reset), TAP_CASE(absurd_sizes_are_failures))
