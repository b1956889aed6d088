#include <string.h>

#include "src/source/elements.h"
#include "src/source/entities.h"
#include "src/source/flow.h"
#include "src/source/parsers.h"
#include "src/text/utf8.h"

/* The inside of <DOC>...</DOC>. Collections agree on <DOCNO> alone; so every
 * other tag just parts lines of text, but those that hold a title, which is
 * taken out of the text, and those that hold nothing to read. This is SGML of
 * many dialects, not HTML: tags are cut at their brackets and not nested. */

enum part { PART_BODY, PART_TITLE, PART_DOCNO, PART_DROPPED };

struct tag {
    const char *name;
    size_t name_length;
    int is_end;
    const uint8_t *behind; /* where the text goes on */
};

struct open_part {
    enum part part;
    const char *name; /* of the element that it is; none for the body */
    size_t name_length;
    const uint8_t *start;
};

struct trec {
    struct parser *parser;
    struct flow body, title;
    const uint8_t *at, *end;
    const uint8_t *last_close; /* behind the last '>': no tag begins from there on */
    struct open_part open, outer; /* the present part, and the one that a dropped element lies in */
};

/* -------------------------------------------------------------------- tags */

static int is_letter(uint8_t byte)
{
    const int lowered = byte | 0x20;
    return lowered >= 'a' && lowered <= 'z';
}

static int is_name_byte(uint8_t byte)
{
    return is_letter(byte) || (byte >= '0' && byte <= '9') || byte == '-' || byte == '_';
}

/* -> where the text goes on behind a tag, declaration or comment. A comment without
 * an end takes all that is left, as in HTML. */
static const uint8_t *behind_tag(const uint8_t *at, const uint8_t *end)
{
    const int is_comment = end - at >= 4 && memcmp(at, "<!--", 4) == 0;
    for (at += is_comment ? 4 : 2; at < end && (at = memchr(at, '>', (size_t)(end - at))); at++)
        if (!is_comment || (at[-1] == '-' && at[-2] == '-'))
            return at + 1;
    return end;
}

static int same_name(const char *name, size_t length, const char *other, size_t other_length)
{
    if (length != other_length)
        return 0;
    for (size_t i = 0; i < length; i++)
        if ((name[i] | 0x20) != (other[i] | 0x20))
            return 0;
    return 1;
}

static int is_one_of(const struct tag *tag, const char *const *names)
{
    for (; *names; names++)
        if (same_name(tag->name, tag->name_length, *names, strlen(*names)))
            return 1;
    return 0;
}

static int ends_element(const struct tag *tag, const struct trec *trec)
{
    return tag->is_end && same_name(tag->name, tag->name_length, trec->open.name, trec->open.name_length);
}

/* Reads the tag at a '<'; a declaration has no name. In what is dropped, such
 * as a script, all brackets are text but those of its own end. Each '>' is
 * looked for once, or the time would be the square of the text's length.
 * -> 0: the bracket is text */
static int read_tag(struct tag *tag, const struct trec *trec, const uint8_t *at)
{
    *tag = (struct tag){.name = ""};
    if (at >= trec->last_close || trec->last_close - at < 3)
        return 0;
    const int is_declaration = at[1] == '!' || at[1] == '?';
    tag->is_end = at[1] == '/';
    const uint8_t *name = at + 1 + tag->is_end, *name_end = name;
    if (!is_declaration && !is_letter(*name))
        return 0;
    while (!is_declaration && is_name_byte(*name_end))
        name_end++;
    tag->name = (const char *)name;
    tag->name_length = (size_t)(name_end - name);
    if (trec->open.part == PART_DROPPED && !ends_element(tag, trec))
        return 0;
    tag->behind = behind_tag(at, trec->end);
    return 1;
}

/* ------------------------------------------------------------------- parts */

static void begin_part(struct trec *trec, enum part part, const struct tag *tag)
{
    trec->outer = trec->open;
    trec->open = (struct open_part){
        .part = part,
        .name = tag->name,
        .name_length = tag->name_length,
        .start = tag->behind,
    };
}

/* The id is what <DOCNO> holds, without white space around it. */
static int end_docno(struct trec *trec)
{
    const uint8_t *start = trec->open.start, *end = trec->at;
    while (start < end && *start <= ' ')
        start++;
    while (end > start && end[-1] <= ' ')
        end--;
    if (trec->parser->id)
        return parser_fault(trec->parser, "<DOCNO> comes twice");
    parser_set_id(trec->parser, start, (size_t)(end - start));
    return 0;
}

static int is_named(const struct tag *tag, const char *name)
{
    return same_name(tag->name, tag->name_length, name, strlen(name));
}

/* <HEAD> holds the title in some collections, and <TITLE> in others. */
static int begins_title(const struct trec *trec, const struct tag *tag)
{
    static const char *const titles[] = {"title", "headline", "hl", "head", "ti", NULL};
    if (trec->open.part == PART_BODY)
        return trec->title.out->length == 0 && is_one_of(tag, titles);
    return trec->open.part == PART_TITLE && is_named(tag, "title");
}

static void open_element(struct trec *trec, const struct tag *tag)
{
    static const char *const dropped[] = {"dochdr", "script", "style", "template", NULL};
    if (is_one_of(tag, dropped)) {
        begin_part(trec, PART_DROPPED, tag);
    } else if (begins_title(trec, tag)) {
        buffer_reset(trec->title.out);
        begin_part(trec, PART_TITLE, tag);
    } else if (trec->open.part == PART_BODY && is_named(tag, "docno")) {
        begin_part(trec, PART_DOCNO, tag);
    }
}

static int ends_part(const struct trec *trec, const struct tag *tag)
{
    static const char *const texts[] = {"text", "body", NULL}; /* a title that nobody closed */
    if (trec->open.part == PART_TITLE && !tag->is_end && is_one_of(tag, texts))
        return 1;
    return ends_element(tag, trec);
}

static struct flow *flow_of(struct trec *trec)
{
    return trec->open.part == PART_TITLE ? &trec->title : &trec->body;
}

/* The tag at trec->at. */
static int take_tag(struct trec *trec, const struct tag *tag)
{
    int status = 0;
    if (element_kind(tag->name, tag->name_length) != ELEMENT_INLINE)
        flow_gap(flow_of(trec), GAP_BREAK);
    if (trec->open.part != PART_BODY && ends_part(trec, tag)) {
        status = trec->open.part == PART_DOCNO ? end_docno(trec) : 0;
        trec->open = trec->open.part == PART_DROPPED ? trec->outer : (struct open_part){.part = PART_BODY};
    } else if (!tag->is_end) {
        open_element(trec, tag);
    }
    trec->at = tag->behind;
    return status;
}

/* -------------------------------------------------------------------- text */

static void add_text(struct flow *flow, const uint8_t *at, const uint8_t *end)
{
    while (at < end) {
        const uint8_t *reference = memchr(at, '&', (size_t)(end - at));
        flow_text(flow, at, (size_t)((reference ? reference : end) - at));
        if (!reference)
            return;
        uint32_t character;
        const size_t length = entity_decode(&character, reference, (size_t)(end - reference));
        uint8_t encoded[4] = "&";
        flow_text(flow, encoded, length ? utf8_encode(encoded, character) : 1);
        at = reference + (length ? length : 1);
    }
}

static int read_content(struct trec *trec)
{
    int status = 0;
    while (status == 0 && trec->at < trec->end) {
        struct tag tag;
        const uint8_t *bracket = memchr(trec->at, '<', (size_t)(trec->end - trec->at));
        const uint8_t *text_end = bracket ? bracket : trec->end;
        const int is_tag = bracket && read_tag(&tag, trec, bracket);
        if (bracket && !is_tag)
            text_end = bracket + 1;
        if (trec->open.part == PART_BODY || trec->open.part == PART_TITLE)
            add_text(flow_of(trec), trec->at, text_end);
        trec->at = text_end;
        if (is_tag)
            status = take_tag(trec, &tag);
    }
    return status;
}

int parse_trec(struct parser *parser)
{
    const uint8_t *text = parser->record->bytes;
    size_t length = parser->record->length;
    int status = parser_repair(parser, &text, &length);
    if (status)
        return status;
    struct trec trec = {.parser = parser, .at = text, .end = text + length, .last_close = text + length};
    while (trec.last_close > text && trec.last_close[-1] != '>')
        trec.last_close--;
    flow_init(&trec.body, &parser->body);
    flow_init(&trec.title, &parser->title);
    status = read_content(&trec);
    if (status == 0 && trec.open.part == PART_DOCNO)
        status = parser_fault(parser, "<DOCNO> without </DOCNO>");
    if (status)
        return status;
    if (parser->body.status || parser->title.status)
        return parser_no_memory(parser);
    if (parser->title.length)
        status = parser_add_valid(parser, "title", parser->title.bytes, parser->title.length, 0);
    if (status || parser->body.length == 0)
        return status;
    return parser_add_valid(parser, "body", parser->body.bytes, parser->body.length, 0);
}
