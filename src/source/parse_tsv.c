#include <string.h>

#include "src/source/parsers.h"

/* id TAB text, or id TAB title TAB text; further tabs belong to the text. There
 * is no quoting: what stands between tabs is taken as it is. */
int parse_tsv(struct parser *parser)
{
    const uint8_t *line = parser->record->bytes;
    size_t length = parser->record->length;
    if (length && line[length - 1] == '\r')
        length--;
    const uint8_t *end = line + length;
    const uint8_t *tab = length ? memchr(line, '\t', length) : NULL;
    if (!tab)
        return parser_fault(parser, "no tab between id and text");
    parser_set_id(parser, line, (size_t)(tab - line));
    const uint8_t *text = tab + 1;
    tab = memchr(text, '\t', (size_t)(end - text));
    if (tab) {
        const int status = tab == text ? 0 : parser_add_text(parser, "title", text, (size_t)(tab - text));
        if (status)
            return status;
        text = tab + 1;
    }
    return parser_add_text(parser, "body", text, (size_t)(end - text));
}
