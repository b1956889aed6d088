#include "src/text/stopwords.h"

#include <string.h>

/* Words that hold an English sentence together and say nothing about what it
 * is about: articles, the colourless prepositions, conjunctions, pronouns,
 * auxiliary verbs, question words, and their contractions. They are in most
 * documents, so that their weight is small and their postings are long.
 *
 * Left out on purpose:
 *   - "us", which is what U.S. becomes; "may" and "will", a month and a name;
 *     "can", a thing;
 *   - "no" and "not", and "without", "before", "after", "over", "under": with
 *     them a text says something else than without;
 *   - single letters but "a" and "i": vitamin C, plan B.
 *
 * Sorted by bytes. */
static const char *const stopwords[] = {
    "a", "about", "all", "also", "am", "an", "and", "any", "are", "aren't", "as", "at", "be", "because", "been",
    "being", "both", "but", "by", "could", "did", "didn't", "do", "does", "doesn't", "doing", "don't", "during",
    "each", "for", "from", "had", "has", "have", "having", "he", "her", "hers", "him", "his", "how", "i", "i'm",
    "i've", "if", "in", "into", "is", "isn't", "it", "it's", "its", "me", "my", "of", "on", "or", "our", "ours",
    "shall", "she", "should", "so", "some", "such", "than", "that", "that's", "the", "their", "theirs", "them",
    "then", "there", "there's", "these", "they", "they're", "this", "those", "to", "upon", "was", "wasn't",
    "we", "we're", "were", "weren't", "what", "what's", "when", "where", "where's", "which", "while", "who",
    "who's", "whom", "whose", "why", "with", "would", "you", "you're", "your", "yours",
};

/* As strcmp, of a word without a NUL. */
static int compare(const uint8_t *word, size_t length, const char *stopword)
{
    const size_t other = strlen(stopword);
    const int order = memcmp(word, stopword, length < other ? length : other);
    return order != 0 ? order : (length > other) - (length < other);
}

int stopwords_has(const uint8_t *word, size_t length)
{
    if (length == 0)
        return 0;
    size_t low = 0, high = sizeof stopwords / sizeof *stopwords;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order = compare(word, length, stopwords[middle]);
        if (order == 0)
            return 1;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return 0;
}
