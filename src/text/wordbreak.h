/* The word boundary rules of UAX #29, one character at a time: is there a
 * boundary before the next one? Untailored: what we do differently is in
 * wordspan.c.
 *
 *     wordbreak_start(&state, traits of the first character);
 *     while (wordbreak_joins(&state, traits of the next one, text after it))
 *         ...
 *
 * Rules that look back need two characters, which the state holds; those that
 * look ahead (WB6, WB7b, WB12) read on in the text. */
#ifndef TRAWL_TEXT_WORDBREAK_H
#define TRAWL_TEXT_WORDBREAK_H

#include <stddef.h>
#include <stdint.h>

/* Sets of enum word_trait. Marks, formatting and joiners after a character are
 * passed over (WB4), so `last` and `before` are the characters before those. */
struct wordbreak {
    uint32_t before; /* the character before `last` */
    uint32_t last;
    uint32_t adjacent; /* the very last, passed over or not */
    int half_flag;     /* an unpaired half of a flag is at the end */
};

void wordbreak_start(struct wordbreak *state, uint32_t traits);

/* -> 1: no boundary before the character with `next` traits, which is then the
 * last one; 0: a boundary, start again there. `rest` is the text after it. */
int wordbreak_joins(struct wordbreak *state, uint32_t next, const uint8_t *rest, size_t rest_length);

#endif
