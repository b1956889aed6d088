#include <string.h>

#include "src/source/charset.h"
#include "src/source/html_read.h"
#include "src/source/parsers.h"
#include "src/text/utf8.h"

/* What is valid UTF-8 is taken for it, whatever the page says of itself; but
 * the one common set that hides in ASCII must be believed. */
static int is_utf8(const uint8_t *page, size_t length, const char *declared)
{
    return strcmp(declared, "iso-2022-jp") != 0 && utf8_valid_length(page, length) == length;
}

static int make_utf8(struct parser *parser, const uint8_t **page, size_t *length)
{
    struct buffer *scratch = &parser->scratch;
    char declared[CHARSET_NAME_SIZE];
    charset_declared(declared, *page, *length);
    if (is_utf8(*page, *length, declared))
        return 0;
    if (!charset_to_utf8(scratch, declared, *page, *length, &parser->damaged))
        parser->damaged += utf8_repair(scratch, *page, *length);
    if (scratch->status)
        return parser_no_memory(parser);
    *page = scratch->bytes;
    *length = scratch->length;
    return 0;
}

/* The <title>, which is no part of the text; else the first heading or line, which is. */
static int add_title(struct parser *parser, const struct html_text *text)
{
    const uint8_t *body = parser->body.bytes;
    if (parser->title.length)
        return parser_add_valid(parser, "title", parser->title.bytes, parser->title.length, 0);
    if (text->heading_end)
        return parser_add_first_line(parser, body + text->heading_start, text->heading_end - text->heading_start);
    return parser_add_first_line(parser, body, parser->body.length);
}

int parse_html(struct parser *parser)
{
    const uint8_t *page = parser->record->bytes;
    size_t length = parser->record->length;
    int status = make_utf8(parser, &page, &length);
    if (status)
        return status;
    struct flow flow;
    struct html_text text = {.body = &flow, .title = &parser->title};
    const char *fault = "";
    flow_init(&flow, &parser->body);
    status = html_read(&text, page, length, &fault);
    if (status)
        return status == TRAWL_ERROR_DOCUMENT ? parser_fault(parser, "%s", fault) : parser_no_memory(parser);
    status = add_title(parser, &text);
    if (status || parser->body.length == 0)
        return status;
    return parser_add_valid(parser, "body", parser->body.bytes, parser->body.length, 0);
}
