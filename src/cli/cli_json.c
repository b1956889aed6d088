#include "src/cli/cli_json.h"

#include <inttypes.h>
#include <string.h>

#include "src/cli/cli_number.h"
#include "src/cli/cli_terminal.h"
#include "src/cli/cli_unicode.h"

/* A value follows another unless something was just opened or named: what a
 * text ends in tells, as strings always end in a quote. */
static void part_from_before(struct cli_text *json)
{
    const char last = json->length ? json->bytes[json->length - 1] : '\n';
    if (!strchr("{[:\n", last))
        cli_text_add_byte(json, ',');
}

void cli_json_open(struct cli_text *json, char bracket)
{
    part_from_before(json);
    cli_text_add_byte(json, bracket);
}

void cli_json_close(struct cli_text *json, char bracket)
{
    cli_text_add_byte(json, bracket);
}

void cli_json_key(struct cli_text *json, const char *key)
{
    cli_json_string(json, key);
    cli_text_add_byte(json, ':');
}

static void add_character(struct cli_text *json, uint32_t code)
{
    static const char plain[] = "\b\t\n\f\r", names[] = "btnfr";
    const char *found = code && code < 0x20 ? strchr(plain, (int)code) : NULL;
    if (found)
        cli_text_printf(json, "\\%c", names[found - plain]);
    else if (code == '"' || code == '\\')
        cli_text_printf(json, "\\%c", (int)code);
    else if (cli_unicode_is_hostile(code))
        cli_text_printf(json, "\\u%04x", (unsigned)code);
    else
        cli_terminal_add_character(json, code);
}

void cli_json_bytes(struct cli_text *json, const char *bytes, size_t length)
{
    part_from_before(json);
    cli_text_add_byte(json, '"');
    for (size_t at = 0; at < length;) {
        uint32_t code;
        at += cli_unicode_next(&code, bytes + at, length - at);
        add_character(json, code);
    }
    cli_text_add_byte(json, '"');
}

void cli_json_string(struct cli_text *json, const char *string)
{
    cli_json_bytes(json, string, strlen(string));
}

void cli_json_number(struct cli_text *json, uint64_t value)
{
    part_from_before(json);
    cli_text_printf(json, "%" PRIu64, value);
}

void cli_json_double(struct cli_text *json, double value)
{
    char digits[CLI_NUMBER_SIZE];
    part_from_before(json);
    cli_text_add_string(json, cli_number_double(digits, value));
}

void cli_json_boolean(struct cli_text *json, int value)
{
    part_from_before(json);
    cli_text_add_string(json, value ? "true" : "false");
}

void cli_json_add_cleaned(struct cli_text *out, const char *json, size_t length)
{
    for (size_t at = 0; at < length;) {
        uint32_t code;
        at += cli_unicode_next(&code, json + at, length - at);
        if (cli_unicode_is_hostile(code))
            cli_text_printf(out, "\\u%04x", (unsigned)code);
        else
            cli_terminal_add_character(out, code);
    }
}
