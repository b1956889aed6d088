/* Postings out of a committed segment, block by block. */
#include <string.h>

#include "index/read/postings_cursor.h"
#include "index/write/posting_decoder.h"
#include "index/write/posting_sources.h"
#include "index/write/term_sort.h"
#include "src/util/memory.h"

struct segment_source {
    struct posting_source source; /* first: a source is one of these */
    const struct segment *segment;
    struct term_range range;
    uint32_t field; /* which of meta.fields the terms are of */
    int is_open;    /* the cursor walks it */
    struct terms_cursor terms;
    uint8_t key[1 + TERM_MAX_BYTES];

    struct arena arena; /* of the list's cursor */
    struct postings_cursor postings;
    int is_inline, at_end;

    uint32_t *positions;
    size_t position_count, position_capacity;
};

/* --------------------------------------------------------------------- terms */

static int open_field(struct segment_source *source, struct trawl_error *error)
{
    const struct meta_field *field = &source->segment->meta.fields[source->field];
    const struct term_key from = source->range.from;
    source->is_open = 1;
    if (from.bytes && from.bytes[0] == field->id)
        return terms_seek(&source->terms, &source->segment->terms, field, from.bytes + 1, from.length - 1, error);
    return terms_seek(&source->terms, &source->segment->terms, field, (const uint8_t *)"", 0, error);
}

/* To the next term of any field. Pairs are made anew: what is common differs from segment to segment. */
static int step(struct segment_source *source, struct trawl_error *error)
{
    const struct meta *meta = &source->segment->meta;
    for (; source->field < meta->field_count && meta->fields[source->field].id != FIELD_PAIRS;
         source->field++, source->is_open = 0) {
        int status = source->is_open ? 0 : open_field(source, error);
        if (!status)
            status = terms_next(&source->terms, error);
        if (status <= 0)
            return status;
    }
    return 1;
}

static int open_list(struct segment_source *source, struct trawl_error *error)
{
    const struct term_entry *entry = &source->terms.entry;
    source->at_end = 0;
    source->is_inline = entry->df == 1 && (entry->cf <= TERM_INLINE_POSITIONS || !source->segment->has_positions);
    if (source->is_inline)
        return 0;
    arena_reset(&source->arena);
    return postings_cursor_open(&source->postings, source->segment, entry, &source->arena, error);
}

static int next_term(struct posting_source *base, struct trawl_error *error)
{
    struct segment_source *source = (struct segment_source *)base;
    int status = step(source, error);
    if (status)
        return status;
    const uint32_t length = source->terms.term_length;
    source->key[0] = (uint8_t)source->segment->meta.fields[source->field].id;
    memcpy(source->key + 1, source->terms.term, length);
    base->key = (struct term_key){source->key, 1 + length};
    const struct term_key to = source->range.to;
    if (to.bytes && key_compare(source->key, 1 + length, to.bytes, to.length) >= 0)
        return 1;
    return open_list(source, error);
}

/* ------------------------------------------------------------------ postings */

static int append_positions(struct segment_source *source, const uint32_t *positions, uint32_t count)
{
    const size_t needed = source->position_count + count;
    if (memory_grow(&source->positions, &source->position_capacity, needed, sizeof *positions))
        return TRAWL_ERROR_MEMORY;
    memcpy(source->positions + source->position_count, positions, count * sizeof *positions);
    source->position_count = needed;
    return 0;
}

static int inline_batch(struct segment_source *source, struct trawl_error *error)
{
    const struct term_entry *entry = &source->terms.entry;
    if (entry->document >= source->source.map.documents || entry->cf > UINT32_MAX)
        return error_corrupt(error, source->segment->container.path, "TERM", 0,
                             "a document that does not exist is listed");
    source->source.documents[0] = entry->document;
    source->source.frequencies[0] = (uint32_t)entry->cf;
    source->source.count = 1;
    source->at_end = 1;
    if (!source->segment->has_positions)
        return 0;
    return append_positions(source, entry->inline_positions, (uint32_t)entry->cf) ? error_memory(error) : 0;
}

static int block_positions(struct segment_source *source, struct trawl_error *error)
{
    const struct posting_source *base = &source->source;
    for (uint32_t i = 0; i < base->count; i++) {
        const uint32_t *positions;
        uint32_t count;
        int status = postings_cursor_positions(&source->postings, i, &positions, &count, error);
        if (status)
            return status;
        if (append_positions(source, positions, count))
            return error_memory(error);
    }
    return 0;
}

static int block_batch(struct segment_source *source, struct trawl_error *error)
{
    struct postings_cursor *cursor = &source->postings;
    struct posting_source *base = &source->source;
    int status = postings_cursor_frequencies(cursor, error);
    if (status)
        return status;
    base->count = cursor->count;
    memcpy(base->documents, cursor->documents, base->count * sizeof *base->documents);
    memcpy(base->frequencies, cursor->frequencies, base->count * sizeof *base->frequencies);
    if (source->segment->has_positions)
        status = block_positions(source, error);
    if (!status)
        status = postings_cursor_next(cursor, error);
    source->at_end = cursor->at_end;
    return status;
}

/* The next block, mapped; maybe nothing of it is left. -> 0, 1 at the end of the list */
static int read_batch(struct segment_source *source, struct trawl_error *error)
{
    source->source.count = 0;
    source->position_count = 0;
    if (source->at_end)
        return 1;
    int status = source->is_inline ? inline_batch(source, error) : block_batch(source, error);
    if (status)
        return status;
    posting_source_map_batch(&source->source, source->segment->has_positions ? source->positions : NULL);
    source->source.positions = source->source.has_positions ? source->positions : NULL;
    return 0;
}

static int next_batch(struct posting_source *base, struct trawl_error *error)
{
    struct segment_source *source = (struct segment_source *)base;
    int status;
    do
        status = read_batch(source, error);
    while (!status && !source->source.count);
    return status;
}

/* ---------------------------------------------------------------------- life */

static void free_source(struct posting_source *base)
{
    struct segment_source *source = (struct segment_source *)base;
    arena_release(&source->arena);
    memory_free(source->positions);
    memory_free(source);
}

static const struct posting_source_class class = {next_term, next_batch, free_source};

int segment_source_open(struct posting_source **made, const struct posting_input *input, const struct term_range *range,
                        struct trawl_error *error)
{
    struct segment_source *source = memory_alloc_zero(1, sizeof *source);
    if (!source)
        return error_memory(error);
    source->source.class = &class;
    source->segment = input->segment;
    source->range = *range;
    source->at_end = 1;
    arena_init(&source->arena);
    const struct meta *meta = &input->segment->meta;
    while (range->from.bytes && source->field < meta->field_count &&
           meta->fields[source->field].id < range->from.bytes[0])
        source->field++;
    *made = &source->source;
    return 0;
}
