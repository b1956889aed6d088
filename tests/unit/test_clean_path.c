#include "src/source/clean_path.h"

#include <stdlib.h>
#include <unistd.h>

#include "tests/unit/tap.h"

static void paths_lose_what_says_nothing(void)
{
    static const char *const rows[][2] = {
        {"a", "a"}, {"./a", "a"}, {"a//b", "a/b"}, {"./a/./b//c/.", "a/b/c"}, {"a/", "a"}, {".", "."}, {"./", "."}, {"", "."},
        {"/", "/"}, {"//", "/"}, {"/./", "/"}, {"/a/", "/a"}, {"//a//b", "/a/b"}, {"..", ".."}, {"a/../b", "a/../b"},
        {"../a", "../a"}, {"...", "..."}, {".a", ".a"}, {"a./b", "a./b"}, {"././.", "."}, {"-", "-"}, {"./-", "-"},
    };
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK_STRING(clean_path(&arena, rows[i][0]), rows[i][1]);
    arena_release(&arena);
}

static void absolute_paths_resolve_dots(void)
{
    static const char *const rows[][2] = {
        {"/a/../b", "/b"}, {"/../a", "/a"}, {"/a/b/../../c/..", "/"}, {"/a/./b/..", "/a"}, {"/", "/"},
    };
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK_STRING(absolute_path(&arena, rows[i][0]), rows[i][1]);
    REQUIRE(chdir("/") == 0);
    CHECK_STRING(absolute_path(&arena, "a/b"), "/a/b");
    CHECK_STRING(absolute_path(&arena, "../a"), "/a");
    CHECK_STRING(absolute_path(&arena, "."), "/");
    arena_release(&arena);
}

TAP_MAIN("clean path", TAP_CASE(paths_lose_what_says_nothing), TAP_CASE(absolute_paths_resolve_dots))
