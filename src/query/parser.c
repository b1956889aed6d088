#include "src/query/blanks.h"
#include "src/query/canonical.h"
#include "src/query/clause.h"
#include "src/query/items.h"
#include "src/query/lexer.h"
#include "src/query/parse.h"
#include "src/query/simplify.h"
#include "src/util/error.h"

/* Lexemes to a tree, by recursive descent: a list calls itself for a group,
 * and nothing else recurses, so that the depth of groups bounds the stack.
 *
 *     list  := item ( [ OR ] item )*
 *     item  := link ( AND link )*
 *     link  := NOT* operand           (signs, ! and field: are in the operand's lexeme)
 *
 * Repairs are made where the trouble is met: an operator that finds no operand
 * is dropped, a group that is not closed ends with the query. Of operators in a
 * row the first counts. */

enum { LONGEST = 1 << 30 };

struct parser {
    struct parse parse;
    struct lexer lexer;
    struct lexeme lexeme; /* the next one, unused */
    struct clause leaf;   /* what it is worth, when it is a WORD or PHRASE */
    uint32_t field;       /* of the group that we are in */
};

/* Goes to the next lexeme that means anything. Words without a letter or digit
 * vanish here, so that operators see past them. */
static void advance(struct parser *parser)
{
    for (;;) {
        lexer_next(&parser->lexer, &parser->lexeme);
        if (parser->lexeme.kind != LEXEME_WORD && parser->lexeme.kind != LEXEME_PHRASE)
            return;
        clause_make(&parser->leaf, &parser->parse, &parser->lexeme, parser->field);
        if (parser->leaf.node)
            return;
    }
}

static void drop_operator(struct parser *parser, const struct lexeme *operator, const char *pointer)
{
    parse_repair(&parser->parse, "dangling-operator", operator->start, operator->end, "an operator without an operand", pointer);
}

static struct query_node *parse_list(struct parser *parser, uint32_t depth);

/* ---------------------------------------------------------------------- links */

static struct query_node *parse_group(struct parser *parser, uint32_t depth)
{
    const struct lexeme open = parser->lexeme;
    struct parse *parse = &parser->parse;
    uint32_t outer_field = parser->field;
    if (depth >= parse->options->max_depth) {
        parse_over_limit(parse, "too-deep", open.start, open.end, "the query has too many parentheses within each other",
                         "over the limit here");
        advance(parser);
        return NULL;
    }
    if (open.field != FIELD_NONE)
        parser->field = (uint32_t)open.field;
    advance(parser);
    struct query_node *node = parse_list(parser, depth + 1);
    parser->field = outer_field;

    const struct lexeme close = parser->lexeme;
    if (close.kind != LEXEME_CLOSE)
        parse_repair(parse, "unclosed-parenthesis", open.start, parse->length, "unclosed parenthesis",
                     "no closing ) before the end");
    else if (!node)
        parse_repair(parse, "empty-parentheses", open.start, close.end, "there is nothing in these parentheses", "dropped");
    if (node && close.boost != 1)
        boolean_boost(node, parse, close.boost, close.start, close.end);
    if (close.kind == LEXEME_CLOSE)
        advance(parser);
    return node;
}

static struct query_node *parse_operand(struct parser *parser, uint32_t depth)
{
    if (parser->lexeme.kind == LEXEME_OPEN)
        return parse_group(parser, depth);
    struct query_node *node = parser->leaf.node;
    if (parser->lexeme.boost != 1)
        boolean_boost(node, &parser->parse, parser->lexeme.boost, parser->lexeme.start, parser->lexeme.end);
    advance(parser);
    return node;
}

/* The node stays NULL when nothing comes of it. */
static void parse_link(struct link *link, struct parser *parser, uint32_t depth)
{
    const struct lexeme first = parser->lexeme;
    unsigned negations = 0;
    *link = (struct link){0};
    for (; parser->lexeme.kind == LEXEME_NOT; negations++)
        advance(parser);
    if (!lexeme_is_operand(&parser->lexeme)) {
        drop_operator(parser, &first, "nothing after this");
        return;
    }
    link->sign = parser->lexeme.sign;
    link->is_stopword = negations == 0 && parser->lexeme.kind == LEXEME_WORD && parser->leaf.is_stopword;
    if (negations && link->sign == '-') {
        link->sign = 0;
        negations++;
    }
    link->is_negated = ((negations + parser->lexeme.negations) & 1) != 0;
    link->node = parse_operand(parser, depth);
}

/* --------------------------------------------------------------------- chains */

/* At an AND. -> 1: a link follows it, 0: it was dropped */
static int take_and(struct parser *parser)
{
    const struct lexeme operator = parser->lexeme;
    advance(parser);
    while (parser->lexeme.kind == LEXEME_AND || parser->lexeme.kind == LEXEME_OR) {
        drop_operator(parser, &parser->lexeme, "another operator stands before this");
        advance(parser);
    }
    if (parser->lexeme.kind == LEXEME_NOT || lexeme_is_operand(&parser->lexeme))
        return 1;
    drop_operator(parser, &operator, "nothing after this");
    return 0;
}

static void parse_chain(struct link_list *chain, struct parser *parser, uint32_t depth)
{
    do {
        struct link link;
        parse_link(&link, parser, depth);
        if (link.node)
            link_list_add(chain, &parser->parse, &link);
    } while (parser->lexeme.kind == LEXEME_AND && take_and(parser));
}

/* ---------------------------------------------------------------------- lists */

struct list_state {
    struct item_list items;
    unsigned group;            /* of the last item */
    struct lexeme or_operator; /* an OR that waits for its right side, if: */
    int is_joined;
};

static void add_item(struct list_state *list, struct parser *parser, uint32_t depth)
{
    struct link_list chain = {0};
    size_t start = parser->lexeme.start;
    parse_chain(&chain, parser, depth);
    unsigned group = list->group + !list->is_joined;
    if (item_list_add(&list->items, &parser->parse, &chain, group, start, parser->lexeme.start)) {
        list->group = group;
        list->is_joined = 0;
    }
}

static void take_or(struct list_state *list, struct parser *parser)
{
    if (list->items.count == 0) {
        drop_operator(parser, &parser->lexeme, "nothing before this");
    } else if (list->is_joined) {
        drop_operator(parser, &parser->lexeme, "another operator stands before this");
    } else {
        list->is_joined = 1;
        list->or_operator = parser->lexeme;
    }
    advance(parser);
}

/* A closing parenthesis ends a group; without one open it is dropped. */
static int ends_list(struct parser *parser, uint32_t depth)
{
    while (parser->lexeme.kind == LEXEME_CLOSE && depth == 0) {
        parse_repair(&parser->parse, "unopened-parenthesis", parser->lexeme.start, parser->lexeme.end,
                     "closing parenthesis without an opening one", "no ( before this");
        advance(parser);
    }
    return parser->lexeme.kind == LEXEME_END || parser->lexeme.kind == LEXEME_CLOSE;
}

static struct query_node *parse_list(struct parser *parser, uint32_t depth)
{
    struct list_state list = {0};
    size_t start = parser->lexeme.start;
    while (!ends_list(parser, depth)) {
        if (parser->lexeme.kind == LEXEME_OR) {
            take_or(&list, parser);
        } else if (parser->lexeme.kind == LEXEME_AND) {
            drop_operator(parser, &parser->lexeme, "nothing before this");
            advance(parser);
        } else {
            add_item(&list, parser, depth);
        }
    }
    if (list.is_joined)
        drop_operator(parser, &list.or_operator, "nothing after this");
    return item_list_node(&list.items, &parser->parse, start, parser->lexeme.start);
}

/* ---------------------------------------------------------------------- query */

static int is_blank(const struct parse *parse)
{
    size_t at = 0;
    for (size_t blank; at < parse->length && (blank = blank_length(parse->text + at, parse->length - at));)
        at += blank;
    return at == parse->length;
}

static void note_that_nothing_is_there(struct parse *parse)
{
    if (is_blank(parse))
        parse_note(parse, "empty-query", 0, parse->length, "the query is empty", "");
    else
        parse_note(parse, "no-words", 0, parse->length, "there is no word in this query", "");
}

static const struct query_node *parse_text(struct parser *parser)
{
    struct parse *parse = &parser->parse;
    if (parse->length > LONGEST) {
        parse_over_limit(parse, "too-long", 0, 0, "the query is longer than a gibibyte", "");
        return NULL;
    }
    advance(parser);
    const struct query_node *node = parse_list(parser, 0);
    if (node && canonical_depth(node) > parse->options->max_depth)
        parse_over_limit(parse, "too-deep", 0, parse->length, "the query needs too many parentheses within each other", "");
    if (!node)
        note_that_nothing_is_there(parse);
    return node;
}

static int first_failure(const struct query *query, struct trawl_error *error)
{
    for (size_t i = 0; i < query->diagnostic_count; i++)
        if (query->diagnostics[i].level == TRAWL_FAILURE)
            return error_set(error, TRAWL_ERROR_QUERY, "%s", query->diagnostics[i].message);
    return error_set(error, TRAWL_ERROR_QUERY, "the query is broken");
}

int query_parse(struct query *query, const uint8_t *text, size_t length, struct analysis *analysis,
                const struct query_options *options, struct arena *arena, struct trawl_error *error)
{
    static const struct query_node nothing = {.kind = QUERY_NOTHING, .boost = 1};
    struct parser parser = {.parse = {.text = text,
                                      .length = length,
                                      .options = options,
                                      .analysis = analysis,
                                      .query = query,
                                      .arena = arena,
                                      .error = error}};
    struct parse *parse = &parser.parse;
    *query = (struct query){.root = &nothing, .arena = arena};
    parser.lexer.parse = parse;
    buffer_init(&parse->plain);
    buffer_init(&parse->written);
    const struct query_node *node = parse_text(&parser);
    buffer_release(&parse->plain);
    buffer_release(&parse->written);
    if (parse->status)
        return parse->status;
    if (parse->is_broken && options->strict)
        return first_failure(query, error);
    if (node)
        query->root = node;
    return 0;
}
