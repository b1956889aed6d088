#include "src/source/parsers.h"

/* Plain text is its own body; its title is the first line that is not blank. */
int parse_text(struct parser *parser)
{
    const uint8_t *text = parser->record->bytes;
    size_t length = parser->record->length;
    int status = parser_repair(parser, &text, &length);
    if (status == 0)
        status = parser_add_first_line(parser, text, length);
    return status ? status : parser_add_valid(parser, "body", text, length, 0);
}
