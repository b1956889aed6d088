#include "src/text/wordspan.h"

#include "src/text/tokenizer.h"
#include "src/text/utf8.h"
#include "src/text/wordbreak.h"
#include "src/text/wordtraits.h"

/* A span is what lies between two boundaries of UAX #29, with two tailorings:
 *
 *   - A colon is no part of words. The rules join "host:port" and would join
 *     "he said:no"; a colon that separates is by far the commoner.
 *   - A word starts at the first character of its span that makes it a word
 *     and ends after the last such one and its marks, so that underscores and
 *     quotes at the edges (_this_) are outside. It is cut before it grows over
 *     TOKEN_MAX_BYTES; what follows the cut is read like the start of a text.
 *
 * Damaged bytes read as U+FFFD, which joins nothing. */

static size_t next_character(uint32_t *traits, const uint8_t *text, size_t length)
{
    uint32_t character;
    const size_t bytes = utf8_decode(&character, text, length);
    *traits = word_traits(character);
    if (*traits & TRAIT_COLON)
        *traits = TRAIT_COLON;
    return bytes;
}

/* Takes the character at [start, end) into the word, if it is one's part. */
static void extend_word(struct wordspan *span, uint32_t traits, size_t start, size_t end)
{
    const int has_word = span->word_end > span->word_start;
    if (traits & TRAIT_WORD) {
        if (!has_word)
            span->word_start = start;
        span->word_end = end;
    } else if (has_word && (traits & TRAITS_IGNORED) && span->word_end == start) {
        span->word_end = end;
    }
}

void wordspan_find(struct wordspan *span, const uint8_t *text, size_t length, size_t at)
{
    *span = (struct wordspan){.word_start = at, .word_end = at, .end = at};
    uint32_t traits;
    size_t next = at + next_character(&traits, text + at, length - at);
    struct wordbreak state;
    wordbreak_start(&state, traits);
    for (;;) {
        extend_word(span, traits, span->end, next);
        span->end = next;
        if (next == length)
            return;
        next += next_character(&traits, text + next, length - next);
        if (!wordbreak_joins(&state, traits, text + next, length - next))
            return;
        if (span->word_end > span->word_start && next - span->word_start > TOKEN_MAX_BYTES)
            return;
    }
}
