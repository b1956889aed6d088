#include "src/cli/cli_terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "src/cli/cli_number.h"
#include "src/cli/cli_unicode.h"

enum { WIDTH_DEFAULT = 80, WIDTH_LEAST = 20, WIDTH_MOST = 1000 };

size_t cli_terminal_width(int descriptor)
{
    uint64_t width = 0;
    const char *columns = getenv("COLUMNS");
    struct winsize size;
    if (!columns || cli_number_parse(&width, columns) || width == 0)
        width = isatty(descriptor) && ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
    if (width == 0)
        width = WIDTH_DEFAULT;
    return (size_t)(width < WIDTH_LEAST ? WIDTH_LEAST : width > WIDTH_MOST ? WIDTH_MOST : width);
}

static void add_code(struct cli_text *out, uint32_t code)
{
    char bytes[4];
    size_t length = 0;
    if (code < 0x80) {
        bytes[length++] = (char)code;
    } else if (code < 0x800) {
        bytes[length++] = (char)(0xC0 | code >> 6);
    } else if (code < 0x10000) {
        bytes[length++] = (char)(0xE0 | code >> 12);
        bytes[length++] = (char)(0x80 | (code >> 6 & 0x3F));
    } else {
        bytes[length++] = (char)(0xF0 | code >> 18);
        bytes[length++] = (char)(0x80 | (code >> 12 & 0x3F));
        bytes[length++] = (char)(0x80 | (code >> 6 & 0x3F));
    }
    if (code >= 0x80)
        bytes[length++] = (char)(0x80 | (code & 0x3F));
    cli_text_add(out, bytes, length);
}

/* A hostile character as an escape. -> columns */
static size_t add_harmless(struct cli_text *out, uint32_t code)
{
    if (!cli_unicode_is_hostile(code)) {
        add_code(out, code);
        return (size_t)cli_unicode_width(code);
    }
    const size_t before = out->length;
    cli_text_printf(out, code < 0x80 ? "\\x%02x" : "\\u%04x", (unsigned)code);
    return out->length - before;
}

size_t cli_terminal_add_character(struct cli_text *out, uint32_t code)
{
    if (code != '\n' && code != '\t' && code != '\r')
        return add_harmless(out, code);
    cli_text_add_byte(out, ' ');
    return 1;
}

size_t cli_terminal_add(struct cli_text *out, const char *bytes, size_t length)
{
    size_t columns = 0;
    for (size_t at = 0; at < length;) {
        uint32_t code;
        at += cli_unicode_next(&code, bytes + at, length - at);
        columns += cli_terminal_add_character(out, code);
    }
    return columns;
}

size_t cli_terminal_add_string(struct cli_text *out, const char *string)
{
    return cli_terminal_add(out, string, strlen(string));
}

void cli_terminal_add_quoted(struct cli_text *out, const char *bytes, size_t length)
{
    for (size_t at = 0; at < length;) {
        uint32_t code;
        at += cli_unicode_next(&code, bytes + at, length - at);
        add_harmless(out, code);
    }
}

size_t cli_terminal_columns(const char *bytes, size_t length)
{
    struct cli_text scratch = {0};
    const size_t columns = cli_terminal_add(&scratch, bytes, length);
    cli_text_release(&scratch);
    return columns;
}

size_t cli_terminal_add_cut(struct cli_text *out, const char *bytes, size_t length, size_t most)
{
    const size_t start = out->length;
    size_t columns = 0, fitting = out->length, fitting_columns = 0;
    for (size_t at = 0; at < length;) {
        uint32_t code;
        at += cli_unicode_next(&code, bytes + at, length - at);
        columns += cli_terminal_add_character(out, code);
        if (columns + 1 <= most) { /* up to here, and the mark of the cut */
            fitting = out->length;
            fitting_columns = columns;
        }
        if (columns > most)
            break;
    }
    if (columns <= most)
        return columns;
    out->length = fitting > start ? fitting : start;
    cli_text_add_string(out, "…");
    return fitting_columns + 1;
}

void cli_terminal_add_lines(struct cli_text *out, const char *bytes, size_t length)
{
    for (size_t at = 0; at < length;) {
        uint32_t code;
        at += cli_unicode_next(&code, bytes + at, length - at);
        if (code == '\n' || code == '\t')
            cli_text_add_byte(out, (char)code);
        else if (code != '\r' || at == length || bytes[at] != '\n')
            cli_terminal_add_character(out, code);
    }
}
