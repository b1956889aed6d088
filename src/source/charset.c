#include "src/source/charset.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "src/text/utf8.h"

/* ---------------------------------------------------------------- UTF-16 */

enum { DAMAGE = 0xFF };

static int is_high(uint16_t unit)
{
    return unit >= 0xD800 && unit < 0xDC00;
}

static int is_low(uint16_t unit)
{
    return unit >= 0xDC00 && unit < 0xE000;
}

static uint8_t *decode_unit(uint8_t *out, struct utf16 *state, uint16_t unit)
{
    const uint16_t high = state->high;
    state->high = 0;
    if (high && is_low(unit))
        return out + utf8_encode(out, 0x10000u + ((uint32_t)(high - 0xD800) << 10) + (uint32_t)(unit - 0xDC00));
    if (high)
        *out++ = DAMAGE;
    if (is_high(unit))
        state->high = unit;
    else if (is_low(unit))
        *out++ = DAMAGE;
    else
        out += utf8_encode(out, unit);
    return out;
}

size_t utf16_decode(uint8_t *out, struct utf16 *state, const uint8_t *bytes, size_t length)
{
    uint8_t *to = out;
    for (size_t i = 0; i < length; i++) {
        if (!state->has_byte) {
            state->byte = bytes[i];
            state->has_byte = 1;
            continue;
        }
        state->has_byte = 0;
        const uint8_t first = state->is_big_endian ? state->byte : bytes[i];
        const uint8_t second = state->is_big_endian ? bytes[i] : state->byte;
        to = decode_unit(to, state, (uint16_t)(first << 8 | second));
    }
    return (size_t)(to - out);
}

size_t utf16_end(uint8_t *out, struct utf16 *state)
{
    size_t written = 0;
    if (state->high)
        out[written++] = DAMAGE;
    if (state->has_byte)
        out[written++] = DAMAGE;
    state->high = 0;
    state->has_byte = 0;
    return written;
}

/* ------------------------------------------------------------------ HTML */

static char lower(uint8_t byte)
{
    return (char)(byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte);
}

static int begins_with(const uint8_t *text, size_t length, const char *word)
{
    for (size_t i = 0; word[i]; i++)
        if (i == length || lower(text[i]) != word[i])
            return 0;
    return 1;
}

static size_t skip_bytes(const uint8_t *text, size_t at, size_t length, const char *set)
{
    while (at < length && text[at] && strchr(set, text[at]))
        at++;
    return at;
}

static int is_name_byte(uint8_t byte)
{
    return (byte >= '0' && byte <= '9') || (lower(byte) >= 'a' && lower(byte) <= 'z') || byte == '-' || byte == '_'
           || byte == ':' || byte == '.';
}

/* The name behind "charset", for = and quotes. */
static void read_name(char name[CHARSET_NAME_SIZE], const uint8_t *text, size_t length)
{
    size_t at = skip_bytes(text, 0, length, " \t\r\n");
    if (at == length || text[at] != '=')
        return;
    at = skip_bytes(text, at + 1, length, " \t\r\n\"'");
    size_t written = 0;
    for (; at < length && is_name_byte(text[at]) && written + 1 < CHARSET_NAME_SIZE; at++)
        name[written++] = lower(text[at]);
    name[written] = '\0';
}

void charset_declared(char name[CHARSET_NAME_SIZE], const uint8_t *page, size_t length)
{
    enum { PRESCAN = 1024, WORD = sizeof "charset" - 1 };
    name[0] = '\0';
    if (length > PRESCAN)
        length = PRESCAN;
    for (size_t at = 0; at < length && !name[0]; at++)
        if (begins_with(page + at, length - at, "charset"))
            read_name(name, page + at + WORD, length - at - WORD);
}

/* The families that browsers know. Others, such as UTF-7, only ever appear in
 * attacks; and a page that is not UTF-8 but says so is repaired instead. */
static const char *name_for_iconv(const char *name)
{
    static const char *const families[] = {
        "windows-", "cp125", "iso-8859-", "koi8-", "gb", "big5", "shift_jis", "sjis", "euc-", "iso-2022-jp",
        "tis-620", "macintosh",
    };
    static const char *const latin1[] = {"iso-8859-1", "iso8859-1", "latin1", "us-ascii", "ascii"};
    if (strncmp(name, "x-", 2) == 0)
        name += 2;
    for (size_t i = 0; i < sizeof latin1 / sizeof *latin1; i++)
        if (strcmp(name, latin1[i]) == 0)
            return "windows-1252"; /* as all browsers read it */
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        if (strncmp(name, families[i], strlen(families[i])) == 0)
            return name;
    return NULL;
}

static void append_replacement(struct buffer *out, uint64_t *damaged)
{
    buffer_append(out, "\xEF\xBF\xBD", 3);
    *damaged += 1;
}

static void convert(struct buffer *out, iconv_t converter, const uint8_t *text, size_t length, uint64_t *damaged)
{
    enum { ROOM = 4096 };
    char *from = (char *)text;
    size_t left = length;
    while (out->status == 0 && left > 0) {
        char *to = (char *)buffer_reserve(out, ROOM);
        size_t room = ROOM;
        if (!to)
            return;
        const size_t status = iconv(converter, &from, &left, &to, &room);
        const int reason = errno;
        out->length += ROOM - room;
        if (status != (size_t)-1 || reason == E2BIG)
            continue;
        append_replacement(out, damaged); /* EILSEQ, or EINVAL: cut short at the end */
        from++;
        left--;
    }
}

int charset_to_utf8(struct buffer *out, const char *name, const uint8_t *text, size_t length, uint64_t *damaged)
{
    const char *known = name_for_iconv(name);
    if (!known)
        return 0;
    iconv_t converter = iconv_open("UTF-8", known);
    if (converter == (iconv_t)-1)
        return 0;
    convert(out, converter, text, length, damaged);
    iconv_close(converter);
    return 1;
}
