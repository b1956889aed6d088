#include "src/source/entities.h"

#include <string.h>

#include "tests/unit/tap.h"

static void references_become_characters(void)
{
    static const struct {
        const char *text;
        uint32_t character;
        size_t length;
    } rows[] = {
        {"&amp;", '&', 5}, {"&lt;x", '<', 4}, {"&quot;", '"', 6}, {"&nbsp;", 0xA0, 6}, {"&eacute;", 0xE9, 8},
        {"&Eacute;", 0xC9, 8}, {"&hellip;", 0x2026, 8}, {"&thetasym;", 0x3D1, 10}, {"&rcaron;", 0x159, 8}, {"&Lstrok;", 0x141, 8},
        {"&SHCHcy;", 0x429, 8}, {"&apos;", '\'', 6}, {"&fflig;", 0xFB00, 7}, {"&AMP;", '&', 5}, {"&zwnj;", 0x200C, 6},
        {"&#65;", 'A', 5}, {"&#x41;", 'A', 6}, {"&#X1f600;", 0x1F600, 9}, {"&#0;", 0xFFFD, 4}, {"&#xD800;", 0xFFFD, 8},
        {"&#x110000;", 0xFFFD, 10}, {"&#99999999999999999999;", 0xFFFD, 23}, {"&#150;", 0x2013, 6}, {"&#x80;", 0x20AC, 6},
        {"&#129;", 0x81, 6},
        {"&", 0, 0}, {"&;", 0, 0}, {"&amp", 0, 0}, {"&nosuch;", 0, 0}, {"&#;", 0, 0}, {"&#x;", 0, 0}, {"&#12a;", 0, 0},
        {"&#xg;", 0, 0}, {"& amp;", 0, 0}, {"&1;", 0, 0}, {"&AmP;", 0, 0}, {"&aname.that.is.far.too.long.to.be.one;", 0, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint32_t character = 0;
        const size_t length = entity_decode(&character, (const uint8_t *)rows[i].text, strlen(rows[i].text));
        CHECK_THAT(length == rows[i].length && (length == 0 || character == rows[i].character), "%s gave U+%04X, %zu bytes",
                   rows[i].text, (unsigned)character, length);
    }
}

static void nothing_is_read_behind_the_text(void)
{
    uint32_t character;
    CHECK_UINT(entity_decode(&character, (const uint8_t *)"&amp;", 4), 0);
    CHECK_UINT(entity_decode(&character, (const uint8_t *)"&#65;", 2), 0);
    CHECK_UINT(entity_named("eacuteX", 6), 0xE9);
    CHECK_UINT(entity_added("eacute", 6), 0);
    CHECK_UINT(entity_added("rcaron", 6), 0x159);
}

TAP_MAIN("entities", TAP_CASE(references_become_characters), TAP_CASE(nothing_is_read_behind_the_text))
