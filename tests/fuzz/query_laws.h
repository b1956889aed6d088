/* What holds for every query, whatever its bytes and the options:
 *
 *   - the status is one of the documented ones, and an error has its diagnostic;
 *   - diagnostics and nodes lie inside the text;
 *   - the tree is well formed and in normal form;
 *   - the canonical form is valid UTF-8, and under any flags but literal
 *     parses without a warning to the same tree and to itself. */
#ifndef TRAWL_TESTS_QUERY_LAWS_H
#define TRAWL_TESTS_QUERY_LAWS_H

#include "src/text/utf8.h"
#include "tests/unit/query_fixture.h"

enum { LAW_ALL = 1, LAW_STRICT = 2, LAW_STOPWORDS = 4, LAW_LITERAL = 8, LAW_NO_POSITIONS = 16, LAW_FLAGS = 32 };

static inline void laws_set_flags(struct query_options *options, unsigned flags)
{
    options->all = (flags & LAW_ALL) != 0;
    options->strict = (flags & LAW_STRICT) != 0;
    options->drop_stopwords = (flags & LAW_STOPWORDS) != 0;
    options->literal = (flags & LAW_LITERAL) != 0;
    options->has_positions = (flags & LAW_NO_POSITIONS) == 0;
}

static inline int laws_is_leaf_sound(const struct query_node *node)
{
    if (node->kind == QUERY_ALL || node->kind == QUERY_FIELD)
        return node->term_count == 0 && (node->field != 0) == (node->kind == QUERY_FIELD);
    uint32_t least = node->kind == QUERY_TERM ? 1 : 2;
    int is_sound = node->kind == QUERY_PHRASE ? node->term_count >= least : node->term_count == least;
    for (uint32_t i = 0; i < node->term_count; i++) {
        is_sound &= node->terms[i].length > 0 && node->terms[i].length <= TOKEN_MAX_BYTES;
        is_sound &= node->kind != QUERY_PHRASE || node->terms[i].offset == i;
    }
    if (node->stem)
        is_sound &= node->kind == QUERY_PHRASE && node->stem->length > 0 && node->stem->offset + 1 == node->term_count;
    return is_sound && node->slop <= 127 && node->written_length > 0 && node->clause_count == 0;
}

static inline int laws_is_sound(const struct query_node *node, size_t length)
{
    int is_sound = node->boost >= 1e-6f && node->boost <= 1e6f && (size_t)node->start + node->length <= length;
    if (node->kind != QUERY_BOOLEAN)
        return is_sound && node->kind != QUERY_NOTHING && laws_is_leaf_sound(node);
    int positive = 0;
    static const int rank[] = {[QUERY_MUST] = 0, [QUERY_SHOULD] = 1, [QUERY_MUST_NOT] = 2};
    for (uint32_t i = 0; i < node->clause_count; i++) {
        positive += node->clauses[i].occur != QUERY_MUST_NOT;
        is_sound &= i == 0 || rank[node->clauses[i - 1].occur] <= rank[node->clauses[i].occur];
        is_sound &= laws_is_sound(node->clauses[i].node, length);
    }
    return is_sound && node->clause_count > 0 && (positive != 1 || node->clauses[0].occur == QUERY_MUST) &&
           (positive == 0 || node->clause_count > 1);
}

static inline int laws_has_level(const struct query *query, int level)
{
    for (size_t i = 0; i < query->diagnostic_count; i++)
        if (query->diagnostics[i].level == level)
            return 1;
    return 0;
}

static inline int laws_are_diagnostics_inside(const struct query *query, size_t length)
{
    for (size_t i = 0; i < query->diagnostic_count; i++)
        if ((size_t)query->diagnostics[i].offset + query->diagnostics[i].length > length)
            return 0;
    return query->diagnostic_count <= 70;
}

/* The canonical form, parsed again under `flags`. -> NULL, or what does not hold */
static inline const char *laws_of_canonical(struct query_fixture *fixture, const char *canonical, const struct buffer *tree,
                                            unsigned flags)
{
    laws_set_flags(&fixture->options, flags);
    if (fixture_parse(fixture, canonical, strlen(canonical)))
        return "the canonical form fails to parse";
    if (laws_has_level(&fixture->query, TRAWL_WARNING))
        return "the canonical form is repaired";
    const char *again = fixture_canonical(fixture);
    if (!again || strcmp(again, canonical) != 0)
        return "the canonical form has another canonical form";
    struct buffer tree_again;
    buffer_init(&tree_again);
    fixture_show_tree(&tree_again, fixture->query.root, 0, "");
    int same = tree_again.length == tree->length && memcmp(tree_again.bytes, tree->bytes, tree->length) == 0;
    buffer_release(&tree_again);
    return same ? NULL : "the canonical form has another tree";
}

/* -> NULL, or what does not hold. Empties the fixture's arena first. */
static inline const char *query_laws(struct query_fixture *fixture, const void *text, size_t length, unsigned flags)
{
    arena_reset(&fixture->arena);
    laws_set_flags(&fixture->options, flags);
    int status = fixture_parse(fixture, text, length);
    const struct query *query = &fixture->query;
    if (!laws_are_diagnostics_inside(query, length))
        return "a diagnostic is outside of the text";
    if (status == TRAWL_ERROR_QUERY || status == TRAWL_ERROR_LIMIT)
        return !laws_has_level(query, TRAWL_FAILURE)                 ? "an error without its diagnostic"
               : status == TRAWL_ERROR_QUERY && !(flags & LAW_STRICT) ? "broken, but not strict"
               : fixture->error.code != status || query->root->kind   ? "an error half told"
                                                                      : NULL;
    if (status || laws_has_level(query, TRAWL_FAILURE))
        return "another status";
    if (query->root->kind != QUERY_NOTHING && !laws_is_sound(query->root, length))
        return "the tree is not sound";
    const char *canonical = fixture_canonical(fixture);
    if (!canonical || utf8_valid_length((const uint8_t *)canonical, strlen(canonical)) != strlen(canonical))
        return "the canonical form is not UTF-8";
    struct buffer tree;
    const char *broken = NULL;
    buffer_init(&tree);
    fixture_show_tree(&tree, query->root, 0, "");
    for (unsigned again = 0; again < LAW_LITERAL && !broken; again++)
        broken = laws_of_canonical(fixture, canonical, &tree, again | (flags & LAW_NO_POSITIONS));
    buffer_release(&tree);
    return broken;
}

#endif
