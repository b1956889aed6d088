#include "src/text/apostrophes.h"

#include <string.h>

/* Some of these are letters to Unicode, such as the okina of Hawai'i; yet they
 * are written with whatever quote the keyboard has. At a word's ends they
 * cannot be told from quotation marks, which the boundary rules leave out. */
static uint32_t straight(uint32_t character)
{
    switch (character) {
    case 0x2018: /* left and right single quotation mark */
    case 0x2019:
    case 0x02BB: /* modifier letter turned comma: the okina */
    case 0x02BC: /* modifier letter apostrophe */
    case 0x05F3: /* Hebrew geresh */
        return '\'';
    case 0x05F4: /* Hebrew gershayim */
        return '"';
    default:
        return character;
    }
}

static int is_quote(uint32_t character)
{
    return character == '\'' || character == '"';
}

void apostrophes_straighten(struct codepoints *points)
{
    for (size_t i = 0; i < points->count; i++)
        points->at[i] = straight(points->at[i]);
    while (points->count > 0 && is_quote(points->at[points->count - 1]))
        points->count--;
    size_t leading = 0;
    while (leading < points->count && is_quote(points->at[leading]))
        leading++;
    points->count -= leading;
    memmove(points->at, points->at + leading, points->count * sizeof *points->at);
}
