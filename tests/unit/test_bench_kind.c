#include "src/cli/bench_kind.h"

#include "tests/unit/tap.h"

static void kinds_are_told_from_the_canonical_form(void)
{
    static const struct {
        const char *parsed, *kind;
    } rows[] = {
        {"harbour", "term"},
        {"harbour^2", "term"},
        {"\"north sea\"", "phrase"},
        {"\"north \\\"sea\"~3^2", "phrase"},
        {"title:\"north sea\"", "phrase"},
        {"\"north sea*\"", "phrase"},
        {"harb*", "prefix"},
        {"harb*^2", "prefix"},
        {"harb\\*", "term"},
        {"a AND b AND c", "intersection"},
        {"a OR b", "union"},
        {"a^2 OR b", "union"},
        {"\\AND OR b", "union"},
        {"a AND NOT b", "negated"},
        {"NOT a", "negated"},
        {"+a OR b OR -c", "negated"},
        {"\"a b\" AND NOT c", "negated"},
        {"+a OR b", "mixed"},
        {"a AND (b OR c)", "mixed"},
        {"\"a b\" OR c", "mixed"},
        {"a* OR c", "mixed"},
        {"*", "mixed"},
        {"", "mixed"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK_STRING(bench_kind(rows[i].parsed, NULL), rows[i].kind);
}

TAP_MAIN("bench_kind", TAP_CASE(kinds_are_told_from_the_canonical_form))
