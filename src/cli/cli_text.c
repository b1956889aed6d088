#include "src/cli/cli_text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/cli/cli_memory.h"

void cli_text_release(struct cli_text *text)
{
    free(text->bytes);
    *text = (struct cli_text){0};
}

void cli_text_clear(struct cli_text *text)
{
    text->length = 0;
    if (text->bytes)
        text->bytes[0] = '\0';
}

static void make_room(struct cli_text *text, size_t extra)
{
    text->bytes = cli_memory_grow(text->bytes, &text->capacity, text->length + extra + 1, 1);
}

void cli_text_add(struct cli_text *text, const void *bytes, size_t length)
{
    make_room(text, length);
    if (length)
        memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = '\0';
}

void cli_text_add_string(struct cli_text *text, const char *string)
{
    cli_text_add(text, string, strlen(string));
}

void cli_text_add_byte(struct cli_text *text, char byte)
{
    cli_text_add(text, &byte, 1);
}

void cli_text_add_blanks(struct cli_text *text, size_t count)
{
    while (count--)
        cli_text_add_byte(text, ' ');
}

void cli_text_printf(struct cli_text *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0)
        return;
    make_room(text, (size_t)length);
    va_start(arguments, format);
    vsnprintf(text->bytes + text->length, (size_t)length + 1, format, arguments);
    va_end(arguments);
    text->length += (size_t)length;
}

const char *cli_text_string(const struct cli_text *text)
{
    return text->bytes ? text->bytes : "";
}

void cli_text_join(struct cli_text *text, char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i)
            cli_text_add_byte(text, ' ');
        cli_text_add_string(text, words[i]);
    }
}
