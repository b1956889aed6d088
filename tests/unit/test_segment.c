#include "index/read/segment.h"

#include <stdio.h>
#include <string.h>

#include "src/util/file.h"
#include "tests/unit/segment_fixture.h"
#include "tests/unit/tap.h"

static struct fixture *fixture;

static void add(const char *id, const char *words)
{
    fixture_document(fixture, id);
    fixture_value(fixture, FIELD_BODY, words);
}

static void write_three(const uint32_t *ordinals)
{
    struct trawl_error error = {0};
    fixture = fixture_new(1);
    add("one", "a b c");
    add("two", "b c d");
    fixture_stored(fixture, "body", "b c d", 0);
    add("three", "c d e");
    if (ordinals)
        fixture_reorder(fixture, ordinals);
    REQUIRE_OK(fixture_write(fixture, tap_folder(), &error), &error);
}

static struct segment *open_segment(void)
{
    struct segment *segment;
    struct trawl_error error = {0};
    const struct manifest *manifest = fixture_manifest(fixture);
    REQUIRE_OK(segment_open(&segment, tap_folder(), manifest, &manifest->segments[0], &error), &error);
    return segment;
}

static int open_status(void)
{
    struct segment *segment;
    struct trawl_error error = {0};
    const struct manifest *manifest = fixture_manifest(fixture);
    const int status = segment_open(&segment, tap_folder(), manifest, &manifest->segments[0], &error);
    segment_close(segment);
    return status;
}

static void all_parts_are_there(void)
{
    write_three(NULL);
    struct segment *segment = open_segment();
    CHECK_UINT(segment->documents, 3);
    CHECK_UINT(segment->live, 3);
    CHECK_UINT(segment->meta.fields[0].terms, 5);
    CHECK(segment->has_positions);
    CHECK(segment->deleted == NULL);
    CHECK(segment->parts.section.bytes == NULL);
    CHECK(segment->stored.index.bytes != NULL);
    CHECK_UINT(lengths_find(&segment->lengths, 0)->codes[2], 3);
    segment_close(segment);
    fixture_free(fixture);
}

static void ids_of_live_documents(void)
{
    const uint64_t deleted = 2;
    struct trawl_error error = {0};
    uint32_t document;
    write_three(NULL);
    REQUIRE_OK(fixture_delete(fixture, tap_folder(), 0, &deleted, &error), &error);
    struct segment *segment = open_segment();
    CHECK_UINT(segment->live, 2);
    CHECK(segment_is_live(segment, 0) && !segment_is_live(segment, 1) && segment_is_live(segment, 2));
    CHECK_INT(segment_find_id(&document, segment, (const uint8_t *)"three", 5, &error), 0);
    CHECK_UINT(document, 2);
    CHECK_INT(segment_find_id(&document, segment, (const uint8_t *)"two", 3, &error), TRAWL_END);
    CHECK_INT(segment_find_id(&document, segment, (const uint8_t *)"four", 4, &error), TRAWL_END);
    segment_close(segment);
    fixture_free(fixture);
}

static void reordered_documents(void)
{
    static const uint32_t ordinals[] = {2, 0, 1};
    static const char *const ids[] = {"three", "one", "two"};
    struct trawl_error error = {0};
    write_three(ordinals);
    struct segment *segment = open_segment();
    for (uint32_t round = 0; round < 12; round++) { /* by searches first, then not */
        const uint32_t i = round % 3;
        uint32_t document = 99;
        CHECK_UINT(segment_ordinal(segment, i), ordinals[i]);
        CHECK_INT(segment_find_id(&document, segment, (const uint8_t *)ids[i], strlen(ids[i]), &error), 0);
        CHECK_UINT(document, i);
    }
    segment_close(segment);
    fixture_free(fixture);
}

static void another_file_is_refused(void)
{
    write_three(NULL);
    struct manifest *manifest = fixture_manifest(fixture);
    struct manifest_segment *entry = &manifest->segments[0];
    CHECK_INT(open_status(), 0);
    entry->toc_checksum ^= 1;
    CHECK_INT(open_status(), TRAWL_ERROR_CORRUPT);
    entry->toc_checksum ^= 1;
    entry->length++;
    CHECK_INT(open_status(), TRAWL_ERROR_CORRUPT);
    entry->length--;
    entry->documents++;
    CHECK_INT(open_status(), TRAWL_ERROR_CORRUPT);
    entry->documents--;
    manifest->has_positions = 0;
    CHECK_INT(open_status(), TRAWL_ERROR_CORRUPT);
    fixture_free(fixture);
}

static void missing_files_are_not_found(void)
{
    const uint64_t deleted = 1;
    struct trawl_error error = {0};
    write_three(NULL);
    REQUIRE_OK(fixture_delete(fixture, tap_folder(), 0, &deleted, &error), &error);
    CHECK_INT(open_status(), 0);
    REQUIRE_OK(file_remove(tap_path("00000000.00000001.del"), &error), &error);
    CHECK_INT(open_status(), TRAWL_ERROR_NOT_FOUND);
    REQUIRE_OK(file_remove(tap_path("00000000.seg"), &error), &error);
    CHECK_INT(open_status(), TRAWL_ERROR_NOT_FOUND);
    fixture_free(fixture);
}

static void a_segment_may_be_empty_of_terms(void)
{
    struct trawl_error error = {0};
    struct term_entry entry;
    fixture = fixture_new(0);
    fixture_document(fixture, "nothing");
    REQUIRE_OK(fixture_write(fixture, tap_folder(), &error), &error);
    struct segment *segment = open_segment();
    CHECK_UINT(segment->meta.field_count, 0);
    CHECK_UINT(segment->documents, 1);
    const struct meta_field none = {0};
    CHECK_INT(terms_find(&entry, &segment->terms, &none, (const uint8_t *)"x", 1, &error), TRAWL_END);
    segment_close(segment);
    fixture_free(fixture);
}

TAP_MAIN("segment", TAP_CASE(all_parts_are_there), TAP_CASE(ids_of_live_documents), TAP_CASE(reordered_documents),
         TAP_CASE(another_file_is_refused), TAP_CASE(missing_files_are_not_found), TAP_CASE(a_segment_may_be_empty_of_terms))
