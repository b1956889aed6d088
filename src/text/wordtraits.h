/* What the word boundary rules ask of a character, as a set of bits: its
 * Word_Break property, whether it is a pictograph, and whether a span that
 * holds it is a word. */
#ifndef TRAWL_TEXT_WORDTRAITS_H
#define TRAWL_TEXT_WORDTRAITS_H

#include <stdint.h>

enum word_trait {
    /* Word_Break; no bit of these: Other */
    TRAIT_CR = 1 << 0,
    TRAIT_LF = 1 << 1,
    TRAIT_NEWLINE = 1 << 2,
    TRAIT_EXTEND = 1 << 3,
    TRAIT_FORMAT = 1 << 4,
    TRAIT_ZWJ = 1 << 5,
    TRAIT_LETTER = 1 << 6,
    TRAIT_HEBREW = 1 << 7,
    TRAIT_KATAKANA = 1 << 8,
    TRAIT_NUMERIC = 1 << 9,
    TRAIT_CONNECTOR = 1 << 10, /* ExtendNumLet: the underscore and its kin */
    TRAIT_MID_LETTER = 1 << 11,
    TRAIT_MID_NUMBER = 1 << 12,
    TRAIT_MID_BOTH = 1 << 13, /* MidNumLet */
    TRAIT_SINGLE_QUOTE = 1 << 14,
    TRAIT_DOUBLE_QUOTE = 1 << 15,
    TRAIT_FLAG_HALF = 1 << 16, /* Regional_Indicator: two make a flag */
    TRAIT_SPACE = 1 << 17,     /* WSegSpace */

    /* besides */
    TRAIT_PICTOGRAPH = 1 << 18, /* Extended_Pictographic */
    TRAIT_COLON = 1 << 19,      /* a colon of any width, which the rules take for a MidLetter */
    TRAIT_WORD = 1 << 20,       /* makes the span it is in a word */

    /* sets */
    TRAITS_LINE_END = TRAIT_CR | TRAIT_LF | TRAIT_NEWLINE,
    TRAITS_IGNORED = TRAIT_EXTEND | TRAIT_FORMAT | TRAIT_ZWJ, /* rule WB4 */
    TRAITS_LETTER = TRAIT_LETTER | TRAIT_HEBREW,              /* AHLetter */
    TRAITS_MID_LETTER = TRAIT_MID_LETTER | TRAIT_MID_BOTH | TRAIT_SINGLE_QUOTE,
    TRAITS_MID_NUMBER = TRAIT_MID_NUMBER | TRAIT_MID_BOTH | TRAIT_SINGLE_QUOTE
};

/* -> a set of enum word_trait. Any number may be asked for. */
uint32_t word_traits(uint32_t character);

#endif
