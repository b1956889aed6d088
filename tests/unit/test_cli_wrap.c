#include "src/cli/cli_wrap.h"

#include <string.h>

#include "src/cli/cli_terminal.h"
#include "tests/unit/tap.h"

/* Text between "{" and "}" is marked, and shows as "<" and ">". */
static void fill(struct cli_text *out, const char *text, size_t width, size_t indent, size_t column)
{
    struct cli_wrap wrap;
    int is_marked = 0;
    cli_wrap_start(&wrap, out, width, indent, column);
    wrap.mark_on = "<";
    wrap.mark_off = ">";
    while (*text) {
        const size_t length = strcspn(text, "{}");
        cli_wrap_add(&wrap, text, length, is_marked);
        text += length;
        if (*text)
            is_marked = *text++ == '{';
    }
    cli_wrap_end(&wrap);
}

static void check_filled(const char *text, size_t width, size_t indent, const char *expected)
{
    struct cli_text out = {0};
    fill(&out, text, width, indent, 0);
    CHECK_STRING(cli_text_string(&out), expected);
    cli_text_release(&out);
}

static void words_fill_lines(void)
{
    check_filled("the nets hang in the harbour", 14, 0, "the nets hang\nin the harbour\n");
    check_filled("the nets hang in the harbour", 16, 2, "  the nets hang\n  in the harbour\n");
    check_filled("  many \n\n blanks\t ", 20, 0, "many blanks\n");
    check_filled("", 20, 2, "\n");
}

static void long_words_are_cut(void)
{
    check_filled("abcdefghijklmnop", 10, 0, "abcdefghij\nklmnop\n");
    check_filled("ab abcdefghijklmnop", 10, 0, "ab\nabcdefghij\nklmnop\n");
}

static void wide_characters_may_be_parted(void)
{
    check_filled("日本語日本語", 9, 0, "日本語日\n本語\n");
    check_filled("a 日本語日本", 9, 0, "a 日本語\n日本\n");
    check_filled("日本語日。本", 8, 0, "日本語\n日。本\n");
}

static void marks_never_stretch_over_a_line_end(void)
{
    check_filled("a {net} b", 20, 0, "a <net> b\n");
    check_filled("{fog}gy", 20, 0, "<fog>gy\n");
    check_filled("the {north sea} fog", 10, 0, "the <north>\n<sea> fog\n");
    check_filled("{abcdefghijklm}", 10, 0, "<abcdefghij>\n<klm>\n");
}

static void the_first_line_may_be_begun(void)
{
    struct cli_text out = {0};
    cli_text_add_string(&out, "-n  ");
    fill(&out, "show at most ten of them", 16, 4, 4);
    CHECK_STRING(cli_text_string(&out), "-n  show at most\n    ten of them\n");
    cli_text_release(&out);
}

static void no_line_is_too_long(void)
{
    struct tap_random random = {3};
    for (size_t i = 0; i < tap_rounds(2000); i++) {
        static const char *const parts[] = {"a", " ", "word", "日", "。", "{", "}", "  ", "é", "longer-one", "\n"};
        char text[400] = "";
        for (size_t n = tap_random_below(&random, 30); n; n--)
            strcat(text, parts[tap_random_below(&random, sizeof parts / sizeof *parts)]);
        const size_t width = 12 + tap_random_below(&random, 20), indent = tap_random_below(&random, 4);
        struct cli_text out = {0};
        fill(&out, text, width, indent, 0);
        size_t marks = 0;
        for (char *line = out.bytes; line < out.bytes + out.length;) {
            char *end = strchr(line, '\n');
            size_t columns = cli_terminal_columns(line, (size_t)(end - line));
            for (char *at = line; at < end; at++) {
                columns -= *at == '<' || *at == '>';
                marks += *at == '<';
                marks -= *at == '>';
            }
            REQUIRE_THAT(columns <= width, "round %zu: %zu columns, not %zu", i, columns, width);
            REQUIRE_THAT(marks == 0, "round %zu: a mark stretches over a line end", i);
            line = end + 1;
        }
        cli_text_release(&out);
    }
}

TAP_MAIN("cli_wrap", TAP_CASE(words_fill_lines), TAP_CASE(long_words_are_cut), TAP_CASE(wide_characters_may_be_parted),
         TAP_CASE(marks_never_stretch_over_a_line_end), TAP_CASE(the_first_line_may_be_begun), TAP_CASE(no_line_is_too_long))
