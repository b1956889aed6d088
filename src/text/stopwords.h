/* The English words that a plain word list does without when others remain. */
#ifndef TRAWL_TEXT_STOPWORDS_H
#define TRAWL_TEXT_STOPWORDS_H

#include <stddef.h>
#include <stdint.h>

/* `word` is folded, not stemmed. -> 1 or 0 */
int stopwords_has(const uint8_t *word, size_t length);

#endif
