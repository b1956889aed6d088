#include "src/snippet/wanted.h"

#include "src/util/error.h"

/* A weight's unit: fine enough that no two idfs of a large index look alike. */
static const double UNITS = 1 << 20;
static const double WEIGHT_MOST = 1 << 20;

static uint64_t weight_of(const double *weights, size_t count, size_t number)
{
    double weight = weights && number < count ? weights[number] : 1;
    if (!(weight > 0))
        return 0;
    return (uint64_t)((weight < WEIGHT_MOST ? weight : WEIGHT_MOST) * UNITS);
}

/* --------------------------------------------------------------------- leaves */

static size_t count_leaves(const struct query_node *node)
{
    size_t count = node->kind == QUERY_TERM || node->kind == QUERY_PHRASE || node->kind == QUERY_PREFIX;
    for (uint32_t i = 0; i < node->clause_count; i++)
        if (node->clauses[i].occur != QUERY_MUST_NOT)
            count += count_leaves(node->clauses[i].node);
    return count;
}

static void add_leaves(struct wanted *wanted, const struct query_node *node)
{
    if (node->kind == QUERY_TERM || node->kind == QUERY_PHRASE || node->kind == QUERY_PREFIX)
        wanted->leaves[wanted->leaf_count++].node = node;
    for (uint32_t i = 0; i < node->clause_count; i++)
        if (node->clauses[i].occur != QUERY_MUST_NOT)
            add_leaves(wanted, node->clauses[i].node);
}

static int number_terms(struct wanted *wanted, struct wanted_leaf *leaf)
{
    const struct query_node *node = leaf->node;
    const uint32_t count = node->term_count - (node->stem != NULL);
    uint32_t *numbers = arena_alloc_zero(wanted->scratch, count, sizeof *numbers);
    if (!numbers)
        return TRAWL_ERROR_MEMORY;
    for (uint32_t i = 0; i < count; i++) {
        const struct query_term *term = &node->terms[i];
        int64_t number = interner_add(&wanted->terms, term->bytes, term->length, hash_bytes(term->bytes, term->length), NULL);
        if (number < 0)
            return TRAWL_ERROR_MEMORY;
        numbers[i] = (uint32_t)number;
        start_filter_add(&wanted->filter, term->bytes, term->length);
    }
    leaf->terms = numbers;
    return 0;
}

/* What a PREFIX is, or a PHRASE ends in. */
struct prefix {
    const struct query_term *start, *stem; /* NULL: it has none */
};

static struct prefix prefix_of(const struct query_node *node)
{
    if (node->kind == QUERY_PHRASE)
        return (struct prefix){.start = &node->terms[node->term_count - 1], .stem = node->stem};
    return (struct prefix){.start = &node->terms[0], .stem = node->term_count > 1 ? &node->terms[1] : NULL};
}

/* A prefix compares with what the stemmer made of the words; its own stem is
 * a start of its own. */
static void add_prefix(struct wanted *wanted, uint32_t leaf)
{
    const struct prefix prefix = prefix_of(wanted->leaves[leaf].node);
    wanted->prefixes[wanted->prefix_count++] = leaf;
    start_filter_add(&wanted->filter, prefix.start->bytes, prefix.start->length);
    if (prefix.stem)
        start_filter_add(&wanted->filter, prefix.stem->bytes, prefix.stem->length);
}

static int fill(struct wanted *wanted, const struct query_node *root, const double *weights, size_t weight_count)
{
    size_t count = count_leaves(root);
    wanted->leaves = arena_alloc_zero(wanted->scratch, count, sizeof *wanted->leaves);
    wanted->prefixes = arena_alloc_zero(wanted->scratch, count, sizeof *wanted->prefixes);
    wanted->memo = arena_alloc_zero(wanted->scratch, WANTED_MEMO, sizeof *wanted->memo);
    if (!wanted->leaves || !wanted->prefixes || !wanted->memo)
        return TRAWL_ERROR_MEMORY;
    add_leaves(wanted, root);
    for (size_t i = 0; i < count; i++) {
        const struct query_node *node = wanted->leaves[i].node;
        wanted->leaves[i].weight = weight_of(weights, weight_count, i);
        if (node->kind == QUERY_PREFIX || node->stem)
            add_prefix(wanted, (uint32_t)i);
        if (node->kind != QUERY_PREFIX && number_terms(wanted, &wanted->leaves[i]))
            return TRAWL_ERROR_MEMORY;
    }
    return 0;
}

int wanted_init(struct wanted *wanted, const struct query_node *root, const double *weights, size_t weight_count,
                struct analysis *analysis, struct arena *scratch, struct trawl_error *error)
{
    *wanted = (struct wanted){.analysis = analysis, .scratch = scratch};
    interner_init(&wanted->terms);
    start_filter_init(&wanted->filter, analyzer_language(analysis_analyzer(analysis)));
    if (fill(wanted, root, weights, weight_count) == 0)
        return 0;
    wanted_release(wanted);
    return error_memory(error);
}

void wanted_release(struct wanted *wanted)
{
    interner_release(&wanted->terms);
}

/* ---------------------------------------------------------------------- words */

static int starts_with(const uint8_t *term, size_t length, const struct query_term *start)
{
    return length >= start->length && memcmp(term, start->bytes, start->length) == 0;
}

int wanted_is_of_prefix(const struct query_node *leaf, const uint8_t *term, size_t length)
{
    const struct prefix prefix = prefix_of(leaf);
    if (starts_with(term, length, prefix.start))
        return 1;
    return prefix.stem && length == prefix.stem->length && starts_with(term, length, prefix.stem);
}

/* What a term is to the query; *word is NULL when it is nothing. */
static int identify(const struct wanted_word **word, struct wanted *wanted, const uint8_t *term, size_t length)
{
    int64_t number = interner_find(&wanted->terms, term, length, hash_bytes(term, length));
    uint32_t prefixes = 0;
    int ends_phrase = 0;
    for (size_t i = 0; i < wanted->prefix_count; i++) {
        const struct query_node *leaf = wanted->leaves[wanted->prefixes[i]].node;
        const int is_of = wanted_is_of_prefix(leaf, term, length);
        prefixes += (uint32_t)is_of;
        ends_phrase |= is_of && leaf->kind == QUERY_PHRASE;
    }
    *word = NULL;
    if (number < 0 && prefixes == 0)
        return 0;
    if (number < 0 && ends_phrase) {
        number = interner_add(&wanted->terms, term, length, hash_bytes(term, length), NULL);
        if (number < 0)
            return TRAWL_ERROR_MEMORY;
    }
    struct wanted_word *made = arena_alloc(wanted->scratch, sizeof *made + prefixes * sizeof *made->prefixes);
    if (!made)
        return TRAWL_ERROR_MEMORY;
    made->term = number;
    made->prefix_count = 0;
    for (size_t i = 0; i < wanted->prefix_count; i++)
        if (wanted_is_of_prefix(wanted->leaves[wanted->prefixes[i]].node, term, length))
            made->prefixes[made->prefix_count++] = wanted->prefixes[i];
    *word = made;
    return 0;
}

static int analyse(struct wanted_memo *memo, struct wanted *wanted, const struct surface *surface)
{
    const uint8_t *term;
    size_t length;
    *memo = (struct wanted_memo){.bytes = NULL};
    int status = analysis_word(&term, &length, wanted->analysis, surface->bytes, surface->length, WORD_STEMMED);
    if (status == 0 && length > 0)
        status = identify(&memo->word, wanted, term, length);
    if (status)
        return status;
    memo->gives_term = length > 0;
    memo->bytes = surface->bytes;
    memo->length = surface->length;
    return 0;
}

int wanted_find(const struct wanted_word **word, int *gives_term, struct wanted *wanted, const struct surface *surface,
                struct trawl_error *error)
{
    struct wanted_memo *memo = &wanted->memo[hash_bytes(surface->bytes, surface->length) % WANTED_MEMO];
    if (!memo->bytes || memo->length != surface->length || memcmp(memo->bytes, surface->bytes, surface->length) != 0)
        if (analyse(memo, wanted, surface))
            return error_memory(error);
    *word = memo->word;
    *gives_term = memo->gives_term;
    return 0;
}
