#include "src/snippet/sentences.h"

#include <stdint.h>
#include <string.h>

#include "src/text/utf8.h"

enum terminator { TERMINATOR_NONE, TERMINATOR_STOP, TERMINATOR_SPACED, TERMINATOR_WIDE };

static enum terminator terminator_of(uint32_t character)
{
    switch (character) {
    case '.':
        return TERMINATOR_STOP;
    case '!':
    case '?':
    case 0x2026: /* ellipsis */
    case 0x203C:
    case 0x203D:
    case 0x0589: /* Armenian */
    case 0x061F: /* Arabic */
    case 0x06D4:
    case 0x0964: /* danda */
    case 0x0965:
    case 0x104B: /* Burmese */
    case 0x1362: /* Ethiopic */
    case 0x17D4: /* Khmer */
        return TERMINATOR_SPACED;
    case 0x3002: /* ideographic */
    case 0xFF01:
    case 0xFF0E:
    case 0xFF1F:
    case 0xFF61:
        return TERMINATOR_WIDE;
    default:
        return TERMINATOR_NONE;
    }
}

static int is_closer(uint32_t character)
{
    switch (character) {
    case '"':
    case '\'':
    case ')':
    case ']':
    case '}':
    case 0xBB:   /* guillemets and curly quotes */
    case 0x2019:
    case 0x201D:
    case 0x203A:
    case 0x300D: /* corner brackets */
    case 0x300F:
    case 0xFF09:
        return 1;
    default:
        return 0;
    }
}

static int is_small_letter(const struct span_text *text, size_t at)
{
    return at < text->length && text->bytes[at] >= 'a' && text->bytes[at] <= 'z';
}

static int is_ascii_letter(uint8_t byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static int is_abbreviation(const uint8_t *word, size_t length)
{
    static const char *const abbreviations[] = {"Mr", "Mrs", "Ms",  "Dr",  "St",  "Prof", "Sr",  "Jr", "vs", "No",
                                                "no", "vol", "Gen", "Col", "Lt", "Capt", "cf", "ca", "al", "Mt"};
    if (length == 1)
        return word[0] >= 'A' && word[0] <= 'Z';
    for (size_t i = 0; i < sizeof abbreviations / sizeof *abbreviations; i++)
        if (strlen(abbreviations[i]) == length && memcmp(word, abbreviations[i], length) == 0)
            return 1;
    return 0;
}

/* Whether the full stop at `at` belongs to the word before it. */
static int follows_abbreviation(const struct span_text *text, size_t at)
{
    size_t start = at;
    while (start > 0 && at - start < 8 && is_ascii_letter(text->bytes[start - 1]))
        start--;
    return start < at && is_abbreviation(text->bytes + start, at - start);
}

/* A line that holds nothing: where the white space at `at` ends, or 0. */
static size_t after_blank_line(const struct span_text *text, size_t at, size_t to)
{
    size_t end = spaces_after(text, at, to);
    unsigned lines = 0;
    for (size_t i = at; i < end; i++)
        lines += text->bytes[i] == '\n';
    return lines > 1 ? end : 0;
}

/* Behind a run of terminators and closers. `kind` is the first one's. */
static int ends_at(size_t *next, const struct span_text *text, size_t stop, size_t end, enum terminator kind, size_t to)
{
    *next = spaces_after(text, end, to);
    if (kind == TERMINATOR_WIDE || end >= text->length)
        return 1;
    if (*next == end)
        return 0;
    return kind != TERMINATOR_STOP || (!follows_abbreviation(text, stop) && !is_small_letter(text, *next));
}

int sentence_find_end(size_t *end, size_t *next, const struct span_text *text, size_t from, size_t to)
{
    for (size_t at = from; at < to;) {
        uint32_t character;
        size_t stop = at;
        at += utf8_decode(&character, text->bytes + at, text->length - at);
        enum terminator kind = terminator_of(character);
        if (kind == TERMINATOR_NONE) {
            size_t after = character == '\n' ? after_blank_line(text, stop, to) : 0;
            if (after) {
                *end = stop;
                *next = after;
                return 1;
            }
            continue;
        }
        while (at < to) {
            size_t bytes = utf8_decode(&character, text->bytes + at, text->length - at);
            if (terminator_of(character) == TERMINATOR_NONE && !is_closer(character))
                break;
            at += bytes;
        }
        if (at <= to && ends_at(next, text, stop, at, kind, to)) {
            *end = at;
            return 1;
        }
    }
    return 0;
}
