/* Input: one byte of choices, then a term block's bytes, read as the only block
 * of a dictionary whose number of terms is another byte. Look-ups and walks must
 * stay inside, and a walk's terms ascend. */
#include <stdlib.h>
#include <string.h>

#include "index/format/terms.h"
#include "src/util/bytes.h"
#include "tests/fuzz/fuzz.h"

enum { DOCUMENTS = 1000, LIST_BYTES = 100000, BLOCKS = 3, INDEX_BYTES = 8 + BLOCKS * 12 + 4, PADDING = 64 };

static void promise(int holds)
{
    if (!holds)
        abort();
}

static void walk(const struct terms *terms, const struct meta_field *field, const uint8_t *from, size_t from_length)
{
    struct terms_cursor cursor;
    uint8_t before[TERM_MAX_BYTES];
    size_t before_length = 0;
    int status = terms_seek(&cursor, terms, field, from, from_length, NULL);
    while (!status && !(status = terms_next(&cursor, NULL))) {
        struct term_entry entry;
        const size_t both = cursor.term_length < before_length ? cursor.term_length : before_length;
        const int order = memcmp(before, cursor.term, both);
        promise(cursor.term_length >= 1 && cursor.term_length <= TERM_MAX_BYTES);
        if (cursor.in_block > 1 && before_length)
            promise(order < 0 || (order == 0 && before_length < cursor.term_length));
        promise(cursor.entry.df >= 1 && cursor.entry.df <= DOCUMENTS && cursor.entry.cf >= cursor.entry.df);
        promise(cursor.entry.postings + cursor.entry.postings_length <= LIST_BYTES);
        promise(cursor.entry.positions + cursor.entry.positions_length <= LIST_BYTES);
        terms_find(&entry, terms, field, cursor.term, cursor.term_length, NULL);
        memcpy(before, cursor.term, cursor.term_length);
        before_length = cursor.term_length;
    }
}

/* Blocks at thirds of the bytes. */
static void make_index(uint8_t index[INDEX_BYTES], const uint8_t *bytes, size_t length)
{
    store_u32(index, BLOCKS);
    store_u32(index + 4, 0);
    for (size_t i = 0; i <= BLOCKS; i++) {
        const size_t offset = length * i / BLOCKS;
        if (i < BLOCKS)
            store_u64(index + 8 + 8 * i, i ? key_prefix(bytes + offset, length - offset < 8 ? length - offset : 8) : 0);
        store_u32(index + 8 + 8 * BLOCKS + 4 * i, (uint32_t)offset);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    uint8_t index[INDEX_BYTES];
    if (length < 2)
        return 0;
    const size_t block_length = length - 2;
    uint8_t *block = calloc(block_length + PADDING, 1);
    if (!block)
        return 0;
    memcpy(block, bytes + 2, block_length);
    make_index(index, block, block_length);
    struct term_index places;
    if (term_index_open(&places, (struct span){index, sizeof index}))
        abort();
    const struct terms terms = {.path = "terms",
                                .file = block,
                                .index = places,
                                .blocks = {block, block_length},
                                .documents = DOCUMENTS,
                                .postings_length = LIST_BYTES,
                                .positions_length = LIST_BYTES,
                                .has_positions = bytes[0] & 1};
    const uint32_t count = 1 + bytes[1] % (BLOCKS * TERMS_PER_BLOCK);
    const struct meta_field field = {.terms = count, .blocks = (count + TERMS_PER_BLOCK - 1) / TERMS_PER_BLOCK};
    walk(&terms, &field, block, 0);
    walk(&terms, &field, block, block_length < 20 ? block_length : 20);
    free(block);
    return 0;
}

size_t fuzz_seed(uint8_t *bytes, size_t capacity, size_t number)
{
    struct terms_writer writer;
    struct term_entry entry = {.df = 1, .cf = 1};
    size_t length = 0;
    if (number >= 8)
        return 0;
    terms_writer_init(&writer, number & 1);
    for (uint32_t i = 0; i < 20 + 12 * (uint32_t)number; i++) {
        uint8_t term[8];
        store_u64(term, 0);
        for (uint32_t j = 0, rest = i; j < 8; j++, rest /= 3)
            term[7 - j] = (uint8_t)('a' + rest % 3);
        entry.df = 1 + i % 4 / 3 * 50;
        entry.cf = entry.df + i % 5;
        entry.document = i;
        entry.postings_length = entry.df > 1 ? 20 : 0;
        entry.positions_length = (number & 1) && entry.df > 1 ? 30 : 0;
        for (uint32_t p = 0; p < 8; p++)
            entry.inline_positions[p] = 3 * p + i;
        if (terms_writer_add(&writer, term, sizeof term, &entry, NULL))
            break;
    }
    if (2 + writer.blocks.length <= capacity) {
        bytes[0] = (uint8_t)number;
        bytes[1] = (uint8_t)(19 + 12 * number);
        memcpy(bytes + 2, writer.blocks.bytes, writer.blocks.length);
        length = 2 + writer.blocks.length;
    }
    terms_writer_release(&writer);
    return length;
}
