#include "src/source/elements.h"

#include <string.h>

struct element {
    char name[12];
    enum element_kind kind;
};

/* In byte order. */
static const struct element elements[] = {
    {"a", ELEMENT_INLINE}, {"abbr", ELEMENT_INLINE}, {"acronym", ELEMENT_INLINE}, {"address", ELEMENT_BLOCK},
    {"article", ELEMENT_BLOCK}, {"aside", ELEMENT_BLOCK}, {"b", ELEMENT_INLINE}, {"bdi", ELEMENT_INLINE},
    {"bdo", ELEMENT_INLINE}, {"big", ELEMENT_INLINE}, {"blink", ELEMENT_INLINE}, {"blockquote", ELEMENT_BLOCK},
    {"body", ELEMENT_BLOCK}, {"br", ELEMENT_BLOCK}, {"caption", ELEMENT_BLOCK}, {"center", ELEMENT_BLOCK},
    {"cite", ELEMENT_INLINE}, {"code", ELEMENT_INLINE}, {"data", ELEMENT_INLINE}, {"dd", ELEMENT_BLOCK},
    {"del", ELEMENT_INLINE}, {"details", ELEMENT_BLOCK}, {"dfn", ELEMENT_INLINE}, {"dialog", ELEMENT_BLOCK},
    {"dir", ELEMENT_BLOCK}, {"div", ELEMENT_BLOCK}, {"dl", ELEMENT_BLOCK}, {"dt", ELEMENT_BLOCK},
    {"em", ELEMENT_INLINE}, {"fieldset", ELEMENT_BLOCK}, {"figcaption", ELEMENT_BLOCK}, {"figure", ELEMENT_BLOCK},
    {"font", ELEMENT_INLINE}, {"footer", ELEMENT_BLOCK}, {"form", ELEMENT_BLOCK}, {"h1", ELEMENT_HEADING},
    {"h2", ELEMENT_HEADING}, {"h3", ELEMENT_HEADING}, {"h4", ELEMENT_HEADING}, {"h5", ELEMENT_HEADING},
    {"h6", ELEMENT_HEADING}, {"head", ELEMENT_BLOCK}, {"header", ELEMENT_BLOCK}, {"hgroup", ELEMENT_BLOCK},
    {"hr", ELEMENT_BLOCK}, {"html", ELEMENT_BLOCK}, {"i", ELEMENT_INLINE}, {"ins", ELEMENT_INLINE},
    {"kbd", ELEMENT_INLINE}, {"legend", ELEMENT_BLOCK}, {"li", ELEMENT_BLOCK}, {"link", ELEMENT_BLOCK},
    {"listing", ELEMENT_VERBATIM}, {"main", ELEMENT_BLOCK}, {"mark", ELEMENT_INLINE}, {"menu", ELEMENT_BLOCK},
    {"meta", ELEMENT_BLOCK}, {"nav", ELEMENT_BLOCK}, {"nobr", ELEMENT_INLINE}, {"noscript", ELEMENT_BLOCK},
    {"ol", ELEMENT_BLOCK}, {"optgroup", ELEMENT_BLOCK}, {"option", ELEMENT_BLOCK}, {"p", ELEMENT_BLOCK},
    {"pre", ELEMENT_VERBATIM}, {"q", ELEMENT_INLINE}, {"rb", ELEMENT_INLINE}, {"ruby", ELEMENT_INLINE},
    {"s", ELEMENT_INLINE}, {"samp", ELEMENT_INLINE}, {"script", ELEMENT_DROPPED}, {"search", ELEMENT_BLOCK},
    {"section", ELEMENT_BLOCK}, {"small", ELEMENT_INLINE}, {"span", ELEMENT_INLINE}, {"strike", ELEMENT_INLINE},
    {"strong", ELEMENT_INLINE}, {"style", ELEMENT_DROPPED}, {"sub", ELEMENT_INLINE}, {"summary", ELEMENT_BLOCK},
    {"sup", ELEMENT_INLINE}, {"table", ELEMENT_BLOCK}, {"tbody", ELEMENT_BLOCK}, {"td", ELEMENT_BLOCK},
    {"template", ELEMENT_DROPPED}, {"textarea", ELEMENT_VERBATIM}, {"tfoot", ELEMENT_BLOCK}, {"th", ELEMENT_BLOCK},
    {"thead", ELEMENT_BLOCK}, {"time", ELEMENT_INLINE}, {"title", ELEMENT_TITLE}, {"tr", ELEMENT_BLOCK},
    {"tt", ELEMENT_INLINE}, {"u", ELEMENT_INLINE}, {"ul", ELEMENT_BLOCK}, {"var", ELEMENT_INLINE},
    {"wbr", ELEMENT_INLINE}, {"xmp", ELEMENT_VERBATIM},
};

static char lower(char letter)
{
    return (char)(letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter);
}

enum element_kind element_kind(const char *name, size_t length)
{
    char lowered[sizeof elements->name] = "";
    if (length >= sizeof lowered)
        return ELEMENT_UNKNOWN;
    for (size_t i = 0; i < length; i++)
        lowered[i] = lower(name[i]);
    size_t low = 0, high = sizeof elements / sizeof *elements;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        const int order = strcmp(lowered, elements[middle].name);
        if (order == 0)
            return elements[middle].kind;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return ELEMENT_UNKNOWN;
}
