#include "src/text/tokenizer.h"

#include <string.h>

#include "tests/unit/tap.h"

/* A row: a text, and its words with a | between them. */
struct row {
    const char *text, *words;
};

static void check_words(const uint8_t *text, size_t length, const char *expected)
{
    char found[1024] = "";
    struct tokenizer tokenizer;
    struct surface surface;
    tokenizer_init(&tokenizer, text, length);
    while (tokenizer_next(&tokenizer, &surface)) {
        if (found[0])
            strcat(found, "|");
        strncat(found, (const char *)surface.bytes, surface.length);
    }
    CHECK_STRING(found, expected);
    CHECK_INT(tokenizer_next(&tokenizer, &surface), 0);
}

static void check_rows(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check_words((const uint8_t *)rows[i].text, strlen(rows[i].text), rows[i].words);
}
#define CHECK_ROWS(rows) check_rows(rows, sizeof rows / sizeof *rows)

static void splits_ascii(void)
{
    static const struct row rows[] = {
        {"", ""},
        {" \t\r\n.,;", ""},
        {"word", "word"},
        {" two words ", "two|words"},
        {"it's the dogs' 'quoted' word's", "it's|the|dogs|quoted|word's"},
        {"U.S.A. and e.g. this.", "U.S.A|and|e.g|this"},
        {"3.14, 1,000 and 1;2 but 1, 2", "3.14|1,000|and|1;2|but|1|2"},
        {"a.1 1.a a,b A4 3rd", "a|1|1|a|a|b|A4|3rd"},
        {"well-known and/or C++ a@b #tag", "well|known|and|or|C|a|b|tag"},
        {"end.Next", "end.Next"},
        {"a..b a.'b", "a|b|a|b"},
        {"it'", "it"},
        {"1.", "1"},
    };
    CHECK_ROWS(rows);
}

static void leaves_underscores_at_the_edges_outside(void)
{
    static const struct row rows[] = {
        {"_ ___ _-_", ""},
        {"__init__ snake_case _a _1_", "init|snake_case|a|1"},
        {"_\u00E9_ _\u0301a", "\u00E9|a"},
        {"a_'b a_.1", "a|b|a|1"},
        {"\u30AB_\u30BF_", "\u30AB_\u30BF"},
    };
    CHECK_ROWS(rows);
}

static void breaks_at_a_colon(void)
{
    static const struct row rows[] = {
        {"host:port 12:30 a:b:c", "host|port|12|30|a|b|c"},
        {"\u00E9t\u00E9:hiver", "\u00E9t\u00E9|hiver"},
        {"a\uFF1Ab a\uFE55b a\uFE13b", "a|b|a|b|a|b"},
        {"a:\u00E9", "a|\u00E9"},
    };
    CHECK_ROWS(rows);
}

static void goes_on_in_the_general_rules_where_ascii_ends(void)
{
    static const struct row rows[] = {
        {"cafe\u0301 na\u00EFve don\u2019t", "cafe\u0301|na\u00EFve|don\u2019t"},
        {"a\u0301'b a'\u0301b a'\u00E9", "a\u0301'b|a'\u0301b|a'\u00E9"},
        {"wait\u2026 \u201Cword\u201D a\u2014b", "wait|word|a|b"},
        {"1\u0661 2\u00B2", "1\u0661|2|\u00B2"},
        {"a.\u00E9 1,\u0661 1.\u00E9", "a.\u00E9|1,\u0661|1|\u00E9"},
        {"end\u0301", "end\u0301"},
        {"so\u00ADft ze\u200Dro", "so\u00ADft|ze\u200Dro"},
        {" \u0301a (\u0301b", "a|b"},
    };
    CHECK_ROWS(rows);
}

static void takes_scripts_without_spaces_in_pieces(void)
{
    static const struct row rows[] = {
        {"\u4E2D\u6587\u3002\u6587\u5B57", "\u4E2D|\u6587|\u6587|\u5B57"},
        {"\u3072\u3089\u30AB\u30BF\u30AB\u30CA", "\u3072|\u3089|\u30AB\u30BF\u30AB\u30CA"},
        {"\u0E01\u0E35\u0E49\u0E17", "\u0E01\u0E35\u0E49|\u0E17"},
        {"\uD55C\uAD6D\uC5B4 \uB9D0", "\uD55C\uAD6D\uC5B4|\uB9D0"},
        {"\u05E6\u05D4\"\u05DC \u05E8\u05D7' \"\u05D0\"", "\u05E6\u05D4\"\u05DC|\u05E8\u05D7|\u05D0"},
    };
    CHECK_ROWS(rows);
}

static void takes_emoji_for_words(void)
{
    static const struct row rows[] = {
        {"\U0001F600\U0001F600!", "\U0001F600|\U0001F600"},
        {"\U0001F468\u200D\U0001F469\u200D\U0001F467", "\U0001F468\u200D\U0001F469\u200D\U0001F467"},
        {"ok\U0001F44D\U0001F3FD", "ok|\U0001F44D\U0001F3FD"},
        {"\U0001F1E9\U0001F1EA\U0001F1EB\U0001F1F7", "\U0001F1E9\U0001F1EA|\U0001F1EB\U0001F1F7"},
        {"\u2764\uFE0F", "\u2764\uFE0F"},
        {" \u200D\U0001F600", "\U0001F600"}, /* the blank before the joiner is in its span, not in the word */
        {"\u00A9 \u2122 \u25AA \u2192 \u20AC5", "5"},
    };
    CHECK_ROWS(rows);
}

static void damage_separates(void)
{
    static const struct row rows[] = {
        {"ab\xFF" "cd \xC3", "ab|cd"},
        {"\x80\x80", ""},
        {"a\xE2\x82z", "a|z"},
        {"\xF0\x9F\x98", ""},
        {"caf\xC3\xA9\xA9", "caf\u00E9"},
    };
    CHECK_ROWS(rows);
}

static void a_nul_is_a_byte_as_any_other(void)
{
    check_words((const uint8_t *)"a\0b c\0", 6, "a|b|c");
}

static void says_which_words_are_ascii(void)
{
    static const char text[] = "plain caf\u00E9 quoted\u201D \u00E9";
    static const uint32_t expected[] = {1, 0, 1, 0};
    struct tokenizer tokenizer;
    struct surface surface;
    tokenizer_init(&tokenizer, (const uint8_t *)text, sizeof text - 1);
    for (size_t i = 0; i < 4; i++) {
        REQUIRE_INT(tokenizer_next(&tokenizer, &surface), 1);
        CHECK_UINT(surface.is_ascii, expected[i]);
    }
}

/* ------------------------------------------------------------ long words */

/* The lengths of the words of `count` times `unit`, between `before` and `after`. */
static void check_lengths(const char *before, const char *unit, size_t count, const char *after, const uint32_t *expected)
{
    char text[8192];
    strcpy(text, before);
    for (size_t i = 0; i < count; i++)
        strcat(text, unit);
    strcat(text, after);
    struct tokenizer tokenizer;
    struct surface surface;
    tokenizer_init(&tokenizer, (const uint8_t *)text, strlen(text));
    for (; *expected; expected++) {
        REQUIRE_INT(tokenizer_next(&tokenizer, &surface), 1);
        CHECK_UINT(surface.length, *expected);
    }
    CHECK_INT(tokenizer_next(&tokenizer, &surface), 0);
}
#define LENGTHS(...) ((const uint32_t[]){__VA_ARGS__, 0})

static void cuts_long_words(void)
{
    check_lengths("", "x", 255, " y", LENGTHS(255, 1));
    check_lengths("", "x", 256, "", LENGTHS(255, 1));
    check_lengths("", "x", 600, "", LENGTHS(255, 255, 90));
    check_lengths("", "x", 255, "\u00E9", LENGTHS(255, 2));
    check_lengths("", "x", 254, "\u00E9", LENGTHS(254, 2));
    check_lengths("", "x", 253, "\u00E9", LENGTHS(255));
    check_lengths("", "\u20AC", 100, "", LENGTHS(0));
    check_lengths("", "\u0434", 200, "", LENGTHS(254, 146));
    check_lengths("", "\uD55C", 90, "", LENGTHS(255, 15));
}

static void what_joins_at_a_cut_stays_outside(void)
{
    check_lengths("", "x", 254, "'y", LENGTHS(254, 1));
    check_lengths("", "x", 255, "'y", LENGTHS(255, 1));
    check_lengths("", "x", 254, "_y", LENGTHS(254, 1));
    check_lengths("_", "x", 255, "_y", LENGTHS(255, 1));
    check_lengths("a", "\u0301", 200, "b", LENGTHS(255, 1));
    check_lengths("", "_", 400, "a", LENGTHS(1));
    check_lengths(" ", "\u200D", 200, "\U0001F600", LENGTHS(4));
}

TAP_MAIN("tokenizer", TAP_CASE(splits_ascii), TAP_CASE(leaves_underscores_at_the_edges_outside), TAP_CASE(breaks_at_a_colon),
         TAP_CASE(goes_on_in_the_general_rules_where_ascii_ends), TAP_CASE(takes_scripts_without_spaces_in_pieces),
         TAP_CASE(takes_emoji_for_words), TAP_CASE(damage_separates), TAP_CASE(a_nul_is_a_byte_as_any_other),
         TAP_CASE(says_which_words_are_ascii), TAP_CASE(cuts_long_words), TAP_CASE(what_joins_at_a_cut_stays_outside))
