#include "src/util/json_write.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/tap.h"

static void check_string(const char *text, size_t length, const char *json)
{
    struct buffer out;
    buffer_init(&out);
    json_write_string(&out, text, length);
    CHECK_STRING(buffer_string(&out), json);
    buffer_release(&out);
}

static void strings_are_escaped(void)
{
    check_string("", 0, "\"\"");
    check_string("plain", 5, "\"plain\"");
    check_string("a\"b\\c", 5, "\"a\\\"b\\\\c\"");
    check_string("\b\t\n\f\r", 5, "\"\\b\\t\\n\\f\\r\"");
    check_string("a\0b\x1f\x7f", 5, "\"a\\u0000b\\u001f\\u007f\"");
    check_string("caf\xc3\xa9/", 6, "\"caf\xc3\xa9/\"");
}

static float read_back(float value, char *text, size_t size)
{
    struct buffer out;
    buffer_init(&out);
    json_write_float(&out, value);
    snprintf(text, size, "%s", buffer_string(&out));
    buffer_release(&out);
    return strtof(text, NULL);
}

static void floats_read_back(void)
{
    struct tap_random random = {3};
    char text[64];
    for (size_t i = 0; i < tap_rounds(20000); i++) {
        const uint32_t bits = (uint32_t)tap_random_next(&random);
        float value;
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value))
            continue;
        CHECK_THAT(read_back(value, text, sizeof text) == value, "%a was written as %s", (double)value, text);
    }
    read_back(11.7323f, text, sizeof text);
    CHECK_STRING(text, "11.7323");
    read_back(0.0f, text, sizeof text);
    CHECK_STRING(text, "0");
}

static void locales_do_not_show(void)
{
    char text[64];
    static const char *const with_comma[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "ru_RU.UTF-8"};
    const char *set = NULL;
    for (size_t i = 0; i < sizeof with_comma / sizeof *with_comma && !set; i++)
        set = setlocale(LC_NUMERIC, with_comma[i]);
    if (!set) {
        tap_skip("no locale with a decimal comma here");
        return;
    }
    read_back(0.5f, text, sizeof text);
    setlocale(LC_NUMERIC, "C");
    CHECK_STRING(text, "0.5");
}

TAP_MAIN("json_write", TAP_CASE(strings_are_escaped), TAP_CASE(floats_read_back), TAP_CASE(locales_do_not_show))
