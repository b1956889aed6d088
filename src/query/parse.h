/* What the steps of one query_parse share. Lives on its stack.
 *
 * The first failure sets `status`; the lexer then gives nothing but ends, so
 * that the parser's loops run out by themselves. */
#ifndef SRC_QUERY_PARSE_H
#define SRC_QUERY_PARSE_H

#include <stddef.h>
#include <stdint.h>

#include "src/query/query.h"
#include "src/util/buffer.h"

struct parse {
    const uint8_t *text;
    size_t length;
    const struct query_options *options;
    struct analysis *analysis;
    struct query *query;
    struct arena *arena;
    struct trawl_error *error;
    struct buffer plain, written; /* scratch: text without escapes, with canonical ones */
    uint32_t clauses;             /* words so far, against options->max_clauses */
    int status;
    int is_broken; /* 1: something was repaired */
};

/* Reports what is repaired at bytes [start, end): a warning, a failure when
 * strict. All strings are constants. */
void parse_repair(struct parse *parse, const char *code, size_t start, size_t end, const char *message, const char *pointer);

/* The same, of no consequence. */
void parse_note(struct parse *parse, const char *code, size_t start, size_t end, const char *message, const char *pointer);

/* Ends the parse: over a limit. */
void parse_over_limit(struct parse *parse, const char *code, size_t start, size_t end, const char *message,
                      const char *pointer);

/* Ends the parse: no memory. */
void parse_no_memory(struct parse *parse);

/* Arena memory or NULL, which has ended the parse. */
void *parse_alloc(struct parse *parse, size_t size);
void *parse_copy(struct parse *parse, const void *bytes, size_t length);

/* Makes room for one more element in an array in the arena; `array` is the
 * address of its pointer. -> 1, or 0: the parse has ended. */
int parse_room(struct parse *parse, void *array, size_t *capacity, size_t count, size_t element_size);

#endif
