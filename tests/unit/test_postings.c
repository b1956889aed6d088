#include "index/format/postings.h"

#include <string.h>

#include "src/util/bytes.h"
#include "tests/unit/tap.h"

/* A list as bytes, with what the writer says of it. */
struct written {
    struct postings_writer *writer;
    struct buffer postings, positions;
    struct term_entry entry;
};

static const uint8_t *no_lengths = NULL;
static uint8_t ends[1 << 14];

/* `end`: the code of where all documents end; 0: not known. */
static void start(struct written *list, int has_positions, uint8_t end)
{
    struct trawl_error error = {0};
    *list = (struct written){0};
    buffer_init(&list->postings);
    buffer_init(&list->positions);
    REQUIRE_OK(postings_writer_new(&list->writer, has_positions, &error), &error);
    memset(ends, end, sizeof ends);
    postings_writer_start(list->writer, UINT32_MAX, no_lengths, ends, 0);
}

static void add(struct written *list, uint32_t document, uint32_t tf)
{
    struct trawl_error error = {0};
    uint32_t positions[512];
    for (uint32_t i = 0; i < tf; i++)
        positions[i] = 2 * i;
    REQUIRE_OK(postings_writer_add(list->writer, document, tf, positions, &error), &error);
}

static void finish(struct written *list)
{
    struct trawl_error error = {0};
    REQUIRE_OK(postings_writer_finish(list->writer, &list->entry, &list->postings, &list->positions, &error), &error);
    CHECK_UINT(list->entry.postings_length, list->postings.length);
    CHECK_UINT(list->entry.positions_length, list->positions.length);
}

static void release(struct written *list)
{
    postings_writer_free(list->writer);
    buffer_release(&list->postings);
    buffer_release(&list->positions);
}

static void nothing_gives_nothing(void)
{
    struct written list;
    start(&list, 1, 0);
    finish(&list);
    CHECK_UINT(list.entry.df, 0);
    CHECK_UINT(list.postings.length + list.positions.length, 0);
    release(&list);
}

static void one_document_needs_no_list(void)
{
    struct written list;
    start(&list, 1, 0);
    add(&list, 77, 8);
    finish(&list);
    CHECK_UINT(list.entry.df, 1);
    CHECK_UINT(list.entry.cf, 8);
    CHECK_UINT(list.entry.document, 77);
    CHECK_UINT(list.postings.length + list.positions.length, 0);
    for (uint32_t i = 0; i < 8; i++)
        CHECK_UINT(list.entry.inline_positions[i], 2 * i);
    release(&list);
}

static void nine_positions_are_a_list(void)
{
    struct written list;
    start(&list, 1, 17);
    add(&list, 77, 9);
    finish(&list);
    CHECK_UINT(list.postings.length, 0);
    /* no low bits: a one for each position, a zero for each step of the high parts */
    CHECK_BYTES(list.positions.bytes, list.positions.length, "\x49\x92\x24\x01", 4);
    release(&list);
}

static void a_short_list_is_one_block(void)
{
    struct written list;
    start(&list, 1, 5);
    add(&list, 2, 1);
    add(&list, 4, 3);
    add(&list, 5, 1);
    finish(&list);
    CHECK_UINT(list.entry.df, 3);
    CHECK_UINT(list.entry.cf, 5);
    /* gaps less 1: 2 1 0 in two bits; frequencies less 1: 0 2 0 */
    CHECK_BYTES(list.postings.bytes, list.postings.length, "\x02\x06\x02\x08", 4);
    /* 0 in three bits; 0 2 4 is number 0 + 3 + 20 in six; 0 */
    CHECK_BYTES(list.positions.bytes, list.positions.length, "\xb8\x00", 2);
    release(&list);
}

static void ones_have_no_frequencies(void)
{
    struct written list;
    start(&list, 0, 0);
    add(&list, 0, 1);
    add(&list, 1, 1);
    finish(&list);
    CHECK_BYTES(list.postings.bytes, list.postings.length, "\x80", 1); /* gaps of 1, every tf is 1 */
    release(&list);
}

/* Gaps of 1 to 3: 128 of them are 32 bytes in two bits each and 40 as a bitset. */
static void a_bitset_needs_two_blocks(void)
{
    for (uint32_t count = 128; count <= 129; count++) {
        struct written list;
        struct postings_directory directory;
        start(&list, 0, 0);
        for (uint32_t i = 0; i < count; i++)
            add(&list, i * 2 + i * i % 3, 1);
        finish(&list);
        if (count == 128) {
            CHECK_UINT(list.postings.bytes[0] & RUN_KIND, 2);
        } else {
            REQUIRE_INT(postings_directory_open(&directory, list.postings.bytes, list.postings.length, count, UINT32_MAX, 0), 0);
            CHECK_UINT(directory.data[0], RUN_BITSET | RUN_FLAG);
        }
        release(&list);
    }
}

/* 129 documents of 1,032 and more: eight in a bit each would be too many. */
static void dense_lists_have_their_documents_as_bits(void)
{
    for (uint32_t documents = 1032; documents <= 1033; documents++) {
        struct written list;
        struct postings_directory directory;
        struct trawl_error error = {0};
        REQUIRE_OK(postings_writer_new(&list.writer, 0, &error), &error);
        buffer_init(&list.postings);
        buffer_init(&list.positions);
        postings_writer_start(list.writer, documents, no_lengths, NULL, 0);
        for (uint32_t i = 0; i < 129; i++)
            add(&list, i * 8, 1 + (i == 128));
        finish(&list);
        REQUIRE_INT(postings_directory_open(&directory, list.postings.bytes, list.postings.length, 129, documents, 0), 0);
        REQUIRE((directory.bits != NULL) == (documents == 1032));
        if (directory.bits) {
            CHECK_UINT((uint64_t)(directory.data - directory.bits), 17 * 8);
            CHECK_UINT(load_u64(directory.bits), UINT64_C(0x0101010101010101));
            CHECK_UINT(load_u64(directory.bits + 16 * 8), 1);
            CHECK_BYTES(directory.data, (size_t)(directory.end - directory.data), "\0\x3e\1", 3); /* all 1; one 2 */
            CHECK_UINT(load_u16(directory.offset + 2), 1);
        }
        release(&list);
    }
}

static void directory_arrays(void)
{
    struct written list;
    struct postings_directory directory;
    start(&list, 1, 3);
    for (uint32_t i = 0; i < 300; i++)
        add(&list, 10 * i, 1 + i % 2);
    finish(&list);
    REQUIRE_INT(postings_directory_open(&directory, list.postings.bytes, list.postings.length, 300, UINT32_MAX, 1), 0);
    CHECK_UINT(directory.blocks, 3);
    CHECK_UINT(directory.groups, 1);
    CHECK(directory.group_last == NULL && directory.group_base == NULL && directory.group_bounds == NULL);
    CHECK_UINT((uint64_t)(directory.data - list.postings.bytes), 3 * (4 + 2 + 4 + 8));
    CHECK_UINT(load_u32(directory.last), 1270);
    CHECK_UINT(load_u32(directory.last + 8), 2990);
    CHECK_UINT(load_u32(directory.positions + 8), 2 * 64 * (2 + 3) / 8); /* two bits, and three for both positions */
    CHECK_UINT(postings_directory_positions(&directory, 2), 80);
    CHECK_UINT(load_u16(directory.offset), 0);
    CHECK_UINT(load_u16(directory.offset + 2), 1 + 64 + 1 + 16); /* gaps less 1 of 9, frequencies less 1 of 1 */
    CHECK_BYTES(directory.bounds, 8, "\2\0\0\0\0\0\0\xf0", 8); /* the best posting itself */
    release(&list);
}

static void a_second_level_over_groups(void)
{
    struct written list;
    struct postings_directory directory;
    enum { DF = 128 * 33 };
    for (int has_positions = 0; has_positions < 2; has_positions++) {
        start(&list, has_positions, 3);
        for (uint32_t i = 0; i < DF; i++)
            add(&list, i * 3 + i % 3, 2);
        finish(&list);
        REQUIRE_INT(postings_directory_open(&directory, list.postings.bytes, list.postings.length, DF, UINT32_MAX, has_positions), 0);
        CHECK_UINT(directory.groups, 2);
        CHECK_UINT(load_u32(directory.group_last), load_u32(directory.last + 31 * 4));
        CHECK_UINT(load_u32(directory.group_last + 4), load_u32(directory.last + 32 * 4));
        CHECK_UINT(load_u32(directory.group_base), 0);
        CHECK(load_u32(directory.group_base + 4) > 31 * 16);
        CHECK_UINT(load_u16(directory.offset + 32 * 2), 0); /* from the group's base */
        CHECK((directory.group_positions != NULL) == has_positions);
        if (has_positions) {
            CHECK_UINT(load_u64(directory.group_positions + 8), 32 * 128 * 3 / 8);
            CHECK_UINT(load_u32(directory.positions + 32 * 4), 0);
            CHECK_UINT(postings_directory_positions(&directory, 32), 32 * 48);
        }
        for (size_t length = 0; length < 33 * 14; length++)
            CHECK_INT(postings_directory_open(&directory, list.postings.bytes, length, DF, UINT32_MAX, has_positions), -1);
        release(&list);
    }
}

static void documents_without_an_end_take_32_bits_a_position(void)
{
    struct written list;
    start(&list, 1, 0);
    add(&list, 0, 3);
    add(&list, 9, 1);
    finish(&list);
    CHECK_BYTES(list.positions.bytes, list.positions.length, "\0\0\0\0\2\0\0\0\4\0\0\0\0\0\0\0", 16);
    release(&list);
}

static void positions_behind_the_end_are_refused(void)
{
    struct written list;
    struct trawl_error error = {0};
    const uint32_t positions[] = {4, 5};
    start(&list, 1, 5);
    REQUIRE_OK(postings_writer_add(list.writer, 0, 1, positions, &error), &error);
    CHECK_INT(postings_writer_add(list.writer, 1, 1, positions + 1, &error), TRAWL_ERROR_ARGUMENT);
    release(&list);
}

static void a_writer_can_be_used_again(void)
{
    struct written list;
    uint8_t first[256];
    start(&list, 1, 0);
    for (int round = 0; round < 3; round++) {
        buffer_reset(&list.postings);
        buffer_reset(&list.positions);
        postings_writer_start(list.writer, UINT32_MAX, no_lengths, NULL, 0);
        for (uint32_t i = 0; i < (round == 1 ? 1000 : 50); i++)
            add(&list, i * i, 1 + i % 5);
        finish(&list);
        if (round == 0) {
            REQUIRE(list.postings.length <= sizeof first);
            memcpy(first, list.postings.bytes, list.postings.length);
        }
    }
    CHECK(!memcmp(first, list.postings.bytes, list.postings.length));
    release(&list);
}

TAP_MAIN("postings", TAP_CASE(nothing_gives_nothing), TAP_CASE(one_document_needs_no_list),
         TAP_CASE(nine_positions_are_a_list), TAP_CASE(a_short_list_is_one_block), TAP_CASE(ones_have_no_frequencies),
         TAP_CASE(a_bitset_needs_two_blocks), TAP_CASE(dense_lists_have_their_documents_as_bits),
         TAP_CASE(directory_arrays), TAP_CASE(a_second_level_over_groups),
         TAP_CASE(documents_without_an_end_take_32_bits_a_position),
         TAP_CASE(positions_behind_the_end_are_refused), TAP_CASE(a_writer_can_be_used_again))
