#include "src/text/stemmer.h"

#include <libstemmer.h>
#include <limits.h>
#include <string.h>

/* A struct stemmer is the library's own object under our name. */

const char *const *stemmer_languages(void)
{
    return (const char *const *)sb_stemmer_list();
}

static int is_language(const char *language)
{
    for (const char *const *each = stemmer_languages(); *each; each++)
        if (strcmp(*each, language) == 0)
            return 1;
    return 0;
}

int stemmer_new(struct stemmer **stemmer, const char *language, struct trawl_error *error)
{
    *stemmer = NULL;
    if (!is_language(language)) /* the library also takes codes: one name each is enough */
        return error_set(error, TRAWL_ERROR_ARGUMENT, "no stemmer for the language \"%s\"", language);
    *stemmer = (struct stemmer *)sb_stemmer_new(language, NULL);
    return *stemmer ? 0 : error_memory(error);
}

void stemmer_free(struct stemmer *stemmer)
{
    if (stemmer)
        sb_stemmer_delete((struct sb_stemmer *)stemmer);
}

int stemmer_stem(const uint8_t **stem, size_t *stem_length, struct stemmer *stemmer, const uint8_t *word, size_t length)
{
    struct sb_stemmer *snowball = (struct sb_stemmer *)stemmer;
    if (length > INT_MAX)
        return TRAWL_ERROR_MEMORY;
    *stem = sb_stemmer_stem(snowball, word, (int)length);
    if (!*stem)
        return TRAWL_ERROR_MEMORY;
    *stem_length = (size_t)sb_stemmer_length(snowball);
    if (*stem_length == 0) {
        *stem = word;
        *stem_length = length;
    }
    return 0;
}

/* Words of every language that has a stemmer, with a care for those where one
 * version of the library is known to differ from another. */
static const char *const fixed_words[] = {
    "running", "generously", "university", "organization", "internal", "emergency", "evening", "pasted",
    "erring", "psychologist", "boy's", "skies", "abgeleitet", "abschütteln", "häuser", "bijoux",
    "c'était", "continuellement", "educacion", "cheques", "divano", "abbandonata", "quilométricas", "aalsmeerse",
    "lichamelijk", "allvaret", "jaktkarlarne", "undersøgelse", "havnedistrikt", "edeltäjistään", "egészségügyi", "türkiye'den",
    "kalabalıktan", "вышивальщица", "ознакомление", "παραδείγματα", "المكتبات", "लड़कियों", "लेखकहरूको", "புத்தகங்கள்",
    "գրքերի", "књигама", "ביכער", "bibliotecile", "biblioteques", "liburutegiak", "leabharlanna", "perpustakaannya",
    "bibliotekose",
};

static uint64_t fnv1a(uint64_t hash, const uint8_t *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ bytes[i]) * UINT64_C(0x100000001B3);
    return hash;
}

int stemmer_fingerprint(uint64_t *fingerprint, struct stemmer *stemmer)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (size_t i = 0; i < sizeof fixed_words / sizeof *fixed_words; i++) {
        const uint8_t *stem;
        size_t length;
        const int status = stemmer_stem(&stem, &length, stemmer, (const uint8_t *)fixed_words[i], strlen(fixed_words[i]));
        if (status)
            return status;
        hash = fnv1a(fnv1a(hash, stem, length), (const uint8_t *)"", 1);
    }
    *fingerprint = hash;
    return 0;
}
