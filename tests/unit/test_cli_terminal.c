#include "src/cli/cli_terminal.h"

#include <stdlib.h>
#include <string.h>

#include "src/cli/cli_unicode.h"
#include "tests/unit/tap.h"

static void check_line(const char *bytes, size_t length, const char *expected, size_t columns)
{
    struct cli_text out = {0};
    CHECK_UINT(cli_terminal_add(&out, bytes, length), columns);
    CHECK_STRING(cli_text_string(&out), expected);
    CHECK_UINT(cli_terminal_columns(bytes, length), columns);
    cli_text_release(&out);
}

#define CHECK_LINE(bytes, expected, columns) check_line(bytes, sizeof bytes - 1, expected, columns)

static void what_steers_a_terminal_shows(void)
{
    CHECK_LINE("plain text", "plain text", 10);
    CHECK_LINE("a\033[31mb", "a\\x1b[31mb", 10);
    CHECK_LINE("a\0b\177", "a\\x00b\\x7f", 10);
    CHECK_LINE("\xC2\x9B" "31m", "\\u009b31m", 9);
    CHECK_LINE("\xE2\x80\xAE" "evil", "\\u202eevil", 10);
    CHECK_LINE("\xE2\x81\xA6x", "\\u2066x", 7);
    CHECK_LINE("one\ntwo\tthree\r", "one two three ", 14);
    CHECK_LINE("line\xE2\x80\xA8sep", "line\\u2028sep", 13);
}

static void damage_is_replaced(void)
{
    CHECK_LINE("\xFF", "\xEF\xBF\xBD", 1);
    CHECK_LINE("a\xC3", "a\xEF\xBF\xBD", 2);
    CHECK_LINE("\xED\xA0\x80", "\xEF\xBF\xBD", 1);
    CHECK_LINE("\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD", 2);
    CHECK_LINE("\xF4\x90\x80\x80", "\xEF\xBF\xBD", 1);
    CHECK_LINE("\xE2\x80", "\xEF\xBF\xBD", 1);
}

static void columns_are_counted(void)
{
    CHECK_LINE("日本", "日本", 4);
    CHECK_LINE("e\xCC\x81t\xC3\xA9", "e\xCC\x81t\xC3\xA9", 3);
    CHECK_LINE("한글", "한글", 4);
    CHECK_LINE("Ａ", "Ａ", 2);
    CHECK_LINE("ﾊ", "ﾊ", 1);
    CHECK_LINE("🙂", "🙂", 2);
    CHECK_LINE("ก็", "ก็", 1);
}

static void check_cut(const char *text, size_t most, const char *expected, size_t columns)
{
    struct cli_text out = {0};
    cli_text_add_string(&out, "> ");
    CHECK_UINT(cli_terminal_add_cut(&out, text, strlen(text), most), columns);
    CHECK_BYTES(out.bytes + 2, out.length - 2, expected, strlen(expected));
    cli_text_release(&out);
}

static void long_texts_are_cut_at_characters(void)
{
    check_cut("harbour", 7, "harbour", 7);
    check_cut("harbours", 7, "harbou…", 7);
    check_cut("日本語", 5, "日本…", 5);
    check_cut("日本語", 4, "日…", 3);
    check_cut("abc", 1, "…", 1);
    check_cut("", 0, "", 0);
}

static void lines_stay_lines(void)
{
    static const char text[] = "one\r\ntwo\tthree\n\033]0;x\a\nf\rg";
    struct cli_text out = {0};
    cli_terminal_add_lines(&out, text, sizeof text - 1);
    CHECK_STRING(cli_text_string(&out), "one\ntwo\tthree\n\\x1b]0;x\\x07\nf g");
    cli_text_release(&out);
}

static void what_is_quoted_has_no_line_ends(void)
{
    static const char text[] = "one\r\ntwo\tthree\033\342\200\256\377";
    struct cli_text out = {0};
    cli_terminal_add_quoted(&out, text, sizeof text - 1);
    CHECK_STRING(cli_text_string(&out), "one\\x0d\\x0atwo\\x09three\\x1b\\u202e\357\277\275");
    cli_text_release(&out);
}

/* Whatever comes in, nothing that steers goes out, and it is valid UTF-8. */
static void nothing_hostile_comes_through(void)
{
    struct tap_random random = {11};
    for (size_t i = 0; i < tap_rounds(4000); i++) {
        char bytes[40];
        const size_t length = tap_random_below(&random, sizeof bytes);
        for (size_t at = 0; at < length; at++)
            bytes[at] = (char)(tap_random_below(&random, 3) ? 0xC0 | tap_random_below(&random, 64) : tap_random_below(&random, 256));
        struct cli_text out = {0};
        cli_terminal_add(&out, bytes, length);
        for (size_t at = 0; at < out.length;) {
            uint32_t code;
            const size_t taken = cli_unicode_next(&code, out.bytes + at, out.length - at);
            REQUIRE_THAT(!cli_unicode_is_hostile(code), "round %zu lets %04x through", i, (unsigned)code);
            REQUIRE_THAT(code != 0xFFFD || memcmp(out.bytes + at, "\xEF\xBF\xBD", taken) == 0, "round %zu: damage", i);
            at += taken;
        }
        cli_text_release(&out);
    }
}

static void characters_take_columns(void)
{
    static const struct {
        uint32_t code;
        int columns;
    } cases[] = {{'a', 1},    {0xE9, 1},   {0x2026, 1},  {0x301, 0},   {0x200D, 0},  {0xFE0F, 0}, {0xAD, 0},
                 {0x5317, 2}, {0xFF21, 2}, {0x1F600, 2}, {0x20000, 2}, {0x10FFFF, 1}, {0x1B, 0},   {0x85, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_THAT(cli_unicode_width(cases[i].code) == cases[i].columns, "U+%04X", (unsigned)cases[i].code);
}

static void width_comes_from_the_environment(void)
{
    setenv("COLUMNS", "132", 1);
    CHECK_UINT(cli_terminal_width(0), 132);
    setenv("COLUMNS", "3", 1);
    CHECK_UINT(cli_terminal_width(0), 20);
    setenv("COLUMNS", "99999999999999999999", 1);
    CHECK(cli_terminal_width(0) >= 20);
    unsetenv("COLUMNS");
}

TAP_MAIN("cli_terminal", TAP_CASE(what_steers_a_terminal_shows), TAP_CASE(damage_is_replaced), TAP_CASE(columns_are_counted),
         TAP_CASE(long_texts_are_cut_at_characters), TAP_CASE(lines_stay_lines), TAP_CASE(what_is_quoted_has_no_line_ends),
         TAP_CASE(nothing_hostile_comes_through), TAP_CASE(characters_take_columns), TAP_CASE(width_comes_from_the_environment))
