#include "src/util/file.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "src/util/memory.h"
#include "tests/unit/tap.h"

static void write_file(const char *path, const void *bytes, size_t length)
{
    struct file_writer writer;
    struct trawl_error error = {0};
    REQUIRE_OK(file_writer_open(&writer, path, &error), &error);
    file_writer_append(&writer, bytes, length);
    REQUIRE_OK(file_writer_finish(&writer, 0, &error), &error);
}

static void check_contents(const char *path, const void *bytes, size_t length)
{
    struct file_map map;
    struct trawl_error error = {0};
    REQUIRE_OK(file_map_open(&map, path, &error), &error);
    CHECK_BYTES(map.bytes, map.length, bytes, length);
    file_map_close(&map);
}

static void small_and_large_pieces_arrive_in_order(void)
{
    enum { LARGEST = 600 * 1024, TOTAL = 4 << 20 };
    uint8_t *bytes = memory_alloc(TOTAL);
    REQUIRE(bytes);
    struct tap_random random = {1};
    for (size_t i = 0; i < TOTAL; i++)
        bytes[i] = (uint8_t)tap_random_next(&random);

    struct file_writer writer;
    struct trawl_error error = {0};
    REQUIRE_OK(file_writer_open(&writer, tap_path("data"), &error), &error);
    for (size_t at = 0, piece; at < TOTAL; at += piece) {
        piece = tap_random_below(&random, tap_random_below(&random, 4) ? 1000 : LARGEST);
        piece = piece < TOTAL - at ? piece : TOTAL - at;
        CHECK_INT(file_writer_append(&writer, bytes + at, piece), 0);
        CHECK_UINT(writer.offset, at + piece);
    }
    CHECK_OK(file_writer_finish(&writer, 1, &error), &error);
    file_writer_abandon(&writer); /* does nothing now */

    uint64_t size = 0;
    CHECK_OK(file_size(&size, tap_path("data"), &error), &error);
    CHECK_UINT(size, TOTAL);
    check_contents(tap_path("data"), bytes, TOTAL);
    memory_free(bytes);
}

static void an_empty_file_is_an_empty_map(void)
{
    write_file(tap_path("empty"), "", 0);
    check_contents(tap_path("empty"), "", 0);
}

static void only_regular_files_are_mapped(void)
{
    struct file_map map;
    struct trawl_error missing = {0}, folder = {0}, link = {0}, pipe = {0};
    CHECK_INT(file_map_open(&map, tap_path("none"), &missing), TRAWL_ERROR_NOT_FOUND);
    CHECK_STRING(missing.file, tap_path("none"));
    CHECK_STRING(missing.message, "cannot open: No such file or directory");
    CHECK_INT(file_map_open(&map, tap_folder(), &folder), TRAWL_ERROR_IO);

    write_file(tap_path("real"), "x", 1);
    REQUIRE(symlink(tap_path("real"), tap_path("link")) == 0);
    CHECK_INT(file_map_open(&map, tap_path("link"), &link), TRAWL_ERROR_IO);
    REQUIRE(mkfifo(tap_path("pipe"), 0600) == 0);
    CHECK_INT(file_map_open(&map, tap_path("pipe"), &pipe), TRAWL_ERROR_IO);
    file_map_close(&map); /* harmless after a failure */
}

static void names_are_never_reused(void)
{
    write_file(tap_path("once"), "first", 5);
    struct file_writer writer;
    struct trawl_error error = {0};
    CHECK_INT(file_writer_open(&writer, tap_path("once"), &error), TRAWL_ERROR_IO);
    CHECK_STRING(error.message, "cannot create: File exists");
    file_writer_abandon(&writer);
    check_contents(tap_path("once"), "first", 5);
}

static void an_abandoned_file_is_gone(void)
{
    struct file_writer writer;
    REQUIRE(file_writer_open(&writer, tap_path("half"), NULL) == 0);
    file_writer_append(&writer, "half", 4);
    CHECK_INT(file_exists(tap_path("half")), 1);
    file_writer_abandon(&writer);
    CHECK_INT(file_exists(tap_path("half")), 0);
}

static void a_full_disk_is_reported_at_the_end(void)
{
    struct file_writer writer;
    struct trawl_error error = {0};
    REQUIRE(file_writer_open(&writer, tap_path("full"), &error) == 0);
    static const uint8_t zeros[400 * 1024];
    file_fail_after(0, ENOSPC);
    CHECK_INT(file_writer_append(&writer, zeros, sizeof zeros), TRAWL_ERROR_IO);
    file_fail_after(-1, 0);
    CHECK_INT(file_writer_append(&writer, "more", 4), TRAWL_ERROR_IO);
    CHECK_INT(file_writer_finish(&writer, 1, &error), TRAWL_ERROR_IO);
    CHECK_STRING(error.file, tap_path("full"));
    CHECK_STRING(error.message, "cannot write: No space left on device");
    CHECK_INT(file_exists(tap_path("full")), 0);
}

static void replacing_leaves_the_old_or_the_new(void)
{
    const char *path = tap_path("manifest");
    struct trawl_error fine = {0};
    REQUIRE_OK(file_replace(path, "old", 3, &fine), &fine);
    int status = -1;
    for (long n = 0; status; n++) {
        REQUIRE(n < 20);
        struct trawl_error error = {0};
        file_fail_after(n, EIO);
        status = file_replace(path, "new", 3, &error);
        file_fail_after(-1, 0);
        CHECK_INT(file_exists(tap_path("manifest.tmp")), 0);
        CHECK_INT(error.code, status);
        struct file_map map;
        REQUIRE(file_map_open(&map, path, NULL) == 0);
        CHECK_THAT(map.length == 3 && (memcmp(map.bytes, "old", 3) == 0 || memcmp(map.bytes, "new", 3) == 0), "fault %ld", n);
        file_map_close(&map);
    }
    check_contents(path, "new", 3);
}

static void replacing_takes_a_stale_temporary_away(void)
{
    write_file(tap_path("manifest.tmp"), "a crash left this", 17);
    struct trawl_error error = {0};
    CHECK_OK(file_replace(tap_path("manifest"), "new", 3, &error), &error);
    check_contents(tap_path("manifest"), "new", 3);
    CHECK_INT(file_exists(tap_path("manifest.tmp")), 0);
}

static void survives_each_failing_allocation(void)
{
    int status = -1;
    for (long n = 0; status; n++) {
        REQUIRE(n < 20);
        memory_fail_after(n);
        status = file_replace(tap_path("manifest"), "new", 3, NULL);
        memory_fail_after(-1);
        CHECK(status == 0 || status == TRAWL_ERROR_MEMORY);
        CHECK_INT(file_exists(tap_path("manifest.tmp")), 0);
    }
}

static void folders_and_names(void)
{
    struct trawl_error error = {0}, taken = {0}, parentless = {0};
    CHECK_OK(file_make_folder(tap_path("folder"), &error), &error);
    CHECK_OK(file_make_folder(tap_path("folder"), &error), &error);
    CHECK_OK(file_sync_folder(tap_path("folder"), &error), &error);
    CHECK_INT(file_make_folder(tap_path("a/b"), &parentless), TRAWL_ERROR_NOT_FOUND);

    write_file(tap_path("file"), "x", 1);
    CHECK_INT(file_make_folder(tap_path("file"), &taken), TRAWL_ERROR_IO);
    CHECK_OK(file_rename(tap_path("file"), tap_path("folder/file"), &error), &error);
    CHECK_INT(file_exists(tap_path("file")), 0);
    CHECK_INT(file_exists(tap_path("folder/file")), 1);
    CHECK_OK(file_remove(tap_path("folder/file"), &error), &error);
    CHECK_OK(file_remove(tap_path("folder/file"), &error), &error);
    uint64_t size;
    CHECK_INT(file_size(&size, tap_path("folder/file"), &error), TRAWL_ERROR_NOT_FOUND);
}

static void forgotten_bytes_come_back(void)
{
    enum { LENGTH = 300000 };
    static uint8_t bytes[LENGTH];
    struct file_writer writer;
    struct file_map map;
    for (size_t i = 0; i < LENGTH; i++)
        bytes[i] = (uint8_t)(i % 251 + 1);
    REQUIRE(file_writer_open(&writer, tap_path("forgotten"), NULL) == 0);
    file_writer_append(&writer, bytes, LENGTH);
    REQUIRE(file_writer_finish(&writer, 0, NULL) == 0);
    REQUIRE(file_map_open(&map, tap_path("forgotten"), NULL) == 0);
    const struct file_map memory = {.bytes = bytes, .length = LENGTH};
    file_map_forget(&map, 5, LENGTH);
    file_map_forget(&memory, 0, LENGTH);
    for (size_t i = 0; i < LENGTH; i++)
        REQUIRE(map.bytes[i] == i % 251 + 1 && memory.bytes[i] == i % 251 + 1);
    file_map_close(&map);
}

static void one_lock_at_a_time(void)
{
    int first, second;
    struct trawl_error error = {0};
    REQUIRE_OK(file_lock(&first, tap_path("lock"), 0, &error), &error);
    CHECK_INT(file_lock(&second, tap_path("lock"), 0, &error), TRAWL_ERROR_LOCKED);
    CHECK_INT(second, -1);
    file_unlock(second);
    file_unlock(first);
    CHECK_INT(file_lock(&second, tap_path("lock"), 1, NULL), 0);
    file_unlock(second);
}

static void a_lock_dies_with_its_process(void)
{
    pid_t child = fork();
    if (child == 0) {
        int descriptor;
        _exit(file_lock(&descriptor, tap_path("lock"), 0, NULL) != 0);
    }
    int status = -1;
    REQUIRE(child > 0 && waitpid(child, &status, 0) == child);
    CHECK_INT(status, 0);
    int descriptor;
    CHECK_INT(file_lock(&descriptor, tap_path("lock"), 0, NULL), 0);
    file_unlock(descriptor);
}

TAP_MAIN("file", TAP_CASE(small_and_large_pieces_arrive_in_order), TAP_CASE(an_empty_file_is_an_empty_map),
         TAP_CASE(only_regular_files_are_mapped), TAP_CASE(names_are_never_reused), TAP_CASE(an_abandoned_file_is_gone),
         TAP_CASE(a_full_disk_is_reported_at_the_end), TAP_CASE(replacing_leaves_the_old_or_the_new),
         TAP_CASE(replacing_takes_a_stale_temporary_away), TAP_CASE(survives_each_failing_allocation),
         TAP_CASE(folders_and_names), TAP_CASE(forgotten_bytes_come_back), TAP_CASE(one_lock_at_a_time), TAP_CASE(a_lock_dies_with_its_process))
