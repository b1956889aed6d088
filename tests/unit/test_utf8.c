#include "src/text/utf8.h"

#include <string.h>

#include "src/util/memory.h"
#include "tests/unit/tap.h"

static void every_character_there_and_back(void)
{
    for (uint32_t character = 0; character < 0x110000; character++) {
        if (character >= 0xD800 && character < 0xE000)
            continue;
        uint8_t bytes[4];
        uint32_t back;
        const size_t length = utf8_encode(bytes, character);
        const size_t expected = character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
        REQUIRE_THAT(length == expected, "U+%04X is %zu bytes", (unsigned)character, length);
        REQUIRE_UINT(utf8_decode(&back, bytes, length), length);
        REQUIRE_UINT(back, character);
        REQUIRE_UINT(utf8_valid_length(bytes, length), length);
    }
}

/* The first part of a text and what of it is damage. */
struct damage {
    const char *bytes;
    size_t first_part;
    size_t parts; /* replaced, in all */
};

static const struct damage damages[] = {
    {"\x80", 1, 1},
    {"\xBF\xBF", 1, 2},
    {"\xC0\xAF", 1, 2},             /* an overlong slash */
    {"\xC1\xBF", 1, 2},
    {"\xE0\x80\xAF", 1, 3},
    {"\xE0\x9F\xBF", 1, 3},
    {"\xF0\x8F\xBF\xBF", 1, 4},
    {"\xED\xA0\x80", 1, 3},         /* a surrogate */
    {"\xED\xBF\xBF", 1, 3},
    {"\xF4\x90\x80\x80", 1, 4},     /* above U+10FFFF */
    {"\xF5\x80\x80\x80", 1, 4},
    {"\xF8\x88\x80\x80\x80", 1, 5}, /* forms of five and six bytes */
    {"\xFC\x84\x80\x80\x80\x80", 1, 6},
    {"\xFE", 1, 1},
    {"\xFF\xFF", 1, 2},
    {"\xC3", 1, 1},                 /* cut off */
    {"\xC3(", 1, 1},
    {"\xE2\x82", 2, 1},
    {"\xE2\x82x", 2, 1},
    {"\xE2\xE2\x82\xAC", 1, 1},
    {"\xF0\x9F\x98", 3, 1},
    {"\xF0\x9F\x98\xF0\x9F\x98", 3, 2},
    {"\xF0\x9Fx", 2, 1},
    {"\xF1\x80\x80\xE1\x80\xC2", 3, 3},
    {"\xEF\xBF", 2, 1},
};

static void damage_is_a_maximal_part_each(void)
{
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        const uint8_t *text = (const uint8_t *)damages[i].bytes;
        const size_t length = strlen(damages[i].bytes);
        uint32_t character;
        const size_t part = utf8_decode(&character, text, length);
        CHECK_THAT(part == damages[i].first_part, "row %zu: first part is %zu bytes", i, part);
        CHECK_THAT(character == UTF8_REPLACEMENT, "row %zu: decodes to U+%04X", i, (unsigned)character);
        CHECK_THAT(utf8_valid_length(text, length) == 0, "row %zu is taken for valid", i);
        struct buffer out;
        buffer_init(&out);
        const size_t damaged = utf8_repair(&out, text, length);
        CHECK_THAT(damaged == damages[i].parts, "row %zu: %zu parts replaced", i, damaged);
        CHECK_THAT(utf8_valid_length(out.bytes, out.length) == out.length, "row %zu: repaired text is damaged", i);
        buffer_release(&out);
    }
}

static void repair_keeps_what_is_sound(void)
{
    static const char text[] = "gr\xC3\xBC\xC3\x9F\xEF\xBF\xBD long enough for eight at once \x80\xE2\x82\xAC\xF0\x9F\x98!";
    struct buffer out;
    buffer_init(&out);
    CHECK_UINT(utf8_repair(&out, (const uint8_t *)text, sizeof text - 1), 2);
    CHECK_STRING(buffer_string(&out), "gr\u00FC\u00DF\uFFFD long enough for eight at once \uFFFD\u20AC\uFFFD!");
    buffer_reset(&out);
    CHECK_UINT(utf8_repair(&out, (const uint8_t *)"", 0), 0);
    CHECK_UINT(out.length, 0);
    buffer_release(&out);
}

static void repair_without_memory_is_an_error_in_the_buffer(void)
{
    struct buffer out;
    buffer_init(&out);
    memory_fail_after(0);
    utf8_repair(&out, (const uint8_t *)"a\x80", 2);
    memory_fail_after(-1);
    CHECK_INT(out.status, TRAWL_ERROR_MEMORY);
    buffer_release(&out);
}

static void valid_length_ends_at_the_first_damage_wherever_it_is(void)
{
    uint8_t text[64];
    for (size_t at = 0; at < sizeof text; at++) {
        memset(text, 'x', sizeof text);
        text[at] = 0xFF;
        REQUIRE_UINT(utf8_valid_length(text, sizeof text), at);
        CHECK_INT(utf8_is_ascii(text, sizeof text), 0);
        CHECK_INT(utf8_is_ascii(text, at), 1);
    }
}

static void cuts_at_characters_only(void)
{
    static const uint8_t text[] = "a\u00E9\u20AC\U0001F600z"; /* 1, 2, 3, 4, 1 bytes */
    static const size_t expected[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11, 11};
    for (size_t limit = 0; limit < sizeof expected / sizeof *expected; limit++)
        CHECK_UINT(utf8_cut(text, 11, limit), expected[limit]);
    CHECK_UINT(utf8_cut((const uint8_t *)"\x80\x80\x80\x80\x80\x80\x80", 7, 5), 5);
    CHECK_UINT(utf8_cut((const uint8_t *)"ab\xF0\x9F\x98", 5, 4), 2);
    CHECK_UINT(utf8_cut((const uint8_t *)"", 0, 4), 0);
}

TAP_MAIN("utf8", TAP_CASE(every_character_there_and_back), TAP_CASE(damage_is_a_maximal_part_each),
         TAP_CASE(repair_keeps_what_is_sound), TAP_CASE(repair_without_memory_is_an_error_in_the_buffer),
         TAP_CASE(valid_length_ends_at_the_first_damage_wherever_it_is), TAP_CASE(cuts_at_characters_only))
