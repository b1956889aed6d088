#include "index/write/term_ranges.h"

#include <string.h>

#include "index/write/inverter_lists.h"
#include "index/write/spill.h"
#include "index/write/term_sort.h"
#include "src/util/memory.h"

/* Each input is taken to pieces that end every so many bytes, a spilled run at
 * its marks; the pieces of all inputs in order of their first terms show how
 * much lies where, whether the inputs have words in common or, as with
 * numbers that go up, each its own. */

struct pieces {
    struct interner_key *keys; /* of the first terms; the inputs' own, or in the ranges' arena */
    uint64_t *bytes;
    size_t count, key_capacity, byte_capacity;
    uint64_t most; /* a piece ends when it has so many */
    struct arena *arena;
};

enum { PIECES_OF_A_RANGE = 16 };

static int add_piece(struct pieces *pieces, const uint8_t *key, size_t length, uint64_t bytes)
{
    const size_t count = pieces->count + 1;
    if (memory_grow(&pieces->keys, &pieces->key_capacity, count, sizeof *pieces->keys)
        || memory_grow(&pieces->bytes, &pieces->byte_capacity, count, sizeof *pieces->bytes))
        return TRAWL_ERROR_MEMORY;
    pieces->keys[pieces->count] = (struct interner_key){key, (uint32_t)length};
    pieces->bytes[pieces->count++] = bytes;
    return 0;
}

/* Is the last piece full, or of another input? */
static int is_full(const struct pieces *pieces, size_t first)
{
    return pieces->count == first || pieces->bytes[pieces->count - 1] >= pieces->most;
}

static int take_inverter(struct pieces *pieces, const struct inverter *inverter)
{
    const size_t first = pieces->count;
    for (size_t i = 0; i < inverter->terms.count; i++) {
        const uint32_t handle = inverter->order[i];
        const struct interner_key *key = &inverter->terms.keys[handle];
        if (is_full(pieces, first) && add_piece(pieces, key->bytes, key->length, 0))
            return TRAWL_ERROR_MEMORY;
        pieces->bytes[pieces->count - 1] += key->length + inverter_list_bytes(inverter, handle);
    }
    return 0;
}

static int take_spill(struct pieces *pieces, const struct spill *spill)
{
    int status = 0;
    for (size_t i = 0; i < spill->mark_count && !status; i++) {
        const uint64_t end = i + 1 < spill->mark_count ? spill->marks[i + 1].offset : spill->map.length;
        const struct spill_mark *mark = &spill->marks[i];
        status = add_piece(pieces, mark->key.bytes, mark->key.length, end - mark->offset);
    }
    return status;
}

/* A cursor keeps only its present term: the key is copied. */
static int start_piece(struct pieces *pieces, uint32_t field, const struct terms_cursor *cursor)
{
    uint8_t *key = arena_alloc_packed(pieces->arena, 1 + (size_t)cursor->term_length);
    if (!key)
        return TRAWL_ERROR_MEMORY;
    key[0] = (uint8_t)field;
    memcpy(key + 1, cursor->term, cursor->term_length);
    return add_piece(pieces, key, 1 + (size_t)cursor->term_length, 0);
}

static int take_segment(struct pieces *pieces, const struct segment *segment, struct trawl_error *error)
{
    const size_t first = pieces->count;
    for (uint32_t i = 0; i < segment->meta.field_count; i++) {
        const struct meta_field *field = &segment->meta.fields[i];
        struct terms_cursor cursor;
        if (field->id == FIELD_PAIRS)
            break;
        int status = terms_seek(&cursor, &segment->terms, field, (const uint8_t *)"", 0, error);
        while (!status && (status = terms_next(&cursor, error)) == 0) {
            if (is_full(pieces, first) && start_piece(pieces, field->id, &cursor))
                return error_memory(error);
            pieces->bytes[pieces->count - 1] +=
                cursor.term_length + cursor.entry.postings_length + cursor.entry.positions_length;
        }
        if (status < 0)
            return status;
    }
    return 0;
}

static int take_input(struct pieces *pieces, const struct posting_input *input, struct trawl_error *error)
{
    if (input->segment)
        return take_segment(pieces, input->segment, error);
    const int status = input->inverter ? take_inverter(pieces, input->inverter) : take_spill(pieces, input->spill);
    return status ? error_memory(error) : 0;
}

static int append_range(struct term_ranges *ranges, struct term_key from)
{
    if (memory_grow(&ranges->ranges, &ranges->capacity, ranges->count + 1, sizeof *ranges->ranges))
        return TRAWL_ERROR_MEMORY;
    if (ranges->count)
        ranges->ranges[ranges->count - 1].to = from;
    ranges->ranges[ranges->count++] = (struct term_range){.from = from};
    return 0;
}

/* A range ends before the first piece that finds it full; pieces that begin with the same term stay together. */
static int cut(struct term_ranges *ranges, const struct pieces *pieces, const uint32_t *order, uint64_t bytes)
{
    const struct interner_key *before = NULL;
    uint64_t seen = 0;
    for (size_t i = 0; i < pieces->count; i++) {
        const struct interner_key *key = &pieces->keys[order[i]];
        if (seen >= bytes && key_compare(before->bytes, before->length, key->bytes, key->length)) {
            if (append_range(ranges, (struct term_key){key->bytes, key->length}))
                return TRAWL_ERROR_MEMORY;
            seen = 0;
        }
        seen += pieces->bytes[order[i]];
        before = key;
    }
    return 0;
}

static int sort_and_cut(struct term_ranges *ranges, const struct pieces *pieces, uint64_t bytes)
{
    uint32_t *order = memory_alloc_array(pieces->count, sizeof *order);
    int status = order ? append_range(ranges, (struct term_key){0}) : TRAWL_ERROR_MEMORY;
    if (!status)
        status = term_sort(order, pieces->keys, pieces->count);
    if (!status)
        status = cut(ranges, pieces, order, bytes);
    memory_free(order);
    return status;
}

int term_ranges_cut(struct term_ranges *ranges, const struct posting_input *inputs, size_t count, uint64_t bytes,
                    struct trawl_error *error)
{
    *ranges = (struct term_ranges){0};
    arena_init(&ranges->arena);
    struct pieces pieces = {.most = bytes / PIECES_OF_A_RANGE, .arena = &ranges->arena};
    int status = 0;
    for (size_t i = 0; i < count && !status; i++)
        status = take_input(&pieces, &inputs[i], error);
    if (!status && sort_and_cut(ranges, &pieces, bytes))
        status = error_memory(error);
    memory_free(pieces.keys);
    memory_free(pieces.bytes);
    if (status)
        term_ranges_release(ranges);
    return status;
}

void term_ranges_release(struct term_ranges *ranges)
{
    memory_free(ranges->ranges);
    arena_release(&ranges->arena);
    *ranges = (struct term_ranges){0};
}
