#include "tests/property/reference.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "index/format/lengths.h"
#include "index/format/meta.h"
#include "src/util/hash.h"

enum { FIELDS = 16, MOST_WORDS = 64, DEEPEST = 64 };

struct word {
    uint32_t field, position;
    uint32_t term; /* number in the vocabulary */
    int in_body;
};

struct value {
    uint32_t field, tokens;
};

struct document {
    struct word *words;
    size_t count, capacity;
    struct value *values;
    size_t value_count;
    uint32_t next[FIELDS], tokens[FIELDS];
    int is_deleted;
};

struct reference {
    struct interner vocabulary;
    struct document *documents;
    size_t count, capacity;
    struct reference_hits hits;
    /* of the search at hand */
    const struct match_options *options;
    struct leaf *leaves;
    size_t leaf_count;
    size_t next_leaf; /* leaves are met in the same order in every document */
    double total_weight;
};

/* A leaf of the query, with what it needs of statistics. */
struct leaf {
    const struct query_node *node;
    uint32_t terms[MOST_WORDS]; /* of a phrase, in order */
    size_t term_count;
    uint32_t *expanded; /* all that a prefix stands for, or one at the end of a phrase */
    size_t expanded_count;
    int impossible, is_scored;
    double boost, idf, average;
    float weight;
};

static void *grown(void *old, size_t bytes)
{
    void *new = realloc(old, bytes ? bytes : 1);
    if (!new) {
        printf("Bail out! no memory\n");
        exit(EXIT_FAILURE);
    }
    return new;
}

/* ---------------------------------------------------------------- documents */

struct reference *reference_new(void)
{
    struct reference *reference = memset(grown(NULL, sizeof *reference), 0, sizeof *reference);
    interner_init(&reference->vocabulary);
    return reference;
}

void reference_free(struct reference *reference)
{
    for (size_t i = 0; i < reference->count; i++) {
        free(reference->documents[i].words);
        free(reference->documents[i].values);
    }
    interner_release(&reference->vocabulary);
    free(reference->documents);
    free(reference->hits.hits);
    free(reference);
}

void reference_document(struct reference *reference)
{
    if (reference->count == reference->capacity) {
        reference->capacity = 2 * reference->capacity + 16;
        reference->documents = grown(reference->documents, reference->capacity * sizeof *reference->documents);
    }
    reference->documents[reference->count++] = (struct document){0};
}

void reference_delete(struct reference *reference, size_t insertion)
{
    reference->documents[insertion].is_deleted = 1;
}

static uint32_t find_term(const struct reference *reference, const void *term, size_t length)
{
    return (uint32_t)interner_find(&reference->vocabulary, term, length, hash_bytes(term, length)); /* -1: UINT32_MAX */
}

static uint32_t add_term(struct reference *reference, const char *term, size_t length)
{
    const int64_t number =
        interner_add(&reference->vocabulary, (const uint8_t *)term, length, hash_bytes(term, length), NULL);
    if (number < 0) {
        printf("Bail out! no memory\n");
        exit(EXIT_FAILURE);
    }
    return (uint32_t)number;
}

static uint32_t add_words(struct reference *reference, uint32_t field, const char *words, int in_body)
{
    struct document *document = &reference->documents[reference->count - 1];
    uint32_t position = document->next[field], tokens = 0;
    for (size_t length; *words; words += length + (words[length] == ' ')) {
        length = strcspn(words, " ");
        if (length == 0)
            continue;
        if (document->count == document->capacity) {
            document->capacity = 2 * document->capacity + 16;
            document->words = grown(document->words, document->capacity * sizeof *document->words);
        }
        document->words[document->count++] = (struct word){field, position++, add_term(reference, words, length), in_body};
        tokens++;
    }
    if (tokens > 0)
        document->next[field] = position + FIELD_GAP;
    document->tokens[field] += tokens;
    return tokens;
}

void reference_value(struct reference *reference, uint32_t field, const char *words)
{
    struct document *document = &reference->documents[reference->count - 1];
    const uint32_t tokens = add_words(reference, FIELD_DEFAULT, words, field == FIELD_BODY);
    document->values = grown(document->values, (document->value_count + 1) * sizeof *document->values);
    document->values[document->value_count] = (struct value){field, tokens};
    document->value_count += tokens > 0;
    if (field != FIELD_BODY)
        add_words(reference, field, words, 0);
}

void reference_own_value(struct reference *reference, uint32_t field, const char *words)
{
    add_words(reference, field, words, 0);
}

/* --------------------------------------------------------------- statistics */

/* The body's length comes from where parts start and the whole document's coded length, which may be too short to leave
 * anything for the last part; but each has a token. */
static uint32_t length_of(const struct document *document, uint32_t field)
{
    if (field != FIELD_BODY)
        return length_decode(length_encode(document->tokens[field]));
    uint32_t left = length_decode(length_encode(document->tokens[FIELD_DEFAULT])), body = 0;
    for (size_t i = 0; i < document->value_count; i++) {
        const int is_last = i + 1 == document->value_count;
        const uint32_t tokens = !is_last ? document->values[i].tokens : left ? left : 1;
        left -= tokens < left ? tokens : left;
        body += document->values[i].field == FIELD_BODY ? tokens : 0;
    }
    return length_decode(length_encode(body));
}

static int is_in_field(const struct word *word, uint32_t field)
{
    return field == FIELD_BODY ? word->field == FIELD_DEFAULT && word->in_body : word->field == field;
}

static uint32_t count_term(const struct document *document, uint32_t field, uint32_t term)
{
    uint32_t tf = 0;
    for (size_t i = 0; i < document->count; i++)
        tf += document->words[i].term == term && is_in_field(&document->words[i], field);
    return tf;
}

static uint32_t count_terms(const struct document *document, const struct leaf *leaf)
{
    uint32_t tf = 0;
    for (size_t i = 0; i < leaf->term_count; i++)
        tf += count_term(document, leaf->node->field, leaf->terms[i]);
    for (size_t i = 0; i < leaf->expanded_count; i++)
        tf += count_term(document, leaf->node->field, leaf->expanded[i]);
    return tf;
}

static uint64_t count_with_field(const struct reference *reference, uint32_t field)
{
    uint64_t documents = 0;
    for (size_t i = 0; i < reference->count; i++)
        documents += !reference->documents[i].is_deleted && length_of(&reference->documents[i], field) > 0;
    return documents;
}

static double idf_of(const struct reference *reference, const struct leaf *of)
{
    const uint64_t documents = count_with_field(reference, of->node->field);
    uint64_t df = 0;
    for (size_t i = 0; i < reference->count; i++) {
        const struct document *document = &reference->documents[i];
        df += !document->is_deleted && count_terms(document, of) > 0;
    }
    df = df < documents ? df : documents;
    return df == 0 ? 0.0 : log(1.0 + ((double)documents - (double)df + 0.5) / ((double)df + 0.5));
}

static double average_of(const struct reference *reference, uint32_t field)
{
    uint64_t documents = 0, lengths = 0;
    for (size_t i = 0; i < reference->count; i++) {
        const uint32_t length = reference->documents[i].is_deleted ? 0 : length_of(&reference->documents[i], field);
        documents += length > 0;
        lengths += length;
    }
    return lengths ? (double)lengths / (double)documents : 1.0;
}

/* -------------------------------------------------------------------- leaves */

/* The sweep of docs/QUERY.md. Words' occurrences: places[i][0..counts[i]). */
static uint32_t sweep(uint32_t *places[], const uint32_t *counts, const struct leaf *leaf)
{
    const struct query_term *terms = leaf->node->terms;
    const size_t n = leaf->term_count;
    uint32_t at[MOST_WORDS] = {0}, matches = 0;
    for (;;) {
        for (size_t i = 0; i < n; i++) /* words of one term stand behind each other */
            for (size_t k = 0; k < i; k++)
                if (leaf->terms[k] == leaf->terms[i] && at[i] <= at[k])
                    at[i] = at[k] + 1;
        size_t back = 0;
        int64_t shifted[MOST_WORDS] = {0}, largest = INT64_MIN, others = INT64_MAX;
        for (size_t i = 0; i < n; i++) {
            if (at[i] >= counts[i])
                return matches;
            shifted[i] = (int64_t)places[i][at[i]] - terms[i].offset;
            largest = shifted[i] > largest ? shifted[i] : largest;
            back = shifted[i] < shifted[back] ? i : back;
        }
        int stands_once = 1;
        for (size_t i = 0; i < n; i++) {
            stands_once &= i == back || leaf->terms[i] != leaf->terms[back];
            others = i != back && shifted[i] < others ? shifted[i] : others;
        }
        const int can_go_on = at[back] + 1 < counts[back] &&
                              (int64_t)places[back][at[back] + 1] - terms[back].offset <= others;
        matches += largest - shifted[back] <= (int64_t)leaf->node->slop && !(stands_once && can_go_on);
        at[back]++;
    }
}

static uint32_t count_whole_phrase(const struct document *document, const struct leaf *leaf)
{
    uint32_t *places[MOST_WORDS], counts[MOST_WORDS] = {0};
    for (size_t i = 0; i < leaf->term_count; i++) {
        places[i] = grown(NULL, document->count * sizeof **places);
        for (size_t k = 0; k < document->count; k++)
            if (document->words[k].term == leaf->terms[i] && is_in_field(&document->words[k], leaf->node->field))
                places[i][counts[i]++] = document->words[k].position;
    }
    const uint32_t matches = sweep(places, counts, leaf);
    for (size_t i = 0; i < leaf->term_count; i++)
        free(places[i]);
    return matches;
}

/* One that ends in a prefix counts with each of its terms. */
static uint32_t count_phrase(const struct document *document, const struct leaf *leaf)
{
    struct leaf whole = *leaf;
    uint32_t matches = 0;
    if (!leaf->node->stem)
        return count_whole_phrase(document, leaf);
    for (size_t i = 0; i < leaf->expanded_count; i++) {
        whole.terms[leaf->term_count] = leaf->expanded[i];
        whole.term_count = leaf->term_count + 1;
        matches += count_whole_phrase(document, &whole);
    }
    return matches;
}

struct choice {
    uint32_t term;
    uint64_t df;
    const struct interner_key *key;
};

static int compare_choices(const void *a, const void *b)
{
    const struct choice *left = a, *right = b;
    if (left->df != right->df)
        return left->df > right->df ? -1 : 1;
    const size_t shorter = left->key->length < right->key->length ? left->key->length : right->key->length;
    const int order = memcmp(left->key->bytes, right->key->bytes, shorter);
    return order ? order : (left->key->length > right->key->length) - (left->key->length < right->key->length);
}

static int is_expansion(const struct query_node *node, const struct interner_key *term)
{
    const struct query_term *prefix = &node->terms[node->stem ? node->term_count - 1 : 0];
    const struct query_term *stem = node->stem ? node->stem : node->term_count > 1 ? &node->terms[1] : NULL;
    if (term->length >= prefix->length && memcmp(term->bytes, prefix->bytes, prefix->length) == 0)
        return 1;
    return stem && term->length == stem->length && memcmp(term->bytes, stem->bytes, term->length) == 0;
}

static void expand(struct reference *reference, struct leaf *leaf)
{
    struct choice *choices = grown(NULL, reference->vocabulary.count * sizeof *choices);
    size_t count = 0;
    for (uint32_t term = 0; term < reference->vocabulary.count; term++) {
        if (!is_expansion(leaf->node, &reference->vocabulary.keys[term]))
            continue;
        choices[count] = (struct choice){term, 0, &reference->vocabulary.keys[term]};
        for (size_t i = 0; i < reference->count; i++)
            if (!reference->documents[i].is_deleted)
                choices[count].df += count_term(&reference->documents[i], leaf->node->field, term) > 0;
        count++;
    }
    qsort(choices, count, sizeof *choices, compare_choices);
    const size_t most = leaf->is_scored ? reference->options->max_expansions : SIZE_MAX;
    leaf->expanded_count = count < most ? count : most;
    leaf->expanded = grown(NULL, count * sizeof *leaf->expanded);
    for (size_t i = 0; i < leaf->expanded_count; i++)
        leaf->expanded[i] = choices[i].term;
    free(choices);
}

static void weigh_word(const struct reference *reference, struct leaf *leaf, const struct leaf *word)
{
    const double idf = idf_of(reference, word);
    leaf->idf += idf;
    leaf->impossible |= !(idf > 0);
}

/* A leaf's idf is the sum of its words'; a prefix is one word. */
static void weigh(struct reference *reference, struct leaf *leaf)
{
    const struct query_node *node = leaf->node;
    leaf->average = average_of(reference, node->field);
    if (node->kind == QUERY_FIELD) {
        leaf->idf = 1.0;
        leaf->impossible = count_with_field(reference, node->field) == 0;
        return;
    }
    const uint32_t whole = node->kind == QUERY_PREFIX ? 0 : node->term_count - (node->stem != NULL);
    for (uint32_t i = 0; i < whole; i++) {
        const struct leaf word = {.node = node, .term_count = 1,
                                  .terms = {find_term(reference, node->terms[i].bytes, node->terms[i].length)}};
        leaf->terms[leaf->term_count++] = word.terms[0];
        weigh_word(reference, leaf, &word);
    }
    if (node->kind != QUERY_PREFIX && !node->stem)
        return;
    expand(reference, leaf);
    const struct leaf prefix = {.node = node, .expanded = leaf->expanded, .expanded_count = leaf->expanded_count};
    weigh_word(reference, leaf, &prefix);
}

static void add_leaf(struct reference *reference, const struct query_node *node, double boost, int is_scored)
{
    reference->leaves = grown(reference->leaves, (reference->leaf_count + 1) * sizeof *reference->leaves);
    struct leaf *leaf = &reference->leaves[reference->leaf_count++];
    *leaf = (struct leaf){.node = node, .boost = boost, .is_scored = is_scored, .impossible = node->kind == QUERY_NOTHING};
    if (node->kind == QUERY_ALL || node->kind == QUERY_BOOLEAN) /* a boolean without anything positive */
        leaf->idf = 1.0;
    else if (node->kind != QUERY_NOTHING)
        weigh(reference, leaf);
    if (is_scored && !leaf->impossible)
        reference->total_weight += boost * leaf->idf;
}

static int is_negative(const struct query_node *node)
{
    for (uint32_t i = 0; i < node->clause_count; i++)
        if (node->clauses[i].occur != QUERY_MUST_NOT)
            return 0;
    return 1;
}

static void add_leaves(struct reference *reference, const struct query_node *node, double boost, int is_scored)
{
    boost *= (double)node->boost;
    if (node->kind != QUERY_BOOLEAN) {
        add_leaf(reference, node, boost, is_scored);
        return;
    }
    for (uint32_t i = 0; i < node->clause_count; i++)
        add_leaves(reference, node->clauses[i].node, boost, is_scored && node->clauses[i].occur != QUERY_MUST_NOT);
    if (is_negative(node))
        add_leaf(reference, node, boost, is_scored);
}

/* ------------------------------------------------------------------ matching */

struct verdict {
    int matches;
    uint64_t units;
};

static struct verdict ask_leaf(struct reference *reference, const struct document *document)
{
    const struct leaf *leaf = &reference->leaves[reference->next_leaf++];
    const struct query_node *node = leaf->node;
    if (leaf->impossible)
        return (struct verdict){0, 0};
    if (node->kind == QUERY_ALL || node->kind == QUERY_BOOLEAN)
        return (struct verdict){1, (uint64_t)leaf->weight};
    if (node->kind == QUERY_FIELD) {
        const int has = length_of(document, node->field) > 0;
        return (struct verdict){has, has ? (uint64_t)leaf->weight : 0};
    }
    const uint32_t tf = node->kind == QUERY_PHRASE ? count_phrase(document, leaf) : count_terms(document, leaf);
    if (tf == 0)
        return (struct verdict){0, 0};
    const double k1 = (double)reference->options->k1, b = (double)reference->options->b;
    const double length = length_of(document, node->field);
    const float norm = (float)(k1 * (1.0 - b + b * length / leaf->average));
    const float part = (float)tf / ((float)tf + norm);
    return (struct verdict){1, (uint64_t)(leaf->weight * part)};
}

static struct verdict ask(struct reference *reference, const struct query_node *node, const struct document *document)
{
    if (node->kind != QUERY_BOOLEAN)
        return ask_leaf(reference, document);
    int missing = 0, excluded = 0, must = 0, should = 0;
    uint64_t units = 0;
    for (uint32_t i = 0; i < node->clause_count; i++) {
        const struct verdict verdict = ask(reference, node->clauses[i].node, document);
        const enum query_occur occur = node->clauses[i].occur;
        must += occur == QUERY_MUST;
        missing += occur == QUERY_MUST && !verdict.matches;
        should += occur == QUERY_SHOULD && verdict.matches;
        excluded += occur == QUERY_MUST_NOT && verdict.matches;
        units += occur != QUERY_MUST_NOT ? verdict.units : 0;
    }
    if (is_negative(node)) {
        const struct verdict all = ask_leaf(reference, document);
        should = all.matches;
        units = all.units;
    }
    const int matches = !missing && !excluded && (must || should);
    return (struct verdict){matches, matches ? units : 0};
}

static int compare_hits(const void *a, const void *b)
{
    const struct reference_hit *left = a, *right = b;
    if (left->units != right->units)
        return left->units > right->units ? -1 : 1;
    return (left->insertion > right->insertion) - (left->insertion < right->insertion);
}

const struct reference_hits *reference_search(struct reference *reference, const struct query_node *root,
                                              const struct match_options *options)
{
    struct reference_hits *hits = &reference->hits;
    reference->options = options;
    reference->total_weight = 0;
    add_leaves(reference, root, 1.0, 1);
    const double scale =
        reference->total_weight > 0 ? 2147483648.0 * (1.0 - 1.0 / 1024.0) / reference->total_weight : 1.0;
    for (size_t i = 0; i < reference->leaf_count; i++)
        reference->leaves[i].weight = (float)(reference->leaves[i].boost * reference->leaves[i].idf * scale);
    hits->hits = grown(hits->hits, reference->count * sizeof *hits->hits);
    hits->count = 0;
    for (size_t i = 0; i < reference->count; i++) {
        reference->next_leaf = 0;
        if (reference->documents[i].is_deleted)
            continue;
        const struct verdict verdict = ask(reference, root, &reference->documents[i]);
        if (verdict.matches)
            hits->hits[hits->count++] =
                (struct reference_hit){i, verdict.units, (float)((double)verdict.units / scale)};
    }
    qsort(hits->hits, hits->count, sizeof *hits->hits, compare_hits);
    for (size_t i = 0; i < reference->leaf_count; i++)
        free(reference->leaves[i].expanded);
    free(reference->leaves);
    reference->leaves = NULL;
    reference->leaf_count = 0;
    return hits;
}
