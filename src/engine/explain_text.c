/* trawl_explain: how a score came about, as an indented text or as JSON. */
#include <inttypes.h>
#include <string.h>

#include "src/engine/options.h"
#include "src/engine/searcher.h"
#include "src/match/match.h"
#include "src/util/json_write.h"

static const char *const kinds[] = {
    [QUERY_NOTHING] = "nothing", [QUERY_ALL] = "all",       [QUERY_FIELD] = "field",     [QUERY_TERM] = "term",
    [QUERY_PHRASE] = "phrase",   [QUERY_PREFIX] = "prefix", [QUERY_BOOLEAN] = "boolean",
};
static const char *const occurs[] = {[QUERY_SHOULD] = "should", [QUERY_MUST] = "must", [QUERY_MUST_NOT] = "must not"};

static int is_scored_leaf(const struct query_node *node)
{
    return node->kind == QUERY_TERM || node->kind == QUERY_PHRASE || node->kind == QUERY_PREFIX;
}

/* ------------------------------------------------------------------- text */

/* The last of a phrase may be a prefix. */
static void write_term(struct buffer *out, const struct query_node *node, uint32_t number)
{
    buffer_append(out, node->terms[number].bytes, node->terms[number].length);
    if (node->stem && number + 1 == node->term_count)
        buffer_append_u8(out, '*');
}

static void write_terms(struct buffer *out, const struct query_node *node, const char *field)
{
    if (*field)
        buffer_printf(out, " %s:", field);
    for (uint32_t i = 0; i < node->term_count; i++) {
        buffer_append_string(out, " ");
        write_term(out, node, i);
    }
}

static void write_float(struct buffer *out, const char *name, float value)
{
    buffer_printf(out, "%s ", name);
    json_write_float(out, value);
}

/* Where the idf comes from: a phrase's is the sum of its words'. */
static void write_frequency(struct buffer *out, const struct match_explanation *at)
{
    if (!at->words)
        buffer_printf(out, ": in %" PRIu64, at->df);
    for (uint32_t i = 0; at->words && i < at->node->term_count; i++) {
        buffer_append_string(out, i ? ", " : ": ");
        write_term(out, at->node, i);
        buffer_append_string(out, " ");
        json_write_float(out, (float)at->words[i].idf);
        buffer_printf(out, " in %" PRIu64, at->words[i].df);
    }
    buffer_printf(out, " of %" PRIu64 " documents", at->documents);
}

static void write_figures(struct buffer *out, const struct match_explanation *at)
{
    buffer_append_string(out, ": ");
    write_float(out, "weight", at->weight);
    buffer_append_string(out, " (");
    write_float(out, "boost", at->node->boost);
    buffer_append_string(out, ", ");
    write_float(out, "idf", (float)at->idf);
    write_frequency(out, at);
    buffer_printf(out, "), tf %" PRIu32 ", length %" PRIu32 ", ", at->tf, at->length);
    write_float(out, "average length", at->average_length);
}

static void write_tree(struct buffer *out, const struct match_explanation *at, const char *occur, unsigned depth,
                       struct trawl_snapshot *snapshot)
{
    buffer_printf(out, "%*s", (int)(2 * depth), "");
    if (at->matches)
        json_write_float(out, at->score);
    else
        buffer_append_string(out, "no match");
    buffer_printf(out, "  %s%s%s", occur, *occur ? " " : "", kinds[at->node->kind]);
    if (is_scored_leaf(at->node)) {
        write_terms(out, at->node, reader_field_name(snapshot, at->node->field));
        write_figures(out, at);
    }
    if (at->node->kind == QUERY_FIELD)
        buffer_printf(out, " %s: in %" PRIu64 " documents", reader_field_name(snapshot, at->node->field), at->df);
    buffer_append_string(out, "\n");
    for (uint32_t i = 0; i < at->child_count; i++)
        write_tree(out, &at->children[i], occurs[at->node->clauses[i].occur], depth + 1, snapshot);
}

/* ------------------------------------------------------------------- JSON */

static void write_json_words(struct buffer *out, const struct match_explanation *at)
{
    buffer_append_string(out, ",\"words\":[");
    for (uint32_t i = 0; i < at->node->term_count; i++) {
        buffer_printf(out, "%s{\"df\":%" PRIu64 ",\"idf\":", i ? "," : "", at->words[i].df);
        json_write_double(out, at->words[i].idf);
        buffer_append_string(out, "}");
    }
    buffer_append_string(out, "]");
}

static void write_json_leaf(struct buffer *out, const struct match_explanation *at, struct trawl_snapshot *snapshot)
{
    const char *field = reader_field_name(snapshot, at->node->field);
    buffer_append_string(out, ",\"field\":");
    json_write_string(out, field, strlen(field));
    buffer_append_string(out, ",\"terms\":[");
    for (uint32_t i = 0; i < at->node->term_count; i++) {
        if (i)
            buffer_append_string(out, ",");
        json_write_string(out, at->node->terms[i].bytes, at->node->terms[i].length);
    }
    buffer_append_string(out, at->node->stem ? "],\"prefix\":true,\"weight\":" : "],\"weight\":");
    json_write_float(out, at->weight);
    buffer_append_string(out, ",\"boost\":");
    json_write_float(out, at->node->boost);
    buffer_append_string(out, ",\"idf\":");
    json_write_double(out, at->idf);
    if (at->words)
        write_json_words(out, at);
    else
        buffer_printf(out, ",\"df\":%" PRIu64, at->df);
    buffer_printf(out, ",\"documents\":%" PRIu64 ",\"tf\":%" PRIu32 ",\"length\":%" PRIu32 ",\"average_length\":",
                  at->documents, at->tf, at->length);
    json_write_float(out, at->average_length);
}

static void write_json(struct buffer *out, const struct match_explanation *at, const char *occur,
                       struct trawl_snapshot *snapshot)
{
    buffer_printf(out, "{\"kind\":\"%s\",\"occur\":\"%s\",\"matches\":%s,\"score\":", kinds[at->node->kind], occur,
                  at->matches ? "true" : "false");
    json_write_float(out, at->score);
    if (is_scored_leaf(at->node))
        write_json_leaf(out, at, snapshot);
    if (at->node->kind == QUERY_FIELD) {
        const char *field = reader_field_name(snapshot, at->node->field);
        buffer_append_string(out, ",\"field\":");
        json_write_string(out, field, strlen(field));
        buffer_printf(out, ",\"df\":%" PRIu64, at->df);
    }
    if (at->child_count)
        buffer_append_string(out, ",\"clauses\":[");
    for (uint32_t i = 0; i < at->child_count; i++) {
        if (i)
            buffer_append_string(out, ",");
        write_json(out, &at->children[i], occurs[at->node->clauses[i].occur], snapshot);
    }
    buffer_append_string(out, at->child_count ? "]}" : "}");
}

/* ----------------------------------------------------------------- public */

static int explain(struct buffer *out, struct trawl_searcher *searcher, const char *text, size_t length, const char *id,
                   size_t id_length, int json, const struct trawl_search_options *options, struct trawl_error *error)
{
    const struct match_options matching = {.k1 = options->k1, .b = options->b, .max_expansions = options->max_expansions,
                                           .strict = options->strict};
    struct match_explanation *explanation;
    struct query query = {0};
    size_t segment;
    uint32_t document;
    int status = snapshot_find_id(&segment, &document, searcher->snapshot->index, (const uint8_t *)id, id_length, error);
    if (status > 0)
        return error_set(error, TRAWL_ERROR_NOT_FOUND, "no document has this id");
    if (status == 0)
        status = searcher_parse(&query, searcher, (const uint8_t *)text, length, options, &searcher->arena, error);
    if (status == 0)
        status = match_explain(&explanation, searcher->snapshot->index, &query, &matching, (uint32_t)segment, document,
                               &searcher->arena, error);
    if (status)
        return status;
    if (json)
        write_json(out, explanation, "must", searcher->snapshot);
    else
        write_tree(out, explanation, "", 0, searcher->snapshot);
    return 0;
}

int trawl_explain(char **text, size_t *length, trawl_searcher *searcher, const char *query, size_t query_length,
                  const char *id, size_t id_length, int json, const struct trawl_search_options *options,
                  struct trawl_error *error)
{
    error_begin(error);
    struct trawl_search_options read;
    struct buffer out;
    *text = NULL;
    int status = options_read_search(&read, options, error);
    if (status)
        return status;
    arena_reset(&searcher->arena);
    buffer_init(&out);
    status = explain(&out, searcher, query, query_length, id, id_length, json, &read, error);
    *length = out.length;
    buffer_append_u8(&out, 0);
    if (status == 0 && out.status)
        status = error_memory(error);
    if (status)
        buffer_release(&out);
    else
        *text = (char *)out.bytes;
    return status;
}
