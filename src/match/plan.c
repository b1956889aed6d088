#include "src/match/plan.h"

#include "src/match/deciding.h"
#include "src/match/phrase_pairs.h"
#include "src/match/phrase_prefix.h"
#include "src/match/prefix.h"
#include "src/match/room.h"

/* Products of boosts stay in here, so that no weight is 0, infinite, or out of the scale. */
static const double SMALLEST_BOOST = 1e-30, LARGEST_BOOST = 1e30;

/* ------------------------------------------------------------------- fields */

static int any_segment_has_parts(const struct snapshot *snapshot)
{
    for (size_t i = 0; i < snapshot->segment_count; i++)
        if (!snapshot_segment_is_plain(snapshot, i))
            return 1;
    return 0;
}

/* Where its postings are. */
static uint32_t stored_field(uint32_t number)
{
    return number == FIELD_BODY ? FIELD_DEFAULT : number;
}

/* Those of the first field are likely to be known from the search before. */
static const float *make_norms(const struct plan *plan, double average_length)
{
    const struct match_options *options = plan->options;
    if (options->room && !plan->fields) {
        const struct norms_key key = {options->k1, options->b, average_length};
        return room_norms(options->room, &key);
    }
    float *norms = arena_alloc(plan->arena, LENGTH_CODES * sizeof *norms);
    if (norms)
        bm25_norms(norms, options->k1, options->b, average_length);
    return norms;
}

static int make_field(struct plan_field **field, struct plan *plan, uint32_t number, struct trawl_error *error)
{
    struct plan_field *made = arena_alloc_zero(plan->arena, 1, sizeof *made);
    if (!made)
        return error_memory(error);
    made->number = number;
    made->stored = stored_field(number);
    made->in_body = number == FIELD_BODY && any_segment_has_parts(plan->snapshot);
    const int status = snapshot_field_statistics(&made->statistics, plan->snapshot, number, error);
    if (status)
        return status;
    const uint64_t documents = made->statistics.documents;
    const uint64_t lengths = made->statistics.decoded_lengths;
    made->average_length = documents && lengths ? (double)lengths / (double)documents : 1.0;
    made->norms = make_norms(plan, made->average_length);
    if (!made->norms)
        return error_memory(error);
    made->next = plan->fields;
    plan->fields = *field = made;
    return 0;
}

static int find_field(struct plan_field **field, struct plan *plan, uint32_t number, struct trawl_error *error)
{
    for (*field = plan->fields; *field; *field = (*field)->next)
        if ((*field)->number == number)
            return 0;
    return make_field(field, plan, number, error);
}

/* -------------------------------------------------------------------- words */

int plan_find_term(struct term_entry *entry, const struct plan *plan, size_t segment, const struct plan_field *field,
                   const uint8_t *term, size_t length, struct trawl_error *error)
{
    const struct segment *in = plan->snapshot->segments[segment];
    const struct meta_field *stored = meta_find_field(&in->meta, field->stored);
    const int status = stored ? terms_find(entry, &in->terms, stored, term, length, error) : 1;
    if (status == 1)
        *entry = (struct term_entry){0};
    if (status == 0 && plan->reads_postings)
        postings_cursor_prefetch(in, entry);
    return status < 0 ? status : 0;
}

/* With nothing deleted the dictionaries say it; else the snapshot keeps count. */
static int word_df(struct plan_word *word, struct plan *plan, const struct plan_field *field, struct trawl_error *error)
{
    uint64_t df = 0;
    for (size_t i = 0; i < plan->snapshot->segment_count; i++)
        df += word->entries[i].df;
    word->df = df;
    if (df == 0 || (!plan->has_deletes && !field->in_body))
        return 0;
    struct term_statistics statistics;
    const int status =
        snapshot_term_statistics(&statistics, plan->snapshot, field->number, word->bytes, word->length, error);
    word->df = status ? 0 : statistics.df;
    return status ? status : deadline_check(plan->deadline, DEADLINE_TERM + df, error);
}

static int find_word(struct plan_word *word, struct plan *plan, const struct plan_field *field,
                     const struct query_term *term, struct trawl_error *error)
{
    const size_t segments = plan->snapshot->segment_count;
    *word = (struct plan_word){.bytes = term->bytes, .length = term->length, .offset = term->offset};
    word->entries = arena_alloc_zero(plan->arena, segments ? segments : 1, sizeof *word->entries);
    if (!word->entries)
        return error_memory(error);
    for (size_t i = 0; i < segments; i++) {
        const int status = plan_find_term(&word->entries[i], plan, i, field, term->bytes, term->length, error);
        if (status)
            return status;
    }
    const int status = word_df(word, plan, field, error);
    word->idf = bm25_idf(word->df, field->statistics.documents);
    return status;
}

/* TERM and PHRASE. */
static int plan_words(struct plan_node *node, struct plan *plan, struct trawl_error *error)
{
    const struct query_node *query = node->query;
    const uint32_t whole = query->term_count - (query->stem != NULL); /* the last may be a prefix */
    node->word_count = query->term_count;
    node->slop = query->slop;
    node->words = arena_alloc_zero(plan->arena, query->term_count, sizeof *node->words);
    if (!node->words)
        return error_memory(error);
    for (uint32_t i = 0; i < whole; i++) {
        const int status = find_word(&node->words[i], plan, node->field, &query->terms[i], error);
        if (status)
            return status;
        node->idf += node->words[i].idf;
        node->df = node->words[i].df;
        if (node->words[i].df == 0)
            node->kind = QUERY_NOTHING;
    }
    if (query->stem)
        return phrase_prefix_plan(node, plan, error);
    return node->kind == QUERY_PHRASE ? pairs_plan(node, plan, plan->arena, error) : 0;
}

/* --------------------------------------------------------------------- tree */

static int plan_node(struct plan_node **node, struct plan *plan, const struct query_node *query, double boost, int scored,
                     struct trawl_error *error);

/* A boolean of exclusions alone, or of nothing, starts from all documents. */
static int add_all(struct plan_node *node, struct plan *plan, struct trawl_error *error)
{
    static const struct query_node all = {.kind = QUERY_ALL, .boost = 1.0f};
    struct plan_clause *clause = &node->clauses[node->clause_count++];
    clause->occur = QUERY_MUST;
    return plan_node(&clause->node, plan, &all, node->boost, node->scored, error);
}

static int plan_boolean(struct plan_node *node, struct plan *plan, struct trawl_error *error)
{
    const struct query_node *query = node->query;
    int positive = 0, status = 0;
    node->clauses = arena_alloc_zero(plan->arena, (size_t)query->clause_count + 1, sizeof *node->clauses);
    if (!node->clauses)
        return error_memory(error);
    for (uint32_t i = 0; i < query->clause_count && !status; i++) {
        if (plan->only_counts && deciding_skips(query, i))
            continue;
        struct plan_clause *clause = &node->clauses[node->clause_count++];
        clause->occur = query->clauses[i].occur;
        positive |= clause->occur != QUERY_MUST_NOT;
        status = plan_node(&clause->node, plan, query->clauses[i].node, node->boost,
                           node->scored && clause->occur != QUERY_MUST_NOT, error);
    }
    return status || positive ? status : add_all(node, plan, error);
}

static int plan_in_field(struct plan_node *node, struct plan *plan, struct trawl_error *error)
{
    struct plan_field *field;
    const int status = find_field(&field, plan, node->query->field, error);
    node->field = field;
    if (status)
        return status;
    if (node->kind != QUERY_FIELD)
        return node->kind == QUERY_PREFIX ? prefix_plan(node, plan, error) : plan_words(node, plan, error);
    node->idf = 1.0;
    node->df = field->statistics.documents;
    if (node->df == 0)
        node->kind = QUERY_NOTHING;
    return 0;
}

static int plan_leaf(struct plan_node *node, struct plan *plan, struct trawl_error *error)
{
    if (node->kind == QUERY_NOTHING)
        return 0;
    if (node->kind == QUERY_ALL) {
        node->idf = 1.0;
    } else {
        const int status = plan_in_field(node, plan, error);
        if (status)
            return status;
    }
    if (node->scored && node->kind != QUERY_NOTHING)
        plan->total_weight += node->boost * node->idf;
    return 0;
}

static double limited(double boost)
{
    return boost < SMALLEST_BOOST ? SMALLEST_BOOST : boost > LARGEST_BOOST ? LARGEST_BOOST : boost;
}

/* As deep as the tree, which the parser limits. */
static int plan_node(struct plan_node **node, struct plan *plan, const struct query_node *query, double boost, int scored,
                     struct trawl_error *error)
{
    struct plan_node *made = *node = arena_alloc_zero(plan->arena, 1, sizeof *made);
    if (!made)
        return error_memory(error);
    made->kind = query->kind;
    made->query = query;
    made->boost = limited(boost * (double)query->boost);
    made->scored = scored;
    return made->kind == QUERY_BOOLEAN ? plan_boolean(made, plan, error) : plan_leaf(made, plan, error);
}

static void set_weights(struct plan_node *node, const struct plan *plan)
{
    if (node->scored)
        node->weight = (float)(node->boost * node->idf * plan->scale);
    for (uint32_t i = 0; i < node->clause_count; i++)
        set_weights(node->clauses[i].node, plan);
}

/* Of more words than that the first would be gone again when they are looked up. */
enum { WORDS_AHEAD = 64 };

static void prefetch_words(uint32_t *left, const struct plan *plan, const struct query_node *query)
{
    for (uint32_t i = 0; i < query->clause_count; i++)
        if (!plan->only_counts || !deciding_skips(query, i))
            prefetch_words(left, plan, query->clauses[i].node);
    if (query->kind != QUERY_TERM && query->kind != QUERY_PHRASE)
        return;
    for (size_t i = 0; i < plan->snapshot->segment_count; i++) {
        const struct segment *segment = plan->snapshot->segments[i];
        const struct meta_field *field = meta_find_field(&segment->meta, stored_field(query->field));
        for (uint32_t k = 0; field && k < query->term_count && *left > 0; k++, --*left)
            terms_prefetch(&segment->terms, field, query->terms[k].bytes, query->terms[k].length);
    }
}

int plan_make(struct plan *plan, struct snapshot *snapshot, struct query *query, const struct match_options *options,
              int only_counts, struct arena *arena, struct trawl_error *error)
{
    static const struct query_node nothing = {.kind = QUERY_NOTHING, .boost = 1.0f};
    struct deadline *const deadline = arena_alloc(arena, sizeof *deadline);
    if (!deadline)
        return error_memory(error);
    *deadline = deadline_at(options->deadline_ns);
    *plan = (struct plan){.deadline = deadline, .snapshot = snapshot, .query = query, .options = options, .arena = arena, .only_counts = only_counts, .scale = 1.0};
    for (size_t i = 0; i < snapshot->segment_count; i++)
        plan->has_deletes |= snapshot->segments[i]->deleted != NULL;
    uint32_t words_ahead = WORDS_AHEAD;
    const struct query_node *root = query->root ? query->root : &nothing;
    if (plan->only_counts)
        root = deciding_node(root);
    plan->reads_postings = !plan->only_counts || root->kind != QUERY_TERM;
    prefetch_words(&words_ahead, plan, root);
    const int status = plan_node(&plan->root, plan, root, 1.0, 1, error);
    if (status)
        return status;
    if (plan->total_weight > 0)
        plan->scale = 2147483648.0 * (1.0 - 1.0 / 1024.0) / plan->total_weight;
    set_weights(plan->root, plan);
    return 0;
}

float plan_score(const struct plan *plan, uint64_t units)
{
    return (float)((double)units / plan->scale);
}
