/* What indexing does with text: reading JSON, cutting words, folding and
 * stemming, hashing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/micro.h"
#include "src/source/json_read.h"
#include "src/text/analyzer.h"
#include "src/text/stemmer.h"
#include "src/text/tokenizer.h"
#include "src/util/hash.h"

enum { WORDS_MOST = 1 << 18, DOZEN = 12 };

struct words {
    const struct micro_text *text;
    struct surface list[WORDS_MOST];
    size_t count;
    struct stemmer *stemmer;
    struct analysis *analysis;
};

static uint64_t read_json(void *context)
{
    const struct micro_text *text = ((struct words *)context)->text;
    const char *const end = text->bytes + text->length;
    uint64_t tokens = 0;
    for (const char *line = text->bytes, *next; line < end; line = next + 1) {
        struct json_reader reader;
        struct json_token token;
        next = memchr(line, '\n', (size_t)(end - line));
        json_reader_init(&reader, (const uint8_t *)line, (size_t)(next - line));
        do
            tokens++;
        while (json_next(&token, &reader) == 0 && token.kind != JSON_END);
    }
    return tokens;
}

static uint64_t cut_words(void *context)
{
    struct words *words = context;
    struct tokenizer tokenizer;
    size_t got, room;
    words->count = 0;
    tokenizer_init(&tokenizer, (const uint8_t *)words->text->bytes, words->text->length);
    do { /* a dozen at a time, as the indexer does; those that find no room any more overwrite the last */
        room = words->count + DOZEN <= WORDS_MOST ? words->count : WORDS_MOST - DOZEN;
        got = tokenizer_next_words(&tokenizer, words->list + room, DOZEN);
        words->count = room + got;
    } while (got);
    return words->count;
}

static uint64_t hash_words(void *context)
{
    const struct words *words = context;
    uint64_t sum = 0;
    for (size_t i = 0; i < words->count; i++)
        sum += hash_bytes(words->list[i].bytes, words->list[i].length);
    return sum;
}

static uint64_t stem_words(void *context)
{
    const struct words *words = context;
    uint64_t sum = 0;
    for (size_t i = 0; i < words->count; i++) {
        const uint8_t *stem;
        size_t length;
        if (stemmer_stem(&stem, &length, words->stemmer, words->list[i].bytes, words->list[i].length) == 0)
            sum += length;
    }
    return sum;
}

static uint64_t analyse_words(void *context)
{
    const struct words *words = context;
    uint64_t sum = 0;
    for (size_t i = 0; i < words->count; i++) {
        const uint8_t *term;
        size_t length;
        if (analysis_word(&term, &length, words->analysis, words->list[i].bytes, words->list[i].length, WORD_STEMMED) == 0)
            sum += length;
    }
    return sum;
}

/* What stays in the processor's cache, and what does not. */
static void measure_hash(void)
{
    static uint8_t bytes[4096];
    static struct words word;
    char name[64];
    for (uint32_t length = 4; length <= 64; length *= 4) {
        for (size_t i = 0; i < 1024; i++)
            word.list[i] = (struct surface){.bytes = bytes + i * 3, .length = length};
        word.count = 1024;
        snprintf(name, sizeof name, "hash, %u bytes a key", length);
        micro_run(name, "bytes", 1024.0 * length, hash_words, &word);
    }
}

void micro_text(const struct micro_text *text)
{
    static struct words words;
    struct analyzer *analyzer = NULL;
    words.text = text;
    micro_run("json/read", "bytes", (double)text->length, read_json, &words);
    cut_words(&words);
    micro_run("tokenizer", "bytes", (double)text->length, cut_words, &words);
    measure_hash();
    if (stemmer_new(&words.stemmer, "english", NULL) == 0)
        micro_run("stemmer, english", "words", (double)words.count, stem_words, &words);
    if (analyzer_new(&analyzer, "english", NULL) == 0 && analysis_new(&words.analysis, analyzer, NULL) == 0)
        micro_run("analysis of a word (fold and stem)", "words", (double)words.count, analyse_words, &words);
    analysis_free(words.analysis);
    analyzer_free(analyzer);
    stemmer_free(words.stemmer);
}
