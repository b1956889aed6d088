/* The spans of a text in any script, and the word in each. This is the whole
 * truth about what a word is; the tokenizer takes a short cut over ASCII. */
#ifndef TRAWL_TEXT_WORDSPAN_H
#define TRAWL_TEXT_WORDSPAN_H

#include <stddef.h>
#include <stdint.h>

struct wordspan {
    size_t word_start, word_end; /* bytes of the text; equal: no word here */
    size_t end;                  /* of the span, where the next one starts */
};

/* The span that starts at `at`, which lies before `length`. */
void wordspan_find(struct wordspan *span, const uint8_t *text, size_t length, size_t at);

#endif
