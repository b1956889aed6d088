#include "src/query/blanks.h"

#include "src/text/utf8.h"

/* White_Space of Unicode, and the byte order mark that files start with. */
static int is_blank(uint32_t character)
{
    switch (character) {
    case 0x85:
    case 0xA0:
    case 0x1680:
    case 0x2028:
    case 0x2029:
    case 0x202F:
    case 0x205F:
    case 0x3000:
    case 0xFEFF:
        return 1;
    default:
        return character >= 0x2000 && character <= 0x200A;
    }
}

size_t blank_length(const uint8_t *text, size_t length)
{
    if (text[0] < 0x80)
        return text[0] <= ' ' || text[0] == 0x7F;
    if (text[0] < 0xC2 || (text[0] > 0xC2 && text[0] < 0xE1) || (text[0] > 0xE3 && text[0] != 0xEF))
        return 0;
    uint32_t character;
    size_t bytes = utf8_decode(&character, text, length);
    return is_blank(character) ? bytes : 0;
}
