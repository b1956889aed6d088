#include <string.h>
#include <unictype.h>
#include <uninorm.h>

#include "src/text/analyzer.h"
#include "src/text/fold.h"
#include "src/text/utf8.h"
#include "tests/unit/tap.h"

/* Laws of folding and analysis, over random words of all scripts. */

enum { MOST_CHARACTERS = 12, ROOM = 2048 };

struct word {
    size_t count;
    uint32_t characters[MOST_CHARACTERS];
};

/* Where words are dense; the last is everything. */
static const struct {
    uint32_t first, last;
} ranges[] = {
    {'a', 'z'},         {'A', 'Z'},         {0xC0, 0x24F},      {0x300, 0x345},     {0x370, 0x3FF},    {0x400, 0x4FF},
    {0x5D0, 0x5F4},     {0x610, 0x66F},     {0x900, 0x97F},     {0x1E00, 0x1FFF},   {0x3040, 0x30FF},  {0xAC00, 0xACFF},
    {0x1100, 0x11FF},   {0x2018, 0x201A},   {'\'', '.'},        {0xFB00, 0xFB4F},   {0xFF00, 0xFFEF},  {0x2460, 0x24FF},
    {0x1D400, 0x1D4FF}, {0x20, 0x1FFFF},
};

static uint32_t draw_character(struct tap_random *random)
{
    for (;;) {
        const size_t i = tap_random_below(random, sizeof ranges / sizeof *ranges);
        const uint32_t character = ranges[i].first + (uint32_t)tap_random_below(random, ranges[i].last - ranges[i].first + 1);
        if (!uc_is_general_category(character, UC_SURROGATE) && !uc_is_general_category(character, UC_UNASSIGNED))
            return character;
    }
}

static struct word draw_word(struct tap_random *random)
{
    struct word word = {.count = 1 + tap_random_below(random, MOST_CHARACTERS)};
    for (size_t i = 0; i < word.count; i++)
        word.characters[i] = draw_character(random);
    return word;
}

static size_t encode(uint8_t *out, const uint32_t *characters, size_t count)
{
    size_t length = 0;
    for (size_t i = 0; i < count; i++)
        length += utf8_encode(out + length, characters[i]);
    return length;
}

/* The word in a normal form, as UTF-8. */
static size_t encode_as(uint8_t *out, const struct word *word, uninorm_t form)
{
    uint32_t characters[ROOM / 4];
    size_t count = sizeof characters / sizeof *characters;
    REQUIRE(u32_normalize(form, word->characters, word->count, characters, &count) == characters);
    return encode(out, characters, count);
}

static void composed_and_decomposed_text_give_one_term(void)
{
    static const char *const languages[] = {"none", "english", "german", "turkish", "greek"};
    struct tap_random random = {11};
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        struct analyzer *analyzer;
        struct analysis *analysis;
        REQUIRE_INT(analyzer_new(&analyzer, languages[i], NULL), 0);
        REQUIRE_INT(analysis_new(&analysis, analyzer, NULL), 0);
        for (size_t round = tap_rounds(10000); round > 0; round--) {
            const struct word word = draw_word(&random);
            uint8_t text[ROOM], expected[TOKEN_MAX_BYTES];
            const uint8_t *term;
            size_t length, expected_length;
            REQUIRE_INT(analysis_word(&term, &expected_length, analysis, text, encode_as(text, &word, UNINORM_NFC), WORD_STEMMED), 0);
            memcpy(expected, term, expected_length);
            REQUIRE_INT(analysis_word(&term, &length, analysis, text, encode_as(text, &word, UNINORM_NFD), WORD_STEMMED), 0);
            REQUIRE_THAT(length == expected_length && memcmp(term, expected, length) == 0, "%s: \"%.*s\" is not \"%.*s\"",
                         languages[i], (int)length, (const char *)term, (int)expected_length, (const char *)expected);
        }
        analysis_free(analysis);
        analyzer_free(analyzer);
    }
}

static void folding_twice_is_folding_once(void)
{
    static struct folding once, twice;
    struct tap_random random = {12};
    for (size_t round = tap_rounds(40000); round > 0; round--) {
        const struct word word = draw_word(&random);
        const unsigned rules = tap_random_below(&random, 2) ? FOLD_MARKS : 0;
        uint8_t text[ROOM];
        REQUIRE_INT(fold_word(&once, text, encode(text, word.characters, word.count), rules), 0);
        REQUIRE_INT(fold_word(&twice, once.word, once.length, rules), 0);
        REQUIRE_THAT(once.length == twice.length && memcmp(once.word, twice.word, once.length) == 0,
                     "\"%.*s\" folds to \"%.*s\"", (int)once.length, (const char *)once.word, (int)twice.length,
                     (const char *)twice.word);
    }
}

/* Whatever the bytes, damaged ones too. */
static void terms_are_valid_and_short_in_every_language(void)
{
    struct tap_random random = {13};
    for (const char *const *language = analyzer_languages(); *language; language++) {
        struct analyzer *analyzer;
        struct analysis *analysis;
        REQUIRE_INT(analyzer_new(&analyzer, *language, NULL), 0);
        REQUIRE_INT(analysis_new(&analysis, analyzer, NULL), 0);
        for (size_t round = tap_rounds(1500); round > 0; round--) {
            struct word word = draw_word(&random);
            uint8_t text[ROOM];
            size_t length = encode(text, word.characters, word.count), term_length;
            for (size_t copies = tap_random_below(&random, 12); copies > 0 && length * 2 <= ROOM; copies--, length *= 2)
                memcpy(text + length, text, length);
            if (tap_random_below(&random, 8) == 0)
                text[tap_random_below(&random, length)] = (uint8_t)tap_random_next(&random);
            const uint8_t *term;
            const enum word_form form = tap_random_below(&random, 2) ? WORD_STEMMED : WORD_FOLDED;
            REQUIRE_INT(analysis_word(&term, &term_length, analysis, text, length, form), 0);
            REQUIRE_THAT(term_length <= TOKEN_MAX_BYTES, "%s: a term of %zu bytes", *language, term_length);
            REQUIRE_THAT(utf8_valid_length(term, term_length) == term_length, "%s: damaged term", *language);
        }
        analysis_free(analysis);
        analyzer_free(analyzer);
    }
}

TAP_MAIN("analysis laws", TAP_CASE(composed_and_decomposed_text_give_one_term), TAP_CASE(folding_twice_is_folding_once),
         TAP_CASE(terms_are_valid_and_short_in_every_language))
