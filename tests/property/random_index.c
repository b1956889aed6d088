#include "tests/property/random_index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "index/format/meta.h"
#include "src/util/bitset.h"
#include "tests/unit/segment_fixture.h"

enum { TITLE = 2, MOST_TEXT = 20000 };

static uint64_t below(struct tap_random *random, uint64_t limit)
{
    return tap_random_below(random, limit);
}

static int one_in(struct tap_random *random, uint64_t n)
{
    return below(random, n) == 0;
}

static void insist(int holds, const char *what)
{
    if (holds)
        return;
    printf("Bail out! random index: %s\n", what);
    exit(EXIT_FAILURE);
}

struct tap_random random_start(uint64_t seed)
{
    const char *other = getenv("TRAWL_TEST_SEED");
    struct tap_random random = {seed + (other ? 1000 * strtoull(other, NULL, 10) : 0)};
    printf("# seed %llu\n", (unsigned long long)random.state);
    return random;
}

/* ---------------------------------------------------------------- documents */

/* One to three letters, "a" the most frequent by far. */
static size_t random_word(char *out, struct tap_random *random)
{
    size_t length = 1 + below(random, 3);
    if (one_in(random, 2))
        length = 1;
    for (size_t i = 0; i < length; i++)
        out[i] = (char)('a' + (one_in(random, 2) ? 0 : below(random, 3)));
    return length;
}

static const char *random_words(char *text, size_t count, struct tap_random *random)
{
    size_t at = 0;
    for (size_t i = 0; i < count && at < MOST_TEXT - 8; i++) {
        at += random_word(text + at, random);
        text[at++] = ' ';
    }
    text[at] = '\0';
    return text;
}

static size_t random_length(const struct random_shape *shape, struct tap_random *random)
{
    if (one_in(random, 300))
        return below(random, 4000);
    return below(random, shape->longest + 1);
}

static void add_value(struct random_index *index, struct fixture *fixture, uint32_t field, const char *words)
{
    fixture_value(fixture, field, words);
    reference_value(index->reference, field, words);
}

/* Mostly short; but also so long that the code of the whole length does not tell whether there is a short body, too. */
static size_t random_title_length(struct tap_random *random)
{
    return one_in(random, 20) ? 41 + below(random, 300) : 1 + below(random, 5);
}

static void add_document(struct random_index *index, struct fixture *fixture, size_t number,
                         const struct random_shape *shape, struct tap_random *random)
{
    static char text[MOST_TEXT];
    char id[32];
    snprintf(id, sizeof id, "%zu", number);
    fixture_document(fixture, id);
    reference_document(index->reference);
    if (shape->has_fields && !one_in(random, 4))
        add_value(index, fixture, TITLE, random_words(text, random_title_length(random), random));
    if (!shape->has_fields || !one_in(random, 10))
        add_value(index, fixture, FIELD_BODY,
                  random_words(text, one_in(random, 5) ? below(random, 3) : random_length(shape, random), random));
    if (shape->has_fields && one_in(random, 5))
        add_value(index, fixture, TITLE, random_words(text, 1 + below(random, 5), random));
}

/* ------------------------------------------------------------------ segments */

static uint32_t *shuffled(size_t count, struct tap_random *random)
{
    uint32_t *order = malloc((count + 1) * sizeof *order);
    insist(order != NULL, "no memory");
    for (size_t i = 0; i < count; i++)
        order[i] = (uint32_t)i;
    for (size_t i = count; i > 1; i--) {
        const size_t other = below(random, i);
        const uint32_t swap = order[i - 1];
        order[i - 1] = order[other];
        order[other] = swap;
    }
    return order;
}

/* `order`: by document number; NULL: as they came. */
static void delete_some(struct random_index *index, struct fixture *fixture, const char *folder, size_t segment,
                        size_t first, size_t count, const uint32_t *order, struct tap_random *random)
{
    uint64_t *words = calloc(bitset_words(count) + 1, sizeof *words);
    const uint64_t rarity = 1 + below(random, 12);
    int any = 0;
    insist(words != NULL, "no memory");
    for (size_t i = 0; i < count; i++)
        if (one_in(random, rarity)) {
            bitset_set(words, i);
            reference_delete(index->reference, first + (order ? order[i] : i));
            any = 1;
        }
    insist(!any || fixture_delete(fixture, folder, segment, words, NULL) == 0, "cannot write deletes");
    free(words);
}

static void add_segment(struct random_index *index, struct fixture *fixture, const char *folder, size_t number,
                        size_t first, size_t count, const struct random_shape *shape, struct tap_random *random)
{
    uint32_t *order = shape->is_reordered ? shuffled(count, random) : NULL;
    for (size_t i = 0; i < count; i++)
        add_document(index, fixture, first + i, shape, random);
    if (order)
        fixture_reorder(fixture, order);
    insist(fixture_write(fixture, folder, NULL) == 0, "cannot write a segment");
    if (shape->has_deletes)
        delete_some(index, fixture, folder, number, first, count, order, random);
    free(order);
}

void random_index_make(struct random_index *index, const struct random_shape *shape, struct tap_random *random)
{
    static unsigned made_before;
    char name[32];
    snprintf(name, sizeof name, "index%u", made_before++);
    const char *folder = tap_path(name);
    insist(mkdir(folder, 0700) == 0, "cannot make a folder");
    struct fixture *fixture = fixture_new(1);
    struct trawl_error error = {0};
    *index = (struct random_index){.reference = reference_new(), .has_fields = shape->has_fields};
    size_t first = 0;
    for (size_t i = 0; i < shape->segments; i++) {
        const size_t left = shape->documents - first;
        const size_t count = i + 1 == shape->segments ? left : below(random, left + 1);
        if (count > 0)
            add_segment(index, fixture, folder, fixture_manifest(fixture)->segment_count, first, count, shape, random);
        first += count;
    }
    insist(fixture_commit(fixture, folder, &error) == 0, "cannot write the manifest");
    insist(snapshot_open(&index->snapshot, folder, &error) == 0, error.message);
    fixture_free(fixture);
}

void random_index_release(struct random_index *index)
{
    snapshot_release(index->snapshot);
    reference_free(index->reference);
}

/* ------------------------------------------------------------------- queries */

static void *made(void *pointer)
{
    insist(pointer != NULL, "no memory");
    return pointer;
}

static struct query_node *new_node(enum query_kind kind, struct arena *arena, struct tap_random *random)
{
    static const float boosts[] = {0.1f, 0.5f, 2.0f, 3.7f, 1000.0f, 0.000001f};
    struct query_node *node = made(arena_alloc_zero(arena, 1, sizeof *node));
    node->kind = kind;
    node->boost = one_in(random, 6) ? boosts[below(random, sizeof boosts / sizeof *boosts)] : 1.0f;
    return node;
}

static struct query_term random_term(struct arena *arena, uint32_t offset, struct tap_random *random)
{
    char word[8];
    size_t length = random_word(word, random);
    if (one_in(random, 40))
        word[0] = 'z'; /* in no document */
    return (struct query_term){made(arena_copy(arena, word, length)), (uint32_t)length, offset};
}

static void end_in_prefix(struct query_node *node, struct arena *arena, struct tap_random *random)
{
    const struct query_term *last = &node->terms[node->term_count - 1];
    const struct query_term stem = one_in(random, 2) ? *last : random_term(arena, last->offset, random);
    node->stem = made(arena_copy(arena, &stem, sizeof stem));
}

static const struct query_node *random_leaf(const struct random_index *index, struct arena *arena,
                                            struct tap_random *random)
{
    static const enum query_kind kinds[] = {QUERY_TERM,   QUERY_TERM,   QUERY_TERM,   QUERY_TERM,  QUERY_TERM, QUERY_TERM,
                                            QUERY_PHRASE, QUERY_PHRASE, QUERY_PHRASE, QUERY_PREFIX};
    enum query_kind kind = kinds[below(random, sizeof kinds / sizeof *kinds)];
    if (one_in(random, 20))
        kind = one_in(random, 8) ? QUERY_NOTHING : one_in(random, 3) ? QUERY_ALL : QUERY_FIELD;
    struct query_node *node = new_node(kind, arena, random);
    if (kind != QUERY_NOTHING && kind != QUERY_ALL && index->has_fields && one_in(random, 2))
        node->field = one_in(random, 2) ? FIELD_BODY : TITLE;
    if (kind == QUERY_NOTHING || kind == QUERY_ALL || kind == QUERY_FIELD)
        return node;
    node->term_count = kind == QUERY_PHRASE ? 2 + (uint32_t)below(random, 3) : 1;
    if (kind == QUERY_PREFIX)
        node->term_count = 1 + (uint32_t)below(random, 2);
    struct query_term *terms = made(arena_alloc_zero(arena, node->term_count, sizeof *terms));
    uint32_t offset = 0;
    for (uint32_t i = 0; i < node->term_count; i++) {
        terms[i] = random_term(arena, offset, random);
        offset += one_in(random, 8) ? 2 : 1;
    }
    node->terms = terms;
    if (kind == QUERY_PHRASE && one_in(random, 2))
        node->slop = 1 + (uint32_t)below(random, 8);
    if (kind == QUERY_PHRASE && one_in(random, 3))
        end_in_prefix(node, arena, random);
    return node;
}

/* What the clauses of a boolean are: often all alike, as people write them. */
static enum query_occur random_occur(uint64_t mood, struct tap_random *random)
{
    if (mood < 3)
        return QUERY_SHOULD;
    if (mood < 5)
        return QUERY_MUST;
    return (enum query_occur)below(random, 3);
}

static const struct query_node *random_tree(const struct random_index *index, unsigned depth, struct arena *arena,
                                            struct tap_random *random)
{
    if (depth == 0 || one_in(random, 3))
        return random_leaf(index, arena, random);
    struct query_node *node = new_node(QUERY_BOOLEAN, arena, random);
    const uint64_t mood = below(random, 10);
    node->clause_count = 1 + (uint32_t)below(random, 4);
    struct query_clause *clauses = made(arena_alloc_zero(arena, node->clause_count, sizeof *clauses));
    for (uint32_t i = 0; i < node->clause_count; i++) {
        clauses[i].occur = random_occur(mood, random);
        clauses[i].node = random_tree(index, depth - 1, arena, random);
    }
    node->clauses = clauses;
    return node;
}

const struct query_node *random_query(const struct random_index *index, struct arena *arena, struct tap_random *random)
{
    return random_tree(index, (unsigned)below(random, 4), arena, random);
}

/* ---------------------------------------------------------------------- text */

static const char *leaf_text(const struct query_node *node, struct arena *arena)
{
    const char *text = "";
    for (uint32_t i = 0; i < node->term_count; i++)
        text = made(arena_printf(arena, "%s%s%.*s@%u", text, i ? " " : "", (int)node->terms[i].length,
                                 (const char *)node->terms[i].bytes, (unsigned)node->terms[i].offset));
    if (node->stem)
        text = made(arena_printf(arena, "%s* %.*s", text, (int)node->stem->length, (const char *)node->stem->bytes));
    switch (node->kind) {
    case QUERY_NOTHING:
        return "nothing";
    case QUERY_ALL:
        return "all";
    case QUERY_FIELD:
        return made(arena_printf(arena, "%u:any", (unsigned)node->field));
    case QUERY_PHRASE:
        return made(arena_printf(arena, "%u:\"%s\"~%u", (unsigned)node->field, text, (unsigned)node->slop));
    default:
        return made(arena_printf(arena, "%u:%s%s", (unsigned)node->field, text, node->kind == QUERY_PREFIX ? "*" : ""));
    }
}

const char *random_query_text(const struct query_node *node, struct arena *arena)
{
    static const char *const signs[] = {[QUERY_SHOULD] = "", [QUERY_MUST] = "+", [QUERY_MUST_NOT] = "-"};
    const char *text = "";
    if (node->kind != QUERY_BOOLEAN)
        return made(arena_printf(arena, "%s^%g", leaf_text(node, arena), (double)node->boost));
    for (uint32_t i = 0; i < node->clause_count; i++)
        text = made(arena_printf(arena, "%s%s%s%s", text, i ? " " : "", signs[node->clauses[i].occur],
                                 random_query_text(node->clauses[i].node, arena)));
    return made(arena_printf(arena, "(%s)^%g", text, (double)node->boost));
}
