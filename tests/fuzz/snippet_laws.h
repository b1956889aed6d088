/* What holds for the snippets of every query and text:
 *
 *   - no more than asked for, and no longer; white space folded, none at the ends;
 *   - the text is a part of the field's folded text;
 *   - spans ascend, apart, inside, at the edges of characters;
 *   - every word in a span is of the query, and a word that a TERM or PREFIX
 *     wants is in a span;
 *   - when the whole text is shown and no phrase has slop: exactly what a
 *     search word by word finds is marked;
 *   - a snippet without spans: no text has a word that a TERM or PREFIX wants;
 *     one of the title: the body has none. */
#ifndef TRAWL_TESTS_SNIPPET_LAWS_H
#define TRAWL_TESTS_SNIPPET_LAWS_H

#include "src/snippet/snippet.h"
#include "src/snippet/spaces.h"
#include "src/text/utf8.h"
#include "tests/unit/query_fixture.h"

struct snippet_case {
    struct query_fixture *fixture; /* its query parsed, its arena for all there is */
    const struct snippet_field *fields;
    size_t field_count;
    struct snippet_options options;
};

/* ------------------------------------------------------------------ the words */

struct laws_leaves {
    const struct query_node *leaves[1024];
    size_t count;
    int has_slop;
};

static inline void laws_add_leaves(struct laws_leaves *leaves, const struct query_node *node, uint32_t field)
{
    int is_leaf = node->kind == QUERY_TERM || node->kind == QUERY_PHRASE || node->kind == QUERY_PREFIX;
    if (is_leaf && (node->field == 0 || node->field == field)) {
        leaves->leaves[leaves->count++] = node;
        leaves->has_slop |= node->slop > 0;
    }
    for (uint32_t i = 0; i < node->clause_count; i++)
        if (node->clauses[i].occur != QUERY_MUST_NOT)
            laws_add_leaves(leaves, node->clauses[i].node, field);
}

static inline int laws_is_term(const struct token *token, const struct query_term *term)
{
    return token->term_length == term->length && memcmp(token->term, term->bytes, term->length) == 0;
}

static inline int laws_starts_with(const struct token *token, const struct query_term *term)
{
    return token->term_length >= term->length && memcmp(token->term, term->bytes, term->length) == 0;
}

/* The word of a phrase: the last may be a prefix. */
static inline int laws_is_word(const struct token *token, const struct query_node *phrase, uint32_t number)
{
    if (!phrase->stem || number + 1 < phrase->term_count)
        return laws_is_term(token, &phrase->terms[number]);
    return laws_starts_with(token, &phrase->terms[number]) || laws_is_term(token, phrase->stem);
}

/* Whether the leaf wants the word alone (TERM, PREFIX), or may (PHRASE). */
static inline int laws_wants(const struct query_node *leaf, const struct token *token)
{
    int wants = 0;
    if (leaf->kind == QUERY_PREFIX)
        return laws_starts_with(token, &leaf->terms[0]) || laws_is_term(token, &leaf->terms[1]);
    for (uint32_t i = 0; i < leaf->term_count; i++)
        wants |= laws_is_word(token, leaf, i);
    return wants;
}

static inline int laws_any_wants(const struct laws_leaves *leaves, const struct token *token, int phrases_too)
{
    for (size_t i = 0; i < leaves->count; i++)
        if ((phrases_too || leaves->leaves[i]->kind != QUERY_PHRASE) && laws_wants(leaves->leaves[i], token))
            return 1;
    return 0;
}

/* Marks the words of phrases without slop, by trying every place. */
static inline void laws_mark_phrases(uint8_t *marked, const struct laws_leaves *leaves, const struct token_list *list)
{
    for (size_t i = 0; i < leaves->count; i++) {
        const struct query_node *leaf = leaves->leaves[i];
        for (size_t at = 0; leaf->kind == QUERY_PHRASE && at + leaf->term_count <= list->count; at++) {
            uint32_t same = 0;
            while (same < leaf->term_count && laws_is_word(&list->tokens[at + same], leaf, same))
                same++;
            if (same == leaf->term_count)
                memset(marked + at, 1, same);
        }
    }
}

/* ------------------------------------------------------------------- the laws */

static inline int laws_is_in_span(const struct snippet *snippet, const struct token *token)
{
    for (size_t i = 0; i < snippet->span_count; i++)
        if (snippet->spans[i][0] <= token->start && token->end <= snippet->spans[i][1])
            return 1;
    return 0;
}

static inline int laws_is_char_edge(const struct snippet *snippet, size_t at)
{
    return at == snippet->length || (snippet->text[at] & 0xC0) != 0x80;
}

static inline const char *laws_of_spans(const struct snippet *snippet, int is_valid)
{
    for (size_t i = 0; i < snippet->span_count; i++) {
        size_t start = snippet->spans[i][0], end = snippet->spans[i][1];
        if (start >= end || end > snippet->length)
            return "a span is empty or outside";
        if (i > 0 && start <= snippet->spans[i - 1][1])
            return "spans overlap, touch or do not ascend";
        if (is_valid && (!laws_is_char_edge(snippet, start) || !laws_is_char_edge(snippet, end)))
            return "a span cuts a character";
    }
    return NULL;
}

/* All of the text with white space folded, as one snippet would have it. */
static inline void laws_fold(struct buffer *folded, const uint8_t *bytes, size_t length)
{
    const struct span_text text = {bytes, length};
    for (size_t at = 0; at < length;) {
        size_t after = spaces_after(&text, at, length);
        if (after > at)
            buffer_append_u8(folded, ' ');
        else
            buffer_append(folded, bytes + at, (after = at + character_at(&text, at)) - at);
        at = after;
    }
}

static inline const char *laws_of_text(const struct snippet *snippet, const struct snippet_field *field, size_t most)
{
    const struct span_text text = {snippet->text, snippet->length};
    struct buffer folded;
    if (snippet->length == 0 || shown_length(&text, 0, text.length, most) > most)
        return "too long, or empty";
    if (space_at(&text, 0) || space_at(&text, character_before(&text, text.length)))
        return "white space at an end";
    buffer_init(&folded);
    laws_fold(&folded, field->text, field->length);
    int is_part = 0;
    for (size_t at = 0; at + snippet->length <= folded.length && !is_part; at++)
        is_part = memcmp(folded.bytes + at, snippet->text, snippet->length) == 0;
    buffer_release(&folded);
    return is_part ? NULL : "not a part of the text";
}

/* Words at a cut may be parts of words: those are let be. */
static inline const char *laws_of_words(const struct snippet *snippet, const struct snippet_case *of,
                                        const struct laws_leaves *leaves)
{
    struct token_list list;
    struct query_fixture *fixture = of->fixture;
    if (analysis_text(&list, fixture->analysis, snippet->text, snippet->length, WORD_STEMMED, &fixture->arena, &fixture->error))
        return "no memory";
    uint8_t *marked = arena_alloc_zero(&fixture->arena, list.count, 1);
    if (!marked)
        return "no memory";
    laws_mark_phrases(marked, leaves, &list);
    int is_whole = !snippet->starts_inside && !snippet->ends_inside && !leaves->has_slop;
    for (size_t i = 0; i < list.count; i++) {
        const struct token *token = &list.tokens[i];
        int is_in = laws_is_in_span(snippet, token), is_wanted = laws_any_wants(leaves, token, 0);
        if ((snippet->starts_inside && token->start < 4) || (snippet->ends_inside && token->end + 4 > snippet->length))
            continue;
        if (is_in && !laws_any_wants(leaves, token, 1))
            return "a word is marked that the query does not have";
        if (!is_in && is_wanted)
            return "a word is not marked that the query has";
        if (is_whole && is_in != (is_wanted || marked[i]))
            return "a phrase is marked in other places than it stands";
    }
    return NULL;
}

static inline const struct snippet_field *laws_field_of(const struct snippet_case *of, const struct snippet *snippet)
{
    for (size_t i = 0; i < of->field_count; i++)
        if (of->fields[i].name == snippet->field)
            return &of->fields[i];
    return NULL;
}

static inline const char *laws_of_snippet(const struct snippet *snippet, const struct snippet_case *of)
{
    const struct snippet_field *field = laws_field_of(of, snippet);
    struct laws_leaves *leaves = arena_alloc_zero(&of->fixture->arena, 1, sizeof *leaves);
    if (!field || !leaves)
        return "of another field";
    int is_valid = utf8_valid_length(field->text, field->length) == field->length;
    laws_add_leaves(leaves, of->fixture->query.root, field->number);
    const char *broken = laws_of_text(snippet, field, of->options.length);
    if (!broken)
        broken = laws_of_spans(snippet, is_valid);
    return broken || !is_valid ? broken : laws_of_words(snippet, of, leaves);
}

static inline int laws_has_wanted(const struct snippet_case *of, const struct snippet_field *field)
{
    struct token_list list;
    struct query_fixture *fixture = of->fixture;
    struct laws_leaves *leaves = arena_alloc_zero(&fixture->arena, 1, sizeof *leaves);
    if (!leaves || analysis_text(&list, fixture->analysis, field->text, field->length, WORD_STEMMED, &fixture->arena, &fixture->error))
        return 0;
    laws_add_leaves(leaves, fixture->query.root, field->number);
    for (size_t i = 0; i < list.count; i++)
        if (laws_any_wants(leaves, &list.tokens[i], 0))
            return 1;
    return 0;
}

static inline const char *laws_of_choice(const struct snippet *first, const struct snippet_case *of)
{
    const int is_title = strcmp(first->field, "title") == 0;
    for (size_t i = 0; i < of->field_count; i++)
        if ((first->span_count == 0 || (is_title && of->fields[i].number == 1)) && laws_has_wanted(of, &of->fields[i]))
            return "a better text was passed over";
    return NULL;
}

/* -> NULL, or what does not hold. Names of fields are told apart by address. */
static inline const char *snippet_laws(const struct snippet_case *of)
{
    struct snippet *snippets;
    size_t count, texts = 0;
    struct query_fixture *fixture = of->fixture;
    int status = snippet_make(&snippets, &count, fixture->query.root, of->fields, of->field_count, fixture->analysis,
                              &of->options, &fixture->arena, &fixture->error);
    for (size_t i = 0; i < of->field_count; i++) {
        const struct span_text text = {of->fields[i].text, of->fields[i].length};
        texts += spaces_after(&text, 0, text.length) < text.length;
    }
    if (status || count > of->options.count)
        return "another status or count";
    if (texts > 0 && of->options.count > 0 && of->options.length > 0 && count == 0)
        return "no snippet, but text";
    for (size_t i = 0; i < count; i++) {
        const char *broken = laws_of_snippet(&snippets[i], of);
        if (broken)
            return broken;
    }
    return count ? laws_of_choice(&snippets[0], of) : NULL;
}

#endif
