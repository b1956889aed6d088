/* From surface words to what the inverter calls their terms. Folding, marks
 * and stemming run once per distinct surface word and field, never per
 * occurrence: the word's bytes are the key. One per thread, as the inverter
 * whose handles it holds; when that is reset, so is this. */
#ifndef SRC_ENGINE_WORD_CACHE_H
#define SRC_ENGINE_WORD_CACHE_H

#include <stddef.h>
#include <stdint.h>

#include "index/format/meta.h"
#include "index/write/inverter.h"
#include "src/text/analyzer.h"
#include "src/util/hash.h"

enum { WORD_WITHOUT_TERM = -1, WORD_NO_MEMORY = -2 };

struct word_table;

struct word_cache {
    struct analysis *analysis; /* owned */
    struct inverter *inverter; /* not owned */
    struct word_table *fields[FIELDS_MAX]; /* made when a field first comes */
};

int word_cache_init(struct word_cache *cache, const struct analyzer *analyzer, struct inverter *inverter,
                    struct trawl_error *error);
void word_cache_release(struct word_cache *cache);
void word_cache_reset(struct word_cache *cache);
size_t word_cache_memory(const struct word_cache *cache);

/* -> the handle of the word's term in the field, WORD_WITHOUT_TERM or
 * WORD_NO_MEMORY. */
int64_t word_cache_handle(struct word_cache *cache, uint32_t field, const struct surface *word);

#endif
