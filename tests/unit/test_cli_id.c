#include "src/cli/cli_id.h"

#include "tests/unit/tap.h"

static void check_clean(const char *id, int differs, const char *expected)
{
    struct cli_text clean = {0};
    CHECK_INT(cli_id_clean(&clean, id), differs);
    CHECK_STRING(cli_text_string(&clean), expected);
    cli_text_release(&clean);
}

static void paths_are_cleaned(void)
{
    check_clean("./a", 1, "a");
    check_clean("a//b/", 1, "a/b");
    check_clean("/a/./b", 1, "/a/b");
    check_clean("././../a", 1, "../a");
}

static void ids_that_are_clean_stay(void)
{
    check_clean("a/b", 0, "a/b");
    check_clean("/a", 0, "/a");
    check_clean("r1", 0, "r1");
    check_clean("a.b", 0, "a.b");
    check_clean(".", 0, "");
    check_clean("", 0, "");
}

TAP_MAIN("cli_id", TAP_CASE(paths_are_cleaned), TAP_CASE(ids_that_are_clean_stay))
