#include "index/format/stored.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/util/bytes.h"
#include "tests/unit/container_fixture.h"

enum { DOCUMENTS = 500 };

/* Record of a document: text of some hundreds of bytes, now and then much longer. */
static void make_record(struct buffer *record, uint32_t document)
{
    struct tap_random random = {document};
    char name[16], value[1000];
    const size_t length = tap_random_below(&random, sizeof value);
    snprintf(name, sizeof name, "field%u", (unsigned)document % 7);
    for (size_t i = 0; i < length; i++)
        value[i] = (char)('a' + tap_random_below(&random, 20));
    const struct stored_field fields[] = {
        {(const uint8_t *)name, (const uint8_t *)value, (uint32_t)strlen(name), (uint32_t)length, 0},
        {(const uint8_t *)"n", (const uint8_t *)"17", 1, 2, 1},
    };
    buffer_reset(record);
    REQUIRE(!stored_encode(record, fields, document % 3));
    for (uint32_t i = 0; document == 250 && i < 100; i++)
        REQUIRE(!stored_encode(record, fields, 1));
}

static void write_all(struct container *container, struct stored_packer *packer)
{
    struct container_writer writer;
    struct stored_index index;
    struct trawl_error error = {0};
    struct buffer record;
    buffer_init(&record);
    REQUIRE_OK(stored_packer_init(packer, &error), &error);
    for (uint32_t i = 0; i < DOCUMENTS; i++) {
        make_record(&record, i);
        REQUIRE_OK(stored_packer_add(packer, record.bytes, record.length, &error), &error);
    }
    REQUIRE_OK(stored_packer_flush(packer, &error), &error);
    buffer_release(&record);
    stored_index_init(&index);
    for (size_t i = 0; i < packer->block_count; i++)
        REQUIRE(!stored_index_add(&index, packer->blocks[i].documents, packer->blocks[i].length));
    fixture_begin(&writer, "c");
    REQUIRE_OK(stored_index_write(&index, &writer, &error), &error);
    REQUIRE_OK(container_add(&writer, SECTION_ID('S', 'T', 'O', 'R'), 1, packer->packed.bytes, packer->packed.length, &error),
               &error);
    stored_index_release(&index);
    fixture_reopen(container, &writer, "c");
}

static void records_come_back(void)
{
    struct container container;
    struct stored_packer packer;
    struct stored stored;
    struct stored_unpacked unpacked = {0};
    struct trawl_error error = {0};
    struct buffer expected;
    buffer_init(&expected);
    write_all(&container, &packer);
    CHECK(packer.block_count > 5 && packer.block_count < 30);
    stored_packer_release(&packer);
    REQUIRE_OK(stored_open(&stored, &container, DOCUMENTS, &error), &error);
    for (uint32_t i = 0; i < 2 * DOCUMENTS; i++) {
        const uint32_t ordinal = i < DOCUMENTS ? i : i * 317 % DOCUMENTS;
        struct span record;
        make_record(&expected, ordinal);
        REQUIRE_OK(stored_get(&record, &unpacked, &stored, ordinal, &error), &error);
        CHECK_BYTES(record.bytes, record.length, expected.bytes, expected.length);
    }
    buffer_release(&unpacked.bytes);
    buffer_release(&expected);
    container_close(&container);
}

static void blocks_can_be_copied(void)
{
    struct container container;
    struct stored_packer packer;
    struct stored stored;
    struct trawl_error error = {0};
    uint32_t next = 0;
    write_all(&container, &packer);
    REQUIRE_OK(stored_open(&stored, &container, DOCUMENTS, &error), &error);
    CHECK_UINT(stored.blocks, packer.block_count);
    for (uint32_t block = 0; block < stored.blocks; block++) {
        struct span bytes;
        uint32_t first, documents, located;
        REQUIRE_OK(stored_block_bytes(&bytes, &first, &documents, &stored, block, &error), &error);
        CHECK_BYTES(bytes.bytes, bytes.length, packer.packed.bytes + packer.blocks[block].start, packer.blocks[block].length);
        CHECK_UINT(first, next);
        next += documents;
        REQUIRE_OK(stored_locate(&located, &first, &stored, next - 1, &error), &error);
        CHECK_UINT(located, block);
    }
    CHECK_UINT(next, DOCUMENTS);
    stored_packer_release(&packer);
    container_close(&container);
}

static void fields_of_a_record(void)
{
    struct buffer record;
    struct stored_field field;
    size_t at = 0;
    buffer_init(&record);
    make_record(&record, 5);
    const struct span span = {record.bytes, record.length};
    REQUIRE_INT(stored_next_field(&field, span, &at), 0);
    CHECK_BYTES(field.name, field.name_length, "field5", 6);
    CHECK_INT(field.kind, 0);
    REQUIRE_INT(stored_next_field(&field, span, &at), 0);
    CHECK_BYTES(field.value, field.value_length, "17", 2);
    CHECK_INT(field.kind, 1);
    CHECK_INT(stored_next_field(&field, span, &at), TRAWL_END);
    for (size_t cut = at - 4; cut < at; cut++) { /* inside of the second field */
        const struct span shorter = {record.bytes, cut};
        size_t from = 0;
        CHECK_INT(stored_next_field(&field, shorter, &from), 0);
        CHECK_INT(stored_next_field(&field, shorter, &from), TRAWL_ERROR_CORRUPT);
    }
    buffer_release(&record);
}

/* One document, in one block that says it has `length` bytes. */
static int get_status(const struct buffer *block, uint32_t length)
{
    struct container_writer writer;
    struct container container;
    struct stored_index index;
    struct stored stored;
    struct stored_unpacked unpacked = {0};
    struct trawl_error error = {0};
    struct span record;
    static int number;
    char name[16];
    snprintf(name, sizeof name, "%d", number++);
    stored_index_init(&index);
    REQUIRE(!stored_index_add(&index, 1, block->length));
    fixture_begin(&writer, name);
    store_u32(block->bytes, length);
    REQUIRE_OK(stored_index_write(&index, &writer, &error), &error);
    REQUIRE_OK(container_add(&writer, SECTION_ID('S', 'T', 'O', 'R'), 1, block->bytes, block->length, &error), &error);
    stored_index_release(&index);
    fixture_reopen(&container, &writer, name);
    REQUIRE_OK(stored_open(&stored, &container, 1, &error), &error);
    const int status = stored_get(&record, &unpacked, &stored, 0, &error);
    buffer_release(&unpacked.bytes);
    container_close(&container);
    return status;
}

static void deflate_bytes(struct buffer *block, struct deflater *deflater, const char *bytes, size_t length)
{
    const struct deflater_piece whole = {(const uint8_t *)bytes, length};
    struct trawl_error error = {0};
    REQUIRE_OK(deflater_pieces(block, deflater, &whole, 1, &error), &error);
}

static void damaged_blocks_are_refused(void)
{
    struct deflater *deflater;
    struct trawl_error error = {0};
    struct buffer block;
    buffer_init(&block);
    REQUIRE_OK(deflater_new(&deflater, &error), &error);
    buffer_append_u32(&block, 0);
    deflate_bytes(&block, deflater, "\2ab", 3);
    CHECK_INT(get_status(&block, 3), 0);
    CHECK_INT(get_status(&block, 2), TRAWL_ERROR_CORRUPT);
    CHECK_INT(get_status(&block, 4), TRAWL_ERROR_CORRUPT);
    CHECK_INT(get_status(&block, 0), TRAWL_ERROR_CORRUPT);
    CHECK_INT(get_status(&block, UINT32_MAX), TRAWL_ERROR_CORRUPT); /* without asking for so much memory */
    block.length = 4;
    deflate_bytes(&block, deflater, "\3ab", 3);
    CHECK_INT(get_status(&block, 3), TRAWL_ERROR_CORRUPT); /* the record is longer than the block */
    deflater_free(deflater);
    buffer_release(&block);
}

TAP_MAIN("stored", TAP_CASE(records_come_back), TAP_CASE(blocks_can_be_copied), TAP_CASE(fields_of_a_record),
         TAP_CASE(damaged_blocks_are_refused))
