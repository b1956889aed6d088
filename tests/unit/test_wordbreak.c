#include "src/text/wordbreak.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/text/utf8.h"
#include "src/text/wordtraits.h"
#include "tests/unit/tap.h"

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

/* A line is "÷ 0061 × 0308 ÷ 0020 ÷ # ...", ÷ a boundary and × none. */
static void replay_line(const char *line, size_t number)
{
    uint8_t text[256];
    unsigned char is_boundary[sizeof text + 1] = {0};
    size_t length = 0;
    for (const char *at = line; *at && *at != '#' && length < sizeof text - 4;) {
        char *after;
        if (strncmp(at, "\u00F7", 2) == 0)
            is_boundary[length] = 1;
        const unsigned long character = strtoul(at, &after, 16);
        if (after != at)
            length += utf8_encode(text + length, (uint32_t)character);
        at = after != at ? after : at + 1;
    }
    for (size_t at = 0; at < length;) {
        const size_t end = span_end(text, length, at);
        for (size_t i = at + 1; i < end; i++)
            REQUIRE_THAT(!is_boundary[i], "line %zu: no boundary found at byte %zu", number, i);
        REQUIRE_THAT(is_boundary[end], "line %zu: wrong boundary at byte %zu", number, end);
        at = end;
    }
}

static void the_official_vectors(void)
{
    const char *folder = getenv("TRAWL_UNICODE_DATA");
    if (!folder) {
        tap_skip("TRAWL_UNICODE_DATA names no folder with WordBreakTest.txt");
        return;
    }
    char path[4096];
    snprintf(path, sizeof path, "%s/WordBreakTest.txt", folder);
    FILE *file = fopen(path, "r");
    REQUIRE_THAT(file != NULL, "cannot open %s", path);
    char line[4096];
    size_t number = 0, vectors = 0;
    while (fgets(line, sizeof line, file)) {
        number++;
        if (line[0] == '#' || line[0] == '\n')
            continue;
        replay_line(line, number);
        vectors++;
    }
    fclose(file);
    CHECK_THAT(vectors > 1000, "only %zu vectors", vectors);
}

TAP_MAIN("wordbreak", TAP_CASE(each_rule), TAP_CASE(the_official_vectors))
