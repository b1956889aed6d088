#include "src/cli/cli_suggest.h"

#include "tests/unit/tap.h"

static void distances(void)
{
    CHECK_UINT(cli_suggest_distance("", ""), 0);
    CHECK_UINT(cli_suggest_distance("limit", "limit"), 0);
    CHECK_UINT(cli_suggest_distance("limt", "limit"), 1);
    CHECK_UINT(cli_suggest_distance("limiit", "limit"), 1);
    CHECK_UINT(cli_suggest_distance("limot", "limit"), 1);
    CHECK_UINT(cli_suggest_distance("ilmit", "limit"), 1);
    CHECK_UINT(cli_suggest_distance("kitten", "sitting"), 3);
    CHECK_UINT(cli_suggest_distance("", "abc"), 3);
}

static const char *best_of(const char *typed)
{
    static const char *const names[] = {"limit", "offset", "snippets", "snippet-length", "strict", "stopwords"};
    const char *best = NULL;
    size_t distance = SIZE_MAX;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        cli_suggest_try(&best, &distance, typed, names[i]);
    return best ? best : "";
}

static void the_nearest_name_is_meant(void)
{
    CHECK_STRING(best_of("limt"), "limit");
    CHECK_STRING(best_of("snipets"), "snippets");
    CHECK_STRING(best_of("stritc"), "strict");
    CHECK_STRING(best_of("off"), "offset");
    CHECK_STRING(best_of("snippet-l"), "snippet-length");
}

static void far_names_are_not(void)
{
    CHECK_STRING(best_of("tutorial"), "");
    CHECK_STRING(best_of("x"), "");
    CHECK_STRING(best_of("zz"), "");
    CHECK_STRING(best_of(""), "");
}

TAP_MAIN("cli_suggest", TAP_CASE(distances), TAP_CASE(the_nearest_name_is_meant), TAP_CASE(far_names_are_not))
