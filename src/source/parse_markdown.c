#include <limits.h>
#include <md4c.h>
#include <string.h>

#include "src/source/elements.h"
#include "src/source/entities.h"
#include "src/source/flow.h"
#include "src/source/front_matter.h"
#include "src/source/html_read.h"
#include "src/source/parsers.h"
#include "src/text/utf8.h"

/* CommonMark with tables, by md4c's events. Code and the texts of links and
 * images are text; targets of links are not. Of HTML in between the tags go.
 * Front matter is text too, since people look for their tags and dates, and
 * its title is the document's; else the first heading is, else the first line. */

struct markdown {
    struct parser *parser;
    struct flow body;
    int in_html, in_heading;
    size_t heading_start, heading_end;
    int status; /* why the parse was broken off */
    const char *fault;
};

/* ------------------------------------------------------------------ blocks */

/* A block of HTML came line by line into the scratch buffer. */
static int end_html(struct markdown *markdown)
{
    struct buffer *html = &markdown->parser->scratch;
    struct html_text text = {.body = &markdown->body};
    markdown->in_html = 0;
    if (html->status)
        return html->status;
    return html->length ? html_read(&text, html->bytes, html->length, &markdown->fault) : 0;
}

static void begin_heading(struct markdown *markdown)
{
    markdown->in_heading = markdown->heading_end == 0;
    if (markdown->in_heading)
        markdown->heading_start = markdown->body.out->length;
}

static void end_heading(struct markdown *markdown)
{
    if (markdown->in_heading && markdown->body.out->length > markdown->heading_start)
        markdown->heading_end = markdown->body.out->length;
    markdown->in_heading = 0;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    struct markdown *markdown = context;
    (void)detail;
    flow_gap(&markdown->body, GAP_BREAK);
    if (type == MD_BLOCK_CODE)
        markdown->body.is_verbatim = 1;
    if (type == MD_BLOCK_H)
        begin_heading(markdown);
    if (type == MD_BLOCK_HTML) {
        markdown->in_html = 1;
        buffer_reset(&markdown->parser->scratch);
    }
    return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    struct markdown *markdown = context;
    (void)detail;
    if (type == MD_BLOCK_CODE)
        markdown->body.is_verbatim = 0;
    if (type == MD_BLOCK_H)
        end_heading(markdown);
    if (type == MD_BLOCK_HTML)
        markdown->status = end_html(markdown);
    flow_gap(&markdown->body, GAP_BREAK);
    return markdown->status;
}

static int on_span(MD_SPANTYPE type, void *detail, void *context)
{
    struct markdown *markdown = context;
    (void)detail;
    if (type == MD_SPAN_IMG)
        flow_gap(&markdown->body, GAP_BLANK);
    return 0;
}

/* -------------------------------------------------------------------- text */

/* A tag within a line parts words or does not, as its element does. */
static void add_tag(struct flow *flow, const char *tag, size_t length)
{
    size_t start = 1, end;
    if (start < length && tag[start] == '/')
        start++;
    for (end = start; end < length; end++)
        if (tag[end] == '>' || tag[end] == '/' || tag[end] == ' ' || (tag[end] >= '\t' && tag[end] <= '\r'))
            break;
    const enum element_kind kind = start < length ? element_kind(tag + start, end - start) : ELEMENT_UNKNOWN;
    if (kind != ELEMENT_INLINE)
        flow_gap(flow, kind == ELEMENT_UNKNOWN ? GAP_BLANK : GAP_BREAK);
}

static void add_reference(struct flow *flow, const char *text, size_t length)
{
    uint32_t character;
    uint8_t encoded[4];
    if (entity_decode(&character, (const uint8_t *)text, length) == length)
        flow_text(flow, encoded, utf8_encode(encoded, character));
    else
        flow_text(flow, text, length);
}

static int on_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE length, void *context)
{
    struct markdown *markdown = context;
    struct flow *flow = &markdown->body;
    if (markdown->in_html) {
        buffer_append(&markdown->parser->scratch, text, length);
        return 0;
    }
    switch (type) {
    case MD_TEXT_HTML: add_tag(flow, text, length); break;
    case MD_TEXT_ENTITY: add_reference(flow, text, length); break;
    case MD_TEXT_NULLCHAR: flow_text(flow, "\xEF\xBF\xBD", 3); break;
    case MD_TEXT_BR: flow_gap(flow, GAP_BREAK); break;
    case MD_TEXT_SOFTBR: flow_gap(flow, GAP_BLANK); break;
    default: flow_text(flow, text, length); break;
    }
    return 0;
}

/* ------------------------------------------------------------------- whole */

static int read_markdown(struct markdown *markdown, const uint8_t *text, size_t length)
{
    const MD_PARSER events = {
        .flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS,
        .enter_block = enter_block,
        .leave_block = leave_block,
        .enter_span = on_span,
        .leave_span = on_span,
        .text = on_text,
    };
    struct parser *parser = markdown->parser;
    if (length > UINT_MAX / 2)
        return parser_fault(parser, "too large for Markdown");
    const int failed = md_parse((const MD_CHAR *)text, (MD_SIZE)length, &events, markdown);
    if (markdown->status == TRAWL_ERROR_DOCUMENT)
        return parser_fault(parser, "%s", markdown->fault);
    return failed || parser->body.status ? parser_no_memory(parser) : 0;
}

static int add_title(struct parser *parser, const struct markdown *markdown, const struct front_matter *front)
{
    const uint8_t *body = parser->body.bytes;
    if (front->title_length)
        return parser_add_valid(parser, "title", front->title, front->title_length, 1);
    if (markdown->heading_end)
        return parser_add_first_line(parser, body + markdown->heading_start,
                                    markdown->heading_end - markdown->heading_start);
    return parser_add_first_line(parser, body, parser->body.length);
}

int parse_markdown(struct parser *parser)
{
    const uint8_t *text = parser->record->bytes;
    size_t length = parser->record->length;
    struct markdown markdown = {.parser = parser, .fault = ""};
    struct front_matter front;
    int status = parser_repair(parser, &text, &length);
    if (status)
        return status;
    flow_init(&markdown.body, &parser->body);
    front_matter_read(&front, text, length);
    markdown.body.is_verbatim = 1;
    flow_text(&markdown.body, front.text, front.length);
    markdown.body.is_verbatim = 0;
    status = read_markdown(&markdown, text + front.end, length - front.end);
    if (status == 0)
        status = add_title(parser, &markdown, &front);
    if (status || parser->body.length == 0)
        return status;
    return parser_add_valid(parser, "body", parser->body.bytes, parser->body.length, 0);
}
