/* What the tests of queries share: an analysis, a few fields, parsing in one
 * call, and trees as text. */
#ifndef TRAWL_TESTS_QUERY_FIXTURE_H
#define TRAWL_TESTS_QUERY_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/query/query.h"
#include "src/util/buffer.h"

static const char *const fixture_fields[] = {"", "body", "title", "a.b", "odd name:", "7"};
enum { FIXTURE_FIELDS = sizeof fixture_fields / sizeof *fixture_fields };

static inline int fixture_find_field(void *context, const char *name, size_t length)
{
    (void)context;
    for (int i = 1; i < FIXTURE_FIELDS; i++)
        if (strlen(fixture_fields[i]) == length && memcmp(fixture_fields[i], name, length) == 0)
            return i;
    return -1;
}

static inline const char *fixture_field_name(void *context, uint32_t field)
{
    (void)context;
    return field < FIXTURE_FIELDS ? fixture_fields[field] : NULL;
}

struct query_fixture {
    struct analyzer *analyzer;
    struct analysis *analysis;
    struct arena arena;
    struct query query; /* of the last parse */
    struct trawl_error error;
    struct query_options options;
};

/* -> 0, or negative: the test cannot go on */
static inline int fixture_init(struct query_fixture *fixture, const char *language)
{
    *fixture = (struct query_fixture){
        .options = {.max_clauses = 1024, .max_depth = 128, .has_positions = 1, .find_field = fixture_find_field}};
    arena_init(&fixture->arena);
    int status = analyzer_new(&fixture->analyzer, language, &fixture->error);
    return status ? status : analysis_new(&fixture->analysis, fixture->analyzer, &fixture->error);
}

static inline void fixture_release(struct query_fixture *fixture)
{
    analysis_free(fixture->analysis);
    analyzer_free(fixture->analyzer);
    arena_release(&fixture->arena);
}

/* Parses into the arena, which keeps what was there. The text is copied to
 * memory of its exact size, so that a sanitizer sees each byte read past it. */
static inline int fixture_parse(struct query_fixture *fixture, const void *text, size_t length)
{
    uint8_t *copy = malloc(length ? length : 1);
    if (!copy)
        return TRAWL_ERROR_MEMORY;
    if (length)
        memcpy(copy, text, length);
    fixture->error = (struct trawl_error){0};
    int status = query_parse(&fixture->query, copy, length, fixture->analysis, &fixture->options, &fixture->arena,
                             &fixture->error);
    free(copy);
    return status;
}

static inline const char *fixture_canonical(struct query_fixture *fixture)
{
    return query_canonical(&fixture->query, fixture_field_name, NULL);
}

/* ------------------------------------------------------------- trees as text */

static inline void fixture_show_terms(struct buffer *out, const struct query_node *node)
{
    for (uint32_t i = 0; i < node->term_count; i++) {
        buffer_append_string(out, " ");
        buffer_append(out, node->terms[i].bytes, node->terms[i].length);
        if (node->kind == QUERY_PHRASE && node->terms[i].offset != i)
            buffer_printf(out, "@%u", (unsigned)node->terms[i].offset);
    }
    if (node->stem) {
        buffer_append_string(out, "* ");
        buffer_append(out, node->stem->bytes, node->stem->length);
    }
}

static inline void fixture_show_tree(struct buffer *out, const struct query_node *node, int indent, const char *occur)
{
    static const char *const kinds[] = {"NOTHING", "ALL", "FIELD", "TERM", "PHRASE", "PREFIX", "BOOLEAN"};
    static const char *const occurs[] = {"SHOULD ", "MUST ", "MUST_NOT "};
    buffer_printf(out, "%*s%s%s", indent, "", occur, kinds[node->kind]);
    if (node->field)
        buffer_printf(out, " %s:", fixture_fields[node->field]);
    fixture_show_terms(out, node);
    if (node->slop)
        buffer_printf(out, " ~%u", (unsigned)node->slop);
    if (node->boost != 1)
        buffer_printf(out, " ^%.9g", (double)node->boost);
    buffer_append_string(out, "\n");
    for (uint32_t i = 0; i < node->clause_count; i++)
        fixture_show_tree(out, node->clauses[i].node, indent + 2, occurs[node->clauses[i].occur]);
}

#endif
