/* Input: a spilled run as it might come back from a broken disk. Its terms
 * must ascend, its documents too and stay below their number, and positions
 * ascend within a document. */
#include <stdlib.h>
#include <string.h>

#include "index/write/posting_stream.h"
#include "index/write/spill.h"
#include "index/write/term_sort.h"
#include "tests/fuzz/fuzz.h"

enum { DOCUMENTS = 100000 };

static void promise(int holds)
{
    if (!holds)
        abort();
}

static void check_batch(const struct posting_source *source, uint32_t *next)
{
    const uint32_t *position = source->positions;
    promise(source->count >= 1 && source->count <= POSTING_BATCH);
    for (uint32_t i = 0; i < source->count; i++) {
        promise(source->documents[i] >= *next && source->documents[i] < DOCUMENTS && source->frequencies[i] >= 1);
        *next = source->documents[i] + 1;
        for (uint32_t j = 1; j < source->frequencies[i]; j++)
            promise(position[j - 1] < position[j]);
        position += source->frequencies[i];
    }
}

static void walk(const struct spill *spill, const struct term_range *range)
{
    const struct posting_input input = {.spill = spill, .map = {.documents = DOCUMENTS}};
    struct posting_source *source;
    struct term_key before = {0};
    if (posting_source_open(&source, &input, range, 1, NULL))
        return;
    while (posting_source_next_term(source, NULL) == 0) {
        uint32_t next = 0;
        promise(!before.bytes || key_compare(before.bytes, before.length, source->key.bytes, source->key.length) < 0);
        before = source->key;
        while (posting_source_next_batch(source, NULL) == 0)
            check_batch(source, &next);
    }
    posting_source_free(source);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct spill_mark marks[] = {{0, {(const uint8_t *)"\0a", 2}}, {length / 2, {(const uint8_t *)"\0bb", 3}}};
    const struct spill spill = {.map = {.bytes = bytes, .length = length}, .marks = marks, .mark_count = length ? 2 : 0};
    walk(&spill, &(struct term_range){{NULL, 0}, {NULL, 0}});
    walk(&spill, &(struct term_range){{(const uint8_t *)"\0b", 2}, {(const uint8_t *)"\1", 1}});
    return 0;
}

/* A term's occurrences: `count` of them, some in new documents. */
static size_t put_list(uint8_t *out, uint32_t count, uint32_t gap)
{
    size_t length = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint16_t units[STREAM_OCCURRENCE_UNITS];
        const unsigned used = stream_put(units, i * gap, i % 3 != 1, i * 7 * gap);
        for (unsigned unit = 0; unit < used; unit++, length += STREAM_UNIT)
            store_u16(out + length, units[unit]);
    }
    return length;
}

size_t fuzz_seed(uint8_t *bytes, size_t capacity, size_t number)
{
    static const char *const keys[] = {"\0a", "\0bb", "\2c"};
    size_t length = 0;
    if (number >= 6 || capacity < 8192)
        return 0;
    for (size_t i = 0; i <= number % 3; i++) {
        const size_t key_length = i == 1 ? 3 : 2;
        bytes[length++] = (uint8_t)(key_length - 1);
        memcpy(bytes + length, keys[i], key_length);
        length += key_length;
        const size_t list = put_list(bytes + length + 4, 1 + (uint32_t)(i * 150), number < 3 ? 1 : 1000);
        store_u32(bytes + length, (uint32_t)list);
        length += 4 + list;
    }
    return length;
}
