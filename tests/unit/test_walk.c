#include "src/source/walk.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "src/util/memory.h"
#include "tests/unit/source_files.h"
#include "tests/unit/tap.h"

static struct source_options options_for_all(void)
{
    return (struct source_options){.no_ignore = 1, .hidden = 1, .max_document_size = 1 << 20};
}

/* Appends the walk's paths below `root`, with reasons behind "!", each ended by a blank. */
static int walk_all(struct buffer *out, const char *root, const struct source_options *options, struct trawl_error *error)
{
    struct walk *walk;
    const char *path, *reason;
    buffer_reset(out);
    int status = walk_new(&walk, root, options, error);
    if (status)
        return status;
    const size_t base = strcmp(root, ".") == 0 ? 0 : strlen(root) + 1;
    while ((status = walk_next(&path, &reason, walk, error)) == 0) {
        buffer_append_string(out, strlen(path) < base ? "." : path + base);
        if (reason)
            buffer_append_string(out, "!");
        buffer_append_string(out, " ");
    }
    walk_free(walk);
    return status > 0 ? 0 : status;
}

static void check_walk(const char *root, const struct source_options *options, const char *expected)
{
    struct buffer out;
    struct trawl_error error = {0};
    buffer_init(&out);
    CHECK_OK(walk_all(&out, root, options, &error), &error);
    CHECK_STRING(buffer_string(&out), expected);
    buffer_release(&out);
}

static void paths_come_in_byte_order(void)
{
    const struct source_options options = options_for_all();
    folder_named("a");
    folder_named("a/b");
    folder_named("a-");
    folder_named("empty");
    file_with("a/z", "");
    file_with("a/b/c", "");
    file_with("a-/x", "");
    file_with("a.txt", "");
    file_with("B", "");
    file_with("\xC3\xA9", "");
    check_walk(tap_folder(), &options, "B a-/x a.txt a/b/c a/z \xC3\xA9 ");
}

static void hidden_names_are_left_out(void)
{
    struct source_options options = {0};
    folder_named(".folder");
    folder_named(".git");
    file_with(".folder/a", "");
    file_with(".git/config", "");
    file_with(".file", "");
    file_with("seen", "");
    check_walk(tap_folder(), &options, "seen ");
    options.hidden = 1;
    check_walk(tap_folder(), &options, ".file .folder/a seen ");
    options.no_ignore = 1;
    check_walk(tap_folder(), &options, ".file .folder/a .git/config seen ");
}

static void links_are_not_followed(void)
{
    const struct source_options options = options_for_all();
    folder_named("folder");
    file_with("folder/file", "");
    REQUIRE(symlink("..", tap_path("folder/loop")) == 0);
    REQUIRE(symlink("file", tap_path("folder/link")) == 0);
    REQUIRE(symlink("nowhere", tap_path("dangling")) == 0);
    REQUIRE(mkfifo(tap_path("pipe"), 0666) == 0);
    check_walk(tap_folder(), &options, "folder/file ");
}

/* A folder that is itself a link was named by somebody, who means what it leads to. */
static void the_root_may_be_a_link(void)
{
    const struct source_options options = options_for_all();
    folder_named("folder");
    file_with("folder/file", "");
    REQUIRE(symlink("folder", tap_path("link")) == 0);
    check_walk(tap_path("link"), &options, "file ");
}

static void ignore_files_count_for_their_folders(void)
{
    struct source_options options = {0};
    folder_named("sub");
    folder_named("sub/deep");
    folder_named("build");
    file_with(".gitignore", "*.log\n/build/\nsub/deep/no\n");
    file_with("sub/.gitignore", "!keep.log\nlocal\n");
    file_with("a.log", "");
    file_with("build/x", "");
    file_with("local", "");
    file_with("sub/a.log", "");
    file_with("sub/keep.log", "");
    file_with("sub/local", "");
    file_with("sub/deep/build", "");
    file_with("sub/deep/local", "");
    file_with("sub/deep/no", "");
    file_with("sub/deep/yes", "");
    check_walk(tap_folder(), &options, "local sub/deep/build sub/deep/yes sub/keep.log ");
    options.no_ignore = 1;
    check_walk(tap_folder(), &options,
               "a.log build/x local sub/a.log sub/deep/build sub/deep/local sub/deep/no sub/deep/yes sub/keep.log sub/local ");
}

static void ignore_outranks_gitignore(void)
{
    const struct source_options options = {0};
    folder_named("sub");
    file_with(".ignore", "!kept\ndropped\n");
    file_with("sub/.gitignore", "kept\n!dropped\n");
    file_with("sub/kept", "");
    file_with("sub/dropped", "");
    check_walk(tap_folder(), &options, "sub/kept ");
}

static void rules_above_count_inside_of_a_repository(void)
{
    const struct source_options options = {0};
    folder_named("repository");
    folder_named("repository/sub");
    folder_named("repository/sub/sub");
    file_with(".gitignore", "*\n"); /* outside: without force */
    file_with("repository/.gitignore", "*.log\n/sub/sub/anchored\n");
    file_with("repository/sub/sub/a.log", "");
    file_with("repository/sub/sub/anchored", "");
    file_with("repository/sub/sub/seen", "");
    check_walk(tap_path("repository/sub/sub"), &options, "a.log anchored seen ");
    folder_named("repository/.git");
    check_walk(tap_path("repository/sub/sub"), &options, "seen ");
    check_walk(tap_path("repository/sub"), &options, "sub/seen ");
}

static void one_folder_is_skipped(void)
{
    struct source_options options = options_for_all();
    folder_named("a");
    folder_named("a/index");
    file_with("a/index/segment", "");
    file_with("a/file", "");
    char *path = tap_folder() ? malloc(strlen(tap_folder()) + 32) : NULL;
    REQUIRE(path != NULL);
    sprintf(path, "%s/./a//index/", tap_folder());
    options.skip_folder = path;
    check_walk(tap_folder(), &options, "a/file ");
    check_walk(tap_path("a/index"), &options, "");
    options.skip_folder = "/no/such/folder";
    check_walk(tap_folder(), &options, "a/file a/index/segment ");
    free(path);
}

static void unreadable_folders_have_a_reason(void)
{
    const struct source_options options = options_for_all();
    if (geteuid() == 0) {
        tap_skip("the superuser may read everything");
        return;
    }
    folder_named("closed");
    file_with("open", "");
    REQUIRE(chmod(tap_path("closed"), 0) == 0);
    check_walk(tap_folder(), &options, "closed! open ");
    chmod(tap_path("closed"), 0777);
}

static void a_root_that_is_gone_has_a_reason(void)
{
    const struct source_options options = options_for_all();
    check_walk(tap_path("nothing"), &options, ".! ");
}

static void the_working_folder_adds_no_dots(void)
{
    const struct source_options options = {0};
    folder_named("a");
    file_with("a/b", "");
    REQUIRE(chdir(tap_folder()) == 0);
    check_walk(".", &options, "a/b ");
    REQUIRE(chdir("/") == 0);
}

static void bytes_are_summed_as_folders_are_listed(void)
{
    const struct source_options options = {0};
    struct walk *walk;
    struct trawl_error error = {0};
    const char *path, *reason;
    folder_named("b");
    file_with("a", "12345");
    file_with("b/c", "123");
    file_with(".hidden", "123456");
    REQUIRE_OK(walk_new(&walk, tap_folder(), &options, &error), &error);
    CHECK_UINT(walk_bytes(walk), 0);
    CHECK(walk_next(&path, &reason, walk, &error) == 0);
    CHECK_UINT(walk_bytes(walk), 5);
    CHECK(walk_next(&path, &reason, walk, &error) == 0);
    CHECK_UINT(walk_bytes(walk), 8);
    CHECK(walk_next(&path, &reason, walk, &error) == 1);
    walk_free(walk);
}

static void memory_may_end_anywhere(void)
{
    const struct source_options options = {0};
    struct buffer out;
    buffer_init(&out);
    folder_named(".git");
    folder_named("a");
    folder_named("a/b");
    file_with(".gitignore", "x\n");
    file_with("a/.ignore", "y\n");
    file_with("a/b/c", "");
    file_with("a/d", "");
    REQUIRE(buffer_reserve(&out, 100) != NULL);
    int status = TRAWL_ERROR_MEMORY;
    for (long i = 0; status && i < 300; i++) {
        struct trawl_error error = {0};
        const char *root = tap_path("a");
        memory_fail_after(i);
        status = walk_all(&out, root, &options, &error);
        memory_fail_after(-1);
        CHECK(status == 0 || (status == TRAWL_ERROR_MEMORY && error.code == status));
    }
    CHECK_INT(status, 0);
    CHECK_STRING(buffer_string(&out), "b/c d ");
    buffer_release(&out);
}

TAP_MAIN("walk", TAP_CASE(paths_come_in_byte_order), TAP_CASE(hidden_names_are_left_out), TAP_CASE(links_are_not_followed),
         TAP_CASE(the_root_may_be_a_link), TAP_CASE(ignore_files_count_for_their_folders), TAP_CASE(ignore_outranks_gitignore),
         TAP_CASE(rules_above_count_inside_of_a_repository), TAP_CASE(one_folder_is_skipped),
         TAP_CASE(unreadable_folders_have_a_reason), TAP_CASE(a_root_that_is_gone_has_a_reason),
         TAP_CASE(the_working_folder_adds_no_dots), TAP_CASE(bytes_are_summed_as_folders_are_listed),
         TAP_CASE(memory_may_end_anywhere))
