#include "src/query/clause.h"

#include <string.h>

#include "src/query/simplify.h"
#include "src/query/unsupported.h"
#include "src/query/wildcard.h"
#include "src/query/written.h"
#include "src/text/stopwords.h"

/* The terms that the analysis makes of an operand's text (parse->plain). */
struct pieces {
    struct query_term *terms;
    struct surface *surfaces; /* in parse->plain */
    size_t count, term_capacity, surface_capacity;
};

struct query_node *clause_node(struct parse *parse, enum query_kind kind, size_t start, size_t end)
{
    struct query_node *node = parse_alloc(parse, sizeof *node);
    if (node)
        *node = (struct query_node){.kind = kind, .boost = 1, .start = (uint32_t)start, .length = (uint32_t)(end - start)};
    return node;
}

/* The word's term in *term, its length 0 when it has none or the parse ended. */
static void analyse(struct query_term *term, struct parse *parse, const struct surface *surface, enum word_form form)
{
    const uint8_t *bytes;
    size_t length;
    *term = (struct query_term){0};
    int status = analysis_word(&bytes, &length, parse->analysis, surface->bytes, surface->length, form);
    if (status)
        parse_no_memory(parse);
    else if (length && (term->bytes = parse_copy(parse, bytes, length)))
        term->length = (uint32_t)length;
}

static void add_piece(struct pieces *pieces, struct parse *parse, const struct surface *surface, const struct lexeme *lexeme)
{
    struct query_term term;
    analyse(&term, parse, surface, WORD_STEMMED);
    if (!term.length)
        return;
    if (++parse->clauses > parse->options->max_clauses) {
        parse_over_limit(parse, "too-many-clauses", lexeme->start, lexeme->end, "the query has too many words",
                         "over the limit here");
        return;
    }
    if (!parse_room(parse, &pieces->terms, &pieces->term_capacity, pieces->count, sizeof term) ||
        !parse_room(parse, &pieces->surfaces, &pieces->surface_capacity, pieces->count, sizeof *surface))
        return;
    term.offset = (uint32_t)pieces->count;
    pieces->terms[pieces->count] = term;
    pieces->surfaces[pieces->count] = *surface;
    pieces->count++;
}

static void cut_to_pieces(struct pieces *pieces, struct parse *parse, const struct lexeme *lexeme)
{
    struct tokenizer tokenizer;
    struct surface surface;
    *pieces = (struct pieces){0};
    if (!parse->plain.length)
        return;
    tokenizer_init(&tokenizer, parse->plain.bytes, parse->plain.length);
    while (!parse->status && tokenizer_next(&tokenizer, &surface))
        add_piece(pieces, parse, &surface, lexeme);
}

/* ---------------------------------------------------------- how it is written */

static void keep_written(struct query_node *node, struct parse *parse)
{
    if (parse->written.status) {
        parse_no_memory(parse);
        return;
    }
    node->written = parse_copy(parse, parse->written.bytes, parse->written.length);
    node->written_length = (uint32_t)parse->written.length;
}

static void write_word(struct query_node *node, struct parse *parse, const uint8_t *text, size_t length, int is_prefix)
{
    buffer_reset(&parse->written);
    written_word(&parse->written, text, length, parse->options, node->field != 0);
    if (is_prefix)
        buffer_append_u8(&parse->written, '*');
    keep_written(node, parse);
}

static void write_operand(struct query_node *node, struct parse *parse, const struct lexeme *lexeme, int is_prefix)
{
    const struct buffer *plain = &parse->plain;
    if (lexeme->kind == LEXEME_WORD) {
        write_word(node, parse, plain->bytes, plain->length, is_prefix);
        return;
    }
    buffer_reset(&parse->written);
    written_phrase(&parse->written, plain->bytes, plain->length, is_prefix);
    keep_written(node, parse);
}

/* --------------------------------------------------------------------- leaves */

static struct query_node *leaf_of(struct parse *parse, const struct lexeme *lexeme, uint32_t field,
                                  const struct query_term *terms, size_t count)
{
    struct query_node *node = clause_node(parse, count > 1 ? QUERY_PHRASE : QUERY_TERM, lexeme->start, lexeme->end);
    if (!node)
        return NULL;
    node->field = field;
    node->terms = terms;
    node->term_count = (uint32_t)count;
    node->slop = count > 1 ? lexeme->slop : 0;
    return node;
}

/* The prefix that a word is: *prefix has its stem, and becomes what terms are held against. */
static void fold_prefix(struct query_term *prefix, struct parse *parse, const struct surface *surface)
{
    struct query_term folded;
    analyse(&folded, parse, surface, WORD_FOLDED);
    folded.offset = prefix->offset;
    if (folded.length)
        *prefix = folded;
}

static void make_prefix(struct query_node *node, struct parse *parse, const struct surface *surface)
{
    struct query_term *terms = parse_alloc(parse, 2 * sizeof *terms);
    if (!terms)
        return;
    terms[0] = terms[1] = node->terms[0];
    fold_prefix(&terms[0], parse, surface);
    node->kind = QUERY_PREFIX;
    node->terms = terms;
    node->term_count = 2;
}

/* Makes the last word of a phrase one. */
static void end_in_prefix(struct query_node *node, struct parse *parse, struct pieces *pieces)
{
    const size_t last = pieces->count - 1;
    node->stem = parse_copy(parse, &pieces->terms[last], sizeof *node->stem);
    fold_prefix(&pieces->terms[last], parse, &pieces->surfaces[last]);
}

/* What a phrase becomes on an index without positions. */
static struct query_node *all_of(struct parse *parse, const struct lexeme *lexeme, uint32_t field, struct pieces *pieces,
                                 int ends_in_prefix)
{
    struct clause_list list = {0};
    for (size_t i = 0; i < pieces->count && !parse->status; i++) {
        const struct surface *surface = &pieces->surfaces[i];
        const int is_prefix = ends_in_prefix && i + 1 == pieces->count;
        pieces->terms[i].offset = 0;
        struct query_node *node = leaf_of(parse, lexeme, field, &pieces->terms[i], 1);
        if (!node)
            return NULL;
        if (is_prefix)
            make_prefix(node, parse, surface);
        write_word(node, parse, surface->bytes, surface->length, is_prefix);
        clause_list_add(&list, parse, QUERY_MUST, node);
    }
    if (lexeme->kind == LEXEME_PHRASE)
        parse_repair(parse, "no-positions", lexeme->start, lexeme->end, "the index has no positions, so no phrases",
                     "taken as all of these words");
    else
        parse_note(parse, "no-positions", lexeme->start, lexeme->end, "the index has no positions, so no phrases",
                   "taken as all of these words");
    return boolean_new(parse, &list, lexeme->start, lexeme->end);
}

static int is_stopword(struct parse *parse, const struct lexeme *lexeme, const struct surface *surface)
{
    int is_bare = lexeme->kind == LEXEME_WORD && !lexeme->sign && !lexeme->negations && lexeme->field == FIELD_NONE &&
                  lexeme->inner_end == lexeme->end;
    if (!parse->options->drop_stopwords || !is_bare)
        return 0;
    struct query_term folded;
    analyse(&folded, parse, surface, WORD_FOLDED);
    return stopwords_has(folded.bytes, folded.length);
}

static void make_leaf(struct clause *clause, struct parse *parse, const struct lexeme *lexeme, uint32_t field, int is_prefix)
{
    struct pieces pieces;
    cut_to_pieces(&pieces, parse, lexeme);
    if (parse->status || pieces.count == 0)
        return;
    if (pieces.count > 1 && !parse->options->has_positions) {
        clause->node = all_of(parse, lexeme, field, &pieces, is_prefix);
        return;
    }
    struct query_node *node = leaf_of(parse, lexeme, field, pieces.terms, pieces.count);
    if (!node)
        return;
    if (is_prefix && pieces.count > 1)
        end_in_prefix(node, parse, &pieces);
    else if (is_prefix)
        make_prefix(node, parse, &pieces.surfaces[0]);
    else if (pieces.count == 1)
        clause->is_stopword = is_stopword(parse, lexeme, &pieces.surfaces[0]);
    write_operand(node, parse, lexeme, is_prefix);
    clause->node = node;
}

static int is_lone_star(const struct parse *parse, const struct lexeme *lexeme)
{
    return lexeme->kind == LEXEME_WORD && !parse->options->literal && lexeme->inner_end - lexeme->inner == 1 &&
           parse->text[lexeme->inner] == '*';
}

/* A * alone: all documents, or those with something in the field. */
static void make_all(struct clause *clause, struct parse *parse, const struct lexeme *lexeme, uint32_t field)
{
    if (++parse->clauses > parse->options->max_clauses) {
        parse_over_limit(parse, "too-many-clauses", lexeme->start, lexeme->end, "the query has too many words",
                         "over the limit here");
        return;
    }
    struct query_node *node = clause_node(parse, field ? QUERY_FIELD : QUERY_ALL, lexeme->start, lexeme->end);
    if (!node)
        return;
    node->field = field;
    node->written = (const uint8_t *)"*";
    node->written_length = 1;
    clause->node = node;
}

/* The characters of an operand that are text, in parse->plain. -> 1: a prefix. Within quotes only a * that
 * ends the last word is no text. */
static int take_text(struct parse *parse, const struct lexeme *lexeme)
{
    const int is_word = lexeme->kind == LEXEME_WORD;
    struct wildcard wildcard = {0};
    size_t end = lexeme->inner_end;
    if (!parse->options->literal)
        wildcard_find(&wildcard, parse, lexeme->inner, end);
    if (is_word && !parse->options->literal)
        unsupported_fuzzy(parse, lexeme->inner, end);
    if (is_word && wildcard.is_inner)
        parse_repair(parse, "not-supported", lexeme->start, lexeme->end, "* and ? inside a word are not supported yet",
                     "taken as text");
    int is_prefix = wildcard.is_prefix && !(is_word && wildcard.is_inner);
    lexer_unescape(parse, lexeme->inner, is_prefix ? wildcard.prefix_end : end);
    return is_prefix;
}

static void report_nothing(struct parse *parse, const struct lexeme *lexeme)
{
    if (lexeme->kind == LEXEME_PHRASE)
        parse_repair(parse, "empty-phrase", lexeme->start, lexeme->end, "there is no word in this phrase", "dropped");
    else if (lexeme->field != FIELD_NONE)
        parse_repair(parse, "dangling-operator", lexeme->start, lexeme->end,
                     "a field without anything to look for in it", "there is no word in this");
}

void clause_make(struct clause *clause, struct parse *parse, const struct lexeme *lexeme, uint32_t field)
{
    *clause = (struct clause){0};
    if (lexeme->field != FIELD_NONE)
        field = (uint32_t)lexeme->field;
    if (field && field == parse->options->blurred_field)
        parse_repair(parse, "no-positions", lexeme->start, lexeme->end,
                     "the index has no positions, so it cannot tell this field from others", "looked for in all fields");
    if (is_lone_star(parse, lexeme)) {
        make_all(clause, parse, lexeme, field);
        return;
    }
    int is_prefix = take_text(parse, lexeme);
    if (parse->status)
        return;
    make_leaf(clause, parse, lexeme, field, is_prefix);
    if (!clause->node && !parse->status)
        report_nothing(parse, lexeme);
}
