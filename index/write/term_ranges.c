#include "index/write/term_ranges.h"

#include <string.h>

#include "index/write/inverter_lists.h"
#include "index/write/spill.h"
#include "src/util/memory.h"

/* The cuts are made by the largest input alone: words are spread alike in all
 * of them, and a range too large or too small does no harm. */

struct cutter {
    struct term_ranges *ranges;
    uint64_t bytes, seen; /* cut when `seen` reaches `bytes` */
};

static int append_range(struct term_ranges *ranges, struct term_key from)
{
    if (memory_grow(&ranges->ranges, &ranges->capacity, ranges->count + 1, sizeof *ranges->ranges))
        return TRAWL_ERROR_MEMORY;
    ranges->ranges[ranges->count++] = (struct term_range){.from = from};
    return 0;
}

/* A term of so many bytes: ends the range before it when that is full. */
static int pass_term(struct cutter *cutter, const uint8_t *key, size_t length, uint64_t bytes)
{
    struct term_ranges *ranges = cutter->ranges;
    const int is_full = cutter->seen >= cutter->bytes;
    cutter->seen = (is_full ? 0 : cutter->seen) + bytes;
    if (!is_full)
        return 0;
    const struct term_key from = {arena_copy(&ranges->arena, key, length), length};
    if (!from.bytes)
        return TRAWL_ERROR_MEMORY;
    ranges->ranges[ranges->count - 1].to = from;
    return append_range(ranges, from);
}

static int cut_inverter(struct cutter *cutter, const struct inverter *inverter)
{
    int status = 0;
    for (size_t i = 0; i < inverter->terms.count && !status; i++) {
        const uint32_t handle = inverter->order[i];
        const struct interner_key *key = &inverter->terms.keys[handle];
        status = pass_term(cutter, key->bytes, key->length, inverter_list_bytes(inverter, handle));
    }
    return status;
}

static int cut_spill(struct cutter *cutter, const struct spill *spill)
{
    int status = 0;
    for (size_t i = 0; i < spill->mark_count && !status; i++) {
        const uint64_t end = i + 1 < spill->mark_count ? spill->marks[i + 1].offset : spill->map.length;
        const struct spill_mark *mark = &spill->marks[i];
        status = pass_term(cutter, mark->key.bytes, mark->key.length, end - mark->offset);
    }
    return status;
}

static int cut_segment(struct cutter *cutter, const struct segment *segment, struct trawl_error *error)
{
    uint8_t key[1 + TERM_MAX_BYTES];
    for (uint32_t i = 0; i < segment->meta.field_count; i++) {
        const struct meta_field *field = &segment->meta.fields[i];
        struct terms_cursor cursor;
        if (field->id == FIELD_PAIRS)
            break;
        int status = terms_seek(&cursor, &segment->terms, field, (const uint8_t *)"", 0, error);
        while (!status && (status = terms_next(&cursor, error)) == 0) {
            key[0] = (uint8_t)field->id;
            memcpy(key + 1, cursor.term, cursor.term_length);
            const uint64_t bytes = cursor.entry.postings_length + cursor.entry.positions_length;
            if (pass_term(cutter, key, 1 + cursor.term_length, bytes))
                return error_memory(error);
        }
        if (status < 0)
            return status;
    }
    return 0;
}

static int cut(struct cutter *cutter, const struct posting_input *input, struct trawl_error *error)
{
    if (input->segment)
        return cut_segment(cutter, input->segment, error);
    int status = input->inverter ? cut_inverter(cutter, input->inverter) : cut_spill(cutter, input->spill);
    return status ? error_memory(error) : 0;
}

int term_ranges_cut(struct term_ranges *ranges, const struct posting_input *inputs, size_t count, uint64_t bytes,
                    struct trawl_error *error)
{
    *ranges = (struct term_ranges){0};
    arena_init(&ranges->arena);
    if (append_range(ranges, (struct term_key){0}))
        return error_memory(error);

    uint64_t total = 0, most = 0;
    const struct posting_input *largest = NULL;
    for (size_t i = 0; i < count; i++) {
        const uint64_t here = posting_input_bytes(&inputs[i]);
        total += here;
        if (here >= most) {
            most = here;
            largest = &inputs[i];
        }
    }
    if (total <= bytes)
        return 0;
    struct cutter cutter = {.ranges = ranges, .bytes = (uint64_t)((double)bytes * (double)most / (double)total)};
    int status = cut(&cutter, largest, error);
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
