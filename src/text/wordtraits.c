#include "src/text/wordtraits.h"

#include <unictype.h>
#include <uniwbrk.h>

/* The properties come from the Unicode library; what this file adds is which
 * characters make a word. Those are letters and digits of every script
 * (ideographs and kana are letters to Unicode), the letter-like symbols that
 * the rules themselves treat as letters, and emoji.
 *
 * Extended_Pictographic holds more than emoji: (c), (R), arrows, dingbats used
 * as bullets. Unicode shows most of what lies before U+2600 as plain text, so
 * there only characters that show as emoji by default count, and the wavy dash
 * never does. Code points that are set aside for emoji but still unassigned
 * count, so that tomorrow's emoji are words today. */

enum { MISCELLANEOUS_SYMBOLS = 0x2600, WAVY_DASH = 0x3030 };

/* Ideographs are each a word, and many: they need no look-up. (Unicode 1.1's;
 * later ones take the long way.) */
enum { FIRST_IDEOGRAPH = 0x4E00, LAST_IDEOGRAPH = 0x9FA5 };

static uint32_t break_property(uint32_t character)
{
    switch (uc_wordbreak_property(character)) {
    case WBP_CR: return TRAIT_CR;
    case WBP_LF: return TRAIT_LF;
    case WBP_NEWLINE: return TRAIT_NEWLINE;
    case WBP_EXTEND: return TRAIT_EXTEND;
    case WBP_FORMAT: return TRAIT_FORMAT;
    case WBP_ZWJ: return TRAIT_ZWJ;
    case WBP_ALETTER: return TRAIT_LETTER | TRAIT_WORD;
    case WBP_HL: return TRAIT_HEBREW | TRAIT_WORD;
    case WBP_KATAKANA: return TRAIT_KATAKANA | TRAIT_WORD;
    case WBP_NUMERIC: return TRAIT_NUMERIC | TRAIT_WORD;
    case WBP_EXTENDNUMLET: return TRAIT_CONNECTOR;
    case WBP_MIDLETTER: return TRAIT_MID_LETTER;
    case WBP_MIDNUM: return TRAIT_MID_NUMBER;
    case WBP_MIDNUMLET: return TRAIT_MID_BOTH;
    case WBP_SQ: return TRAIT_SINGLE_QUOTE;
    case WBP_DQ: return TRAIT_DOUBLE_QUOTE;
    case WBP_RI: return TRAIT_FLAG_HALF | TRAIT_WORD;
    case WBP_WSS: return TRAIT_SPACE;
    default: return 0;
    }
}

static int is_colon(uint32_t character)
{
    return character == ':' || character == 0xFE13 || character == 0xFE55 || character == 0xFF1A;
}

static int is_emoji(uint32_t character)
{
    if (character < MISCELLANEOUS_SYMBOLS)
        return uc_is_property_emoji_presentation(character);
    return character != WAVY_DASH;
}

/* Where all of them lie, so that letters need no look-up. */
static int is_near_pictographs(uint32_t character)
{
    if (character < 0x2000)
        return character == 0xA9 || character == 0xAE;
    return character < 0x3300 || character >= 0x1F000;
}

static uint32_t pictograph(uint32_t character)
{
    if (!is_near_pictographs(character) || !uc_is_property_extended_pictographic(character))
        return 0;
    return is_emoji(character) ? TRAIT_PICTOGRAPH | TRAIT_WORD : TRAIT_PICTOGRAPH;
}

uint32_t word_traits(uint32_t character)
{
    if (character >= FIRST_IDEOGRAPH && character <= LAST_IDEOGRAPH)
        return TRAIT_WORD;
    uint32_t traits = break_property(character);
    if (is_colon(character))
        traits |= TRAIT_COLON;
    if (character < 0x80)
        return traits;
    if (traits == 0 && uc_is_general_category_withtable(character, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N))
        traits = TRAIT_WORD;
    return traits | pictograph(character);
}
