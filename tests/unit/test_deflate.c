#include "index/codec/deflate.h"

#include <stdlib.h>
#include <string.h>

#include "src/util/memory.h"
#include "tests/unit/tap.h"

static int deflate_whole(struct buffer *out, struct deflater *deflater, const void *bytes, size_t length,
                         struct trawl_error *error)
{
    const struct deflater_piece whole = {bytes, length};
    return deflater_pieces(out, deflater, &whole, 1, error);
}

static void blocks_come_back(void)
{
    struct deflater *deflater;
    struct trawl_error error = {0};
    struct tap_random random = {7};
    struct buffer packed;
    buffer_init(&packed);
    REQUIRE_OK(deflater_new(&deflater, &error), &error);
    for (size_t length = 0; length < 100000; length = length * 3 + 1) {
        uint8_t *bytes = malloc(length + 1), *back = malloc(length + 1);
        REQUIRE(bytes && back);
        for (size_t i = 0; i < length; i++)
            bytes[i] = (uint8_t)tap_random_below(&random, 12);
        buffer_reset(&packed);
        buffer_append_u8(&packed, 99);
        CHECK_OK(deflate_whole(&packed, deflater, bytes, length, &error), &error);
        CHECK_UINT(packed.bytes[0], 99);
        CHECK_INT(inflate_block(back, length, packed.bytes + 1, packed.length - 1), 0);
        CHECK_BYTES(back, length, bytes, length);
        CHECK_INT(inflate_block(back, length + 1, packed.bytes + 1, packed.length - 1), TRAWL_ERROR_CORRUPT);
        CHECK_INT(inflate_block(back, length, packed.bytes + 1, packed.length - 2), TRAWL_ERROR_CORRUPT);
        if (length)
            CHECK_INT(inflate_block(back, length - 1, packed.bytes + 1, packed.length - 1), TRAWL_ERROR_CORRUPT);
        free(bytes);
        free(back);
    }
    buffer_release(&packed);
    deflater_free(deflater);
}

static void the_same_input_gives_the_same_bytes(void)
{
    struct deflater *deflater;
    struct trawl_error error = {0};
    struct buffer first, second;
    const char text[] = "nets and lines, lines and nets, nets and lines";
    buffer_init(&first);
    buffer_init(&second);
    REQUIRE_OK(deflater_new(&deflater, &error), &error);
    CHECK_OK(deflate_whole(&first, deflater, text, sizeof text, &error), &error);
    CHECK_OK(deflate_whole(&second, deflater, "something else", 14, &error), &error);
    buffer_reset(&second);
    CHECK_OK(deflate_whole(&second, deflater, text, sizeof text, &error), &error);
    CHECK_BYTES(second.bytes, second.length, first.bytes, first.length);
    buffer_release(&first);
    buffer_release(&second);
    deflater_free(deflater);
}

/* Cut anywhere, pieces are what they are together; cut in the same places, they give the same bytes. */
static void pieces_come_back(void)
{
    enum { LENGTH = 150000 };
    static uint8_t bytes[LENGTH], back[LENGTH];
    struct deflater *deflater;
    struct trawl_error error = {0};
    struct tap_random random = {8};
    struct buffer first, second;
    buffer_init(&first);
    buffer_init(&second);
    REQUIRE_OK(deflater_new(&deflater, &error), &error);
    for (size_t i = 0; i < LENGTH; i++)
        bytes[i] = (uint8_t)tap_random_below(&random, 12);
    for (size_t round = 0; round < tap_rounds(40); round++) {
        const size_t length = tap_random_below(&random, LENGTH + 1), cut = tap_random_below(&random, length + 1);
        const size_t next = round % 3 ? cut + tap_random_below(&random, length - cut + 1) : cut;
        const struct deflater_piece pieces[] = {{bytes, cut}, {bytes + cut, next - cut}, {bytes + next, length - next}};
        buffer_reset(&first);
        buffer_reset(&second);
        CHECK_OK(deflater_pieces(&first, deflater, pieces, 3, &error), &error);
        CHECK_OK(deflater_pieces(&second, deflater, pieces, 3, &error), &error);
        CHECK_BYTES(second.bytes, second.length, first.bytes, first.length);
        CHECK_INT(inflate_block(back, length, first.bytes, first.length), 0);
        CHECK_BYTES(back, length, bytes, length);
    }
    buffer_release(&first);
    buffer_release(&second);
    deflater_free(deflater);
}

static void memory_may_end(void)
{
    uint8_t byte = 1, back;
    int status = -1;
    struct buffer packed;
    for (long n = 0; status; n++) {
        struct deflater *deflater = NULL;
        struct trawl_error error = {0};
        buffer_init(&packed);
        memory_fail_after(n);
        status = deflater_new(&deflater, &error);
        if (!status)
            status = deflate_whole(&packed, deflater, &byte, 1, &error);
        if (!status)
            status = inflate_block(&back, 1, packed.bytes, packed.length);
        memory_fail_after(-1);
        CHECK(status == 0 || status == TRAWL_ERROR_MEMORY);
        deflater_free(deflater);
        buffer_release(&packed);
        REQUIRE(n < 100);
    }
}

TAP_MAIN("deflate", TAP_CASE(blocks_come_back), TAP_CASE(the_same_input_gives_the_same_bytes),
         TAP_CASE(pieces_come_back), TAP_CASE(memory_may_end))
