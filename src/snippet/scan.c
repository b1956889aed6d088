#include "src/snippet/scan.h"

#include <stdlib.h>
#include <string.h>

#include "src/snippet/occurrences.h"
#include "src/util/error.h"

/* One text being scanned. */
struct scan {
    struct match_list *list;
    struct wanted *wanted;
    uint32_t field;                /* number in the manifest */
    struct occurrence_list *terms; /* by number: where those of phrases stand */
    size_t term_count, term_capacity;
    uint8_t *is_in_phrase;         /* by number: whole words of phrases, known beforehand */
    size_t known_count;
    uint32_t leaf;                 /* the phrase at hand */
    struct occurrence *sorted;     /* room for its words */
};

/* Makes room for `more` elements behind `count`. -> 0, or no memory */
static int make_room(void *array, size_t *capacity, size_t count, size_t more, size_t size, struct arena *arena)
{
    if (count + more <= *capacity)
        return 0;
    size_t grown_capacity = *capacity * 2 > count + more ? *capacity * 2 : count + more + 8;
    void *grown = arena_alloc_zero(arena, grown_capacity, size), *old;
    if (!grown)
        return TRAWL_ERROR_MEMORY;
    memcpy(&old, array, sizeof old);
    if (count)
        memcpy(grown, old, count * size);
    memcpy(array, &grown, sizeof grown);
    *capacity = grown_capacity;
    return 0;
}

static int add_match(struct match_list *list, const struct match *match, struct arena *arena)
{
    if (make_room(&list->matches, &list->capacity, list->count, 1, sizeof *match, arena))
        return TRAWL_ERROR_MEMORY;
    list->matches[list->count++] = *match;
    return 0;
}

/* ---------------------------------------------------------------------- words */

static int applies(const struct scan *scan, uint32_t leaf)
{
    uint32_t field = scan->wanted->leaves[leaf].node->field;
    return field == 0 || field == scan->field;
}

static int add_word(struct scan *scan, uint32_t leaf, const struct occurrence *occurrence)
{
    const struct match match = {.start = occurrence->start, .end = occurrence->end, .leaf = leaf, .pieces = 1};
    return applies(scan, leaf) ? add_match(scan->list, &match, scan->wanted->scratch) : 0;
}

/* Keeps where a word of phrases stands. */
static int add_occurrence(struct scan *scan, size_t term, const struct occurrence *occurrence)
{
    struct arena *scratch = scan->wanted->scratch;
    if (term >= scan->term_count) {
        const size_t more = term + 1 - scan->term_count;
        if (make_room(&scan->terms, &scan->term_capacity, scan->term_count, more, sizeof *scan->terms, scratch))
            return TRAWL_ERROR_MEMORY;
        scan->term_count = term + 1;
    }
    return occurrence_list_add(&scan->terms[term], scratch, occurrence);
}

static int add_terms(struct scan *scan, uint32_t term, const struct occurrence *occurrence)
{
    const struct wanted *wanted = scan->wanted;
    for (size_t i = 0; i < wanted->leaf_count; i++)
        if (wanted->leaves[i].node->kind == QUERY_TERM && wanted->leaves[i].terms[0] == term &&
            add_word(scan, (uint32_t)i, occurrence))
            return TRAWL_ERROR_MEMORY;
    return 0;
}

static int add_found(struct scan *scan, const struct wanted_word *word, const struct occurrence *occurrence)
{
    const size_t term = (size_t)word->term; /* if it has a number */
    int is_in_phrase = word->term >= 0 && term < scan->known_count && scan->is_in_phrase[term];
    for (uint32_t i = 0; i < word->prefix_count; i++) {
        const uint32_t leaf = word->prefixes[i];
        if (scan->wanted->leaves[leaf].node->kind == QUERY_PHRASE)
            is_in_phrase |= applies(scan, leaf);
        else if (add_word(scan, leaf, occurrence))
            return TRAWL_ERROR_MEMORY;
    }
    if (word->term >= 0 && add_terms(scan, (uint32_t)word->term, occurrence))
        return TRAWL_ERROR_MEMORY;
    return is_in_phrase ? add_occurrence(scan, term, occurrence) : 0;
}

/* Whether enough has been seen: what there is more of would not be shown. */
static int is_enough(const struct scan *scan, size_t bytes, size_t found)
{
    return found > 0 && (bytes > SCAN_BYTES || scan->list->count > SCAN_MATCHES || found > SCAN_MATCHES);
}

/* A word that passed the filter. -> 0, and *position is the next one's */
static int scan_word(uint32_t *position, size_t *found, struct scan *scan, const struct surface *surface, size_t start,
                     struct trawl_error *error)
{
    const struct wanted_word *word;
    int gives_term;
    int status = wanted_find(&word, &gives_term, scan->wanted, surface, error);
    if (status)
        return status;
    const struct occurrence occurrence = {.position = *position, .start = start, .end = start + surface->length};
    if (word && add_found(scan, word, &occurrence))
        return error_memory(error);
    *found += word != NULL;
    *position += (uint32_t)gives_term;
    return 0;
}

static int scan_words(struct scan *scan, const struct snippet_field *field, struct trawl_error *error)
{
    struct tokenizer tokenizer;
    struct surface surface;
    uint32_t position = 0;
    size_t found = 0, start = 0;
    tokenizer_init(&tokenizer, field->text, field->length);
    while (!is_enough(scan, start, found) && tokenizer_next(&tokenizer, &surface)) {
        start = (size_t)(surface.bytes - field->text);
        if (!start_filter_passes(&scan->wanted->filter, &surface)) {
            position++;
            continue;
        }
        int status = scan_word(&position, &found, scan, &surface, start, error);
        if (status)
            return status;
    }
    return 0;
}

/* -------------------------------------------------------------------- phrases */

static int by_position(const void *a, const void *b)
{
    const struct occurrence *left = a, *right = b;
    return left->position < right->position ? -1 : left->position > right->position;
}

static int add_phrase(void *context, const struct phrase_word *words, uint32_t count)
{
    struct scan *scan = context;
    struct match_list *list = scan->list;
    struct arena *scratch = scan->wanted->scratch;
    struct occurrence *occurrences = scan->sorted;
    if (make_room(&list->pieces, &list->piece_capacity, list->piece_count, count, sizeof *list->pieces, scratch))
        return TRAWL_ERROR_MEMORY;
    for (uint32_t i = 0; i < count; i++)
        occurrences[i] = scan->terms[words[i].term].occurrences[words[i].at];
    qsort(occurrences, count, sizeof *occurrences, by_position);

    struct match match = {.start = occurrences[0].start, .end = occurrences[count - 1].end, .leaf = scan->leaf};
    match.first_piece = list->piece_count;
    struct piece *piece = NULL;
    for (uint32_t i = 0; i < count; i++) {
        if (!piece || occurrences[i].position > occurrences[i - 1].position + 1) {
            piece = &list->pieces[list->piece_count++];
            piece->start = occurrences[i].start;
            match.pieces++;
        }
        piece->end = occurrences[i].end;
    }
    if (list->count > SCAN_MATCHES || list->piece_count > SCAN_MATCHES)
        return TRAWL_END;
    return add_match(list, &match, scratch);
}

static void set_term(struct phrase_word *word, const struct scan *scan, uint32_t term)
{
    word->term = term;
    word->positions = scan->terms[term].positions;
    word->count = scan->terms[term].count;
}

/* With each of the terms that stand for its last word, as in the index. */
static int scan_with_prefix(struct scan *scan, struct phrase_word *words, const struct query_node *node, uint64_t *work)
{
    struct phrase_word *last = &words[node->term_count - 1];
    int status = 0;
    for (uint32_t number = 0; number < scan->term_count && !status; number++) {
        const struct interner_key *term = &scan->wanted->terms.keys[number];
        set_term(last, scan, number);
        if (last->count > 0 && wanted_is_of_prefix(node, term->bytes, term->length))
            status = occurrences_match(words, node->term_count, node->slop, work, add_phrase, scan);
    }
    return status;
}

static int scan_phrase(struct scan *scan, uint32_t leaf)
{
    const struct wanted_leaf *phrase = &scan->wanted->leaves[leaf];
    const struct query_node *node = phrase->node;
    const uint32_t whole = node->term_count - (node->stem != NULL); /* words that are no prefix */
    uint64_t work = OCCURRENCES_WORK;
    struct phrase_word *words = arena_alloc_zero(scan->wanted->scratch, node->term_count, sizeof *words);
    scan->sorted = arena_alloc_zero(scan->wanted->scratch, node->term_count, sizeof *scan->sorted);
    if (!words || !scan->sorted)
        return TRAWL_ERROR_MEMORY;
    for (uint32_t i = 0; i < node->term_count; i++) {
        words[i].offset = node->terms[i].offset;
        if (i < whole)
            set_term(&words[i], scan, phrase->terms[i]);
    }
    scan->leaf = leaf;
    return node->stem ? scan_with_prefix(scan, words, node, &work)
                      : occurrences_match(words, node->term_count, node->slop, &work, add_phrase, scan);
}

static int is_phrase(const struct scan *scan, size_t leaf)
{
    return scan->wanted->leaves[leaf].node->kind == QUERY_PHRASE && applies(scan, (uint32_t)leaf);
}

static int scan_phrases(struct scan *scan)
{
    int status = 0;
    for (size_t i = 0; i < scan->wanted->leaf_count && status >= 0; i++)
        if (is_phrase(scan, i))
            status = scan_phrase(scan, (uint32_t)i);
    return status < 0 ? status : 0;
}

/* ----------------------------------------------------------------------- both */

static int by_start(const void *a, const void *b)
{
    const struct match *left = a, *right = b;
    if (left->start != right->start)
        return left->start < right->start ? -1 : 1;
    if (left->end != right->end)
        return left->end < right->end ? -1 : 1;
    return left->leaf < right->leaf ? -1 : left->leaf > right->leaf;
}

static int prepare(struct scan *scan)
{
    const struct wanted *wanted = scan->wanted;
    const size_t count = wanted->terms.count;
    scan->terms = arena_alloc_zero(wanted->scratch, count, sizeof *scan->terms);
    scan->is_in_phrase = arena_alloc_zero(wanted->scratch, count, 1);
    if (!scan->terms || !scan->is_in_phrase)
        return TRAWL_ERROR_MEMORY;
    scan->term_count = scan->term_capacity = scan->known_count = count;
    for (size_t i = 0; i < wanted->leaf_count; i++) {
        const struct query_node *node = wanted->leaves[i].node;
        for (uint32_t k = 0; is_phrase(scan, i) && k < node->term_count - (node->stem != NULL); k++)
            scan->is_in_phrase[wanted->leaves[i].terms[k]] = 1;
    }
    return 0;
}

int scan_text(struct match_list *list, struct wanted *wanted, const struct snippet_field *field, struct trawl_error *error)
{
    struct scan scan = {.list = list, .wanted = wanted, .field = field->number};
    size_t before = list->count;
    if (prepare(&scan))
        return error_memory(error);
    int status = scan_words(&scan, field, error);
    if (status)
        return status;
    if (scan_phrases(&scan))
        return error_memory(error);
    if (list->count > before)
        qsort(list->matches + before, list->count - before, sizeof *list->matches, by_start);
    return 0;
}
