#include "index/write/index_folder.h"

#include <stdio.h>
#include <unistd.h>

#include "src/util/file.h"
#include "tests/unit/tap.h"

static void touch(const char *name)
{
    FILE *file = fopen(tap_path(name), "w");
    REQUIRE(file != NULL);
    if (file)
        fclose(file);
}

static struct manifest_segment segments[] = {
    {.number = 3, .documents = 9},
    {.number = 123456789, .documents = 9, .deleted = 1, .deletes_generation = 12},
};
static const struct manifest keep = {.segments = segments, .segment_count = 2};

static void only_what_the_manifest_names_is_kept(void)
{
    static const char *const kept[] = {"manifest", "write.lock", "00000003.seg", "123456789.seg",
                                       "123456789.00000012.del"};
    static const char *const removed[] = {"00000004.seg",           "00000003.00000012.del", "123456789.00000011.del",
                                          "00000003.seg.tmp",       "00000009.run.3.tmp",    "manifest.tmp",
                                          "00000003.seg.stored.tmp"};
    static const char *const foreign[] = {"notes.tmp",     "3.seg",           "00000004.seg.bak", "00000004.txt",
                                          "x00000004.seg",
                                          "00000004segtmp", "99999999999.seg", "00000004.5.del",   "0000000a.seg"};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        touch(kept[i]);
    for (size_t i = 0; i < sizeof removed / sizeof *removed; i++)
        touch(removed[i]);
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
        touch(foreign[i]);
    index_folder_clean(tap_folder(), &keep);
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        CHECK_THAT(file_exists(tap_path(kept[i])), "%s", kept[i]);
    for (size_t i = 0; i < sizeof removed / sizeof *removed; i++)
        CHECK_THAT(!file_exists(tap_path(removed[i])), "%s", removed[i]);
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
        CHECK_THAT(file_exists(tap_path(foreign[i])), "%s", foreign[i]);
}

static void links_and_folders_are_let_alone(void)
{
    struct trawl_error error = {0};
    touch("elsewhere");
    REQUIRE_INT(symlink(tap_path("elsewhere"), tap_path("00000004.seg")), 0);
    REQUIRE_OK(file_make_folder(tap_path("00000005.seg"), &error), &error);
    index_folder_clean(tap_folder(), &keep);
    CHECK(file_exists(tap_path("elsewhere")));
    CHECK(file_exists(tap_path("00000004.seg")));
    CHECK(file_exists(tap_path("00000005.seg")));
}

static void links_in_the_way_of_new_files_go(void)
{
    touch("elsewhere");
    REQUIRE_INT(symlink("nowhere", tap_path("00000004.seg.tmp")), 0);
    REQUIRE_INT(symlink(tap_path("elsewhere"), tap_path("00000004.seg.stored.tmp")), 0);
    REQUIRE_INT(symlink("nowhere", tap_path("00000003.00000001.del")), 0);
    REQUIRE_INT(symlink("nowhere", tap_path("notes.tmp")), 0);
    index_folder_clean(tap_folder(), &keep);
    CHECK(!file_exists(tap_path("00000004.seg.tmp")));
    CHECK(!file_exists(tap_path("00000004.seg.stored.tmp")));
    CHECK(!file_exists(tap_path("00000003.00000001.del")));
    CHECK(file_exists(tap_path("elsewhere")));
    CHECK(file_exists(tap_path("notes.tmp")));
}

static void next_number_is_above_all_names(void)
{
    struct trawl_error error = {0};
    uint32_t next = 7;
    REQUIRE_OK(index_folder_next_segment(&next, tap_folder(), &error), &error);
    CHECK_UINT(next, 0);
    touch("00000004.seg");
    touch("00000011.00000002.del");
    REQUIRE_OK(index_folder_next_segment(&next, tap_folder(), &error), &error);
    CHECK_UINT(next, 12);
    CHECK_INT(index_folder_next_segment(&next, tap_path("nowhere"), &error), TRAWL_ERROR_NOT_FOUND);
}

TAP_MAIN("index_folder", TAP_CASE(only_what_the_manifest_names_is_kept), TAP_CASE(links_and_folders_are_let_alone),
         TAP_CASE(links_in_the_way_of_new_files_go), TAP_CASE(next_number_is_above_all_names))
