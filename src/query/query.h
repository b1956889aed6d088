/* A parsed query: what the user wrote, as a tree of clauses with their terms
 * already analysed. Everything lives in the arena given to query_parse, and is
 * never changed afterwards.
 *
 *     query string -> lexer -> parser (repairs, diagnostics) -> this tree
 *
 * Meaning of a tree: which documents match, and what they score.
 *   NOTHING   none.
 *   ALL       every live document; scores boost.
 *   FIELD     every live document with at least one token in the field (a length
 *             that is not 0 as the index knows it); scores boost.
 *   TERM      documents with the term in the field; scores boost * idf * tf part.
 *   PHRASE    documents with the words at their offsets, `slop` moves allowed
 *             (a match per way the words lie, counted as the sloppy phrase
 *             count of docs/QUERY.md); scores boost * (sum of the words' idf)
 *             * tf part of the number of matches. With a `stem` the last word
 *             is a prefix: matches are those with any of its terms, its idf is as
 *             that of a PREFIX.
 *   PREFIX    documents with any term that starts with the prefix, or with the stem
 *             itself; scores as one term: tf summed, df of the union.
 *   BOOLEAN   documents in all MUST clauses; without MUST clauses, in at least
 *             one SHOULD clause; without either, all live documents (scoring
 *             boost); and in no MUST_NOT clause. Scores the sum of
 *             what its MUST and SHOULD clauses score, each 0 where it does not match.
 * Boosts of nested clauses multiply. */
#ifndef SRC_QUERY_QUERY_H
#define SRC_QUERY_QUERY_H

#include <stddef.h>
#include <stdint.h>

#include "src/text/analyzer.h"
#include "src/util/arena.h"
#include "src/util/error.h"

enum query_kind { QUERY_NOTHING, QUERY_ALL, QUERY_FIELD, QUERY_TERM, QUERY_PHRASE, QUERY_PREFIX, QUERY_BOOLEAN };
enum query_occur { QUERY_SHOULD, QUERY_MUST, QUERY_MUST_NOT };

struct query_term {
    const uint8_t *bytes;
    uint32_t length;
    uint32_t offset; /* position in its phrase, ascending from 0 */
};

struct query_node;
struct query_clause {
    enum query_occur occur;
    const struct query_node *node;
};

struct query_node {
    enum query_kind kind;
    float boost;        /* > 0, finite; 1 by default */
    uint32_t field;     /* number in the manifest; FIELD, TERM, PHRASE, PREFIX */
    const struct query_term *terms; /* TERM: 1; PHRASE: 2 and more; PREFIX: [0] the prefix, [1] the stem if there is one */
    uint32_t term_count;
    const struct query_term *stem; /* PHRASE whose last term is a prefix: that word's own stem; else NULL */
    uint32_t slop;      /* PHRASE: 0..127 */
    const struct query_clause *clauses; /* BOOLEAN */
    uint32_t clause_count;
    /* where it stands in the query, and its own words as they were written (for the canonical form) */
    uint32_t start, length;
    const uint8_t *written;
    uint32_t written_length;
};

struct query_diagnostic {
    int level;        /* enum trawl_level */
    const char *code; /* "unclosed-quote" */
    uint32_t offset, length;
    const char *message, *pointer;
};

struct query_options {
    int literal, all, strict;
    int drop_stopwords;      /* English ones, from plain word lists */
    uint32_t max_clauses;    /* 1,024 */
    uint32_t max_depth;      /* 128 */
    int has_positions;       /* of the index: without, phrases are an error or repaired to AND with a diagnostic */
    uint32_t blurred_field;  /* a field that the index cannot tell from others, which a repair says; 0: none */
    /* names of fields to numbers; -1: no such field */
    int (*find_field)(void *context, const char *name, size_t length);
    void *context;
};

struct query {
    const struct query_node *root;
    struct query_diagnostic *diagnostics;
    size_t diagnostic_count, diagnostic_capacity;
    struct arena *arena;
};

/* Parses `text` (any bytes; invalid UTF-8 is repaired). -> 0; TRAWL_ERROR_QUERY
 * (with `strict` alone; an empty query is none: it matches nothing, with a
 * diagnostic); TRAWL_ERROR_LIMIT; TRAWL_ERROR_MEMORY. On the first two
 * query->diagnostics says why, and *error has the first one's message. */
int query_parse(struct query *query, const uint8_t *text, size_t length, struct analysis *analysis,
                const struct query_options *options, struct arena *arena, struct trawl_error *error);

/* Adds a diagnostic found later (a prefix with too many expansions, ...). Formats into the arena. */
int query_add_diagnostic(struct query *query, int level, const char *code, uint32_t offset, uint32_t length,
                         const char *pointer, const char *format, ...) TRAWL_PRINTF(7, 8);

/* The canonical form, NUL-terminated, in the query's arena; NULL: no memory.
 * Explicit operators and parentheses only as needed, words as they were
 * written, what was dropped is absent; parsing it under any flags but literal
 * gives the same tree, and the same text again. `field_name` turns numbers to names. */
const char *query_canonical(const struct query *query, const char *(*field_name)(void *context, uint32_t field), void *context);

#endif
