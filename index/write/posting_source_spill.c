/* Postings out of a spilled run, front to back over its map, of which what was
 * read is forgotten: all runs together are many times the memory budget. */
#include "index/write/posting_decoder.h"
#include "index/write/posting_sources.h"
#include "index/write/spill.h"
#include "index/write/term_sort.h"
#include "src/util/memory.h"

struct spill_source {
    struct posting_source source; /* first: a source is one of these */
    const struct spill *spill;
    const uint8_t *at, *forgotten; /* the next term; what lies before is not in memory */
    struct term_key to;
    struct posting_decoder decoder;
};

static int damaged(const struct spill *spill, const uint8_t *at, struct trawl_error *error)
{
    return error_corrupt(error, NULL, "run", (uint64_t)(at - spill->map.bytes),
                         "a temporary file did not come back as it was written");
}

static int is_below(struct term_key a, struct term_key b)
{
    return key_compare(a.bytes, a.length, b.bytes, b.length) < 0;
}

enum { FORGET_BYTES = 256 * 1024, FETCHED_AROUND = 64 * 1024 };

/* What lies before `end` was read. A bit more before it is forgotten too, for
 * the system brings in what is around the bytes that are touched. */
static void forget_until(struct spill_source *source, const uint8_t *end)
{
    const struct file_map *map = &source->spill->map;
    const size_t from = (size_t)(source->forgotten - map->bytes);
    file_map_forget(map, from > FETCHED_AROUND ? from - FETCHED_AROUND : 0, (size_t)(end - map->bytes));
    source->forgotten = end;
}

static int next_term(struct posting_source *base, struct trawl_error *error)
{
    struct spill_source *source = (struct spill_source *)base;
    if (source->at == source->spill->map.bytes + source->spill->map.length)
        return 1;
    struct term_key key;
    struct posting_list list;
    const uint8_t *next = spill_term(&key, &list, source->spill, source->at);
    if (!next || key.length < 2 || (base->key.bytes && !is_below(base->key, key)))
        return damaged(source->spill, source->at, error);
    if (source->to.bytes && !is_below(key, source->to))
        return 1;
    if (source->at - source->forgotten >= FORGET_BYTES)
        forget_until(source, source->at);
    base->key = key;
    source->at = next;
    posting_decoder_start(&source->decoder, list);
    return 0;
}

static int next_batch(struct posting_source *base, struct trawl_error *error)
{
    struct spill_source *source = (struct spill_source *)base;
    int status = posting_decoder_next(&source->decoder, base);
    if (status == TRAWL_ERROR_MEMORY)
        return error_memory(error);
    return status == TRAWL_ERROR_CORRUPT ? damaged(source->spill, source->decoder.at, error) : status;
}

static void free_source(struct posting_source *base)
{
    struct spill_source *source = (struct spill_source *)base;
    forget_until(source, source->at);
    posting_decoder_release(&source->decoder);
    memory_free(source);
}

static const struct posting_source_class class = {next_term, next_batch, free_source};

/* The last mark whose term is below `key`, or the first. */
static const uint8_t *find_mark(const struct spill *spill, struct term_key key)
{
    size_t from = 0, to = spill->mark_count;
    while (from < to) {
        const size_t middle = from + (to - from) / 2;
        if (is_below(spill->marks[middle].key, key))
            from = middle + 1;
        else
            to = middle;
    }
    return spill->map.bytes + (from ? spill->marks[from - 1].offset : 0);
}

/* To the first term that is not below `from`. */
static int seek(struct spill_source *source, struct term_key from, struct trawl_error *error)
{
    const uint8_t *end = source->spill->map.bytes + source->spill->map.length;
    for (source->forgotten = source->at = find_mark(source->spill, from); source->at != end;) {
        struct term_key key;
        struct posting_list list;
        const uint8_t *next = spill_term(&key, &list, source->spill, source->at);
        if (!next)
            return damaged(source->spill, source->at, error);
        if (!is_below(key, from))
            break;
        source->at = next;
    }
    return 0;
}

int spill_source_open(struct posting_source **made, const struct posting_input *input, const struct term_range *range,
                      struct trawl_error *error)
{
    struct spill_source *source = memory_alloc_zero(1, sizeof *source);
    if (!source)
        return error_memory(error);
    source->source.class = &class;
    source->spill = input->spill;
    source->at = source->forgotten = input->spill->map.bytes;
    source->to = range->to;
    posting_decoder_init(&source->decoder);
    int status = range->from.bytes ? seek(source, range->from, error) : 0;
    if (status)
        free_source(&source->source);
    else
        *made = &source->source;
    return status;
}
