/* Text to surface words: the spans of a text that are words by the word
 * boundary rules of UAX #29, tailored as docs/ANALYSIS.md says:
 *   - a colon between letters breaks;
 *   - underscores and quotes at a span's edges are outside its word;
 *   - a span is a word when it holds a letter, a digit, an ideograph, kana,
 *     another letter of a script without spaces, or an emoji;
 *   - spans over 255 bytes are cut there, at a character's edge, into several
 *     words.
 * ASCII runs go down a path of their own; other scripts use the Unicode
 * library's word break property. Scripts without spaces come out in pieces
 * (ideographs one by one), which a query joins to a phrase.
 *
 * A tokenizer points into the caller's text and owns nothing. */
#ifndef TRAWL_TEXT_TOKENIZER_H
#define TRAWL_TEXT_TOKENIZER_H

#include <stddef.h>
#include <stdint.h>

enum { TOKEN_MAX_BYTES = 255 };

struct tokenizer {
    const uint8_t *text;
    size_t length;
    size_t at; /* where the next span starts */
};

struct surface {
    const uint8_t *bytes; /* in the text */
    uint32_t length;      /* 1..TOKEN_MAX_BYTES */
    uint32_t is_ascii;    /* 1 when every byte is */
};

void tokenizer_init(struct tokenizer *tokenizer, const uint8_t *text, size_t length);

/* -> 1 and the next word, or 0 at the end. Invalid UTF-8 separates words. */
int tokenizer_next(struct tokenizer *tokenizer, struct surface *surface);

/* The next words, `most` (>= 1) or fewer: the same, faster for many. -> how many, 0 at the end */
size_t tokenizer_next_words(struct tokenizer *tokenizer, struct surface *surfaces, size_t most);

#endif
