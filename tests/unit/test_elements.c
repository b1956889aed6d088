#include "src/source/elements.h"

#include <string.h>

#include "tests/unit/tap.h"

static void elements_are_found_in_any_case(void)
{
    static const struct {
        const char *name;
        enum element_kind kind;
    } rows[] = {
        {"a", ELEMENT_INLINE}, {"XMP", ELEMENT_VERBATIM}, {"Div", ELEMENT_BLOCK}, {"h1", ELEMENT_HEADING}, {"H6", ELEMENT_HEADING},
        {"title", ELEMENT_TITLE}, {"script", ELEMENT_DROPPED}, {"blockquote", ELEMENT_BLOCK}, {"figcaption", ELEMENT_BLOCK},
        {"", ELEMENT_UNKNOWN}, {"img", ELEMENT_UNKNOWN}, {"h7", ELEMENT_UNKNOWN}, {"x-custom-element", ELEMENT_UNKNOWN},
        {"divx", ELEMENT_UNKNOWN}, {"\xC3\xA9", ELEMENT_UNKNOWN}, {"wbr", ELEMENT_INLINE}, {"ruby", ELEMENT_INLINE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK_THAT(element_kind(rows[i].name, strlen(rows[i].name)) == rows[i].kind, "%s", rows[i].name);
}

TAP_MAIN("elements", TAP_CASE(elements_are_found_in_any_case))
