#include "src/util/json_write.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void write_escaped(struct buffer *out, uint8_t byte)
{
    static const char names[] = {['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r', ['"'] = '"', ['\\'] = '\\'};
    if (byte < sizeof names && names[byte]) {
        buffer_append_u8(out, '\\');
        buffer_append_u8(out, (uint8_t)names[byte]);
    } else {
        buffer_printf(out, "\\u%04x", byte);
    }
}

void json_write_string(struct buffer *out, const void *bytes, size_t length)
{
    const uint8_t *text = bytes;
    size_t plain = 0;
    buffer_append_u8(out, '"');
    for (size_t i = 0; i < length; i++) {
        if (text[i] >= 0x20 && text[i] != '"' && text[i] != '\\' && text[i] != 0x7f)
            continue;
        buffer_append(out, text + plain, i - plain);
        write_escaped(out, text[i]);
        plain = i + 1;
    }
    if (length > plain)
        buffer_append(out, text + plain, length - plain);
    buffer_append_u8(out, '"');
}

void json_write_key(struct buffer *out, const char *name)
{
    json_write_string(out, name, strlen(name));
    buffer_append_u8(out, ':');
}

void json_write_u64(struct buffer *out, uint64_t value)
{
    buffer_printf(out, "%" PRIu64, value);
}

/* printf and strtod follow the program's locale, which may write a comma (or
 * more) for the point: both see the same one, and it is put right at the end. */
static void append_number(struct buffer *out, const char *number)
{
    int in_point = 0;
    for (; *number; number++) {
        const char c = *number;
        const int known = (c >= '0' && c <= '9') || c == '-' || c == '+' || c == 'e' || c == 'E';
        if (known)
            buffer_append_u8(out, (uint8_t)c);
        else if (!in_point)
            buffer_append_u8(out, '.');
        in_point = !known;
    }
}

void json_write_float(struct buffer *out, float value)
{
    char number[64];
    for (int digits = 6; digits <= 9; digits++) {
        snprintf(number, sizeof number, "%.*g", digits, (double)value);
        if (strtof(number, NULL) == value)
            break;
    }
    append_number(out, number);
}

void json_write_double(struct buffer *out, double value)
{
    char number[64];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(number, sizeof number, "%.*g", digits, value);
        if (strtod(number, NULL) == value)
            break;
    }
    append_number(out, number);
}

/* In strings of valid JSON there are no line ends. */
void json_write_json(struct buffer *out, const void *json, size_t length)
{
    const char *at = json, *const end = at + length;
    while (at < end) {
        const char *stop = at;
        while (stop < end && *stop != '\n' && *stop != '\r')
            stop++;
        buffer_append(out, at, (size_t)(stop - at));
        if (stop < end)
            buffer_append_string(out, " ");
        at = stop + (stop < end);
    }
}
