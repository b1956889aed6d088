#include "src/text/wordtraits.h"

#include <unictype.h>
#include <uniwbrk.h>

#include "tests/unit/tap.h"

/* What the library says, asked without any of the short cuts. */

static const struct {
    int property;
    uint32_t trait;
} properties[] = {
    {WBP_CR, TRAIT_CR},
    {WBP_LF, TRAIT_LF},
    {WBP_NEWLINE, TRAIT_NEWLINE},
    {WBP_EXTEND, TRAIT_EXTEND},
    {WBP_FORMAT, TRAIT_FORMAT},
    {WBP_ZWJ, TRAIT_ZWJ},
    {WBP_ALETTER, TRAIT_LETTER},
    {WBP_HL, TRAIT_HEBREW},
    {WBP_KATAKANA, TRAIT_KATAKANA},
    {WBP_NUMERIC, TRAIT_NUMERIC},
    {WBP_EXTENDNUMLET, TRAIT_CONNECTOR},
    {WBP_MIDLETTER, TRAIT_MID_LETTER},
    {WBP_MIDNUM, TRAIT_MID_NUMBER},
    {WBP_MIDNUMLET, TRAIT_MID_BOTH},
    {WBP_SQ, TRAIT_SINGLE_QUOTE},
    {WBP_DQ, TRAIT_DOUBLE_QUOTE},
    {WBP_RI, TRAIT_FLAG_HALF},
    {WBP_WSS, TRAIT_SPACE},
    {WBP_OTHER, 0},
};

static uint32_t expected_property(uint32_t character)
{
    const int property = uc_wordbreak_property(character);
    for (size_t i = 0; i < sizeof properties / sizeof *properties; i++)
        if (properties[i].property == property)
            return properties[i].trait;
    return UINT32_MAX; /* a property that the rules do not know */
}

static void every_character_has_its_properties(void)
{
    const uint32_t others = TRAIT_PICTOGRAPH | TRAIT_COLON | TRAIT_WORD;
    for (uint32_t character = 0; character < 0x110000; character++) {
        const uint32_t traits = word_traits(character);
        REQUIRE_THAT((traits & ~others) == expected_property(character), "U+%04X", (unsigned)character);
        REQUIRE_THAT(((traits & TRAIT_PICTOGRAPH) != 0) == uc_is_property_extended_pictographic(character), "U+%04X",
                     (unsigned)character);
    }
    CHECK_UINT(word_traits(0x110000) & TRAIT_WORD, 0);
    CHECK_UINT(word_traits(UINT32_MAX) & TRAIT_WORD, 0);
}

static void letters_and_digits_make_words_and_signs_do_not(void)
{
    for (uint32_t character = 0; character < 0x110000; character++) {
        const int is_word = (word_traits(character) & TRAIT_WORD) != 0;
        if (uc_is_general_category(character, UC_LETTER) || uc_is_general_category(character, UC_NUMBER))
            REQUIRE_THAT(is_word || uc_wordbreak_property(character) == WBP_EXTEND, "U+%04X", (unsigned)character);
        if (uc_is_general_category(character, UC_SEPARATOR) || uc_is_general_category(character, UC_CONTROL) ||
            uc_is_general_category(character, UC_NON_SPACING_MARK) || uc_is_general_category(character, UC_CURRENCY_SYMBOL))
            REQUIRE_THAT(!is_word, "U+%04X", (unsigned)character);
    }
}

static void emoji_make_words_and_bullets_do_not(void)
{
    static const uint32_t emoji[] = {0x231A, 0x23F0, 0x2600, 0x2614, 0x2764, 0x2B50, 0x1F600, 0x1F468, 0x1F6D1, 0x1FAE0, 0x1F1E9};
    static const uint32_t signs[] = {'#', '*', 0xA9, 0xAE, 0x2022, 0x203C, 0x2122, 0x2194, 0x25AA, 0x25B6, 0x3030, 0xFFFD};
    for (size_t i = 0; i < sizeof emoji / sizeof *emoji; i++)
        CHECK_THAT(word_traits(emoji[i]) & TRAIT_WORD, "U+%04X makes no word", (unsigned)emoji[i]);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        CHECK_THAT(!(word_traits(signs[i]) & TRAIT_WORD), "U+%04X makes a word", (unsigned)signs[i]);
}

static void colons_of_all_widths_are_marked(void)
{
    CHECK(word_traits(':') & TRAIT_COLON);
    CHECK(word_traits(0xFE13) & TRAIT_COLON);
    CHECK(word_traits(0xFE55) & TRAIT_COLON);
    CHECK(word_traits(0xFF1A) & TRAIT_COLON);
    CHECK(!(word_traits('.') & TRAIT_COLON));
}

TAP_MAIN("wordtraits", TAP_CASE(every_character_has_its_properties),
         TAP_CASE(letters_and_digits_make_words_and_signs_do_not), TAP_CASE(emoji_make_words_and_bullets_do_not),
         TAP_CASE(colons_of_all_widths_are_marked))
