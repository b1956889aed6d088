#include "src/cli/cli_json.h"

#include <string.h>

#include "tests/unit/tap.h"

static void commas_come_by_themselves(void)
{
    struct cli_text json = {0};
    cli_json_open(&json, '{');
    cli_json_key(&json, "a");
    cli_json_number(&json, 1);
    cli_json_key(&json, "b");
    cli_json_open(&json, '[');
    cli_json_string(&json, "{[:");
    cli_json_boolean(&json, 0);
    cli_json_open(&json, '{');
    cli_json_close(&json, '}');
    cli_json_double(&json, 0.5);
    cli_json_close(&json, ']');
    cli_json_key(&json, "c");
    cli_json_boolean(&json, 1);
    cli_json_close(&json, '}');
    CHECK_STRING(cli_text_string(&json), "{\"a\":1,\"b\":[\"{[:\",false,{},0.5],\"c\":true}");
    cli_text_release(&json);
}

static void check_string(const char *bytes, size_t length, const char *expected)
{
    struct cli_text json = {0};
    cli_json_bytes(&json, bytes, length);
    CHECK_STRING(cli_text_string(&json), expected);
    cli_text_release(&json);
}

static void strings_are_escaped(void)
{
    check_string("a\"b\\c/", 6, "\"a\\\"b\\\\c/\"");
    check_string("\b\t\n\f\r\0\033", 7, "\"\\b\\t\\n\\f\\r\\u0000\\u001b\"");
    check_string("\177\xC2\x9B\xE2\x80\xAE", 6, "\"\\u007f\\u009b\\u202e\"");
    check_string("é日🙂\xFF", 10, "\"é日🙂\xEF\xBF\xBD\"");
}

static void foreign_json_is_cleaned(void)
{
    static const char given[] = "{\"a\":\"x\xC2\x9By\xE2\x80\xAEz\\n\"}";
    struct cli_text json = {0};
    cli_json_add_cleaned(&json, given, strlen(given));
    CHECK_STRING(cli_text_string(&json), "{\"a\":\"x\\u009by\\u202ez\\n\"}");
    cli_text_release(&json);
}

TAP_MAIN("cli_json", TAP_CASE(commas_come_by_themselves), TAP_CASE(strings_are_escaped), TAP_CASE(foreign_json_is_cleaned))
