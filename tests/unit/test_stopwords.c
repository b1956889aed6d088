#include "src/text/stopwords.h"

#include <string.h>

#include "tests/unit/tap.h"

static int has(const char *word)
{
    return stopwords_has((const uint8_t *)word, strlen(word));
}

static void finds_the_first_the_last_and_those_between(void)
{
    static const char *const words[] = {"a", "an", "and", "aren't", "don't", "i", "it", "it's", "its", "of", "that", "the", "what", "yours"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        CHECK_THAT(has(words[i]), "\"%s\" is not found", words[i]);
}

static void leaves_words_with_a_meaning(void)
{
    static const char *const words[] = {"", "us", "may", "will", "can", "not", "no", "without", "c", "th", "thee", "The", "zz", "'", "\xC3\xA9"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        CHECK_THAT(!has(words[i]), "\"%s\" is found", words[i]);
}

static void bytes_after_the_word_do_not_count(void)
{
    CHECK_INT(stopwords_has((const uint8_t *)"theory", 3), 1);
    CHECK_INT(stopwords_has((const uint8_t *)"the", 2), 0);
    CHECK_INT(stopwords_has((const uint8_t *)"the\0", 4), 0);
}

/* A list out of order would lose words to the search by halves: every word
 * of up to three letters is found exactly when it is in the list. */
static void the_short_words_are_these(void)
{
    static const char expected[] =
        " a all am an and any are as at be but by did do for had has he her him his how i i'm if in is it its me my of on or our she so "
        "the to was we who why you ";
    static const char letters[] = "'abcdefghijklmnopqrstuvwxyz";
    char word[4];
    size_t found = 0;
    for (size_t i = 0; i < 27; i++)
        for (size_t j = 0; j <= 27; j++)
            for (size_t k = 0; k <= 27; k++) {
                if (j == 27 && k < 27)
                    continue;
                size_t length = 0;
                word[length++] = letters[i];
                if (j < 27)
                    word[length++] = letters[j];
                if (k < 27)
                    word[length++] = letters[k];
                word[length] = '\0';
                char spaced[8] = " ";
                strcat(strcat(spaced, word), " ");
                const int is_expected = strstr(expected, spaced) != NULL;
                CHECK_THAT(has(word) == is_expected, "\"%s\": %d", word, has(word));
                found += (size_t)is_expected;
            }
    CHECK_UINT(found, 44);
}

TAP_MAIN("stopwords", TAP_CASE(finds_the_first_the_last_and_those_between), TAP_CASE(leaves_words_with_a_meaning),
         TAP_CASE(bytes_after_the_word_do_not_count), TAP_CASE(the_short_words_are_these))
