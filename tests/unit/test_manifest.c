#include "index/format/manifest.h"

#include <stdio.h>
#include <string.h>

#include "index/format/container.h"
#include "index/format/meta.h"
#include "src/util/bytes.h"
#include "src/util/file.h"
#include "src/util/memory.h"
#include "tests/unit/tap.h"

static const struct manifest_segment segments[] = {
    {.number = 1, .documents = 100, .deleted = 0, .toc_checksum = 0x12345678, .length = 999},
    {.number = 4, .documents = 7, .deleted = 3, .toc_checksum = 5, .deletes_generation = 2, .length = UINT64_C(1) << 40},
};

static void make(struct manifest *manifest)
{
    REQUIRE(!manifest_init(manifest));
    manifest->generation = 3;
    manifest->commit_time = 1700000000;
    manifest->next_insertion = 4000;
    manifest->next_segment = 5;
    manifest->has_positions = 1;
    manifest->store = TRAWL_STORE_NONE;
    REQUIRE(!manifest_set_string(manifest, &manifest->language, "english"));
    REQUIRE(!manifest_set_string(manifest, &manifest->analysis, "rules 1, some more"));
    CHECK_INT(manifest_add_field(manifest, "title", 5), 2);
    CHECK_INT(manifest_add_field(manifest, "author", 6), 3);
    for (size_t i = 0; i < 2; i++)
        REQUIRE(!manifest_add_segment(manifest, &segments[i]));
}

static void check_same(const struct manifest *manifest)
{
    CHECK_UINT(manifest->generation, 3);
    CHECK_UINT(manifest->commit_time, 1700000000);
    CHECK_UINT(manifest->next_insertion, 4000);
    CHECK_UINT(manifest->next_segment, 5);
    CHECK_INT(manifest->has_positions, 1);
    CHECK_INT(manifest->store, TRAWL_STORE_NONE);
    CHECK_STRING(manifest->language, "english");
    CHECK_STRING(manifest->analysis, "rules 1, some more");
    REQUIRE_UINT(manifest->field_count, 4);
    CHECK_STRING(manifest->fields[0], "");
    CHECK_STRING(manifest->fields[1], "body");
    CHECK_STRING(manifest->fields[3], "author");
    REQUIRE_UINT(manifest->segment_count, 2);
    for (size_t i = 0; i < 2; i++)
        CHECK(!memcmp(&manifest->segments[i], &segments[i], sizeof segments[i]));
}

static void comes_back(void)
{
    struct manifest manifest, read;
    struct trawl_error error = {0};
    make(&manifest);
    REQUIRE_OK(manifest_write(&manifest, tap_folder(), &error), &error);
    REQUIRE_OK(manifest_read(&read, tap_folder(), &error), &error);
    check_same(&read);
    manifest_release(&manifest);
    manifest_release(&read);
}

static void a_copy_stands_alone(void)
{
    struct manifest manifest, copy;
    struct trawl_error error = {0};
    make(&manifest);
    REQUIRE_OK(manifest_copy(&copy, &manifest, &error), &error);
    manifest_release(&manifest);
    check_same(&copy);
    manifest_release(&copy);
}

static void a_missing_one_is_not_found(void)
{
    struct manifest read;
    struct trawl_error error = {0};
    CHECK_INT(manifest_read(&read, tap_folder(), &error), TRAWL_ERROR_NOT_FOUND);
}

static void fields_are_numbered_once(void)
{
    struct manifest manifest;
    char name[16];
    REQUIRE(!manifest_init(&manifest));
    CHECK_INT(manifest_add_field(&manifest, "body", 4), FIELD_BODY);
    CHECK_INT(manifest_add_field(&manifest, "a\0b", 3), -1);
    for (int i = 2; i < FIELD_PAIRS; i++) {
        snprintf(name, sizeof name, "f%d", i);
        CHECK_INT(manifest_add_field(&manifest, name, strlen(name)), i);
    }
    CHECK_INT(manifest_add_field(&manifest, "more", 4), -1);
    CHECK_INT(manifest_add_field(&manifest, "f9", 2), 9);
    CHECK_INT(manifest_find_field(&manifest, "f200", 4), 200);
    CHECK_INT(manifest_find_field(&manifest, "f20", 3), 20);
    CHECK_INT(manifest_find_field(&manifest, "f2", 1), -1);
    manifest_release(&manifest);
}

/* Replaces the manifest by one whose section is `bytes`; checksums are right. */
static int status_of(const uint8_t *bytes, size_t length)
{
    struct buffer file;
    struct manifest read;
    struct trawl_error error = {0};
    buffer_init(&file);
    REQUIRE_OK(container_build(&file, CONTAINER_MANIFEST, SECTION_ID('M', 'A', 'N', 'I'), bytes, length, &error), &error);
    REQUIRE_OK(file_replace(tap_path("manifest"), file.bytes, file.length, &error), &error);
    buffer_release(&file);
    const int status = manifest_read(&read, tap_folder(), &error);
    if (!status)
        manifest_release(&read);
    return status;
}

static void damage_with_right_checksums_is_refused(void)
{
    struct manifest manifest;
    struct trawl_error error = {0};
    struct file_map map;
    uint8_t bytes[512];
    make(&manifest);
    REQUIRE_OK(manifest_write(&manifest, tap_folder(), &error), &error);
    manifest_release(&manifest);
    REQUIRE_OK(file_map_open(&map, tap_path("manifest"), &error), &error);
    const size_t length = (size_t)load_u64(map.bytes + map.length - 64 + 16);
    REQUIRE(length < sizeof bytes);
    memcpy(bytes, map.bytes + 64, length);
    file_map_close(&map);
    CHECK_INT(status_of(bytes, length), 0);
    for (size_t cut = 0; cut < length; cut += 3)
        CHECK_THAT(status_of(bytes, cut) == TRAWL_ERROR_CORRUPT, "cut to %zu", cut);
    for (size_t i = 0; i < length; i += 2) { /* must not crash, whatever it says */
        bytes[i] ^= 0xff;
        const int status = status_of(bytes, length);
        CHECK(status == 0 || status == TRAWL_ERROR_CORRUPT);
        bytes[i] ^= 0xff;
    }
    bytes[31] = 1; /* reserved */
    CHECK_INT(status_of(bytes, length), TRAWL_ERROR_CORRUPT);
}

static void memory_may_end(void)
{
    struct manifest manifest, read;
    struct trawl_error error = {0};
    make(&manifest);
    REQUIRE_OK(manifest_write(&manifest, tap_folder(), &error), &error);
    manifest_release(&manifest);
    int status = -1;
    for (long n = 0; status; n++) {
        error = (struct trawl_error){0};
        memory_fail_after(n);
        status = manifest_read(&read, tap_folder(), &error);
        memory_fail_after(-1);
        CHECK(status == 0 || status == TRAWL_ERROR_MEMORY);
        REQUIRE(n < 100);
    }
    check_same(&read);
    manifest_release(&read);
}

static void names_of_files(void)
{
    char path[MANIFEST_PATH_BYTES];
    static char longest[MANIFEST_PATH_BYTES + 1];
    struct trawl_error error = {0};
    memset(longest, 'x', sizeof longest - 1);
    CHECK_INT(manifest_segment_path(path, "folder", 12, &error), 0);
    CHECK_STRING(path, "folder/00000012.seg");
    CHECK_INT(manifest_deletes_path(path, "folder", 12, 345, &error), 0);
    CHECK_STRING(path, "folder/00000012.00000345.del");
    CHECK_INT(manifest_segment_path(path, longest, 1, &error), TRAWL_ERROR_ARGUMENT);
}

TAP_MAIN("manifest", TAP_CASE(comes_back), TAP_CASE(a_copy_stands_alone), TAP_CASE(a_missing_one_is_not_found),
         TAP_CASE(fields_are_numbered_once), TAP_CASE(damage_with_right_checksums_is_refused), TAP_CASE(memory_may_end),
         TAP_CASE(names_of_files))
