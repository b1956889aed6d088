#include "index/write/segment_writer.h"

#include <errno.h>

#include "src/util/memory.h"
#include "tests/unit/write_fixture.h"

static const struct part plain_part = {FIELD_BODY, 0};

static struct segment_writer *new_writer(int store)
{
    struct segment_writer *writer;
    struct trawl_error error = {0};
    REQUIRE_OK(segment_writer_new(&writer, tap_folder(), 5, 1, 0, store, &error), &error);
    return writer;
}

static void add(struct segment_writer *writer, const char *id, uint32_t tokens, int expect_replaced)
{
    const struct field_length length = {FIELD_DEFAULT, tokens, 0};
    struct trawl_error error = {0};
    int replaced;
    REQUIRE_OK(segment_writer_add_document(writer, (const uint8_t *)id, strlen(id), &plain_part, 1, &length, 1,
                                           &replaced, &error),
               &error);
    CHECK_INT(replaced, expect_replaced);
}

static void store(struct segment_writer *writer, const char *const *records, size_t count)
{
    struct trawl_error error = {0};
    struct stored_packer packer;
    REQUIRE_OK(stored_packer_init(&packer, &error), &error);
    for (size_t i = 0; i < count; i++)
        REQUIRE_OK(stored_packer_add(&packer, (const uint8_t *)records[i], strlen(records[i]), &error), &error);
    REQUIRE_OK(stored_packer_flush(&packer, &error), &error);
    REQUIRE_OK(segment_writer_add_stored(writer, &packer, &error), &error);
    stored_packer_release(&packer);
}

static struct segment *finish(struct segment_writer *writer, uint64_t base)
{
    struct trawl_error error = {0};
    struct manifest_segment entry;
    struct segment *segment;
    const struct manifest manifest = {.has_positions = 1};
    const struct segment_finish options = {.base = base, .text_bytes = 77, .threads = 1};
    REQUIRE_OK(segment_writer_close(writer, &error), &error);
    REQUIRE_OK(segment_writer_finish(writer, &options, &entry, &error), &error);
    CHECK_UINT(entry.number, 5);
    segment_writer_free(writer);
    REQUIRE_OK(segment_open(&segment, tap_folder(), &manifest, &entry, &error), &error);
    return segment;
}

static void check_id(const struct segment *segment, uint32_t ordinal, const char *expected)
{
    uint8_t id[ID_MAX_BYTES];
    size_t length;
    struct trawl_error error = {0};
    REQUIRE_OK(ids_get(id, &length, &segment->ids, ordinal, &error), &error);
    CHECK_BYTES(id, length, expected, strlen(expected));
}

static void check_record(const struct segment *segment, uint32_t ordinal, const char *expected)
{
    struct stored_unpacked unpacked = {0};
    struct span record;
    struct trawl_error error = {0};
    REQUIRE_OK(stored_get(&record, &unpacked, &segment->stored, ordinal, &error), &error);
    CHECK_BYTES(record.bytes, record.length, expected, strlen(expected));
    buffer_release(&unpacked.bytes);
}

static void columns_come_back(void)
{
    struct segment_writer *writer = new_writer(TRAWL_STORE_NONE);
    add(writer, "a", 3, 0);
    add(writer, "b", 100, 0);
    CHECK_UINT(segment_writer_documents(writer), 2);
    struct segment *segment = finish(writer, 40);
    CHECK_UINT(segment->documents, 2);
    CHECK_UINT(segment->meta.base, 40);
    CHECK_UINT(segment->meta.text_bytes, 77);
    CHECK_UINT(order_insertion(&segment->order, 1), 41);
    check_id(segment, 1, "b");
    CHECK_UINT(segment->meta.fields[0].documents, 2);
    CHECK_UINT(segment->meta.fields[0].decoded_lengths, 3 + length_decode(length_encode(100)));
    CHECK(segment->parts.section.bytes == NULL);
    CHECK(segment->stored.data.bytes == NULL);
    segment_close(segment);
}

/* Whole blocks, cut blocks, and blocks of which nothing is left. */
static void replaced_documents_leave_every_column(void)
{
    struct segment_writer *writer = new_writer(TRAWL_STORE_TEXT);
    static const char *const ids[] = {"a", "b", "c", "d", "a", "e", "d"};
    static const char *const records[] = {"one", "two", "three", "four", "five", "six", "seven"};
    for (size_t i = 0; i < 7; i++)
        add(writer, ids[i], (uint32_t)i + 1, i == 4 || i == 6);
    store(writer, records, 2);     /* a b */
    store(writer, records + 2, 1); /* c */
    store(writer, records + 3, 1); /* d */
    store(writer, records + 4, 3); /* a e d */
    struct segment *segment = finish(writer, 0);
    static const char *const kept_ids[] = {"b", "c", "a", "e", "d"};
    static const char *const kept_records[] = {"two", "three", "five", "six", "seven"};
    REQUIRE_UINT(segment->documents, 5);
    for (uint32_t i = 0; i < 5; i++) {
        check_id(segment, i, kept_ids[i]);
        check_record(segment, i, kept_records[i]);
    }
    static const uint8_t codes[] = {2, 3, 5, 6, 7};
    uint8_t found[5];
    REQUIRE_INT(lengths_expand(found, lengths_find(&segment->lengths, FIELD_DEFAULT), 5), 0);
    CHECK_BYTES(found, 5, codes, 5);
    segment_close(segment);
}

static void a_field_of_replaced_documents_alone_is_gone(void)
{
    struct segment_writer *writer = new_writer(TRAWL_STORE_NONE);
    struct trawl_error error = {0};
    const struct field_length length = {7, 1, 0};
    REQUIRE_OK(segment_writer_add_document(writer, (const uint8_t *)"a", 1, &plain_part, 1, &length, 1, NULL, &error),
               &error);
    add(writer, "a", 1, 1);
    struct segment *segment = finish(writer, 0);
    CHECK(lengths_find(&segment->lengths, 7) == NULL);
    CHECK(meta_find_field(&segment->meta, 7) == NULL);
    segment_close(segment);
}

static void insertion_numbers_may_have_gaps(void)
{
    static const uint64_t numbers[] = {10, 11, 20, 4000000000000};
    struct segment_writer *writer = new_writer(TRAWL_STORE_NONE);
    struct trawl_error error = {0};
    for (size_t i = 0; i < 4; i++) {
        const char id[2] = {(char)('a' + i), 0};
        REQUIRE_OK(segment_writer_set_insertion(writer, numbers[i], &error), &error);
        add(writer, id, 1, 0);
    }
    struct segment *segment = finish(writer, 0);
    CHECK_UINT(segment->meta.base, 10);
    for (uint32_t i = 0; i < 4; i++)
        CHECK_UINT(order_insertion(&segment->order, i), numbers[i]);
    segment_close(segment);
}

static void parts_of_many_values_come_back(void)
{
    struct segment_writer *writer = new_writer(TRAWL_STORE_NONE);
    struct trawl_error error = {0};
    struct part parts[300], found[300];
    size_t count;
    for (uint32_t i = 0; i < 300; i++)
        parts[i] = (struct part){i % 5, i * 1000};
    add(writer, "plain", 1, 0);
    REQUIRE_OK(segment_writer_add_document(writer, (const uint8_t *)"many", 4, parts, 300, NULL, 0, NULL, &error),
               &error);
    REQUIRE_OK(segment_writer_add_document(writer, (const uint8_t *)"none", 4, NULL, 0, NULL, 0, NULL, &error), &error);
    struct segment *segment = finish(writer, 0);
    REQUIRE_OK(parts_get(found, 300, &count, &segment->parts, 1, &error), &error);
    CHECK_BYTES(found, count * sizeof *found, parts, sizeof parts);
    REQUIRE_OK(parts_get(found, 300, &count, &segment->parts, 0, &error), &error);
    CHECK(count == 1 && found[0].field == FIELD_BODY && found[0].start == 0);
    REQUIRE_OK(parts_get(found, 300, &count, &segment->parts, 2, &error), &error);
    CHECK_UINT(count, 0);
    segment_close(segment);
}

static void impossible_documents_are_refused(void)
{
    struct segment_writer *writer = new_writer(TRAWL_STORE_NONE);
    uint8_t long_id[ID_MAX_BYTES + 1];
    memset(long_id, 'x', sizeof long_id);
    const struct field_length length = {FIELDS_MAX, 1, 0};
    CHECK_INT(segment_writer_add_document(writer, long_id, 0, &plain_part, 1, NULL, 0, NULL, NULL),
              TRAWL_ERROR_ARGUMENT);
    CHECK_INT(segment_writer_add_document(writer, long_id, ID_MAX_BYTES + 1, &plain_part, 1, NULL, 0, NULL, NULL),
              TRAWL_ERROR_ARGUMENT);
    CHECK_INT(segment_writer_add_document(writer, long_id, 1, &plain_part, 1, &length, 1, NULL, NULL),
              TRAWL_ERROR_ARGUMENT);
    CHECK_INT(segment_writer_add_document(writer, long_id, ID_MAX_BYTES, &plain_part, 1, NULL, 0, NULL, NULL), 0);
    CHECK_UINT(segment_writer_documents(writer), 1);
    segment_writer_free(writer);
}

static void documents_without_a_record_are_refused(void)
{
    struct segment_writer *writer = new_writer(TRAWL_STORE_TEXT);
    struct trawl_error error = {0};
    add(writer, "a", 1, 0);
    CHECK_INT(segment_writer_close(writer, &error), TRAWL_ERROR_ARGUMENT);
    segment_writer_free(writer);
}

static void nothing_is_left_without_a_finish(void)
{
    static const char *const record = "text";
    struct trawl_error error = {0};
    struct segment_writer *writer = new_writer(TRAWL_STORE_TEXT);
    add(writer, "a", 1, 0);
    add(writer, "a", 1, 1);
    store(writer, &record, 1);
    store(writer, &record, 1);
    REQUIRE_OK(segment_writer_close(writer, &error), &error);
    segment_writer_free(writer);
    CHECK(!file_exists(tap_path("00000005.seg")));
    CHECK(!file_exists(tap_path("00000005.seg.tmp")));
    CHECK(!file_exists(tap_path("00000005.seg.stored.tmp")));
}

static int stop(void *context)
{
    ++*(int *)context;
    return 1;
}

static void progress_may_stop_it(void)
{
    int calls = 0;
    struct manifest_segment entry;
    struct trawl_error error = {0};
    struct segment_writer *writer = new_writer(TRAWL_STORE_NONE);
    add(writer, "a", 1, 0);
    const struct segment_finish options = {.threads = 1, .progress = stop, .context = &calls};
    REQUIRE_OK(segment_writer_close(writer, &error), &error);
    CHECK_INT(segment_writer_finish(writer, &options, &entry, &error), TRAWL_ERROR_CANCELLED);
    CHECK_INT(calls, 1);
    segment_writer_free(writer);
    CHECK(!file_exists(tap_path("00000005.seg.tmp")));
}

TAP_MAIN("segment_writer", TAP_CASE(columns_come_back), TAP_CASE(replaced_documents_leave_every_column),
         TAP_CASE(a_field_of_replaced_documents_alone_is_gone), TAP_CASE(insertion_numbers_may_have_gaps),
         TAP_CASE(parts_of_many_values_come_back), TAP_CASE(impossible_documents_are_refused),
         TAP_CASE(documents_without_a_record_are_refused), TAP_CASE(nothing_is_left_without_a_finish),
         TAP_CASE(progress_may_stop_it))
