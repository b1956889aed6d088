#include "src/cli/cli_complain.h"

#include <string.h>

#include "tests/unit/tap.h"

static void check_place(const char *query, size_t offset, const char *pointer, const char *expected)
{
    struct cli_text out = {0};
    cli_complain_place(&out, query, strlen(query), offset, pointer);
    CHECK_STRING(cli_text_string(&out), expected);
    cli_text_release(&out);
}

static void the_caret_stands_under_the_place(void)
{
    check_place("\"machine learn", 0, "no closing \" before the end", "  | \"machine learn\n  | ^ no closing \" before the end\n");
    check_place("a (b", 2, "", "  | a (b\n  |   ^\n");
    check_place("日本 \"x", 7, "here", "  | 日本 \"x\n  |      ^ here\n");
    check_place("e\xCC\x81 (", 4, "", "  | e\xCC\x81 (\n  |   ^\n");
    check_place("a\tb\033(", 4, "", "  | a b\\x1b(\n  |        ^\n");
    check_place("ab", 99, "", "  | ab\n  |   ^\n");
    check_place("", 0, "", "  | \n  | ^\n");
}

static void long_queries_show_the_part_that_is_meant(void)
{
    char query[5000];
    memset(query, 'x', sizeof query - 1);
    query[sizeof query - 1] = '\0';
    static const size_t places[] = {0, 20, 36, 37, 100, 2500, 4998};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        query[places[i]] = '"';
        struct cli_text out = {0};
        cli_complain_place(&out, query, strlen(query), places[i], "");
        const char *second = strchr(cli_text_string(&out), '\n') + 1;
        REQUIRE(out.length < 250);
        /* The dots of a cut front are one column and three bytes. */
        const size_t dots = strncmp(out.bytes + 4, "…", 3) == 0 ? 2 : 0;
        CHECK_INT(out.bytes[strcspn(second, "^") + dots], '"');
        query[places[i]] = 'x';
        cli_text_release(&out);
    }
}

static void codes_have_names(void)
{
    CHECK_STRING(cli_complain_code(TRAWL_ERROR_NOT_FOUND), "not-found");
    CHECK_STRING(cli_complain_code(TRAWL_ERROR_QUERY), "query");
    CHECK_STRING(cli_complain_code(TRAWL_ERROR_LIMIT), "limit");
    CHECK_STRING(cli_complain_code(TRAWL_ERROR_TIMEOUT), "timeout");
    CHECK_STRING(cli_complain_code(TRAWL_ERROR_SETTINGS), "settings");
    CHECK_STRING(cli_complain_code(TRAWL_ERROR_DOCUMENT), "document");
    CHECK_STRING(cli_complain_code(-99), "error");
}

TAP_MAIN("cli_complain", TAP_CASE(the_caret_stands_under_the_place), TAP_CASE(long_queries_show_the_part_that_is_meant),
         TAP_CASE(codes_have_names))
