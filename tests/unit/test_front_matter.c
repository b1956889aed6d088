#include "src/source/front_matter.h"

#include <string.h>

#include "tests/unit/tap.h"

static void check_front(const char *text, const char *inside, const char *title, const char *rest)
{
    struct front_matter front;
    front_matter_read(&front, (const uint8_t *)text, strlen(text));
    CHECK_BYTES(front.text, front.length, inside, strlen(inside));
    CHECK_BYTES(front.title ? front.title : (const uint8_t *)"", front.title_length, title, strlen(title));
    CHECK_STRING(text + front.end, rest);
}

static void is_found_between_its_fences(void)
{
    check_front("---\ntitle: A title\ntags: x\n---\ntext", "title: A title\ntags: x\n", "A title", "text");
    check_front("---\r\ntitle: \"Quoted\"\r\n...\r\ntext", "title: \"Quoted\"\r\n", "Quoted", "text");
    check_front("+++\ntitle = 'TOML'\n+++\n", "title = 'TOML'\n", "TOML", "");
    check_front("---\nname: x\n---", "name: x\n", "", "");
    check_front("---\nsubtitle: x\ntitle:\ntitle: y\n---\n", "subtitle: x\ntitle:\ntitle: y\n", "y", "");
}

static void is_nothing_else(void)
{
    check_front("", "", "", "");
    check_front("---", "", "", "---");
    check_front("---\n", "", "", "---\n");
    check_front("text\n---\na: b\n---\n", "", "", "text\n---\na: b\n---\n");
    check_front("---\nno colon\n---\n", "", "", "---\nno colon\n---\n");
    check_front("---\na: b\nnever closed\n", "", "", "---\na: b\nnever closed\n");
    check_front("+++\na = b\n---\n", "", "", "+++\na = b\n---\n");
    check_front("----\na: b\n----\n", "", "", "----\na: b\n----\n");
}

TAP_MAIN("front matter", TAP_CASE(is_found_between_its_fences), TAP_CASE(is_nothing_else))
