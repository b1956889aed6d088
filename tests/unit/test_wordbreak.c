#include "src/text/wordbreak.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uniwbrk.h>

#include "src/text/utf8.h"
#include "src/text/wordtraits.h"
#include "tests/unit/tap.h"
#include "tests/unit/unicode_data.h"

/* The rules alone, untailored. A row is a text in pieces: boundaries stand
 * between the pieces and nowhere else. */

enum { MOST_PIECES = 12 };

struct row {
    const char *rule;
    const char *pieces[MOST_PIECES];
};

static const struct row rows[] = {
    {"WB3", {"a", "\r\n", "b"}},
    {"WB3", {"\n", "\r", "\r\n", "\n"}},
    {"WB3a", {"\n", "\u0308", "a"}},
    {"WB3a", {"\u2028", "\u200D", "x"}},
    {"WB3b", {"a", "\xC2\x85", "\v", "\f"}},
    {"WB3c", {"\U0001F469\u200D\U0001F33E"}},
    {"WB3c", {"\u200D\u2764", "."}},
    {"WB3c", {"a\u200D\U0001F6D1"}},
    {"WB3c", {"\U0001F469\u200D\u0308", "\U0001F33E"}},
    {"WB3c", {"\U0001F469", "\U0001F33E"}},
    {"WB3d", {"a", "  \u2003", "b"}},
    {"WB3d", {" \u0308", " ", "\t", "\t"}},
    {"WB4", {"e\u0301t", " \u0301", "x"}},
    {"WB4", {"\u0301\u0301", "a"}},
    {"WB4", {"so\u00ADft\u2060ly"}},
    {"WB4", {"\U0001F44D\U0001F3FD", "!"}},
    {"WB4", {"a\u0308\u200D\u00ADb"}},
    {"WB5", {"stra\u00DFe", ",", "\u043C\u0438\u0440"}},
    {"WB5", {"\u05E9\u05DC\u05D5\u05DDabc"}},
    {"WB5", {"\uD55C\uAD6D\uC5B4", " ", "\u0939\u093F\u0928\u094D\u0926\u0940"}},
    {"WB6-7", {"don't"}},
    {"WB6-7", {"don\u2019t", " ", "a.b", ".", " ", "c", ".", ".", "d"}},
    {"WB6-7", {"a\u00B7b", ":", "."}},
    {"WB6-7", {"a", "'", " ", "'", "b"}},
    {"WB6-7", {"n\u0301'\u0301t", ",", "x", "'\u0301", "1"}},
    {"WB6-7", {"a", ",", "b"}},
    {"WB6-7", {"a", "'", "'", "b"}},
    {"WB6-7", {"U.S.A", ".", " "}},
    {"WB7a", {"\u05E8\u05D7'", " ", "\u05E8\u05D7'", "."}},
    {"WB7a", {"r", "'", " "}},
    {"WB7b-c", {"\u05E6\u05D4\"\u05DC", " ", "\u05E6", "\"", " "}},
    {"WB7b-c", {"\u05E6", "\"", "a", "\"", "b"}},
    {"WB7b-c", {"a", "\"", "\u05E6"}},
    {"WB8", {"2024", "-", "12"}},
    {"WB8", {"\u0661\u0662\u0663"}},
    {"WB9-10", {"3D", " ", "A4x5", " ", "1st"}},
    {"WB11-12", {"3.14", " ", "1,000", " ", "6'2", " ", "1;2"}},
    {"WB11-12", {"1", ",", " ", "1", ".", ".", "2"}},
    {"WB11-12", {"1,\u03082", ",", "a"}},
    {"WB11-12", {"1", ",", "a", " ", "a", ".", "1", " ", "1", ":", "2"}},
    {"WB13", {"\u30AB\u30BF\u30AB\u30CA", "\u304B", "\u306A"}},
    {"WB13", {"\u30B3\u30FC\u30D2\u30FC", "a"}},
    {"WB13a-b", {"snake_case_2"}},
    {"WB13a-b", {"__a__", " ", "_", ".", "\u30AB_\u30BF"}},
    {"WB13a-b", {"a\u203Fb", "-", "_1"}},
    {"WB15", {"\U0001F1E9\U0001F1EA", "\U0001F1EB\U0001F1F7", "\U0001F1EC"}},
    {"WB15", {"\U0001F1E9\u200D\U0001F1EA", "\U0001F1EB"}},
    {"WB16", {"a", "\U0001F1E9\U0001F1EA", "\U0001F1EB", "b"}},
    {"WB999", {"\u4E2D", "\u56FD", "\u4EBA"}},
    {"WB999", {"\u0E44", "\u0E17", "\u0E22"}},
    {"WB999", {"\u3072", "\u3089", "\u304C", "\u306A"}},
    {"WB999", {"a", "-", "b", "/", "c", "@"}},
};

/* -> end of the span at `at` */
static size_t span_end(const uint8_t *text, size_t length, size_t at)
{
    uint32_t character;
    size_t end = at + utf8_decode(&character, text + at, length - at);
    struct wordbreak state;
    wordbreak_start(&state, word_traits(character));
    while (end < length) {
        size_t next = end + utf8_decode(&character, text + end, length - end);
        if (!wordbreak_joins(&state, word_traits(character), text + next, length - next))
            break;
        end = next;
    }
    return end;
}

static void each_rule(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[256] = "";
        for (size_t j = 0; j < MOST_PIECES && rows[i].pieces[j]; j++)
            strcat(text, rows[i].pieces[j]);
        const size_t length = strlen(text);
        size_t at = 0;
        for (size_t j = 0; j < MOST_PIECES && rows[i].pieces[j]; j++) {
            const size_t expected = at + strlen(rows[i].pieces[j]);
            at = span_end((const uint8_t *)text, length, at);
            REQUIRE_THAT(at == expected, "row %zu (%s), piece %zu: ends at %zu, not %zu", i, rows[i].rule, j, at, expected);
        }
    }
}

/* ------------------------------------------------ Unicode's own test file */

static const struct {
    const char *name;
    int value;
} properties[] = {
    {"ALetter", WBP_ALETTER}, {"CR", WBP_CR}, {"Double_Quote", WBP_DQ}, {"Extend", WBP_EXTEND},
    {"ExtendNumLet", WBP_EXTENDNUMLET}, {"Format", WBP_FORMAT}, {"Hebrew_Letter", WBP_HL}, {"Katakana", WBP_KATAKANA},
    {"LF", WBP_LF}, {"MidLetter", WBP_MIDLETTER}, {"MidNum", WBP_MIDNUM}, {"MidNumLet", WBP_MIDNUMLET},
    {"Newline", WBP_NEWLINE}, {"Numeric", WBP_NUMERIC}, {"Regional_Indicator", WBP_RI}, {"Single_Quote", WBP_SQ},
    {"WSegSpace", WBP_WSS}, {"ZWJ", WBP_ZWJ},
};

static uint8_t property_of(const char *name)
{
    for (size_t i = 0; i < sizeof properties / sizeof *properties; i++)
        if (strcmp(properties[i].name, name) == 0)
            return (uint8_t)properties[i].value;
    REQUIRE_THAT(0, "a word break property that is new: %s", name);
    return 0;
}

/* The rules are ours, the properties the library's, which may be of another
 * version: agrees[character] tells where it has the same. -> 0: skipped */
static int read_properties(uint8_t *agrees)
{
    struct unicode_data data;
    static uint8_t values[UNICODE_CHARACTERS];
    if (!unicode_data_open(&data, "auxiliary/WordBreakProperty.txt"))
        return 0;
    memset(values, WBP_OTHER, sizeof values);
    while (unicode_data_next(&data)) {
        uint32_t first, last;
        char name[32];
        unicode_data_range(&first, &last, &data);
        unicode_data_word(name, sizeof name, &data);
        memset(values + first, property_of(name), last - first + 1);
    }
    for (uint32_t character = 0; character < UNICODE_CHARACTERS; character++)
        agrees[character] = values[character] == uc_wordbreak_property(character);
    return unicode_data_close(&data);
}

struct vector {
    uint8_t text[256];
    size_t length;
    unsigned char is_boundary[256 + 1];
    int agrees;
};

/* "÷ 0061 × 0308 ÷ 0020 ÷", ÷ a boundary and × none. */
static void read_vector(struct vector *vector, const char *line, const uint8_t *agrees)
{
    *vector = (struct vector){.agrees = 1};
    for (const char *at = line; *at && vector->length < sizeof vector->text - 4;) {
        char *after;
        if (strncmp(at, "\u00F7", 2) == 0)
            vector->is_boundary[vector->length] = 1;
        const unsigned long character = strtoul(at, &after, 16);
        if (after != at) {
            vector->agrees &= agrees[character];
            vector->length += utf8_encode(vector->text + vector->length, (uint32_t)character);
        }
        at = after != at ? after : at + 1;
    }
}

static void replay_vector(const struct vector *vector, size_t number)
{
    for (size_t at = 0; at < vector->length;) {
        const size_t end = span_end(vector->text, vector->length, at);
        for (size_t i = at + 1; i < end; i++)
            REQUIRE_THAT(!vector->is_boundary[i], "line %zu: no boundary found at byte %zu", number, i);
        REQUIRE_THAT(vector->is_boundary[end], "line %zu: wrong boundary at byte %zu", number, end);
        at = end;
    }
}

static void the_official_vectors(void)
{
    static uint8_t agrees[UNICODE_CHARACTERS];
    struct unicode_data data;
    struct vector vector;
    size_t left_out = 0;
    if (!read_properties(agrees) || !unicode_data_open(&data, "auxiliary/WordBreakTest.txt"))
        return;
    while (unicode_data_next(&data)) {
        read_vector(&vector, data.text, agrees);
        if (vector.agrees)
            replay_vector(&vector, data.number);
        left_out += !vector.agrees;
    }
    CHECK_THAT(data.lines > 1000, "only %zu vectors", data.lines);
    if (left_out)
        printf("# %zu of %zu vectors left out: the library has other properties\n", left_out, data.lines);
    unicode_data_close(&data);
}

TAP_MAIN("wordbreak", TAP_CASE(each_rule), TAP_CASE(the_official_vectors))
