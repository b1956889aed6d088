#include "src/engine/word_cache.h"

#include <stdio.h>

#include "src/util/memory.h"
#include "tests/unit/tap.h"

enum { WORDS = 3000, LOOKS = 20000, FIELD = 3 };

/* Words of up to twelve bytes and longer ones, and capitals that make two words one term. */
static void make_words(char words[WORDS][24])
{
    for (int i = 0; i < WORDS; i++)
        snprintf(words[i], sizeof words[i], i % 3 ? "%cet%d" : "%charbourmaster%d", i % 2 ? 'n' : 'N', i / 2);
}

static uint32_t handle_of(struct word_cache *cache, const char *word)
{
    const struct surface surface = {.bytes = (const uint8_t *)word, .length = (uint32_t)strlen(word)};
    uint32_t handles[WORD_CACHE_BATCH];
    size_t count;
    REQUIRE_INT(word_cache_handles(handles, &count, cache, FIELD, &surface, 1, surface.bytes + surface.length), 0);
    REQUIRE_UINT(count, 1);
    return handles[0];
}

/* A cache that forgets all the time says what one says that forgets nothing. */
static void forgetting_changes_nothing(void)
{
    static char words[WORDS][24];
    struct trawl_error error = {0};
    struct tap_random random = {5};
    struct analyzer *analyzer;
    struct inverter *inverters[2];
    struct word_cache caches[2];
    make_words(words);
    REQUIRE_OK(analyzer_new(&analyzer, "english", &error), &error);
    for (int i = 0; i < 2; i++) {
        REQUIRE_OK(inverter_new(&inverters[i], 1, &error), &error);
        REQUIRE_OK(word_cache_init(&caches[i], analyzer, inverters[i], &error), &error);
    }
    caches[1].most = 256;
    for (int i = 0; i < LOOKS; i++) {
        const char *word = words[tap_random_below(&random, WORDS)];
        CHECK_UINT(handle_of(&caches[1], word), handle_of(&caches[0], word));
    }
    CHECK(word_cache_memory(&caches[1]) * 4 < word_cache_memory(&caches[0]));
    for (int i = 0; i < 2; i++) {
        word_cache_release(&caches[i]);
        inverter_free(inverters[i]);
    }
    analyzer_free(analyzer);
}

TAP_MAIN("word_cache", TAP_CASE(forgetting_changes_nothing))
