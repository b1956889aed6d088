#include "src/cli/cli_json_read.h"

#include <string.h>

#include "tests/unit/tap.h"

static int reads(const char *text)
{
    struct cli_json_tree tree;
    const int status = cli_json_read(&tree, text, strlen(text));
    CHECK_INT(status == 0, tree.fault == NULL);
    cli_json_release(&tree);
    return status;
}

static void values_are_found_by_name(void)
{
    static const char text[] = " {\"a\": -12.5e1, \"b\": [true, false, null, \"x\"], \"a\": 3, \"c\": {\"d\": {}}} ";
    struct cli_json_tree tree;
    REQUIRE_INT(cli_json_read(&tree, text, strlen(text)), 0);
    CHECK_DOUBLE(cli_json_member(tree.root, "a")->number, 3, 0);
    CHECK_DOUBLE(tree.root->first->number, -125, 0);
    const struct cli_json_value *item = cli_json_member_of(tree.root, "b", CLI_JSON_ARRAY)->first;
    CHECK_INT(item->kind, CLI_JSON_BOOLEAN);
    CHECK_DOUBLE(item->number, 1, 0);
    CHECK_INT(item->next->next->kind, CLI_JSON_NULL);
    CHECK_STRING(item->next->next->next->string, "x");
    CHECK(!item->next->next->next->next);
    CHECK(cli_json_member(cli_json_member(tree.root, "c"), "d"));
    CHECK(!cli_json_member(tree.root, "e"));
    CHECK(!cli_json_member_of(tree.root, "a", CLI_JSON_STRING));
    CHECK(!cli_json_member(NULL, "a"));
    CHECK(!cli_json_member(item, "a"));
    cli_json_release(&tree);
}

static void strings_lose_their_escapes(void)
{
    static const char text[] = "\"\\\"\\\\\\/\\b\\f\\n\\r\\t \\u0041\\u00e9\\u20ac\\ud83d\\ude00 \\ud83d\\u0041 \\udc00 \\u0000\xC3\xA9\"";
    static const char expected[] = "\"\\/\b\f\n\r\t A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80 \xEF\xBF\xBD"
                                   "A \xEF\xBF\xBD \0\xC3\xA9";
    struct cli_json_tree tree;
    REQUIRE_INT(cli_json_read(&tree, text, strlen(text)), 0);
    CHECK_BYTES(tree.root->string, tree.root->length, expected, sizeof expected - 1);
    cli_json_release(&tree);
}

static void what_is_no_json_is_refused(void)
{
    static const char *const wrong[] = {
        "", " ", "{", "}", "[1,]", "[1 2]", "[,1]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{\"a\":1 \"b\":2}", "\"a",
        "\"\\x\"", "\"\\u12g4\"", "\"\\", "\"a\nb\"", "01", "-", "1.", ".5", "1e", "+1", "nul", "truee", "1 2", "[]]", "'a'",
        "NaN", "Infinity", "0x10", "--1",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        CHECK_THAT(reads(wrong[i]) == -1, "%s", wrong[i]);
}

static void the_fault_has_its_place(void)
{
    struct cli_json_tree tree;
    CHECK_INT(cli_json_read(&tree, "{\"query\": x}", 12), -1);
    CHECK_UINT(tree.offset, 10);
    CHECK_STRING(tree.fault, "not a value");
    cli_json_release(&tree);
}

static void a_text_cut_anywhere_is_refused(void)
{
    static const char text[] = "{\"a\":[1.5e-3,\"\\u00e9\\n\",{\"b\":true}],\"c\":null}";
    for (size_t length = 0; length < strlen(text); length++) {
        struct cli_json_tree tree;
        CHECK_INT(cli_json_read(&tree, text, length), -1);
        cli_json_release(&tree);
    }
    CHECK_INT(reads(text), 0);
}

static void deep_nesting_is_refused(void)
{
    char text[4001];
    memset(text, '[', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    CHECK_INT(reads(text), -1);
    memset(text, '[', 64);
    memset(text + 64, ']', 64);
    text[128] = '\0';
    CHECK_INT(reads(text), 0);
}

TAP_MAIN("cli_json_read", TAP_CASE(values_are_found_by_name), TAP_CASE(strings_lose_their_escapes),
         TAP_CASE(what_is_no_json_is_refused), TAP_CASE(the_fault_has_its_place),
         TAP_CASE(a_text_cut_anywhere_is_refused), TAP_CASE(deep_nesting_is_refused))
