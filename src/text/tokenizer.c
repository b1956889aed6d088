#include "src/text/tokenizer.h"

#include <string.h>

#include "src/text/utf8.h"
#include "src/text/word_masks.h"
#include "src/text/wordspan.h"
#include "src/util/bytes.h"

/* The short cut over ASCII: the same words as wordspan.c finds, from one table,
 * eight bytes at once inside words, and at most one byte of looking ahead.
 * Wherever a byte over 127 could have a say, wordspan_find() decides from the
 * start of the word.
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

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Of eight bytes at once: 0x80 in each that is in [first, last]. Both and all bytes are below 128. */
static uint64_t between(uint64_t bytes, uint8_t first, uint8_t last)
{
    return (bytes + EACH(0x80u - first)) & ~(bytes + EACH(0x7Fu - last)) & EACH(0x80u);
}

/* Of eight bytes at once: 0x80 in each that is no letter, digit or underscore. */
static uint64_t not_inside(uint64_t bytes)
{
    const uint64_t low = bytes & EACH(0x7Fu);
    const uint64_t inside = between(low | EACH(0x20u), 'a', 'z') | between(low, '0', '9') | between(low, '_', '_');
    return (~inside | bytes) & EACH(0x80u);
}

/* The first byte from `at` on that is no letter, digit or underscore, or `end`. */
static size_t run(const uint8_t *text, size_t at, size_t end)
{
    while (end - at >= 8) {
        const uint64_t stop = not_inside(load_u64(text + at));
        if (stop)
            return at + (size_t)__builtin_ctzll(stop) / 8;
        at += 8;
    }
    while (at < end && (kinds[text[at]] & INSIDE))
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
        at = run(text, at, limit);
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
                        utf8_is_ascii(text + span.word_start, span.word_end - span.word_start));
    }
    tokenizer->at = length;
    return 0;
}

/* ---------------------------------------------------------- many at once */

/* Sixty-four bytes of text, the last of them perhaps beyond its end. */
struct window {
    uint64_t core;    /* letters and digits: where words start */
    uint64_t inside;  /* and what goes on in them */
    uint64_t unclear; /* a word that has one of these, or ends before one, is for tokenizer_next */
};

static void look_at(struct window *window, const uint8_t *text, size_t left)
{
    uint8_t padded[WORD_MASKS_BYTES];
    if (left < WORD_MASKS_BYTES) {
        memset(padded, 0, sizeof padded);
        memcpy(padded, text, left);
        text = padded;
    }
    struct word_masks masks;
    word_masks_find(&masks, text);
    const uint64_t goes_on = masks.letters | masks.not_ascii, behind_last = UINT64_C(1) << 63;
    window->core = goes_on;
    window->inside = masks.letters;
    window->unclear = masks.not_ascii | masks.connector | (masks.joiner & (goes_on >> 1 | behind_last));
}

/* The lowest of the bits that are set, alone; 0 for none. The negative of that
 * is a mask of it and all bits above. */
static uint64_t lowest_bit(uint64_t bits)
{
    return bits & (0 - bits);
}

static unsigned number_of(uint64_t bit)
{
    return (unsigned)__builtin_ctzll(bit);
}

/* The plain words of a window, from *at on in it, until one that is not plain
 * or may go on behind the window: there *at is left, or at the end. -> how many */
static size_t plain_words(struct surface *surfaces, size_t most, const struct window *window, const uint8_t *text, unsigned *at)
{
    uint64_t core = window->core >> *at << *at;
    size_t count = 0;
    for (; core && count < most; count++) {
        const uint64_t start = lowest_bit(core), end = lowest_bit(~window->inside & (0 - start));
        const uint64_t word_and_end = 2 * end - start; /* or what is above its start, when the window cuts it */
        if (!end || (window->unclear & word_and_end))
            break;
        const unsigned first = number_of(start);
        surfaces[count] = (struct surface){.bytes = text + first, .length = number_of(end) - first, .is_ascii = 1};
        core &= 0 - end;
    }
    *at = core ? number_of(core) : WORD_MASKS_BYTES;
    return count;
}

/* Only looking on tells more of a word that the window's end cuts. */
static int is_cut(const struct window *window, unsigned at)
{
    return at > 0 && !(~window->inside >> at);
}

/* The words that start within 64 bytes; *tokenizer goes past them. */
static size_t window_words(struct tokenizer *tokenizer, struct surface *surfaces, size_t most)
{
    const size_t start = tokenizer->at, left = tokenizer->length - start;
    const size_t bytes = left < WORD_MASKS_BYTES ? left : WORD_MASKS_BYTES;
    struct window window;
    look_at(&window, tokenizer->text + start, left);
    size_t count = 0;
    while (count < most && tokenizer->at - start < bytes) {
        unsigned at = (unsigned)(tokenizer->at - start);
        count += plain_words(surfaces + count, most - count, &window, tokenizer->text + start, &at);
        tokenizer->at = start + (at < bytes ? at : bytes);
        if (count == most || at >= bytes || is_cut(&window, at))
            break;
        count += (size_t)tokenizer_next(tokenizer, &surfaces[count]);
    }
    return count;
}

size_t tokenizer_next_words(struct tokenizer *tokenizer, struct surface *surfaces, size_t most)
{
    size_t count = 0;
    while (count < most && tokenizer->at < tokenizer->length)
        count += window_words(tokenizer, surfaces + count, most - count);
    return count;
}
