/* Word pairs against the positions that they were made of: every common term
 * is walked once more, and what stands side by side in a document must be what the
 * pairs' lists say of it, no more and no less. Lists are turned round to documents
 * some thousands at a time. */
#include "index/read/check_findings.h"

#include <string.h>

#include "index/read/pair_walk.h"
#include "src/util/memory.h"

enum { DOCUMENTS_AT_ONCE = 1 << 14, NUMBERS = 1 << 16 };

struct pair_list {
    struct postings_cursor cursor;
    uint32_t next; /* in its block */
    uint16_t pair;
};

/* What a list says of a document. */
struct listed {
    uint32_t next; /* the document's next + 1 */
    uint32_t tf;
    uint16_t pair;
};

struct pair_check {
    struct check *check;
    const struct segment *segment;
    struct common_term *terms; /* by bytes */
    size_t term_count, term_capacity;
    struct pair_list *lists;
    size_t list_count, list_capacity;
    struct listed *listed;
    size_t listed_count, listed_capacity;
    uint32_t heads[DOCUMENTS_AT_ONCE]; /* by document: the first that is listed, + 1 */
    uint32_t counts[NUMBERS];          /* by pair: how often it stands in the document */
    struct arena arena;
};

static void found(struct pair_check *check, const char *what)
{
    const struct span section = container_section(&check->segment->container, SECTION_ID('P', 'A', 'I', 'R'));
    check_found(check->check, check->segment, "PAIR", section.bytes, "%s", what);
}

static int no_memory(struct pair_check *check)
{
    struct trawl_error error = {0};
    return check_status(check->check, error_memory(&error), &error);
}

/* ----------------------------------------------------------------- the terms */

static int add_term(struct pair_check *check, const struct terms_cursor *cursor)
{
    if (memory_grow(&check->terms, &check->term_capacity, check->term_count + 1, sizeof *check->terms))
        return no_memory(check);
    struct common_term *term = &check->terms[check->term_count++];
    memcpy(term->bytes, cursor->term, cursor->term_length);
    term->length = (uint8_t)cursor->term_length;
    term->entry = cursor->entry;
    return 0;
}

/* -> 0, or not: this is all that can be said */
static int find_terms(struct pair_check *check)
{
    const struct segment *segment = check->segment;
    const struct meta_field *field = meta_find_field(&segment->meta, FIELD_DEFAULT);
    struct terms_cursor cursor;
    struct trawl_error error = {0};
    int status = field ? terms_seek(&cursor, &segment->terms, field, (const uint8_t *)"", 0, &error) : TRAWL_END;
    while (!status && !(status = terms_next(&cursor, &error))) {
        if (!pairs_is_common(&segment->pairs, cursor.entry.df, cursor.term_length))
            continue;
        if (check->term_count == PAIR_TERMS) {
            found(check, "more terms are common than may be");
            return -1;
        }
        status = add_term(check, &cursor);
    }
    return status < 0 ? check_status(check->check, status, &error) : 0;
}

/* The number of a common term; term_count: it is none. */
static size_t find_term(const struct pair_check *check, const uint8_t *bytes, size_t length)
{
    size_t i = 0;
    while (i < check->term_count &&
           (check->terms[i].length != length || memcmp(check->terms[i].bytes, bytes, length) != 0))
        i++;
    return i;
}

static int is_kept(const struct pair_check *check, size_t first, size_t second)
{
    return pairs_are_kept(&check->segment->pairs, check->terms[first].entry.df, check->terms[second].entry.df);
}

/* ----------------------------------------------------------------- the lists */

/* -> 0, or not: the key is not that of a pair that is kept */
static int take_key(uint16_t *pair, const struct pair_check *check, const uint8_t *key, size_t length)
{
    const size_t first_length = key[0];
    if (first_length >= length - 1)
        return -1;
    const size_t first = find_term(check, key + 1, first_length);
    const size_t second = find_term(check, key + 1 + first_length, length - 1 - first_length);
    if (first == check->term_count || second == check->term_count || !is_kept(check, first, second))
        return -1;
    *pair = pair_of((unsigned)first, (unsigned)second);
    return 0;
}

static int add_list(struct pair_check *check, const struct terms_cursor *cursor, struct trawl_error *error)
{
    if (memory_grow(&check->lists, &check->list_capacity, check->list_count + 1, sizeof *check->lists))
        return error_memory(error);
    struct pair_list *list = &check->lists[check->list_count];
    list->next = 0;
    if (take_key(&list->pair, check, cursor->term, cursor->term_length)) {
        found(check, "there is a list of two terms whose pair is not kept");
        return 0;
    }
    check->list_count++;
    return postings_cursor_open(&list->cursor, check->segment, &cursor->entry, &check->arena, error);
}

static int find_lists(struct pair_check *check)
{
    const struct segment *segment = check->segment;
    const struct meta_field *field = meta_find_field(&segment->meta, FIELD_PAIRS);
    struct terms_cursor cursor;
    struct trawl_error error = {0};
    int status = field ? terms_seek(&cursor, &segment->terms, field, (const uint8_t *)"", 0, &error) : TRAWL_END;
    while (!status && !check_must_stop(check->check) && !(status = terms_next(&cursor, &error)))
        status = add_list(check, &cursor, &error);
    return status < 0 ? check_status(check->check, status, &error) : 0;
}

/* What one list says of documents [from, to). */
static int take_list(struct pair_check *check, struct pair_list *list, uint32_t from, uint32_t to,
                     struct trawl_error *error)
{
    struct postings_cursor *cursor = &list->cursor;
    while (!cursor->at_end && cursor->first_possible < to) {
        int status = postings_cursor_frequencies(cursor, error);
        for (; !status && list->next < cursor->count && cursor->documents[list->next] < to; list->next++) {
            if (memory_grow(&check->listed, &check->listed_capacity, check->listed_count + 1, sizeof *check->listed))
                return error_memory(error);
            uint32_t *head = &check->heads[cursor->documents[list->next] - from];
            check->listed[check->listed_count++] =
                (struct listed){.next = *head, .tf = cursor->frequencies[list->next], .pair = list->pair};
            *head = (uint32_t)check->listed_count;
        }
        if (status || list->next < cursor->count)
            return status;
        list->next = 0;
        status = postings_cursor_next(cursor, error);
        if (status)
            return status;
    }
    return 0;
}

static int take_lists(struct pair_check *check, uint32_t from, uint32_t to)
{
    struct trawl_error error = {0};
    int status = 0;
    check->listed_count = 0;
    memset(check->heads, 0, sizeof check->heads);
    for (size_t i = 0; i < check->list_count && !status; i++)
        status = take_list(check, &check->lists[i], from, to, &error);
    return check_status(check->check, status, &error);
}

/* ------------------------------------------------------------- the comparison */

static void compare(struct pair_check *check, uint32_t first, const uint16_t *pairs, size_t count)
{
    int differs = 0;
    for (size_t i = 0; i < count; i++)
        check->counts[pairs[i]] += (uint32_t)is_kept(check, pair_first(pairs[i]), pair_second(pairs[i]));
    for (uint32_t number = first; number; number = check->listed[number - 1].next) {
        const struct listed *listed = &check->listed[number - 1];
        differs |= check->counts[listed->pair] != listed->tf;
        check->counts[listed->pair] = 0;
    }
    for (size_t i = 0; i < count; i++) {
        differs |= check->counts[pairs[i]] != 0;
        check->counts[pairs[i]] = 0;
    }
    if (differs)
        found(check, "the pairs of a document are not those of its positions");
}

static void compare_all(struct pair_check *check, const uint8_t *codes)
{
    struct pair_walk walk;
    struct trawl_error error = {0};
    const uint32_t documents = check->segment->documents;
    int status = pair_walk_open(&walk, check->segment, check->terms, (uint32_t)check->term_count, codes, &error);
    if (status) {
        check_status(check->check, status, &error);
        return;
    }
    status = pair_walk_next(&walk, &error);
    for (uint32_t from = 0, to; from < documents && status >= 0 && !check_must_stop(check->check); from = to) {
        to = documents - from < DOCUMENTS_AT_ONCE ? documents : from + DOCUMENTS_AT_ONCE;
        if (take_lists(check, from, to))
            break;
        for (uint32_t document = from; document < to && status >= 0; document++) {
            const int has_pairs = !status && walk.document == document;
            compare(check, check->heads[document - from], walk.pairs, has_pairs ? walk.pair_count : 0);
            if (has_pairs)
                status = pair_walk_next(&walk, &error);
        }
    }
    if (status < 0)
        check_status(check->check, status, &error);
    pair_walk_release(&walk);
}

void check_pairs(struct check *check, const struct segment *segment, const uint8_t *codes)
{
    const struct meta_field *field = meta_find_field(&segment->meta, FIELD_PAIRS);
    if (!segment->pairs.is_there) {
        if (field)
            check_found(check, segment, "META", container_section(&segment->container, SECTION_ID('M', 'E', 'T', 'A')).bytes,
                        "word pairs are there, but not section PAIR");
        return;
    }
    struct pair_check *pairs = memory_alloc_zero(1, sizeof *pairs);
    struct trawl_error error = {0};
    if (!pairs) {
        check_status(check, error_memory(&error), &error);
        return;
    }
    pairs->check = check;
    pairs->segment = segment;
    arena_init(&pairs->arena);
    if (!find_terms(pairs) && !find_lists(pairs) && !check_must_stop(check))
        compare_all(pairs, codes);
    arena_release(&pairs->arena);
    memory_free(pairs->listed);
    memory_free(pairs->lists);
    memory_free(pairs->terms);
    memory_free(pairs);
}
