#include "src/engine/word_cache.h"

#include <string.h>

#include "src/util/bytes.h"
#include "src/util/hash.h"
#include "src/util/memory.h"

enum { SHORT_WORD = 12, SMALLEST_TABLE = 256, LARGEST_TABLE = 1 << 22 };

#define WITHOUT_TERM UINT32_MAX

/* A word of up to twelve bytes as two numbers, the rest zero: no word has a byte zero. */
struct word_key {
    uint64_t front;
    uint32_t back;
};

struct word_slot {
    uint64_t front; /* 0: empty */
    uint32_t back;
    uint32_t handle;
};

struct word_table {
    struct word_slot *slots; /* probed one after the other; a power of two of them, at most two thirds in use */
    size_t mask, count;
    struct interner long_words;
    uint32_t *long_handles; /* by the word's number */
    size_t long_capacity;
};

int word_cache_init(struct word_cache *cache, const struct analyzer *analyzer, struct inverter *inverter,
                    struct trawl_error *error)
{
    memset(cache, 0, sizeof *cache);
    cache->inverter = inverter;
    cache->most = LARGEST_TABLE;
    return analysis_new(&cache->analysis, analyzer, error);
}

static void table_free(struct word_table *table)
{
    if (!table)
        return;
    memory_free(table->slots);
    interner_release(&table->long_words);
    memory_free(table->long_handles);
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
            total += sizeof *table + (table->mask + 1) * sizeof *table->slots + interner_memory(&table->long_words)
                     + table->long_capacity * sizeof *table->long_handles;
    }
    return total;
}

/* ------------------------------------------------------------------- slots */

static uint64_t hash_of(struct word_key key)
{
    return hash_pair(key.front, key.back);
}

/* The slot where the key is, or the empty one where it belongs. */
static struct word_slot *find_slot(const struct word_table *table, struct word_key key, uint64_t hash)
{
    for (size_t i = (size_t)hash & table->mask;; i = (i + 1) & table->mask) {
        struct word_slot *slot = &table->slots[i];
        if ((slot->front == key.front && slot->back == key.back) || !slot->front)
            return slot;
    }
}

static int resize(struct word_table *table, size_t size)
{
    struct word_slot *old = table->slots;
    const size_t old_size = old ? table->mask + 1 : 0;
    struct word_slot *slots = memory_alloc_huge(size * sizeof *slots);
    if (!slots)
        return TRAWL_ERROR_MEMORY;
    memset(slots, 0, size * sizeof *slots);
    table->slots = slots;
    table->mask = size - 1;
    for (size_t i = 0; i < old_size; i++) {
        const struct word_key key = {old[i].front, old[i].back};
        if (key.front)
            *find_slot(table, key, hash_of(key)) = old[i];
    }
    memory_free(old);
    return 0;
}

/* When the table is as large as it may be, all words are forgotten: those that
 * come again are analysed again, and so many are hardly words of a language. */
static int make_room(struct word_table *table, size_t most)
{
    if (table->mask + 1 < most)
        return resize(table, (table->mask + 1) * 2);
    memset(table->slots, 0, (table->mask + 1) * sizeof *table->slots);
    table->count = 0;
    return 0;
}

static struct word_table *table_new(void)
{
    struct word_table *table = memory_alloc_zero(1, sizeof *table);
    if (!table)
        return NULL;
    interner_init(&table->long_words);
    if (resize(table, SMALLEST_TABLE) == 0)
        return table;
    table_free(table);
    return NULL;
}

/* ------------------------------------------------------------------- words */

static int new_word(uint32_t *handle, struct word_cache *cache, uint32_t field, const struct surface *word)
{
    const uint8_t *term;
    size_t length;
    if (analysis_word(&term, &length, cache->analysis, word->bytes, word->length, WORD_STEMMED))
        return TRAWL_ERROR_MEMORY;
    const int64_t made = length ? inverter_term(cache->inverter, field, term, length) : WITHOUT_TERM;
    *handle = (uint32_t)made;
    return made < 0 ? TRAWL_ERROR_MEMORY : 0;
}

static int add_short(uint32_t *handle, struct word_cache *cache, uint32_t field, const struct surface *word, struct word_key key,
                     uint64_t hash)
{
    struct word_table *table = cache->fields[field];
    if (new_word(handle, cache, field, word))
        return TRAWL_ERROR_MEMORY;
    if ((table->count + 1) * 3 > (table->mask + 1) * 2 && make_room(table, cache->most))
        return TRAWL_ERROR_MEMORY;
    *find_slot(table, key, hash) = (struct word_slot){key.front, key.back, *handle};
    table->count++;
    return 0;
}

static int handle_of_long(uint32_t *handle, struct word_cache *cache, uint32_t field, const struct surface *word)
{
    struct word_table *table = cache->fields[field];
    int added;
    if (table->long_words.count >= cache->most / 2)
        interner_reset(&table->long_words);
    const int64_t number =
        interner_add(&table->long_words, word->bytes, word->length, hash_bytes(word->bytes, word->length), &added);
    if (number < 0
        || memory_grow(&table->long_handles, &table->long_capacity, (size_t)number + 1, sizeof *table->long_handles)
        || (added && new_word(&table->long_handles[number], cache, field, word)))
        return TRAWL_ERROR_MEMORY;
    *handle = table->long_handles[number];
    return 0;
}

/* ------------------------------------------------------------------- batch */

/* The first bytes of eight. length: 1..8 */
static uint64_t first_bytes(uint64_t bytes, unsigned length)
{
    return bytes & (UINT64_MAX >> (64 - 8 * length));
}

/* Of a word of 1..SHORT_WORD bytes. */
static struct word_key key_of(const struct surface *word, const uint8_t *end)
{
    uint8_t copy[16] = {0};
    const uint8_t *bytes = word->bytes;
    if (end - bytes < (ptrdiff_t)sizeof copy) {
        memcpy(copy, bytes, word->length);
        bytes = copy;
    }
    const unsigned length = word->length;
    return (struct word_key){
        .front = first_bytes(load_u64(bytes), length < 8 ? length : 8),
        .back = length > 8 ? (uint32_t)first_bytes(load_u64(bytes + 8), length - 8) : 0,
    };
}

int word_cache_handles(uint32_t handles[WORD_CACHE_BATCH], size_t *handle_count, struct word_cache *cache, uint32_t field,
                       const struct surface *words, size_t count, const uint8_t *end)
{
    if (!cache->fields[field] && !(cache->fields[field] = table_new()))
        return TRAWL_ERROR_MEMORY;
    const struct word_table *table = cache->fields[field];
    struct word_key keys[WORD_CACHE_BATCH];
    uint64_t hashes[WORD_CACHE_BATCH];
    for (size_t i = 0; i < count; i++) {
        if (words[i].length > SHORT_WORD)
            continue;
        keys[i] = key_of(&words[i], end);
        hashes[i] = hash_of(keys[i]);
        __builtin_prefetch(&table->slots[hashes[i] & table->mask]);
    }
    *handle_count = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t handle;
        int status = 0;
        if (words[i].length > SHORT_WORD) {
            status = handle_of_long(&handle, cache, field, &words[i]);
        } else {
            const struct word_slot *slot = find_slot(table, keys[i], hashes[i]);
            handle = slot->handle;
            if (!slot->front)
                status = add_short(&handle, cache, field, &words[i], keys[i], hashes[i]);
        }
        if (status)
            return status;
        handles[*handle_count] = handle;
        *handle_count += handle != WITHOUT_TERM;
    }
    return 0;
}
