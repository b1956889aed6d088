#include "src/query/written.h"

#include <string.h>

#include "src/query/blanks.h"
#include "src/query/fieldname.h"

/* Which characters of a word need a \; what a lexeme starts with needs it at
 * the start alone. */
struct caution {
    int colons;
    size_t last_word_byte; /* ? is an operator only before one; ~ close behind it */
};

static int is_word_byte(uint8_t byte)
{
    return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static size_t last_word_byte(const uint8_t *text, size_t length)
{
    size_t at = length;
    while (at > 0 && !is_word_byte(text[at - 1]))
        at--;
    return at ? at - 1 : 0;
}

static int is_operator(const uint8_t *text, size_t length)
{
    static const char *const operators[] = {"AND", "OR", "NOT", "NEAR", "ADJ"};
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        size_t name = strlen(operators[i]);
        if (length >= name && memcmp(text, operators[i], name) == 0 && (length == name || text[name] == '/'))
            return 1;
    }
    return 0;
}

/* A word takes signs; what follows a field's colon can be a range instead, and
 * a slash there unmakes the field. */
static int starts_like_operator(const uint8_t *text, size_t length, int in_field)
{
    if (length == 0)
        return 0;
    return in_field ? memchr("/[{<>", text[0], 5) != NULL : memchr("+-!", text[0], 3) != NULL;
}

static int needs_escape(const struct caution *caution, const uint8_t *text, size_t length, size_t at)
{
    switch (text[at]) {
    case '\\':
    case '"':
    case '(':
    case ')':
    case '*':
    case '^':
        return 1;
    case ':':
        return caution->colons;
    case '?':
        return at < caution->last_word_byte;
    case '~':
        return at + 2 >= length;
    default:
        return blank_length(text + at, length - at) > 0;
    }
}

static void append_escaped(struct buffer *out, const struct caution *caution, const uint8_t *text, size_t length)
{
    for (size_t at = 0; at < length; at++) {
        if (needs_escape(caution, text, length, at))
            buffer_append_u8(out, '\\');
        buffer_append_u8(out, text[at]);
    }
}

/* Most words: nothing in them means anything else. */
static int is_plain(const uint8_t *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!((text[i] >= 'a' && text[i] <= 'z') || (text[i] >= '0' && text[i] <= '9')))
            return 0;
    return 1;
}

void written_word(struct buffer *out, const uint8_t *text, size_t length, const struct query_options *options, int in_field)
{
    if (is_plain(text, length)) {
        buffer_append(out, text, length);
        return;
    }
    const struct caution caution = {
        .colons = !in_field && fieldname_needs_escape(options, text, length),
        .last_word_byte = last_word_byte(text, length),
    };
    if (starts_like_operator(text, length, in_field) || (!in_field && is_operator(text, length)))
        buffer_append_u8(out, '\\');
    append_escaped(out, &caution, text, length);
}

void written_phrase(struct buffer *out, const uint8_t *text, size_t length, int is_prefix)
{
    int is_apart = 0, is_first = 1;
    buffer_append_u8(out, '"');
    for (size_t at = 0; at < length;) {
        size_t blank = blank_length(text + at, length - at);
        if (blank) {
            is_apart = 1;
            at += blank;
            continue;
        }
        if (is_apart && !is_first)
            buffer_append_u8(out, ' ');
        is_apart = is_first = 0;
        if (text[at] == '"' || text[at] == '\\' || text[at] == '*')
            buffer_append_u8(out, '\\');
        buffer_append_u8(out, text[at++]);
    }
    buffer_append_string(out, is_prefix ? "*\"" : "\"");
}

void written_field(struct buffer *out, const char *name)
{
    static const struct caution caution = {.colons = 1, .last_word_byte = SIZE_MAX};
    const uint8_t *text = (const uint8_t *)name;
    size_t length = strlen(name);
    if (starts_like_operator(text, length, 0))
        buffer_append_u8(out, '\\');
    append_escaped(out, &caution, text, length);
    buffer_append_u8(out, ':');
}
