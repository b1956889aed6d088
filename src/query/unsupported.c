#include "src/query/unsupported.h"

#include <string.h>

#include "src/query/lexer.h"

static void report(struct parse *parse, size_t start, size_t end, const char *message)
{
    parse_repair(parse, "not-supported", start, end, message, "taken as text");
}

static int is_digit(uint8_t byte)
{
    return byte >= '0' && byte <= '9';
}

void unsupported_near(struct parse *parse, size_t start, size_t end)
{
    const uint8_t *word = parse->text + start;
    size_t length = end - start, name = 0;
    if (length >= 4 && memcmp(word, "NEAR", 4) == 0)
        name = 4;
    else if (length >= 3 && memcmp(word, "ADJ", 3) == 0)
        name = 3;
    if (name == 0 || (length > name && word[name] != '/') || length == name + 1)
        return;
    for (size_t i = name + 1; i < length; i++)
        if (!is_digit(word[i]))
            return;
    report(parse, start, end, "NEAR and ADJ are not supported yet");
}

/* ------------------------------------------------------------------- ranges */

static size_t after_word(const struct parse *parse, size_t at)
{
    while (at < parse->length && !lexer_blank_at(parse, at))
        at++;
    return at;
}

/* Where "a TO b]" ends that begins at `at`; 0: it is nothing of that kind. */
static size_t end_of_bracket(const struct parse *parse, size_t at)
{
    const uint8_t *text = parse->text;
    at = lexer_after_blanks(parse, after_word(parse, lexer_after_blanks(parse, at)));
    size_t end = after_word(parse, at);
    if (end - at != 2 || memcmp(text + at, "TO", 2) != 0)
        return 0;
    at = lexer_after_blanks(parse, end);
    end = after_word(parse, at);
    return end > at && (text[end - 1] == ']' || text[end - 1] == '}') ? end : 0;
}

/* Where ">=a" ends; 0: there is nothing to compare with. */
static size_t end_of_comparison(const struct parse *parse, size_t at)
{
    size_t value = at + 1;
    if (value < parse->length && parse->text[value] == '=')
        value++;
    size_t end = after_word(parse, value);
    return end > value ? end : 0;
}

void unsupported_range(struct parse *parse, size_t start)
{
    uint8_t byte = parse->text[start];
    size_t end = 0;
    if (byte == '[' || byte == '{')
        end = end_of_bracket(parse, start + 1);
    else if (byte == '<' || byte == '>')
        end = end_of_comparison(parse, start);
    if (end)
        report(parse, start, end, "ranges are not supported yet");
}

/* -------------------------------------------------------------------- fuzzy */

/* Where the last ~ of the word stands that no \ makes text; `end`: nowhere. */
static size_t last_tilde(const struct parse *parse, size_t start, size_t end)
{
    size_t found = end;
    for (size_t at = start; at < end;) {
        size_t escape = lexer_escape_length(parse, at, end);
        if (parse->text[at] == '~')
            found = at;
        at += escape ? escape : 1;
    }
    return found;
}

static int can_end_a_word(uint8_t byte)
{
    return byte >= 0x80 || is_digit(byte) || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

void unsupported_fuzzy(struct parse *parse, size_t start, size_t end)
{
    const uint8_t *text = parse->text;
    size_t digits = end > start && (text[end - 1] == '1' || text[end - 1] == '2');
    if (end - start < 2 + digits || text[end - 1 - digits] != '~' || !can_end_a_word(text[end - 2 - digits]))
        return;
    if (last_tilde(parse, start, end) == end - 1 - digits)
        report(parse, start, end, "fuzzy words are not supported yet");
}
