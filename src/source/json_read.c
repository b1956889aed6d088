#include "src/source/json_read.h"

#include <string.h>

#include "include/trawl.h"
#include "src/text/utf8.h"
#include "src/util/bytes.h"

/* What may come next. A value is expected after '[', ',' and ':'; a value in a
 * container is followed by what `after_value` says. */
enum { EXPECT_VALUE, EXPECT_VALUE_OR_END, EXPECT_KEY, EXPECT_KEY_OR_END, EXPECT_COMMA_OR_END, EXPECT_NOTHING };

void json_reader_init(struct json_reader *reader, const uint8_t *text, size_t length)
{
    reader->start = reader->at = text;
    reader->end = text + length;
    reader->depth = 0;
    reader->expected = EXPECT_VALUE;
    reader->fault = NULL;
}

static int fail(struct json_reader *reader, const char *fault)
{
    reader->fault = fault;
    return TRAWL_ERROR_DOCUMENT;
}

static void skip_space(struct json_reader *reader)
{
    const uint8_t *at = reader->at;
    while (at < reader->end && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t'))
        at++;
    reader->at = at;
}

/* ------------------------------------------------------------ containers */

static int in_object(const struct json_reader *reader)
{
    const unsigned level = reader->depth - 1;
    return (int)(reader->is_object[level / 64] >> (level % 64) & 1);
}

static int open_container(struct json_token *token, struct json_reader *reader, int is_object)
{
    if (reader->depth == JSON_MAX_DEPTH)
        return fail(reader, "nested more than 1,024 deep");
    const uint64_t bit = UINT64_C(1) << (reader->depth % 64);
    uint64_t *word = &reader->is_object[reader->depth / 64];
    *word = is_object ? *word | bit : *word & ~bit;
    reader->depth++;
    reader->at++;
    reader->expected = is_object ? EXPECT_KEY_OR_END : EXPECT_VALUE_OR_END;
    token->kind = is_object ? JSON_OBJECT : JSON_ARRAY;
    return 0;
}

static void value_is_over(struct json_reader *reader)
{
    reader->expected = reader->depth ? EXPECT_COMMA_OR_END : EXPECT_NOTHING;
}

static int close_container(struct json_token *token, struct json_reader *reader)
{
    const int is_object = in_object(reader);
    if (*reader->at != (is_object ? '}' : ']'))
        return fail(reader, is_object ? "expected ',' or '}'" : "expected ',' or ']'");
    reader->at++;
    reader->depth--;
    value_is_over(reader);
    token->kind = is_object ? JSON_OBJECT_END : JSON_ARRAY_END;
    return 0;
}

/* --------------------------------------------------------------- strings */

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Marks with 0x80 the bytes of a word that end a plain run: a quote, a
 * backslash, a control character. A byte above the first marked one may be
 * marked wrongly; the first is right. */
static uint64_t stops_in(uint64_t word)
{
    const uint64_t quote = word ^ EACH('"'), backslash = word ^ EACH('\\');
    const uint64_t found = ((quote - EACH(1)) & ~quote) | ((backslash - EACH(1)) & ~backslash)
                           | ((word - EACH(0x20)) & ~word);
    return found & EACH(0x80);
}

/* -> the first quote, backslash or control character from `at` on, or `end`.
 * Adds the bytes before it to *seen, for their high bits. */
static const uint8_t *plain_run(const uint8_t *at, const uint8_t *end, uint64_t *seen)
{
    while (end - at >= 8) {
        const uint64_t word = load_u64(at);
        if (stops_in(word))
            break;
        *seen |= word;
        at += 8;
    }
    for (; at < end && *at != '"' && *at != '\\' && *at >= 0x20; at++)
        *seen |= *at;
    return at;
}

static int hex_value(uint8_t digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    const int letter = digit | 0x20;
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

/* The number of four hexadecimal digits, or -1. */
static int32_t hex4(const uint8_t *at, const uint8_t *end)
{
    if (end - at < 4)
        return -1;
    int32_t value = 0;
    for (int i = 0; i < 4; i++) {
        const int digit = hex_value(at[i]);
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

/* The length of the escape at a backslash, or 0 for none that JSON has. */
static size_t escape_length(const uint8_t *at, const uint8_t *end)
{
    if (end - at < 2)
        return 0;
    switch (at[1]) {
    case '"': case '\\': case '/': case 'b': case 'f': case 'n': case 'r': case 't': return 2;
    case 'u': return hex4(at + 2, end) < 0 ? 0 : 6;
    default: return 0;
    }
}

/* From an opening quote to behind the closing one. */
static int read_string(struct json_token *token, struct json_reader *reader)
{
    uint64_t seen = 0;
    const uint8_t *at = reader->at + 1;
    token->start = at;
    token->is_escaped = 0;
    while ((at = plain_run(at, reader->end, &seen)) < reader->end && *at == '\\') {
        const size_t length = escape_length(at, reader->end);
        if (!length) {
            reader->at = at;
            return fail(reader, "a backslash that begins no escape");
        }
        token->is_escaped = 1;
        at += length;
    }
    reader->at = at;
    if (at == reader->end)
        return fail(reader, "a string without an end");
    if (*at != '"')
        return fail(reader, "a control character in a string");
    token->length = (size_t)(at - token->start);
    token->is_ascii = (seen & EACH(0x80)) == 0;
    reader->at = at + 1;
    return 0;
}

static uint8_t plain_escape(uint8_t letter)
{
    switch (letter) {
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return letter; /* one of "\/ */
    }
}

static int is_surrogate(int32_t unit, int32_t first)
{
    return unit >= first && unit < first + 0x400;
}

/* The character of a \u escape, with its second half when there is one. -> bytes read */
static size_t unescape_unicode(uint32_t *character, const uint8_t *at, const uint8_t *end, uint64_t *damaged)
{
    const int32_t unit = hex4(at + 2, end);
    *character = (uint32_t)unit;
    if (is_surrogate(unit, 0xD800) && end - at >= 12 && at[6] == '\\' && at[7] == 'u') {
        const int32_t second = hex4(at + 8, end);
        if (is_surrogate(second, 0xDC00)) {
            *character = 0x10000u + ((uint32_t)(unit - 0xD800) << 10) + (uint32_t)(second - 0xDC00);
            return 12;
        }
    }
    if (unit < 0 || is_surrogate(unit, 0xD800) || is_surrogate(unit, 0xDC00)) {
        *character = UTF8_REPLACEMENT;
        *damaged += 1;
    }
    return 6;
}

size_t json_unescape(uint8_t *out, const uint8_t *raw, size_t length, uint64_t *damaged)
{
    uint8_t *to = out;
    const uint8_t *at = raw, *end = raw + length;
    while (at < end) {
        if (*at != '\\') {
            const uint8_t *stop = memchr(at, '\\', (size_t)(end - at));
            const size_t run = (size_t)((stop ? stop : end) - at);
            memcpy(to, at, run);
            to += run;
            at += run;
        } else if (end - at < 2 || at[1] != 'u') {
            *to++ = end - at < 2 ? *at : plain_escape(at[1]);
            at += end - at < 2 ? 1 : 2;
        } else {
            uint32_t character;
            at += unescape_unicode(&character, at, end, damaged);
            to += utf8_encode(to, character);
        }
    }
    return (size_t)(to - out);
}

/* --------------------------------------------------- numbers and the rest */

static const uint8_t *skip_digits(const uint8_t *at, const uint8_t *end)
{
    while (at < end && *at >= '0' && *at <= '9')
        at++;
    return at;
}

/* -?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]+)?  -> its end, or NULL */
static const uint8_t *number_end(const uint8_t *at, const uint8_t *end)
{
    at += *at == '-';
    const uint8_t *digits = at;
    at = skip_digits(at, end);
    if (at == digits || (*digits == '0' && at - digits > 1))
        return NULL;
    if (at < end && *at == '.') {
        digits = ++at;
        at = skip_digits(at, end);
        if (at == digits)
            return NULL;
    }
    if (at < end && (*at == 'e' || *at == 'E')) {
        at++;
        at += at < end && (*at == '+' || *at == '-');
        digits = at;
        at = skip_digits(at, end);
        if (at == digits)
            return NULL;
    }
    return at;
}

static int read_number(struct json_token *token, struct json_reader *reader)
{
    const uint8_t *end = number_end(reader->at, reader->end);
    if (!end)
        return fail(reader, "a malformed number");
    token->kind = JSON_NUMBER;
    token->length = (size_t)(end - reader->at);
    reader->at = end;
    return 0;
}

static int read_word(struct json_token *token, struct json_reader *reader)
{
    static const struct {
        const char *word;
        enum json_kind kind;
    } words[] = {{"true", JSON_TRUE}, {"false", JSON_FALSE}, {"null", JSON_NULL}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const size_t length = strlen(words[i].word);
        if ((size_t)(reader->end - reader->at) < length || memcmp(reader->at, words[i].word, length) != 0)
            continue;
        token->kind = words[i].kind;
        token->length = length;
        reader->at += length;
        return 0;
    }
    return fail(reader, "expected a value");
}

/* ---------------------------------------------------------------- tokens */

static int read_scalar(struct json_token *token, struct json_reader *reader)
{
    int status;
    const uint8_t first = *reader->at;
    if (first == '"') {
        token->kind = JSON_STRING;
        status = read_string(token, reader);
    } else if (first == '-' || (first >= '0' && first <= '9')) {
        status = read_number(token, reader);
    } else {
        status = read_word(token, reader);
    }
    if (status == 0)
        value_is_over(reader);
    return status;
}

static int read_value(struct json_token *token, struct json_reader *reader)
{
    token->start = reader->at;
    if (*reader->at == '{' || *reader->at == '[')
        return open_container(token, reader, *reader->at == '{');
    return read_scalar(token, reader);
}

static int read_key(struct json_token *token, struct json_reader *reader)
{
    if (*reader->at != '"')
        return fail(reader, "expected a key in quotes");
    token->kind = JSON_KEY;
    const int status = read_string(token, reader);
    if (status)
        return status;
    skip_space(reader);
    if (reader->at == reader->end || *reader->at != ':')
        return fail(reader, "expected ':'");
    reader->at++;
    reader->expected = EXPECT_VALUE;
    return 0;
}

/* After a value in a container: its end, or a comma and what follows it. */
static int read_on(struct json_token *token, struct json_reader *reader)
{
    if (*reader->at != ',')
        return close_container(token, reader);
    reader->at++;
    skip_space(reader);
    if (reader->at == reader->end)
        return fail(reader, "the text ends too early");
    return in_object(reader) ? read_key(token, reader) : read_value(token, reader);
}

static int read_end(struct json_token *token, struct json_reader *reader)
{
    if (reader->expected != EXPECT_NOTHING)
        return fail(reader, "the text ends too early");
    token->kind = JSON_END;
    return 0;
}

int json_next(struct json_token *token, struct json_reader *reader)
{
    if (reader->fault)
        return TRAWL_ERROR_DOCUMENT;
    skip_space(reader);
    token->start = reader->at;
    if (reader->at == reader->end)
        return read_end(token, reader);
    switch (reader->expected) {
    case EXPECT_VALUE_OR_END:
        return *reader->at == ']' ? close_container(token, reader) : read_value(token, reader);
    case EXPECT_KEY_OR_END:
        return *reader->at == '}' ? close_container(token, reader) : read_key(token, reader);
    case EXPECT_COMMA_OR_END:
        return read_on(token, reader);
    case EXPECT_NOTHING:
        return fail(reader, "something follows the value");
    default:
        return read_value(token, reader);
    }
}

int json_leave(struct json_reader *reader)
{
    const unsigned outside = reader->depth ? reader->depth - 1 : 0;
    struct json_token token;
    int status = 0;
    while (status == 0 && reader->depth > outside)
        status = json_next(&token, reader);
    return status;
}
