#include "src/cli/cli_unicode.h"

#include <uniwidth.h>

int cli_unicode_width(uint32_t code)
{
    const int width = uc_width(code, "UTF-8");
    return width < 0 ? 0 : width;
}

int cli_unicode_is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code <= 0x9F) || code == 0x2028 || code == 0x2029;
}

int cli_unicode_is_hostile(uint32_t code)
{
    return cli_unicode_is_control(code) || (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

/* How long the character with this first byte is, 0 for none, and the lowest
 * code that may be written so long. */
static size_t lead(uint32_t *bits, uint32_t *lowest, unsigned char byte)
{
    static const uint32_t limits[] = {0, 0, 0x80, 0x800, 0x10000};
    const size_t length = byte < 0x80 ? 1 : byte < 0xC2 ? 0 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : byte < 0xF5 ? 4 : 0;
    *lowest = limits[length];
    *bits = length <= 1 ? byte : byte & (0x7Fu >> length);
    return length;
}

size_t cli_unicode_next(uint32_t *code, const char *bytes, size_t length)
{
    uint32_t value, lowest;
    const size_t wanted = lead(&value, &lowest, (unsigned char)bytes[0]);
    *code = 0xFFFD;
    if (wanted == 0)
        return 1;
    for (size_t i = 1; i < wanted; i++) {
        if (i == length || ((unsigned char)bytes[i] & 0xC0) != 0x80)
            return i;
        value = value << 6 | ((unsigned char)bytes[i] & 0x3F);
    }
    if (value >= lowest && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF))
        *code = value;
    return wanted;
}
