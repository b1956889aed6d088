#include "src/text/fold.h"

#include <stdio.h>
#include <string.h>

#include "src/text/apostrophes.h"
#include "src/text/utf8.h"
#include "tests/unit/tap.h"
#include "tests/unit/unicode_data.h"

struct row {
    const char *word, *folded;
};

static void check_rows(const struct row *rows, size_t count, unsigned rules)
{
    static struct folding folding;
    for (size_t i = 0; i < count; i++) {
        REQUIRE_INT(fold_word(&folding, (const uint8_t *)rows[i].word, strlen(rows[i].word), rules), 0);
        CHECK_BYTES(folding.word, folding.length, rows[i].folded, strlen(rows[i].folded));
    }
}
#define CHECK_ROWS(rows, rules) check_rows(rows, sizeof rows / sizeof *rows, rules)

static void ascii_gets_lower_case(void)
{
    static const struct row rows[] = {
        {"", ""}, {"Word", "word"}, {"ABCXYZ", "abcxyz"}, {"A4", "a4"}, {"x_Y", "x_y"}, {"3.14", "3.14"}, {"@[`{", "@[`{"},
    };
    CHECK_ROWS(rows, 0);
    CHECK_ROWS(rows, FOLD_MARKS);
}

static void case_folds_in_every_script(void)
{
    static const struct row rows[] = {
        {"\u00C9T\u00C9", "\u00E9t\u00E9"},
        {"Stra\u00DFe", "strasse"},
        {"STRA\u1E9EE", "strasse"},
        {"\u041C\u041E\u0421\u041A\u0412\u0410", "\u043C\u043E\u0441\u043A\u0432\u0430"},
        {"\u039F\u0394\u039F\u03A3", "\u03BF\u03B4\u03BF\u03C3"},
        {"\u03BF\u03B4\u03CC\u03C2", "\u03BF\u03B4\u03CC\u03C3"}, /* the last sigma as the others */
        {"\u0130", "i\u0307"},
        {"\u0531\u0562", "\u0561\u0562"},
        {"\U00010400", "\U00010428"},
    };
    CHECK_ROWS(rows, 0);
}

static void compatible_forms_meet(void)
{
    static const struct row rows[] = {
        {"\uFF37\uFF4F\uFF52\uFF44\uFF11", "word1"}, /* full width */
        {"\uFB01ne", "fine"},
        {"\u2460", "1"},
        {"x\u00B2", "x2"},
        {"\u2163", "iv"},
        {"\U0001D4D7ello", "hello"},
        {"\uFF76\uFF9E", "\u30AC"}, /* half-width kana with its voicing mark */
        {"\u33C2", "am"},           /* one sign, "a.m." */
        {"\u017Fo", "so"},
    };
    CHECK_ROWS(rows, 0);
}

static void characters_without_a_look_go(void)
{
    static const struct row rows[] = {
        {"so\u00ADft", "soft"}, {"a\u200Cb\u200Dc", "abc"}, {"\u2764\uFE0F", "\u2764"}, {"\uFEFFx", "x"},
        {"\u00AD", ""},         {"\u3164", ""},             {"\u061Cx\u2060", "x"},
    };
    CHECK_ROWS(rows, 0);
}

static void apostrophes_are_straightened_inside_and_dropped_outside(void)
{
    static const struct row rows[] = {
        {"don\u2019t", "don't"},
        {"don\u02BCt", "don't"},
        {"don\uFF07t", "don't"},
        {"don\u2018t", "don't"},
        {"Hawai\u02BBi", "hawai'i"},
        {"\u02BBokina", "okina"},
        {"\u0149", "n"},
        {"rock\u02BC", "rock"},
        {"''", ""},
        {"\u05E6\u05D4\u05F4\u05DC", "\u05E6\u05D4\"\u05DC"},
        {"\u05D2\u05F3\u05D9\u05E8\u05E4\u05D4", "\u05D2'\u05D9\u05E8\u05E4\u05D4"},
        {"\u05E8\u05D7\u05F3", "\u05E8\u05D7"},
    };
    CHECK_ROWS(rows, 0);
}

static void dotted_acronyms_close_up(void)
{
    static const struct row rows[] = {
        {"U.S", "us"},
        {"U.S.A.", "usa"},
        {"e.g", "eg"},
        {"\u0422.\u0435", "\u0442\u0435"},
        {"\u00C9.U", "\u00E9u"},
        {"\u090F.\u092A\u0940.\u091C\u0947", "\u090F\u092A\u0940\u091C\u0947"},
        {"a\u2024b", "ab"}, /* a one dot leader is a dot */
        {"a", "a"},
        {"a.", "a."},
        {"a..b", "a..b"},
        {"ab.c", "ab.c"},
        {"a.bc", "a.bc"},
        {"1.2", "1.2"},
        {".a.b", ".a.b"},
        {"a.b'c", "a.b'c"},
    };
    CHECK_ROWS(rows, 0);
}

static void marks_go_from_latin_and_greek_only(void)
{
    static const struct row rows[] = {
        {"caf\u00E9", "cafe"},
        {"cafe\u0301", "cafe"},
        {"\u00C5ngstr\u00F6m", "angstrom"},
        {"Vi\u1EC7t", "viet"},
        {"\u0130", "i"},
        {"\u03AC\u03B8\u03BB\u03B7\u03BC\u03B1", "\u03B1\u03B8\u03BB\u03B7\u03BC\u03B1"},
        {"\u1F04\u03BD\u03B8\u03C1\u03C9\u03C0\u03BF\u03C2", "\u03B1\u03BD\u03B8\u03C1\u03C9\u03C0\u03BF\u03C3"},
        {"\u0141\u00F3d\u017A", "\u0142odz"}, /* the stroke of the l is no mark */
        {"\u00F8\u0111\u00E6\u0153\u00FE\u0131", "\u00F8\u0111\u00E6\u0153\u00FE\u0131"},
        {"\u0439\u0451", "\u0439\u0451"},
        {"\u0438\u0306", "\u0439"},
        {"\u0939\u093F\u0928\u094D\u0926\u0940", "\u0939\u093F\u0928\u094D\u0926\u0940"},
        {"\u304C\u30D1", "\u304C\u30D1"},
        {"\u0643\u0650\u062A\u0627\u0628", "\u0643\u0650\u062A\u0627\u0628"},
        {"\uAC01", "\uAC01"},
        {"\u4E2D\u0301", "\u4E2D\u0301"},
        {"1\u0301", "1\u0301"},
        {"e\u0301\u0439", "e\u0439"},
    };
    CHECK_ROWS(rows, FOLD_MARKS);
}

static void marks_stay_unless_asked_for(void)
{
    static const struct row rows[] = {{"CAFE\u0301", "caf\u00E9"}, {"h\u00E4user", "h\u00E4user"}, {"o\u0323\u0302", "\u1ED9"}};
    CHECK_ROWS(rows, 0);
}

static void turkish_has_two_letters_i(void)
{
    static const struct row rows[] = {
        {"ISPARTA", "\u0131sparta"},          {"\u0130zmir", "izmir"},       {"I\u0307zmir", "izmir"},
        {"I\u015EIK", "\u0131\u015F\u0131k"}, {"\uFF29I", "\u0131\u0131"}, {"ilk", "ilk"},
        {"I'n", "\u0131'n"},
    };
    CHECK_ROWS(rows, FOLD_TURKISH);
}

static void marks_can_go_last(void)
{
    static struct folding folding;
    static const char word[] = "h\u00E4us";
    REQUIRE_INT(fold_marks(&folding, (const uint8_t *)word, sizeof word - 1), 0);
    CHECK_BYTES(folding.word, folding.length, "haus", 4);
}

static void a_word_that_grows_too_long_is_cut(void)
{
    static struct folding folding;
    char word[TOKEN_MAX_BYTES + 1] = "";
    for (size_t i = 0; i < 85; i++)
        strcat(word, "\uFDFA"); /* eighteen characters each */
    REQUIRE_INT(fold_word(&folding, (const uint8_t *)word, strlen(word), FOLD_MARKS), 0);
    CHECK(folding.length > TOKEN_MAX_BYTES - 4 && folding.length <= TOKEN_MAX_BYTES);
    CHECK_UINT(utf8_valid_length(folding.word, folding.length), folding.length);

    uint8_t ascii[1000];
    memset(ascii, 'X', sizeof ascii);
    REQUIRE_INT(fold_word(&folding, ascii, sizeof ascii, 0), 0);
    CHECK_UINT(folding.length, TOKEN_MAX_BYTES);
}

/* ----------------------------------------------------- Unicode's own data */

static uint8_t known[UNICODE_CHARACTERS];

static int are_known(const uint32_t *characters, size_t count)
{
    int all = 1;
    for (size_t i = 0; i < count; i++)
        all &= known[characters[i]];
    return all;
}

/* Folds them between two digits, where apostrophes stay and nothing composes with what is around. */
static void fold_characters(struct folding *folding, const uint32_t *characters, size_t count, unsigned rules)
{
    uint8_t word[TOKEN_MAX_BYTES] = "0";
    size_t length = 1;
    for (size_t i = 0; i < count; i++)
        length += utf8_encode(word + length, characters[i]);
    word[length++] = '0';
    REQUIRE_INT(fold_word(folding, word, length, rules), 0);
}

static void check_folds_to(uint32_t character, const uint32_t *characters, size_t count)
{
    static struct folding folding;
    static struct codepoints expected;
    uint8_t bytes[TOKEN_MAX_BYTES];
    expected.count = 0;
    expected.at[expected.count++] = '0';
    for (size_t i = 0; i < count; i++)
        expected.at[expected.count++] = characters[i];
    expected.at[expected.count++] = '0';
    apostrophes_straighten(&expected); /* what we add to Unicode's rules */
    const size_t length = codepoints_write(bytes, &expected);
    fold_characters(&folding, &character, 1, 0);
    CHECK_THAT(folding.length == length && !memcmp(folding.word, bytes, length), "U+%04X folds to \"%.*s\", not \"%.*s\"",
               (unsigned)character, (int)folding.length, (char *)folding.word, (int)length, (char *)bytes);
}

/* Those that no line names fold to themselves. */
static void check_fold_to_themselves(uint32_t first, uint32_t end)
{
    for (uint32_t character = first; character < end; character++)
        if (known[character] && (character < 0xD800 || character > 0xDFFF))
            check_folds_to(character, &character, 1);
}

static void each_character_folds_as_nfkc_casefold_says(void)
{
    struct unicode_data data;
    uint32_t first, last, folded[UNICODE_FIELD_MOST], next = 0;
    char property[32];
    if (!unicode_data_known(known) || !unicode_data_open(&data, "DerivedNormalizationProps.txt"))
        return;
    while (unicode_data_next(&data)) {
        unicode_data_range(&first, &last, &data);
        unicode_data_word(property, sizeof property, &data);
        if (strcmp(property, "NFKC_CF") != 0)
            continue;
        const size_t count = unicode_data_characters(folded, &data);
        check_fold_to_themselves(next, first);
        for (next = first; next <= last; next++)
            if (known[next])
                check_folds_to(next, folded, count);
    }
    CHECK(next > 0xE0000);
    check_fold_to_themselves(next, UNICODE_CHARACTERS);
    unicode_data_close(&data);
}

/* The five columns of a line of NormalizationTest fold to one. */
static void forms_of_one_text_meet(void)
{
    static struct folding folding, first;
    struct unicode_data data;
    uint32_t characters[UNICODE_FIELD_MOST];
    size_t left_out = 0;
    if (!unicode_data_known(known) || !unicode_data_open(&data, "NormalizationTest.txt"))
        return;
    while (unicode_data_next(&data)) {
        int is_known = 1;
        for (size_t column = 0; column < 5 && is_known; column++) {
            const size_t count = unicode_data_characters(characters, &data);
            is_known = are_known(characters, count);
            if (is_known)
                fold_characters(column ? &folding : &first, characters, count, 0);
            CHECK_THAT(!is_known || !column ||
                           (folding.length == first.length && !memcmp(folding.word, first.word, first.length)),
                       "line %zu: column %zu folds apart", data.number, column + 1);
        }
        left_out += !is_known;
    }
    if (!unicode_data_close(&data))
        return;
    CHECK_THAT(data.lines > 15000, "only %zu lines", data.lines);
    printf("# %zu of %zu lines have characters that the library does not know\n", left_out, data.lines);
}

/* CaseFolding: C and F are full folding, T is what Turkish has instead. */
static void cases_meet(void)
{
    static struct folding upper, lower;
    struct unicode_data data;
    uint32_t character, last, folded[UNICODE_FIELD_MOST];
    char status[8];
    if (!unicode_data_known(known) || !unicode_data_open(&data, "CaseFolding.txt"))
        return;
    while (unicode_data_next(&data)) {
        unicode_data_range(&character, &last, &data);
        unicode_data_word(status, sizeof status, &data);
        const size_t count = unicode_data_characters(folded, &data);
        if (status[0] == 'S' || !known[character])
            continue;
        const unsigned rules = status[0] == 'T' ? FOLD_TURKISH : 0;
        fold_characters(&upper, &character, 1, rules);
        fold_characters(&lower, folded, count, rules);
        CHECK_THAT(upper.length == lower.length && !memcmp(upper.word, lower.word, upper.length), "U+%04X (%s) folds apart",
                   (unsigned)character, status);
    }
    unicode_data_close(&data);
}

TAP_MAIN("fold", TAP_CASE(ascii_gets_lower_case), TAP_CASE(case_folds_in_every_script), TAP_CASE(compatible_forms_meet),
         TAP_CASE(characters_without_a_look_go), TAP_CASE(apostrophes_are_straightened_inside_and_dropped_outside),
         TAP_CASE(dotted_acronyms_close_up), TAP_CASE(marks_go_from_latin_and_greek_only), TAP_CASE(marks_stay_unless_asked_for),
         TAP_CASE(turkish_has_two_letters_i), TAP_CASE(marks_can_go_last), TAP_CASE(a_word_that_grows_too_long_is_cut),
         TAP_CASE(each_character_folds_as_nfkc_casefold_says), TAP_CASE(forms_of_one_text_meet), TAP_CASE(cases_meet))
