#include "src/query/lexer.h"

#include <string.h>

#include "src/query/blanks.h"
#include "src/query/boost.h"
#include "src/query/fieldname.h"
#include "src/query/unsupported.h"
#include "src/text/utf8.h"

/* ------------------------------------------------------------------ escapes */

size_t lexer_escape_length(const struct parse *parse, size_t at, size_t end)
{
    /* NUL cannot be text: the canonical form is a C string. */
    if (parse->text[at] != '\\' || at + 1 >= end || parse->text[at + 1] == '\0')
        return 0;
    uint32_t character;
    return 1 + utf8_decode(&character, parse->text + at + 1, end - at - 1);
}

void lexer_unescape(struct parse *parse, size_t start, size_t end)
{
    buffer_reset(&parse->plain);
    size_t from = start;
    for (size_t at = start; at < end && !parse->options->literal;) {
        size_t escape = lexer_escape_length(parse, at, end);
        if (escape) {
            utf8_repair(&parse->plain, parse->text + from, at - from);
            from = at + 1;
        }
        at += escape ? escape : 1;
    }
    utf8_repair(&parse->plain, parse->text + from, end - from);
    if (parse->plain.status)
        parse_no_memory(parse);
}

/* --------------------------------------------------------------- characters */

static int is_at(const struct parse *parse, size_t at, char wanted)
{
    return at < parse->length && parse->text[at] == (uint8_t)wanted;
}

size_t lexer_blank_at(const struct parse *parse, size_t at)
{
    return at < parse->length ? blank_length(parse->text + at, parse->length - at) : 0;
}

size_t lexer_after_blanks(const struct parse *parse, size_t at)
{
    for (size_t blank; (blank = lexer_blank_at(parse, at));)
        at += blank;
    return at;
}

static int ends_word(const struct parse *parse, size_t at)
{
    if (at >= parse->length || lexer_blank_at(parse, at))
        return 1;
    if (parse->options->literal)
        return 0;
    uint8_t byte = parse->text[at];
    return byte == '"' || byte == '(' || byte == ')';
}

/* A sign or ! counts only before something. */
static int stands_before_something(const struct parse *parse, size_t at)
{
    return at < parse->length && !lexer_blank_at(parse, at) && parse->text[at] != ')';
}

/* ------------------------------------------------------------------- suffixes */

/* ^-1, ^1e300: a number, but not as boosts are written. -> where it ends, or `at`: there is none. */
static size_t drop_odd_boost(struct parse *parse, size_t at)
{
    const size_t digits = boost_skip_number(parse->text + at + 1, parse->length - at - 1);
    const size_t end = at + 1 + digits;
    if (digits == 0 || !ends_word(parse, end))
        return at;
    parse_repair(parse, "bad-boost", at, end, "a boost has neither sign nor exponent", "0.000001 to 1000000");
    return end;
}

/* ^2 up to the end of the word. -> where it ends, or `at`: there is none. */
static size_t take_boost(struct lexer *lexer, struct lexeme *lexeme, size_t at)
{
    struct parse *parse = lexer->parse;
    float boost;
    if (!is_at(parse, at, '^'))
        return at;
    size_t digits = boost_parse(&boost, parse->text + at + 1, parse->length - at - 1);
    size_t end = at + 1 + digits;
    if (digits == 0 || !ends_word(parse, end))
        return drop_odd_boost(parse, at);
    if (boost >= BOOST_LEAST && boost <= BOOST_MOST)
        lexeme->boost = boost;
    else
        parse_repair(parse, "bad-boost", at, end, "this boost is out of range", "0.000001 to 1000000");
    return end;
}

/* ~3 after a closing quote. */
static size_t take_slop(struct lexer *lexer, struct lexeme *lexeme, size_t at)
{
    struct parse *parse = lexer->parse;
    unsigned slop = 0;
    size_t end = at + 1;
    if (!is_at(parse, at, '~'))
        return at;
    for (; end < parse->length && parse->text[end] >= '0' && parse->text[end] <= '9'; end++)
        slop = slop > SLOP_MOST ? slop : slop * 10 + (unsigned)(parse->text[end] - '0');
    if (end == at + 1 || !(ends_word(parse, end) || is_at(parse, end, '^')))
        return at;
    if (slop > SLOP_MOST) {
        parse_repair(parse, "slop-capped", at, end, "this slop is too large", "127 at most");
        slop = SLOP_MOST;
    }
    lexeme->slop = slop;
    return end;
}

/* ------------------------------------------------------------------ operands */

static void take_phrase(struct lexer *lexer, struct lexeme *lexeme)
{
    struct parse *parse = lexer->parse;
    size_t at = lexer->at + 1;
    lexeme->kind = LEXEME_PHRASE;
    lexeme->inner = at;
    while (at < parse->length && parse->text[at] != '"') {
        size_t escape = lexer_escape_length(parse, at, parse->length);
        at += escape ? escape : 1;
    }
    lexeme->inner_end = at;
    if (at == parse->length) {
        parse_repair(parse, "unclosed-quote", lexer->at, at, "unclosed quote", "no closing \" before the end");
    } else {
        at = take_slop(lexer, lexeme, at + 1);
        at = take_boost(lexer, lexeme, at);
    }
    lexer->at = at;
}

/* What a scan over a word's characters notes: places relative to its start, 0
 * for none, as a colon or caret at the very start is text. */
struct word {
    size_t end;   /* in the query */
    size_t colon; /* the first one, after a name */
    size_t caret; /* the last one */
};

static struct word scan_word(const struct parse *parse, size_t start)
{
    struct word word = {0};
    size_t at = start;
    while (!ends_word(parse, at)) {
        size_t escape = parse->options->literal ? 0 : lexer_escape_length(parse, at, parse->length);
        if (parse->text[at] == ':' && !word.colon)
            word.colon = at - start;
        else if (parse->text[at] == '^')
            word.caret = at - start;
        at += escape ? escape : 1;
    }
    word.end = at;
    return word;
}

static void take_word(struct lexer *lexer, struct lexeme *lexeme, const struct word *word)
{
    size_t start = lexer->at;
    lexeme->kind = LEXEME_WORD;
    lexeme->inner = start;
    lexeme->inner_end = lexer->at = word->end;
    if (word->caret && take_boost(lexer, lexeme, start + word->caret) == word->end)
        lexeme->inner_end = start + word->caret;
}

/* Whether the word at lexer->at starts with a field's name and colon; then
 * both are taken. */
static int take_field(struct lexer *lexer, struct lexeme *lexeme, const struct word *word)
{
    struct parse *parse = lexer->parse;
    size_t start = lexer->at, colon = start + word->colon;
    if (!word->colon || is_at(parse, colon + 1, '/'))
        return 0;
    lexer_unescape(parse, start, colon);
    if (parse->status)
        return 0;
    lexeme->field = fieldname_find(parse->options, parse->plain.bytes, parse->plain.length);
    if (lexeme->field != FIELD_NONE) {
        lexer->at = lexer_after_blanks(parse, colon + 1);
        return 1;
    }
    if (parse->options->strict && fieldname_looks_like_one(parse->text + start, word->caret ? word->caret : word->end - start))
        parse_repair(parse, "unknown-field", start, colon + 1, "there is no such field",
                     "put a \\ before the colon if it is text");
    return 0;
}

static int is_word(const struct lexer *lexer, const struct word *word, const char *wanted)
{
    size_t length = word->end - lexer->at;
    return length == strlen(wanted) && memcmp(lexer->parse->text + lexer->at, wanted, length) == 0;
}

static enum lexeme_kind operator_of(const struct lexer *lexer, const struct word *word)
{
    if (is_word(lexer, word, "AND") || is_word(lexer, word, "&"))
        return LEXEME_AND;
    if (is_word(lexer, word, "OR") || is_word(lexer, word, "|"))
        return LEXEME_OR;
    if (is_word(lexer, word, "NOT"))
        return LEXEME_NOT;
    return LEXEME_WORD;
}

/* What follows a field's colon: a group, a phrase or a word without operators.
 * -> 1, or 0: there is nothing, and the field is dropped. */
static int take_in_field(struct lexer *lexer, struct lexeme *lexeme)
{
    struct parse *parse = lexer->parse;
    if (is_at(parse, lexer->at, '(')) {
        lexeme->kind = LEXEME_OPEN;
        lexer->at++;
    } else if (is_at(parse, lexer->at, '"')) {
        take_phrase(lexer, lexeme);
    } else if (ends_word(parse, lexer->at)) {
        parse_repair(parse, "dangling-operator", lexeme->start, lexer->at, "a field without anything to look for in it",
                     "nothing after this");
        return 0;
    } else {
        const struct word word = scan_word(parse, lexer->at);
        unsupported_range(parse, lexer->at);
        take_word(lexer, lexeme, &word);
    }
    return 1;
}

static int take_operand(struct lexer *lexer, struct lexeme *lexeme)
{
    struct parse *parse = lexer->parse;
    int is_bare = lexer->at == lexeme->start;
    if (is_at(parse, lexer->at, '(') || is_at(parse, lexer->at, '"'))
        return take_in_field(lexer, lexeme);
    const struct word word = scan_word(parse, lexer->at);
    if (take_field(lexer, lexeme, &word))
        return take_in_field(lexer, lexeme);
    lexeme->kind = is_bare ? operator_of(lexer, &word) : LEXEME_WORD;
    if (lexeme->kind == LEXEME_WORD) {
        if (is_bare)
            unsupported_near(parse, lexer->at, word.end);
        take_word(lexer, lexeme, &word);
    }
    lexer->at = word.end;
    return 1;
}

/* Signs stand at the start of a word: behind a blank, a ( or nothing. */
static void take_signs(struct lexer *lexer, struct lexeme *lexeme, int is_start)
{
    struct parse *parse = lexer->parse;
    if (!is_start)
        return;
    if ((is_at(parse, lexer->at, '+') || is_at(parse, lexer->at, '-')) && stands_before_something(parse, lexer->at + 1))
        lexeme->sign = (char)parse->text[lexer->at++];
    for (; is_at(parse, lexer->at, '!') && stands_before_something(parse, lexer->at + 1); lexer->at++)
        lexeme->negations++;
}

static int take_lexeme(struct lexer *lexer, struct lexeme *lexeme)
{
    struct parse *parse = lexer->parse;
    size_t before = lexer->at;
    lexer->at = lexer_after_blanks(parse, before);
    *lexeme = (struct lexeme){.kind = LEXEME_END, .start = lexer->at, .field = FIELD_NONE, .boost = 1};
    if (lexer->at == parse->length || parse->status) {
        lexer->at = parse->length;
        return 1;
    }
    if (parse->options->literal) {
        take_word(lexer, lexeme, &(struct word){.end = scan_word(parse, lexer->at).end});
        return 1;
    }
    if (is_at(parse, lexer->at, ')')) {
        lexeme->kind = LEXEME_CLOSE;
        lexer->at = take_boost(lexer, lexeme, lexer->at + 1);
        return 1;
    }
    take_signs(lexer, lexeme, lexer->at != before || before == 0 || is_at(parse, before - 1, '('));
    return take_operand(lexer, lexeme);
}

void lexer_next(struct lexer *lexer, struct lexeme *lexeme)
{
    while (!take_lexeme(lexer, lexeme))
        continue;
    lexeme->end = lexer->at;
}

int lexeme_is_operand(const struct lexeme *lexeme)
{
    return lexeme->kind == LEXEME_WORD || lexeme->kind == LEXEME_PHRASE || lexeme->kind == LEXEME_OPEN;
}
