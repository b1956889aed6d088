/* Words to stems: the Snowball algorithms, from libstemmer. */
#ifndef TRAWL_TEXT_STEMMER_H
#define TRAWL_TEXT_STEMMER_H

#include <stddef.h>
#include <stdint.h>

#include "src/util/error.h"

/* One thread's. */
struct stemmer;

/* The languages there are, in alphabetical order, NULL-terminated. */
const char *const *stemmer_languages(void);

/* `language`: one of those; any other is TRAWL_ERROR_ARGUMENT. */
int stemmer_new(struct stemmer **stemmer, const char *language, struct trawl_error *error);
void stemmer_free(struct stemmer *stemmer); /* NULL is fine */

/* The stem of a folded word; *stem is the stemmer's own until its next call.
 * Never empty for a word that is not: such a word is its own stem.
 * -> 0, or TRAWL_ERROR_MEMORY */
int stemmer_stem(const uint8_t **stem, size_t *stem_length, struct stemmer *stemmer, const uint8_t *word, size_t length);

/* A hash over the stems of fixed words in many languages: the algorithms
 * change between versions of the library, and those words with them. The same
 * in every process. -> 0, or TRAWL_ERROR_MEMORY */
int stemmer_fingerprint(uint64_t *fingerprint, struct stemmer *stemmer);

#endif
