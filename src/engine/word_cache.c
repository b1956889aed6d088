#include "src/engine/word_cache.h"

#include <string.h>

#include "src/util/memory.h"

struct word_table {
    struct interner words;
    int64_t *handles; /* by the word's number */
    size_t capacity;
};

int word_cache_init(struct word_cache *cache, const struct analyzer *analyzer, struct inverter *inverter,
                    struct trawl_error *error)
{
    memset(cache, 0, sizeof *cache);
    cache->inverter = inverter;
    return analysis_new(&cache->analysis, analyzer, error);
}

static void table_free(struct word_table *table)
{
    if (!table)
        return;
    interner_release(&table->words);
    memory_free(table->handles);
    memory_free(table);
}

void word_cache_reset(struct word_cache *cache)
{
    for (size_t field = 0; field < FIELDS_MAX; field++) {
        table_free(cache->fields[field]);
        cache->fields[field] = NULL;
    }
}

void word_cache_release(struct word_cache *cache)
{
    word_cache_reset(cache);
    analysis_free(cache->analysis);
    cache->analysis = NULL;
}

size_t word_cache_memory(const struct word_cache *cache)
{
    size_t total = 0;
    for (size_t field = 0; field < FIELDS_MAX; field++) {
        const struct word_table *table = cache->fields[field];
        if (table)
            total += sizeof *table + interner_memory(&table->words) + table->capacity * sizeof *table->handles;
    }
    return total;
}

static struct word_table *table_of(struct word_cache *cache, uint32_t field)
{
    if (!cache->fields[field]) {
        struct word_table *table = memory_alloc_zero(1, sizeof *table);
        if (table)
            interner_init(&table->words);
        cache->fields[field] = table;
    }
    return cache->fields[field];
}

static int64_t new_word(struct word_cache *cache, uint32_t field, const struct surface *word)
{
    const uint8_t *term;
    size_t length;
    if (analysis_word(&term, &length, cache->analysis, word->bytes, word->length, WORD_STEMMED))
        return WORD_NO_MEMORY;
    if (length == 0)
        return WORD_WITHOUT_TERM;
    const int64_t handle = inverter_term(cache->inverter, field, term, length);
    return handle < 0 ? WORD_NO_MEMORY : handle;
}

int64_t word_cache_handle(struct word_cache *cache, uint32_t field, const struct surface *word)
{
    struct word_table *table = table_of(cache, field);
    if (!table)
        return WORD_NO_MEMORY;
    int added;
    const int64_t number = interner_add(&table->words, word->bytes, word->length, hash_bytes(word->bytes, word->length), &added);
    if (number < 0)
        return WORD_NO_MEMORY;
    if (added) {
        if (memory_grow(&table->handles, &table->capacity, (size_t)number + 1, sizeof *table->handles))
            return WORD_NO_MEMORY;
        table->handles[number] = new_word(cache, field, word);
    }
    return table->handles[number];
}
