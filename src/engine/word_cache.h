/* From surface words to what the inverter calls their terms. Folding, marks
 * and stemming run once per distinct surface word and field, never per
 * occurrence: the word's bytes are the key. One per thread, as the inverter
 * whose handles it holds; when that is reset, so is this.
 *
 * Words come some dozens at a time, so that where they are looked up is on its way from
 * memory before the first look. Nearly all words have at most twelve bytes: their slot
 * holds all there is to know about them, four to a cache line. */
#ifndef SRC_ENGINE_WORD_CACHE_H
#define SRC_ENGINE_WORD_CACHE_H

#include <stddef.h>
#include <stdint.h>

#include "index/format/meta.h"
#include "index/write/inverter.h"
#include "src/text/analyzer.h"

enum { WORD_CACHE_BATCH = 64 };

struct word_table;

struct word_cache {
    struct analysis *analysis; /* owned */
    struct inverter *inverter; /* not owned */
    struct word_table *fields[FIELDS_MAX]; /* made when a field first comes */
    size_t most; /* slots of a field's table, a power of two; less in tests. All words of a full one are forgotten */
};

int word_cache_init(struct word_cache *cache, const struct analyzer *analyzer, struct inverter *inverter,
                    struct trawl_error *error);
void word_cache_release(struct word_cache *cache);
void word_cache_reset(struct word_cache *cache);
size_t word_cache_memory(const struct word_cache *cache);

/* The handles of the terms in the field of up to WORD_CACHE_BATCH words, in
 * their order, words without a term left out. The words lie in a text that
 * ends at `end`. -> 0 or TRAWL_ERROR_MEMORY */
int word_cache_handles(uint32_t handles[WORD_CACHE_BATCH], size_t *handle_count, struct word_cache *cache, uint32_t field,
                       const struct surface *words, size_t count, const uint8_t *end);

#endif
