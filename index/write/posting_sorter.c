#include "index/write/posting_sorter.h"

#include <string.h>

#include "index/codec/bits.h"
#include "src/util/memory.h"

enum {
    LONG_UNIT = 0xffff,
    MOST_UNITS = 3,       /* of one number */
    FEW = 32,             /* are sorted by insertion */
    LEAST_DIGIT = 6, MOST_DIGIT = 11, /* bits that a pass sorts by */
    KEPT = 1 << 18,       /* elements that a long list may leave behind */
    FETCH_AHEAD = 8
};

void posting_sorter_init(struct posting_sorter *sorter)
{
    *sorter = (struct posting_sorter){0};
}

void posting_sorter_release(struct posting_sorter *sorter)
{
    memory_free(sorter->keys);
    memory_free(sorter->spare);
    memory_free(sorter->units);
    memory_free(sorter->positions);
    posting_sorter_init(sorter);
}

/* ----------------------------------------------------------------- gathering */

static uint16_t *put_unit(uint16_t *out, uint32_t number)
{
    if (number < LONG_UNIT) {
        *out++ = (uint16_t)number;
        return out;
    }
    *out++ = LONG_UNIT;
    *out++ = (uint16_t)number;
    *out++ = (uint16_t)(number >> 16);
    return out;
}

static inline uint32_t get_unit(const uint16_t **at)
{
    const uint16_t *unit = *at;
    *at += unit[0] == LONG_UNIT ? MOST_UNITS : 1;
    return unit[0] == LONG_UNIT ? unit[1] | (uint32_t)unit[2] << 16 : unit[0];
}

static size_t units_needed(const struct posting_source *batch)
{
    size_t numbers = batch->count;
    for (uint32_t i = 0; batch->positions && i < batch->count; i++)
        numbers += batch->frequencies[i];
    return numbers * MOST_UNITS;
}

static int gather_batch(struct posting_sorter *sorter, const struct posting_source *batch, const uint32_t *numbers)
{
    if (memory_grow(&sorter->keys, &sorter->key_capacity, sorter->count + batch->count, sizeof *sorter->keys) ||
        memory_grow(&sorter->units, &sorter->unit_capacity, sorter->unit_count + units_needed(batch),
                    sizeof *sorter->units))
        return TRAWL_ERROR_MEMORY;
    uint16_t *out = sorter->units + sorter->unit_count;
    const uint32_t *position = batch->positions;
    for (uint32_t i = 0; i < batch->count; i++) {
        const uint32_t document = batch->documents[i], tf = batch->frequencies[i];
        const uint64_t number = numbers ? numbers[document] : document;
        sorter->keys[sorter->count++] = number << 32 | (uint32_t)(out - sorter->units);
        out = put_unit(out, tf);
        uint32_t next = 0;
        for (uint32_t j = 0; position && j < tf; j++, position++) {
            out = put_unit(out, *position - next);
            next = *position + 1;
        }
    }
    sorter->unit_count = (size_t)(out - sorter->units);
    return 0;
}

static int gather(struct posting_sorter *sorter, struct term_merge *merge, const uint32_t *numbers,
                  struct trawl_error *error)
{
    const struct posting_source *batch;
    int status;
    sorter->count = sorter->unit_count = 0;
    while ((status = term_merge_batch(merge, &batch, error)) == 0) {
        if (gather_batch(sorter, batch, numbers))
            return error_memory(error);
        if (sorter->unit_count > UINT32_MAX)
            return error_set(error, TRAWL_ERROR_LIMIT, "a term occurs too often for one segment");
    }
    return status < 0 ? status : 0;
}

/* ------------------------------------------------------------------- sorting */

static void sort_few(uint64_t *keys, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        const uint64_t key = keys[i];
        size_t at = i;
        for (; at > 0 && keys[at - 1] > key; at--)
            keys[at] = keys[at - 1];
        keys[at] = key;
    }
}

static void sort_by_digit(uint64_t *out, const uint64_t *keys, size_t count, unsigned shift, unsigned bits)
{
    uint32_t starts[1 << MOST_DIGIT];
    const uint64_t mask = (UINT64_C(1) << bits) - 1;
    memset(starts, 0, sizeof *starts << bits);
    for (size_t i = 0; i < count; i++)
        starts[keys[i] >> shift & mask]++;
    uint32_t sum = 0;
    for (size_t digit = 0; digit <= mask; digit++) {
        const uint32_t here = starts[digit];
        starts[digit] = sum;
        sum += here;
    }
    for (size_t i = 0; i < count; i++)
        out[starts[keys[i] >> shift & mask]++] = keys[i];
}

/* Digit by digit, the lowest first; as many bits to a digit as suit the list's length. */
static int sort_many(struct posting_sorter *sorter, uint32_t documents)
{
    if (memory_grow(&sorter->spare, &sorter->spare_capacity, sorter->key_capacity, sizeof *sorter->spare))
        return TRAWL_ERROR_MEMORY;
    const unsigned all = bits_needed(documents), wished = bits_needed(sorter->count);
    const unsigned most = wished < LEAST_DIGIT ? LEAST_DIGIT : wished > MOST_DIGIT ? MOST_DIGIT : wished;
    const unsigned passes = (all + most - 1) / most, bits = (all + passes - 1) / passes;
    for (unsigned pass = 0; pass < passes; pass++) {
        sort_by_digit(sorter->spare, sorter->keys, sorter->count, 32 + pass * bits, bits);
        uint64_t *const keys = sorter->spare;
        const size_t capacity = sorter->spare_capacity;
        sorter->spare = sorter->keys;
        sorter->spare_capacity = sorter->key_capacity;
        sorter->keys = keys;
        sorter->key_capacity = capacity;
    }
    return 0;
}

/* ------------------------------------------------------------------- writing */

static int read_positions(struct posting_sorter *sorter, const uint16_t *at, uint32_t tf)
{
    if (memory_grow(&sorter->positions, &sorter->position_capacity, tf, sizeof *sorter->positions))
        return TRAWL_ERROR_MEMORY;
    uint32_t next = 0;
    for (uint32_t i = 0; i < tf; i++) {
        sorter->positions[i] = next + get_unit(&at);
        next = sorter->positions[i] + 1;
    }
    return 0;
}

static int write_sorted(struct posting_sorter *sorter, int has_positions, struct postings_writer *writer,
                        struct trawl_error *error)
{
    uint64_t next = 0;
    int status = 0;
    for (size_t i = 0; i < sorter->count && !status; i++) {
        const uint32_t document = (uint32_t)(sorter->keys[i] >> 32);
        const uint16_t *at = sorter->units + (uint32_t)sorter->keys[i];
        if (i + FETCH_AHEAD < sorter->count)
            __builtin_prefetch(sorter->units + (uint32_t)sorter->keys[i + FETCH_AHEAD]);
        const uint32_t tf = get_unit(&at);
        if (document < next)
            return error_set(error, TRAWL_ERROR_ARGUMENT, "two sources of a merge hold the same document");
        next = (uint64_t)document + 1;
        if (has_positions && read_positions(sorter, at, tf))
            return error_memory(error);
        status = postings_writer_add(writer, document, tf, sorter->positions, error);
    }
    return status;
}

static void give_back(struct posting_sorter *sorter)
{
    if (sorter->key_capacity > KEPT || sorter->unit_capacity > KEPT)
        posting_sorter_release(sorter);
}

int posting_sorter_write(struct posting_sorter *sorter, struct term_merge *merge, const uint32_t *numbers,
                         uint32_t documents, struct postings_writer *writer, struct trawl_error *error)
{
    int status = gather(sorter, merge, numbers, error);
    if (status)
        return status;
    if (sorter->count <= FEW)
        sort_few(sorter->keys, sorter->count);
    else if (sort_many(sorter, documents))
        return error_memory(error);
    status = write_sorted(sorter, merge->has_positions, writer, error);
    give_back(sorter);
    return status;
}
