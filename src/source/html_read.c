#include "src/source/html_read.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#include "include/trawl.h"
#include "src/source/elements.h"
#include "src/source/entities.h"
#include "src/text/utf8.h"

/* libxml2 2.9 takes time in the square of two things: of open elements, since
 * each end tag is looked for among them, and of a tag's attributes, since each
 * is compared with all. Pages are fed in small pieces so that we can look in
 * between, and
 *
 *   - go on with a fresh parser where a page is nested too deep, as if its
 *     elements were closed there: browsers flatten such pages likewise;
 *   - refuse a page with a tag of thousands of attributes.
 *
 * It knows the entities of HTML 4 alone, and those only with their semicolon;
 * for others it says "&" and then the name. So we look up what comes right
 * behind an ampersand. */

enum {
    PIECE = 4096,
    DEPTH_LIMIT = 512,         /* open elements, as in browsers; looked at after each piece */
    DROPPED_DEPTH_LIMIT = 8192, /* the same inside of a script or template */
    TAG_LIMIT = 65536,         /* bytes of a tag whose attributes are not counted */
    ATTRIBUTE_LIMIT = 4096
};

struct html_reader {
    struct html_text *out;
    struct flow title;
    unsigned dropped, verbatim, drawings; /* open elements of each kind */
    int in_title, in_heading;
    size_t ampersand; /* length of the text right behind a lone "&"; 0: none */
    size_t reference; /* right behind a character that took its place: a ';' is due */
    size_t counted;   /* bytes of an unfinished tag when its attributes were last counted */
    int no_memory;
    htmlParserCtxtPtr parser;
};

/* ------------------------------------------------------------------- text */

static struct flow *flow_of(struct html_reader *reader)
{
    return reader->in_title ? &reader->title : reader->out->body;
}

static void add_character(struct flow *flow, uint32_t character)
{
    uint8_t encoded[4];
    flow_text(flow, encoded, utf8_encode(encoded, character));
}

/* The character of a name that libxml2 did not take: it knows it not, or it
 * missed the semicolon, which old pages leave out behind Latin-1. */
static uint32_t missed_character(const char *name, size_t length)
{
    const uint32_t character = length > 1 ? entity_named(name, length) : 0;
    return character < 0x100 ? character : entity_added(name, length);
}

/* -> 1: what follows the ampersand is a name */
static int add_reference(struct html_reader *reader, struct flow *flow, const char *name, size_t length)
{
    const uint32_t character = missed_character(name, length);
    if (!character)
        return 0;
    flow->out->length--; /* the ampersand */
    add_character(flow, character);
    reader->reference = flow->out->length;
    return 1;
}

/* &#150; means a dash, by the custom of old pages; libxml2 gives U+0096. */
static int is_control_reference(const char *text, size_t length)
{
    return length == 2 && (uint8_t)text[0] == 0xC2 && (uint8_t)text[1] >= 0x80 && (uint8_t)text[1] < 0xA0;
}

static void on_text(void *context, const xmlChar *bytes, int signed_length)
{
    struct html_reader *reader = context;
    struct flow *flow = flow_of(reader);
    const char *text = (const char *)bytes;
    size_t length = signed_length > 0 ? (size_t)signed_length : 0;
    const size_t here = flow->out->length, ampersand = reader->ampersand, reference = reader->reference;
    reader->ampersand = reader->reference = 0;
    if (reader->dropped || length == 0 || (ampersand && ampersand == here && add_reference(reader, flow, text, length)))
        return;
    if (reference && reference == here && *text == ';') {
        text++;
        length--;
    }
    if (is_control_reference(text, length)) {
        add_character(flow, entity_numbered((uint8_t)text[1]));
        return;
    }
    flow_text(flow, text, length);
    if (length == 1 && *text == '&')
        reader->ampersand = flow->out->length;
}

static void on_script(void *context, const xmlChar *bytes, int length)
{
    (void)context;
    (void)bytes;
    (void)length;
}

/* --------------------------------------------------------------- elements */

static void add_alternative(struct flow *flow, const xmlChar **attributes)
{
    for (; attributes && attributes[0]; attributes += 2) {
        if (strcmp((const char *)attributes[0], "alt") != 0 || !attributes[1])
            continue;
        flow_gap(flow, GAP_BLANK);
        flow_text(flow, attributes[1], strlen((const char *)attributes[1]));
        flow_gap(flow, GAP_BLANK);
    }
}

static void begin_title(struct html_reader *reader)
{
    if (reader->out->title && reader->out->title->length == 0 && !reader->drawings)
        reader->in_title = 1;
}

static void begin_heading(struct html_reader *reader)
{
    if (reader->out->heading_end == 0 && !reader->in_heading) {
        reader->in_heading = 1;
        reader->out->heading_start = reader->out->body->out->length;
    }
}

/* A heading without text is none. */
static void end_heading(struct html_reader *reader)
{
    struct html_text *out = reader->out;
    if (reader->in_heading && out->body->out->length > out->heading_start)
        out->heading_end = out->body->out->length;
    reader->in_heading = 0;
}

static int is_drawing(const xmlChar *name)
{
    return strcmp((const char *)name, "svg") == 0;
}

static void on_start(void *context, const xmlChar *name, const xmlChar **attributes)
{
    struct html_reader *reader = context;
    const enum element_kind kind = element_kind((const char *)name, strlen((const char *)name));
    struct flow *flow = flow_of(reader);
    if (kind != ELEMENT_INLINE)
        flow_gap(flow, kind == ELEMENT_UNKNOWN ? GAP_BLANK : GAP_BREAK);
    reader->drawings += (unsigned)is_drawing(name);
    if (kind == ELEMENT_DROPPED)
        reader->dropped++;
    else if (kind == ELEMENT_VERBATIM)
        reader->out->body->is_verbatim = ++reader->verbatim;
    else if (kind == ELEMENT_TITLE)
        begin_title(reader);
    else if (kind == ELEMENT_HEADING)
        begin_heading(reader);
    else if (kind == ELEMENT_UNKNOWN && !reader->dropped)
        add_alternative(flow, attributes);
}

static void on_end(void *context, const xmlChar *name)
{
    struct html_reader *reader = context;
    const enum element_kind kind = element_kind((const char *)name, strlen((const char *)name));
    if (kind == ELEMENT_TITLE)
        reader->in_title = 0;
    if (kind != ELEMENT_INLINE)
        flow_gap(flow_of(reader), kind == ELEMENT_UNKNOWN ? GAP_BLANK : GAP_BREAK);
    reader->drawings -= (unsigned)(is_drawing(name) && reader->drawings);
    if (kind == ELEMENT_DROPPED && reader->dropped)
        reader->dropped--;
    else if (kind == ELEMENT_VERBATIM && reader->verbatim)
        reader->out->body->is_verbatim = --reader->verbatim;
    else if (kind == ELEMENT_HEADING)
        end_heading(reader);
}

/* libxml2 goes on after most errors, and what it last said need not be the worst. */
static void on_error(void *context, xmlErrorPtr fault)
{
    struct html_reader *reader = context;
    reader->no_memory |= fault->code == XML_ERR_NO_MEMORY;
}

static const htmlSAXHandler handler = {
    .initialized = XML_SAX2_MAGIC, /* or it would not look at serror */
    .serror = on_error,
    .startElement = on_start,
    .endElement = on_end,
    .characters = on_text,
    .ignorableWhitespace = on_text,
    .cdataBlock = on_script,
};

/* ------------------------------------------------------------ the parsers */

/* An element around all others: when the last one is closed, be it by an end
 * tag too many, libxml2 takes the rest of the page for rubbish. */
#define ROOT "<trawl-root>"

static void close_parser(struct html_reader *reader)
{
    if (reader->parser->myDoc)
        xmlFreeDoc(reader->parser->myDoc);
    htmlFreeParserCtxt(reader->parser);
    reader->parser = NULL;
}

static int feed(struct html_reader *reader, const char *piece, size_t length, int is_last)
{
    htmlParseChunk(reader->parser, piece, (int)length, is_last);
    return reader->no_memory || reader->parser->disableSAX ? TRAWL_ERROR_MEMORY : 0;
}

static int open_parser(struct html_reader *reader)
{
    htmlSAXHandler copy = handler; /* libxml2 copies it, but wants it writable */
    reader->parser = htmlCreatePushParserCtxt(&copy, reader, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
    if (!reader->parser)
        return TRAWL_ERROR_MEMORY;
    htmlCtxtUseOptions(reader->parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET
                                           | HTML_PARSE_IGNORE_ENC | HTML_PARSE_NOIMPLIED);
    return feed(reader, ROOT, sizeof ROOT - 1, 0);
}

static int feed_without_nul(struct html_reader *reader, const uint8_t *piece, size_t length)
{
    char clean[PIECE];
    for (size_t i = 0; i < length; i++)
        clean[i] = piece[i] ? (char)piece[i] : ' ';
    return feed(reader, clean, length, 0);
}

/* --------------------------------------------------------------- the pace */

static int is_blank(xmlChar byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static int is_letter(xmlChar byte)
{
    const int lowered = byte | 0x20;
    return lowered >= 'a' && lowered <= 'z';
}

/* The words outside of quotes in the front of a tag. */
static size_t count_attributes(const xmlChar *at, const xmlChar *end)
{
    size_t count = 0;
    xmlChar quote = 0;
    for (; at + 1 < end; at++) {
        if (quote)
            quote = *at == quote ? 0 : quote;
        else if (*at == '"' || *at == '\'')
            quote = *at;
        else if (is_blank(at[0]) && !is_blank(at[1]))
            count++;
    }
    return count;
}

/* What libxml2 holds back has no end so far; a comment may be long. */
static int has_monstrous_tag(struct html_reader *reader)
{
    const struct _xmlParserInput *input = reader->parser->input;
    const size_t held = input && input->cur < input->end ? (size_t)(input->end - input->cur) : 0;
    if (held < TAG_LIMIT) {
        reader->counted = 0;
        return 0;
    }
    if (held < reader->counted * 2 || input->cur[0] != '<' || !is_letter(input->cur[1]))
        return 0;
    reader->counted = held;
    return count_attributes(input->cur, input->end) > ATTRIBUTE_LIMIT;
}

/* Nested too deep; or a page closed our own element, so that no more of it would be read. */
static int is_at_end(const struct html_reader *reader)
{
    const int depth = reader->parser->nameNr;
    return depth == 0 || depth > (reader->dropped ? DROPPED_DEPTH_LIMIT : DEPTH_LIMIT);
}

/* The line end is for a bracket at the end of the text: alone it is lost. */
static int feed_end(struct html_reader *reader)
{
    const int status = feed(reader, "\n", 1, 0);
    return status ? status : feed(reader, NULL, 0, 1);
}

static int start_afresh(struct html_reader *reader)
{
    const int status = feed_end(reader);
    close_parser(reader);
    return status ? status : open_parser(reader);
}

/* Pieces end before a tag, if there is one, so that a fresh parser begins with
 * one; else between characters. */
static size_t piece_length(const uint8_t *text, size_t length)
{
    if (length <= PIECE)
        return length;
    size_t cut = PIECE;
    while (cut > 0 && text[cut] != '<')
        cut--;
    return cut ? cut : utf8_cut(text, length, PIECE);
}

static int read_piece(struct html_reader *reader, const uint8_t *piece, size_t length, const char **fault)
{
    const int status = memchr(piece, '\0', length) ? feed_without_nul(reader, piece, length)
                                                   : feed(reader, (const char *)piece, length, 0);
    if (status)
        return status;
    if (has_monstrous_tag(reader)) {
        *fault = "HTML with a tag of more than 4,096 attributes";
        return TRAWL_ERROR_DOCUMENT;
    }
    return is_at_end(reader) ? start_afresh(reader) : 0;
}

void html_read_prepare(void)
{
    xmlInitParser();
}

int html_read(struct html_text *out, const uint8_t *text, size_t length, const char **fault)
{
    struct html_reader reader = {.out = out};
    struct buffer nowhere = {0};
    flow_init(&reader.title, out->title ? out->title : &nowhere);
    int status = open_parser(&reader);
    while (status == 0 && length > 0) {
        const size_t piece = piece_length(text, length);
        status = read_piece(&reader, text, piece, fault);
        text += piece;
        length -= piece;
    }
    if (status == 0)
        status = feed_end(&reader);
    if (reader.parser)
        close_parser(&reader);
    out->body->is_verbatim = 0;
    flow_gap(out->body, GAP_BREAK);
    if (status == 0 && (out->body->out->status || (out->title && out->title->status)))
        status = TRAWL_ERROR_MEMORY;
    return status;
}
