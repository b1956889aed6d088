/* Characters to lexemes. All that decides whether a character is an operator
 * or text is here (the table in docs/QUERY.md, section Words), but for `*`, `?` and `~`
 * of words (wildcard.c, unsupported.c):
 *
 *     +!title:"harbour nets"~3^2          one lexeme:
 *     sign '+', 1 negation, field title, a phrase, slop 3, boost 2
 *
 * What is glued to an operand belongs to its lexeme, so that an operand which
 * turns out to be stray punctuation vanishes whole. */
#ifndef SRC_QUERY_LEXER_H
#define SRC_QUERY_LEXER_H

#include <stddef.h>
#include <stdint.h>

#include "src/query/parse.h"

enum lexeme_kind {
    LEXEME_END,
    LEXEME_WORD,
    LEXEME_PHRASE,
    LEXEME_OPEN,
    LEXEME_CLOSE,
    LEXEME_AND,
    LEXEME_OR,
    LEXEME_NOT
};

enum { FIELD_NONE = -1, SLOP_MOST = 127 };

struct lexeme {
    enum lexeme_kind kind;
    size_t start, end;       /* bytes of the query, all that belongs to it */
    size_t inner, inner_end; /* WORD: its characters; PHRASE: what is between the quotes */
    char sign;               /* '+', '-' or 0 */
    unsigned negations;      /* how many ! */
    int field;               /* FIELD_NONE or its number */
    unsigned slop;           /* PHRASE */
    float boost;             /* WORD, PHRASE, CLOSE */
};

struct lexer {
    struct parse *parse;
    size_t at;
};

/* The next lexeme; END at the end, again and again, and when the parse failed. */
void lexer_next(struct lexer *lexer, struct lexeme *lexeme);

/* Whether the lexeme is something to search for. */
int lexeme_is_operand(const struct lexeme *lexeme);

/* Replaces parse->plain by the bytes [start, end) of the query without their
 * escapes (but for a literal query, which has none), as valid UTF-8. */
void lexer_unescape(struct parse *parse, size_t start, size_t end);

/* Bytes of the escaped character (with its backslash) at `at`; 0: none starts there. */
size_t lexer_escape_length(const struct parse *parse, size_t at, size_t end);

/* Bytes of the blank at `at`; 0: none. And where those that start there end. */
size_t lexer_blank_at(const struct parse *parse, size_t at);
size_t lexer_after_blanks(const struct parse *parse, size_t at);

#endif
