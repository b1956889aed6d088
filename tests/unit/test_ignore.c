#include "src/source/ignore.h"

#include <stdlib.h>
#include <string.h>

#include "tests/unit/tap.h"

static void globs_match_as_in_git(void)
{
    static const struct {
        const char *pattern, *path;
        int matches;
    } rows[] = {
        {"foo", "foo", 1}, {"foo", "fo", 0}, {"foo", "fooo", 0}, {"", "", 1}, {"", "a", 0},
        {"*", "anything", 1}, {"*", "a/b", 0}, {"*", ".hidden", 1}, {"*.c", "a.c", 1}, {"*.c", ".c", 1}, {"*.c", "a.h", 0},
        {"a*b*c", "aXbYbZc", 1}, {"a*b*c", "aXbYbZd", 0}, {"*a*", "banana", 1}, {"**", "abc", 1}, {"a**b", "aXXb", 1},
        {"?", "a", 1}, {"?", "", 0}, {"?", "/", 0}, {"a?c", "abc", 1}, {"a?c", "a/c", 0},
        {"[abc]", "b", 1}, {"[abc]", "d", 0}, {"[a-c]", "b", 1}, {"[!a-c]", "b", 0}, {"[^a-c]", "d", 1}, {"[!a]", "/", 0},
        {"[]a]", "]", 1}, {"[!]a]", "]", 0}, {"[a-]", "-", 1}, {"[-a]", "-", 1}, {"[a", "[a", 0}, {"[", "[", 0},
        {"[\\]]", "]", 1}, {"[\\a-c]", "b", 1}, {"[[:digit:]x]", "7", 1}, {"[[:digit:]x]", "x", 1}, {"[[:digit:]]", "a", 0},
        {"[[:nosuch:]]", "a", 0}, {"\\*", "*", 1}, {"\\*", "a", 0}, {"\\a", "a", 1}, {"a\\", "a\\", 0},
        {"a/b", "a/b", 1}, {"a/b", "a/c", 0}, {"a/*", "a/b", 1}, {"a/*", "a/b/c", 0}, {"a/*/c", "a/b/c", 1},
        {"**/b", "b", 1}, {"**/b", "a/b", 1}, {"**/b", "a/c/b", 1}, {"**/b", "a/bc", 0},
        {"a/**", "a/b", 1}, {"a/**", "a/b/c", 1}, {"a/**", "a", 0}, {"a/**/b", "a/b", 1}, {"a/**/b", "a/x/b", 1},
        {"a/**/b", "a/x/y/b", 1}, {"a/**/b", "a/x/y/c", 0}, {"**/a/**/b/**", "x/a/y/b/z", 1}, {"**/a/**/b/**", "x/a/y/b", 0},
        {"**/a/b", "a/a/b", 1}, {"**/a/b", "a/b/a/c", 0}, {"\xC3\xA9*", "\xC3\xA9t\xC3\xA9", 1}, {"[\xC3]", "\xC3", 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK_THAT(ignore_glob(rows[i].pattern, rows[i].path) == rows[i].matches, "\"%s\" on \"%s\"", rows[i].pattern,
                   rows[i].path);
}

/* -> '-' skipped, '+' kept, '.' undecided */
static char verdict_of(const char *text, const char *path, int is_folder)
{
    struct arena arena;
    struct ignore_rules rules;
    arena_init(&arena);
    REQUIRE(ignore_parse(&rules, &arena, (const uint8_t *)text, strlen(text)) == 0);
    const enum ignore_verdict verdict = ignore_match(&rules, path, is_folder);
    arena_release(&arena);
    return verdict == IGNORE_SKIP ? '-' : verdict == IGNORE_KEEP ? '+' : '.';
}

static void lines_are_read_as_in_git(void)
{
    static const struct {
        const char *text, *path;
        int is_folder;
        char verdict;
    } rows[] = {
        {"foo", "foo", 0, '-'}, {"foo", "a/foo", 0, '-'}, {"foo", "foo/a", 0, '.'},
        {"/foo", "foo", 0, '-'}, {"/foo", "a/foo", 0, '.'}, {"a/foo", "a/foo", 0, '-'}, {"a/foo", "b/a/foo", 0, '.'},
        {"foo/", "foo", 0, '.'}, {"foo/", "foo", 1, '-'}, {"foo/", "a/foo", 1, '-'}, {"/foo/", "a/foo", 1, '.'},
        {"*.log\n!keep.log", "a.log", 0, '-'}, {"*.log\n!keep.log", "keep.log", 0, '+'},
        {"!keep.log\n*.log", "keep.log", 0, '-'}, {"", "a", 0, '.'}, {"\n\n", "a", 0, '.'},
        {"#a", "#a", 0, '.'}, {"\\#a", "#a", 0, '-'}, {"\\!a", "!a", 0, '-'}, {"!", "!", 0, '.'}, {"/", "a", 1, '.'},
        {"a ", "a", 0, '-'}, {"a\\ ", "a ", 0, '-'}, {"a\\ ", "a", 0, '.'}, {"a b", "a b", 0, '-'},
        {"a\r\nb\r\n", "a", 0, '-'}, {"a\r\nb\r\n", "b", 0, '-'}, {"a\nb", "b", 0, '-'},
        {"\xEF\xBB\xBF" "a", "a", 0, '-'}, {"**/x", "a/b/x", 0, '-'}, {"x/**", "x/y", 0, '-'}, {"x/**", "x", 1, '.'},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char found = verdict_of(rows[i].text, rows[i].path, rows[i].is_folder);
        CHECK_THAT(found == rows[i].verdict, "row %zu: \"%s\" on \"%s\" gave %c", i, rows[i].text, rows[i].path, found);
    }
}

/* With going back to every star this would not end in a lifetime. */
static void many_stars_cost_little(void)
{
    char pattern[201], path[2001];
    for (size_t i = 0; i < 100; i++)
        memcpy(pattern + 2 * i, "*a", 2);
    pattern[200] = '\0';
    memset(path, 'a', 2000);
    path[2000] = '\0';
    CHECK(ignore_glob(pattern, path));
    path[1999] = 'b';
    CHECK(!ignore_glob(pattern, path));

    char *deep = malloc(6 * 100 + 2), *parts = malloc(2 * 1000 + 2);
    REQUIRE(deep && parts);
    for (size_t i = 0; i < 100; i++)
        memcpy(deep + 5 * i, "**/a/", 5);
    strcpy(deep + 500, "b");
    for (size_t i = 0; i < 1000; i++)
        memcpy(parts + 2 * i, "a/", 2);
    strcpy(parts + 2000, "c");
    CHECK(!ignore_glob(deep, parts));
    strcpy(parts + 2000, "b");
    CHECK(ignore_glob(deep, parts));
    free(deep);
    free(parts);
}

TAP_MAIN("ignore", TAP_CASE(globs_match_as_in_git), TAP_CASE(lines_are_read_as_in_git), TAP_CASE(many_stars_cost_little))
