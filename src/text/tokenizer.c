#include "src/text/tokenizer.h"

#include "src/text/wordspan.h"

/* The short cut over ASCII: the same words as wordspan.c finds, from one table
 * and at most one byte of looking ahead. Wherever a byte over 127 could have a
 * say, wordspan_find() decides from the start of the word.
 *
 * Separators are passed over without asking whether a mark that follows them
 * makes a span with them: such a span's word would start after both. */

enum byte_kind {
    LETTER = 1,
    DIGIT = 2,
    CONNECTOR = 4,
    MID_LETTERS = 8,  /* joins letters on both sides */
    MID_DIGITS = 16,  /* joins digits on both sides */
    NOT_ASCII = 32,

    CORE = LETTER | DIGIT,
    INSIDE = CORE | CONNECTOR
};

#define TIMES_10(kind) kind, kind, kind, kind, kind, kind, kind, kind, kind, kind
#define TIMES_26(kind) kind, kind, kind, kind, kind, kind, TIMES_10(kind), TIMES_10(kind)
#define TIMES_128(kind) \
    TIMES_26(kind), TIMES_26(kind), TIMES_26(kind), TIMES_26(kind), TIMES_10(kind), TIMES_10(kind), kind, kind, kind, kind

static const uint8_t kinds[256] = {
    ['\''] = MID_LETTERS | MID_DIGITS,
    ['.'] = MID_LETTERS | MID_DIGITS,
    [','] = MID_DIGITS,
    [';'] = MID_DIGITS,
    ['_'] = CONNECTOR,
    ['0'] = TIMES_10(DIGIT),
    ['A'] = TIMES_26(LETTER),
    ['a'] = TIMES_26(LETTER),
    [128] = TIMES_128(NOT_ASCII),
};

void tokenizer_init(struct tokenizer *tokenizer, const uint8_t *text, size_t length)
{
    *tokenizer = (struct tokenizer){.text = text, .length = length};
}

static size_t skip(const uint8_t *text, size_t at, size_t end, uint8_t unless)
{
    while (at < end && !(kinds[text[at]] & unless))
        at++;
    return at;
}

static size_t run(const uint8_t *text, size_t at, size_t end, uint8_t of)
{
    while (at < end && (kinds[text[at]] & of))
        at++;
    return at;
}

/* Does the byte at `at` join what lies before and after it? (WB6, 7, 11, 12) */
static int joins(const uint8_t *text, size_t at, size_t length)
{
    const uint8_t kind = kinds[text[at]];
    if (at + 1 == length)
        return 0;
    const uint8_t around = kinds[text[at - 1]] & kinds[text[at + 1]];
    return ((kind & MID_LETTERS) && (around & LETTER)) || ((kind & MID_DIGITS) && (around & DIGIT));
}

/* Could a byte over 127 at `at`, or right after a joining byte there, belong to the word? */
static int needs_rules(const uint8_t *text, size_t at, size_t length)
{
    const uint8_t kind = kinds[text[at]];
    if (kind & (MID_LETTERS | MID_DIGITS))
        return at + 1 < length && (kinds[text[at + 1]] & NOT_ASCII);
    return kind & NOT_ASCII;
}

/* The end of the span that starts at `start` with a letter or digit, or 0 when
 * ASCII alone does not tell. */
static size_t ascii_span_end(const uint8_t *text, size_t length, size_t start)
{
    const size_t limit = length - start > TOKEN_MAX_BYTES ? start + TOKEN_MAX_BYTES : length;
    size_t at = start + 1;
    for (;;) {
        at = run(text, at, limit, INSIDE);
        if (at == limit)
            return at;
        if (needs_rules(text, at, length))
            return 0;
        if (!joins(text, at, length))
            return at;
        at++;
    }
}

/* Underscores, and a quote or dot that a cut left behind, are no part of the word. */
static size_t trim_end(const uint8_t *text, size_t end)
{
    while (!(kinds[text[end - 1]] & CORE))
        end--;
    return end;
}

static int is_ascii(const uint8_t *bytes, size_t length)
{
    uint8_t all = 0;
    for (size_t i = 0; i < length; i++)
        all |= bytes[i];
    return all < 0x80;
}

static int take(struct surface *surface, const uint8_t *text, size_t start, size_t end, int ascii)
{
    *surface = (struct surface){.bytes = text + start, .length = (uint32_t)(end - start), .is_ascii = (uint32_t)ascii};
    return 1;
}

int tokenizer_next(struct tokenizer *tokenizer, struct surface *surface)
{
    const uint8_t *text = tokenizer->text;
    const size_t length = tokenizer->length;
    size_t at = tokenizer->at;
    while ((at = skip(text, at, length, CORE | NOT_ASCII)) < length) {
        const size_t start = at;
        if (!(kinds[text[at]] & NOT_ASCII) && (at = ascii_span_end(text, length, start)) != 0) {
            tokenizer->at = at;
            return take(surface, text, start, trim_end(text, at), 1);
        }
        struct wordspan span;
        wordspan_find(&span, text, length, start);
        at = tokenizer->at = span.end;
        if (span.word_end > span.word_start)
            return take(surface, text, span.word_start, span.word_end,
                        is_ascii(text + span.word_start, span.word_end - span.word_start));
    }
    tokenizer->at = length;
    return 0;
}
