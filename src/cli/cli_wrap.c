#include "src/cli/cli_wrap.h"

#include <string.h>

#include "src/cli/cli_terminal.h"
#include "src/cli/cli_unicode.h"

void cli_wrap_start(struct cli_wrap *wrap, struct cli_text *out, size_t width, size_t indent, size_t column)
{
    *wrap = (struct cli_wrap){
        .out = out,
        .width = width > indent + 8 ? width : indent + 8,
        .indent = indent,
        .mark_on = "",
        .mark_off = "",
        .column = column,
    };
}

static void begin_line(struct cli_wrap *wrap)
{
    cli_text_add_blanks(wrap->out, wrap->indent);
    wrap->column = wrap->indent;
    wrap->blank_before = 0;
}

static void set_mark(struct cli_wrap *wrap, int is_marked)
{
    if (is_marked != wrap->word_is_marked)
        cli_text_add_string(&wrap->word, is_marked ? wrap->mark_on : wrap->mark_off);
    wrap->word_is_marked = is_marked;
}

static void put_word(struct cli_wrap *wrap)
{
    if (wrap->word_columns == 0 && wrap->word.length == 0)
        return;
    set_mark(wrap, 0);
    const size_t blank = wrap->blank_before && wrap->column > wrap->indent;
    if (wrap->column > wrap->indent && wrap->column + blank + wrap->word_columns > wrap->width) {
        cli_text_add_byte(wrap->out, '\n');
        begin_line(wrap);
    } else if (wrap->column == 0) {
        begin_line(wrap);
    } else if (blank) {
        cli_text_add_byte(wrap->out, ' ');
        wrap->column++;
    }
    cli_text_add(wrap->out, wrap->word.bytes, wrap->word.length);
    wrap->column += wrap->word_columns;
    cli_text_clear(&wrap->word);
    wrap->word_columns = 0;
    wrap->blank_before = 0;
}

static int is_blank(uint32_t code)
{
    return code == ' ' || code == '\n' || code == '\t' || code == '\r';
}

/* No line starts with East Asian closing punctuation. */
static int closes(uint32_t code)
{
    return code == 0x3001 || code == 0x3002 || code == 0x3009 || code == 0x300B || code == 0x300D || code == 0x300F ||
           code == 0x3011 || code == 0xFF01 || code == 0xFF09 || code == 0xFF0C || code == 0xFF0E || code == 0xFF1A ||
           code == 0xFF1B || code == 0xFF1F;
}

static void add_character(struct cli_wrap *wrap, uint32_t code, int is_marked)
{
    if (is_blank(code)) {
        put_word(wrap);
        wrap->blank_before = 1;
        return;
    }
    const size_t columns = (size_t)cli_unicode_width(code);
    const int may_part = columns == 2 && wrap->word_columns && !closes(code);
    if (may_part || wrap->indent + wrap->word_columns + columns > wrap->width)
        put_word(wrap);
    set_mark(wrap, is_marked);
    wrap->word_columns += cli_terminal_add_character(&wrap->word, code);
}

void cli_wrap_add(struct cli_wrap *wrap, const char *bytes, size_t length, int is_marked)
{
    for (size_t at = 0; at < length;) {
        uint32_t code;
        at += cli_unicode_next(&code, bytes + at, length - at);
        add_character(wrap, code, is_marked);
    }
}

void cli_wrap_add_string(struct cli_wrap *wrap, const char *string)
{
    cli_wrap_add(wrap, string, strlen(string), 0);
}

void cli_wrap_end(struct cli_wrap *wrap)
{
    put_word(wrap);
    cli_text_release(&wrap->word);
    cli_text_add_byte(wrap->out, '\n');
}
