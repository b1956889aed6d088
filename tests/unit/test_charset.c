#include "src/source/charset.h"

#include <string.h>

#include "tests/unit/tap.h"

static void utf16_comes_in_any_pieces(void)
{
    static const uint8_t wide[] = {'a', 0, 0x3D, 0xD8, 0x00, 0xDE, 0xAC, 0x20, 0x3D, 0xD8, 'b', 0, 0x00, 0xDE, 'c'};
    static const char expected[] = "a\xF0\x9F\x98\x80\xE2\x82\xAC\xFF" "b\xFF\xFF";
    for (size_t first = 0; first <= sizeof wide; first++) {
        for (size_t second = first; second <= sizeof wide; second++) {
            struct utf16 state = {0};
            uint8_t out[64];
            size_t length = utf16_decode(out, &state, wide, first);
            length += utf16_decode(out + length, &state, wide + first, second - first);
            length += utf16_decode(out + length, &state, wide + second, sizeof wide - second);
            length += utf16_end(out + length, &state);
            CHECK_BYTES(out, length, expected, sizeof expected - 1);
        }
    }
}

static void pages_declare_a_set(void)
{
    static const char *const rows[][2] = {
        {"", ""}, {"<p>charset", ""}, {"<meta charset=utf-8>", "utf-8"}, {"<meta charset=\"ISO-8859-1\">", "iso-8859-1"},
        {"<meta http-equiv=Content-Type content=\"text/html; charset = Shift_JIS\">", "shift_jis"},
        {"<meta content='text/html;charset=koi8-r'>", "koi8-r"}, {"a charset is meant <meta charset='gbk'>", "gbk"},
        {"<meta charset=>", ""}, {"<meta charset", ""}, {"<meta charset=a-name-that-is-too-long-to-be-that-of-a-set>",
                                                           "a-name-that-is-too-long-to-be-t"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char name[CHARSET_NAME_SIZE];
        charset_declared(name, (const uint8_t *)rows[i][0], strlen(rows[i][0]));
        CHECK_STRING(name, rows[i][1]);
    }
}

static void only_the_front_is_looked_at(void)
{
    static uint8_t page[2000];
    char name[CHARSET_NAME_SIZE];
    memset(page, ' ', sizeof page);
    memcpy(page + 1500, "charset=gbk", 11);
    charset_declared(name, page, sizeof page);
    CHECK_STRING(name, "");
}

static void check_conversion(const char *name, const char *text, const char *expected, uint64_t expected_damage)
{
    struct buffer out;
    uint64_t damaged = 0;
    buffer_init(&out);
    CHECK_THAT(charset_to_utf8(&out, name, (const uint8_t *)text, strlen(text), &damaged) == 1, "%s is not known", name);
    CHECK_STRING(buffer_string(&out), expected);
    CHECK_UINT(damaged, expected_damage);
    buffer_release(&out);
}

static void sets_become_utf8(void)
{
    check_conversion("iso-8859-1", "\x93" "caf\xE9\x94 \x80", "\xE2\x80\x9C" "caf\xC3\xA9\xE2\x80\x9D \xE2\x82\xAC", 0);
    check_conversion("windows-1251", "\xEC\xEE\xF0\xE5", "\xD0\xBC\xD0\xBE\xD1\x80\xD0\xB5", 0);
    check_conversion("koi8-r", "\xCD\xCF\xD2\xC5", "\xD0\xBC\xD0\xBE\xD1\x80\xD0\xB5", 0);
    check_conversion("x-sjis", "\x8A\x43", "\xE6\xB5\xB7", 0);
    check_conversion("iso-2022-jp", "\x1B$B3$\x1B(B", "\xE6\xB5\xB7", 0);
    check_conversion("windows-1252", "a\x81z", "a\xEF\xBF\xBDz", 1);
    check_conversion("euc-jp", "\xA4", "\xEF\xBF\xBD", 1);
}

static void other_names_are_not_known(void)
{
    static const char *const names[] = {"", "utf-8", "utf-7", "none", "../../x", "utf-16", "ucs-2", "windows-9999"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct buffer out;
        uint64_t damaged = 0;
        buffer_init(&out);
        CHECK_THAT(charset_to_utf8(&out, names[i], (const uint8_t *)"a", 1, &damaged) == 0, "%s is known", names[i]);
        CHECK_UINT(out.length, 0);
        buffer_release(&out);
    }
}

TAP_MAIN("charset", TAP_CASE(utf16_comes_in_any_pieces), TAP_CASE(pages_declare_a_set), TAP_CASE(only_the_front_is_looked_at),
         TAP_CASE(sets_become_utf8), TAP_CASE(other_names_are_not_known))
