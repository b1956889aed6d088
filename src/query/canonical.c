#include "src/query/canonical.h"

#include "src/query/boost.h"
#include "src/query/written.h"

/* A normal tree (simplify.h) has one of these forms at each BOOLEAN:
 *
 *     clauses                       form
 *     only optional ones            a OR b
 *     no optional one               a AND b AND NOT c, NOT a AND NOT b
 *     optional ones and exclusions  (a OR b) AND NOT c
 *     optional and required ones    +a OR b OR -c
 *
 * Each reads the same under any flag: what could be taken for a list of items
 * side by side is joined by OR, which --all keeps together and which no
 * stopword is dropped from; a + within such a group leaves the others
 * optional. */

enum form { FORM_LEAF, FORM_OR, FORM_AND, FORM_OR_WITHOUT, FORM_SIGNS };

/* Where a node stands decides whether it wants parentheses. */
enum place {
    PLACE_TOP,    /* alone: in the query, in parentheses */
    PLACE_LIST,   /* between ORs */
    PLACE_OPERAND /* between ANDs, after NOT, + or - */
};

struct canonical {
    struct buffer text;
    const char *(*field_name)(void *context, uint32_t field);
    void *context;
};

static enum form form_of(const struct query_node *node)
{
    uint32_t of[3] = {0};
    if (node->kind != QUERY_BOOLEAN)
        return FORM_LEAF;
    for (uint32_t i = 0; i < node->clause_count; i++)
        of[node->clauses[i].occur]++;
    if (of[QUERY_SHOULD] == 0)
        return FORM_AND;
    if (of[QUERY_MUST])
        return FORM_SIGNS;
    return of[QUERY_MUST_NOT] ? FORM_OR_WITHOUT : FORM_OR;
}

static int wants_parentheses(const struct query_node *node, enum form form, enum place place)
{
    if (form == FORM_LEAF)
        return 0;
    if (node->boost != 1 || place == PLACE_OPERAND)
        return 1;
    return place == PLACE_LIST && (form == FORM_OR || form == FORM_SIGNS);
}

/* Optional clauses stand between ORs in every form that has them. */
static enum place place_of(enum query_occur occur)
{
    return occur == QUERY_SHOULD ? PLACE_LIST : PLACE_OPERAND;
}

/* ---------------------------------------------------------------------- depth */

static uint32_t depth_at(const struct query_node *node, enum place place)
{
    enum form form = form_of(node);
    uint32_t deepest = 0;
    for (uint32_t i = 0; form != FORM_LEAF && i < node->clause_count; i++) {
        enum query_occur occur = node->clauses[i].occur;
        uint32_t depth = depth_at(node->clauses[i].node, place_of(occur));
        depth += form == FORM_OR_WITHOUT && occur == QUERY_SHOULD;
        deepest = depth > deepest ? depth : deepest;
    }
    return deepest + (uint32_t)wants_parentheses(node, form, place);
}

uint32_t canonical_depth(const struct query_node *node)
{
    return depth_at(node, PLACE_TOP);
}

/* ------------------------------------------------------------------- printing */

static void print_at(struct canonical *out, const struct query_node *node, enum place place);

static void print_boost(struct canonical *out, float boost)
{
    char text[BOOST_TEXT];
    if (boost == 1)
        return;
    boost_print(text, boost);
    buffer_printf(&out->text, "^%s", text);
}

static void print_leaf(struct canonical *out, const struct query_node *node)
{
    const char *name = node->field && out->field_name ? out->field_name(out->context, node->field) : NULL;
    if (node->kind == QUERY_NOTHING)
        return;
    if (name)
        written_field(&out->text, name);
    buffer_append(&out->text, node->written, node->written_length);
    if (node->slop)
        buffer_printf(&out->text, "~%u", (unsigned)node->slop);
    print_boost(out, node->boost);
}

static const char *sign_of(enum form form, enum query_occur occur)
{
    if (form == FORM_SIGNS)
        return occur == QUERY_MUST ? "+" : occur == QUERY_MUST_NOT ? "-" : "";
    return occur == QUERY_MUST_NOT ? "NOT " : "";
}

static void print_clauses(struct canonical *out, const struct query_node *node, enum form form)
{
    int is_open = form == FORM_OR_WITHOUT;
    if (is_open)
        buffer_append_u8(&out->text, '(');
    for (uint32_t i = 0; i < node->clause_count; i++) {
        enum query_occur occur = node->clauses[i].occur;
        if (is_open && occur == QUERY_MUST_NOT) {
            buffer_append_u8(&out->text, ')');
            is_open = 0;
        }
        int is_or = form == FORM_OR || form == FORM_SIGNS || is_open;
        if (i > 0)
            buffer_append_string(&out->text, is_or ? " OR " : " AND ");
        buffer_append_string(&out->text, sign_of(form, occur));
        print_at(out, node->clauses[i].node, place_of(occur));
    }
}

static void print_at(struct canonical *out, const struct query_node *node, enum place place)
{
    enum form form = form_of(node);
    if (form == FORM_LEAF) {
        print_leaf(out, node);
        return;
    }
    int parentheses = wants_parentheses(node, form, place);
    if (parentheses)
        buffer_append_u8(&out->text, '(');
    print_clauses(out, node, form);
    if (parentheses)
        buffer_append_u8(&out->text, ')');
    print_boost(out, node->boost);
}

const char *query_canonical(const struct query *query, const char *(*field_name)(void *context, uint32_t field), void *context)
{
    struct canonical out = {.field_name = field_name, .context = context};
    buffer_init(&out.text);
    print_at(&out, query->root, PLACE_TOP);
    const char *text = out.text.status ? NULL : arena_copy(query->arena, out.text.bytes, out.text.length);
    buffer_release(&out.text);
    return text;
}
