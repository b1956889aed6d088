#include "src/source/json_read.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "include/trawl.h"
#include "tests/unit/tap.h"

/* A text's tokens as a line: {} [] k:KEY s:STRING n:NUMBER t f 0 . or the fault behind "!" */
static const char *tokens_of(const void *text, size_t length)
{
    static char out[4096];
    size_t at = 0;
    struct json_reader reader;
    struct json_token token = {.kind = JSON_NULL};
    json_reader_init(&reader, text, length);
    while (token.kind != JSON_END && at + 300 < sizeof out) {
        static const char *const names[] = {"{", "}", "[", "]", "k:", "s:", "n:", "t", "f", "0", "."};
        if (json_next(&token, &reader)) {
            snprintf(out + at, sizeof out - at, "! %s at %zu", reader.fault, (size_t)(reader.at - reader.start));
            return out;
        }
        const int shows = token.kind == JSON_KEY || token.kind == JSON_STRING || token.kind == JSON_NUMBER;
        at += (size_t)snprintf(out + at, sizeof out - at, "%s%.*s ", names[token.kind], shows ? (int)token.length : 0,
                               (const char *)token.start);
    }
    out[at ? at - 1 : 0] = '\0';
    return out;
}

static int is_json(const void *text, size_t length)
{
    struct json_reader reader;
    struct json_token token = {.kind = JSON_NULL};
    int status = 0;
    json_reader_init(&reader, text, length);
    while (status == 0 && token.kind != JSON_END)
        status = json_next(&token, &reader);
    CHECK_THAT(status == 0 || (status == TRAWL_ERROR_DOCUMENT && reader.fault), "a fault has words");
    return status == 0;
}

static void gives_tokens(void)
{
    static const char *const rows[][2] = {
        {"{}", "{ } ."},
        {" [ ] ", "[ ] ."},
        {"{\"a\" : [1, {\"b\":null}], \"c\":\"d\"}", "{ k:a [ n:1 { k:b 0 } ] k:c s:d } ."},
        {"[true,false,null,-0.5e+10,\"\"]", "[ t f 0 n:-0.5e+10 s: ] ."},
        {"\"lonely\"", "s:lonely ."},
        {"7", "n:7 ."},
        {"\"\\u00e9\\n\"", "s:\\u00e9\\n ."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK_STRING(tokens_of(rows[i][0], strlen(rows[i][0])), rows[i][1]);
}

static void names_the_fault_and_its_place(void)
{
    static const char *const rows[][2] = {
        {"", "! the text ends too early at 0"},
        {"{\"a\":1", "! the text ends too early at 6"},
        {"[1,]", "! expected a value at 3"},
        {"[1 2]", "! expected ',' or ']' at 3"},
        {"{\"a\":1]", "! expected ',' or '}' at 6"},
        {"{\"a\" 1}", "! expected ':' at 5"},
        {"{a:1}", "! expected a key in quotes at 1"},
        {"[1] x", "! something follows the value at 4"},
        {"\"a\tb\"", "! a control character in a string at 2"},
        {"\"a\\x\"", "! a backslash that begins no escape at 2"},
        {"\"abc", "! a string without an end at 4"},
        {"[01]", "! a malformed number at 1"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *found = strchr(tokens_of(rows[i][0], strlen(rows[i][0])), '!');
        CHECK_STRING(found ? found : "none", rows[i][1]);
    }
}

static void takes_what_is_json(void)
{
    static const char *const texts[] = {
        "0", "-0", "10", "-10.01", "1e9", "1E-9", "0e0", "0.0e+0", "123456789012345678901234567890", "1e999", "\"\\/\"",
        "\"\x7f\"", "\"\xE2\x80\xA8\"", "[[[[]]]]", "{\"\":\"\"}", "\r\n\t 1 \r\n\t ", "\"\\uDEAD\"", "\"\\ud800\\ud800\"",
        "{\"a\":1,\"a\":2}", "\"\xff not our business\"",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        CHECK_THAT(is_json(texts[i], strlen(texts[i])), "refused: %s", texts[i]);
}

static void refuses_what_is_not(void)
{
    static const char *const texts[] = {
        " ", "-", "+1", ".5", "1.", "1.e1", "1e", "1e+", "00", "-01", "0x10", "1_000", "Infinity", "NaN", "nul", "nulll",
        "True", "tru", "truefalse", "[1,,2]", "[,1]", "[1,", "[", "]", "{", "}", "[}", "{]", "{\"a\"}", "{\"a\":}", "{,}",
        "{\"a\":1,}", "{1:2}", "{\"a\":1 \"b\":2}", "{\"a\",\"b\"}", "[1:2]", "1 2", "[]]", "{}}", "'a'", "\"", "\"\\\"",
        "\"\\", "\"\\u12\"", "\"\\u12g4\"", "\"\\U0041\"", "\"\\a\"", "\"\\0\"", "\"a\nb\"", "\"a\x1f\"", "[1]\f", "\v1",
        "\xC2\xA0", "\xEF\xBB\xBF{}", "/**/1", "1//", "[1]#", "\"a\" \"b\"", "\\u0031",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        CHECK_THAT(!is_json(texts[i], strlen(texts[i])), "taken: %s", texts[i]);
    CHECK(!is_json("\"a\0b\"", 5));
    CHECK(!is_json("1\0", 2));
}

/* Stops are looked for eight bytes at a time: each must be found at each place. */
static void finds_the_end_of_strings_of_any_length(void)
{
    char text[64];
    for (size_t length = 0; length < 40; length++) {
        memset(text, 'x', sizeof text);
        text[0] = '"';
        text[length + 1] = '"';
        CHECK(is_json(text, length + 2));
        CHECK(!is_json(text, length + 1));
        for (size_t at = 0; at < length; at++) {
            text[at + 1] = '\x1f';
            CHECK(!is_json(text, length + 2));
            text[at + 1] = '"';
            CHECK(!is_json(text, length + 2));
            text[at + 1] = '\\';
            CHECK_INT(is_json(text, length + 2), 0);
            text[at + 1] = '\x80';
            CHECK(is_json(text, length + 2));
            text[at + 1] = 'x';
        }
    }
}

static void knows_what_is_ascii(void)
{
    char text[32];
    for (size_t at = 1; at < 30; at++) {
        struct json_reader reader;
        struct json_token token;
        memset(text, 'x', sizeof text);
        text[0] = text[31] = '"';
        json_reader_init(&reader, (const uint8_t *)text, sizeof text);
        CHECK(json_next(&token, &reader) == 0 && token.is_ascii);
        text[at] = '\xC3';
        json_reader_init(&reader, (const uint8_t *)text, sizeof text);
        CHECK(json_next(&token, &reader) == 0 && !token.is_ascii);
    }
}

static void unescapes(void)
{
    static const struct {
        const char *raw, *text;
        size_t length;
        uint64_t damaged;
    } rows[] = {
        {"plain", "plain", 5, 0},
        {"\\\"\\\\\\/\\b\\f\\n\\r\\t", "\"\\/\b\f\n\r\t", 8, 0},
        {"a\\u0000b", "a\0b", 3, 0},
        {"\\u00e9\\u00E9\\u20ac", "\xC3\xA9\xC3\xA9\xE2\x82\xAC", 7, 0},
        {"\\ud83d\\ude00!", "\xF0\x9F\x98\x80!", 5, 0},
        {"\\ud83d", "\xEF\xBF\xBD", 3, 1},
        {"\\ude00", "\xEF\xBF\xBD", 3, 1},
        {"\\ud83dx", "\xEF\xBF\xBDx", 4, 1},
        {"\\ud83d\\n", "\xEF\xBF\xBD\n", 4, 1},
        {"\\ud83d\\ud83d\\ude00", "\xEF\xBF\xBD\xF0\x9F\x98\x80", 7, 1},
        {"\\ude00\\ud83d", "\xEF\xBF\xBD\xEF\xBF\xBD", 6, 2},
        {"\\uFFFF\\uDBFF\\uDFFF", "\xEF\xBF\xBF\xF4\x8F\xBF\xBF", 7, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint8_t out[64];
        uint64_t damaged = 0;
        const size_t length = json_unescape(out, (const uint8_t *)rows[i].raw, strlen(rows[i].raw), &damaged);
        CHECK_BYTES(out, length, rows[i].text, rows[i].length);
        CHECK_UINT(damaged, rows[i].damaged);
        CHECK(length <= strlen(rows[i].raw));
    }
}

static void nests_to_its_limit_and_no_deeper(void)
{
    static char text[2 * (JSON_MAX_DEPTH + 1)];
    memset(text, '[', JSON_MAX_DEPTH + 1);
    memset(text + JSON_MAX_DEPTH + 1, ']', JSON_MAX_DEPTH + 1);
    CHECK(is_json(text + 1, 2 * JSON_MAX_DEPTH));
    CHECK(!is_json(text, sizeof text));
    for (size_t i = 0; i < sizeof text; i += 2)
        memcpy(text + i, i % 4 ? "[[" : "[{", 2);
    CHECK(!is_json(text, sizeof text));
}

static void survives_endless_nesting(void)
{
    enum { DEPTH = 100000 };
    char *text = malloc(DEPTH);
    REQUIRE(text != NULL);
    memset(text, '[', DEPTH);
    CHECK(!is_json(text, DEPTH));
    free(text);
}

static void leaves_a_container(void)
{
    static const char text[] = "[{\"a\":[1,{\"b\":[]}],\"c\":2},3]";
    struct json_reader reader;
    struct json_token token;
    json_reader_init(&reader, (const uint8_t *)text, sizeof text - 1);
    CHECK(json_next(&token, &reader) == 0 && token.kind == JSON_ARRAY);
    CHECK(json_next(&token, &reader) == 0 && token.kind == JSON_OBJECT);
    CHECK(json_leave(&reader) == 0);
    CHECK(json_next(&token, &reader) == 0 && token.kind == JSON_NUMBER);
    CHECK_BYTES(token.start, token.length, "3", 1);
    CHECK(json_leave(&reader) == 0);
    CHECK(json_next(&token, &reader) == 0 && token.kind == JSON_END);
}

static void a_fault_stays(void)
{
    struct json_reader reader;
    struct json_token token;
    json_reader_init(&reader, (const uint8_t *)"x 1", 3);
    CHECK_INT(json_next(&token, &reader), TRAWL_ERROR_DOCUMENT);
    CHECK_INT(json_next(&token, &reader), TRAWL_ERROR_DOCUMENT);
}

/* ------------------------------------------------------------------- suite */

static size_t read_file(uint8_t *bytes, size_t room, const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    REQUIRE_THAT(file != NULL, "cannot open %s", path);
    const size_t length = fread(bytes, 1, room, file);
    fclose(file);
    return length;
}

/* A folder of files y_*.json, which must be taken, n_*.json, which must not,
 * and i_*.json, of which either is right, in $TRAWL_JSON_SUITE. */
static void agrees_with_a_suite(void)
{
    static uint8_t bytes[1 << 20];
    const char *path = getenv("TRAWL_JSON_SUITE");
    DIR *folder = path ? opendir(path) : NULL;
    if (!folder) {
        tap_skip("TRAWL_JSON_SUITE names no folder of JSON files");
        return;
    }
    size_t files = 0;
    for (const struct dirent *entry; (entry = readdir(folder)); ) {
        if (strlen(entry->d_name) < 2 || entry->d_name[1] != '_')
            continue;
        const int taken = is_json(bytes, read_file(bytes, sizeof bytes, path, entry->d_name));
        CHECK_THAT(entry->d_name[0] == 'i' || taken == (entry->d_name[0] == 'y'), "wrong about %s", entry->d_name);
        files++;
    }
    closedir(folder);
    CHECK(files > 0);
}

TAP_MAIN("json read", TAP_CASE(gives_tokens), TAP_CASE(names_the_fault_and_its_place), TAP_CASE(takes_what_is_json),
         TAP_CASE(refuses_what_is_not), TAP_CASE(finds_the_end_of_strings_of_any_length), TAP_CASE(knows_what_is_ascii),
         TAP_CASE(unescapes), TAP_CASE(nests_to_its_limit_and_no_deeper), TAP_CASE(survives_endless_nesting),
         TAP_CASE(leaves_a_container), TAP_CASE(a_fault_stays), TAP_CASE(agrees_with_a_suite))
