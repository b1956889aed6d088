#include "src/match/phrase_pairs.h"

#include "index/format/pairs.h"

static int is_known(const struct plan_word *first, const struct plan_word *second, const struct segment *segment,
                      size_t number)
{
    const uint32_t first_df = first->entries[number].df, second_df = second->entries[number].df;
    return second->offset == first->offset + 1 && pairs_is_common(&segment->pairs, first_df, first->length) &&
           pairs_is_common(&segment->pairs, second_df, second->length) &&
           pairs_are_kept(&segment->pairs, first_df, second_df);
}

static int find_pair(struct plan_pair *pair, const struct plan_word *words, const struct segment *segment,
                     struct trawl_error *error)
{
    uint8_t key[PAIR_KEY_BYTES];
    const struct meta_field *field = meta_find_field(&segment->meta, FIELD_PAIRS);
    pair->is_known = 1;
    if (!field)
        return 0;
    const size_t length = pair_key(key, words[0].bytes, words[0].length, words[1].bytes, words[1].length);
    const int status = terms_find(&pair->entry, &segment->terms, field, key, length, error);
    if (status == 1)
        pair->entry = (struct term_entry){0};
    return status < 0 ? status : 0;
}

static int plan_segment(struct plan_node *node, const struct plan *plan, size_t number, struct arena *arena,
                        struct trawl_error *error)
{
    const struct segment *segment = plan->snapshot->segments[number];
    const uint32_t count = node->word_count - 1;
    for (uint32_t i = 0; i < count; i++) {
        if (!is_known(&node->words[i], &node->words[i + 1], segment, number))
            continue;
        if (!node->pairs[number])
            node->pairs[number] = arena_alloc_zero(arena, count, sizeof *node->pairs[number]);
        if (!node->pairs[number])
            return error_memory(error);
        const int status = find_pair(&node->pairs[number][i], &node->words[i], segment, error);
        if (status)
            return status;
    }
    return 0;
}

int pairs_plan(struct plan_node *node, const struct plan *plan, struct arena *arena, struct trawl_error *error)
{
    const size_t segments = plan->snapshot->segment_count;
    if (node->slop > 0 || node->word_count < 2 || node->field->number != FIELD_DEFAULT)
        return 0;
    node->pairs = arena_alloc_zero(arena, segments ? segments : 1, sizeof *node->pairs);
    int status = node->pairs ? 0 : error_memory(error);
    for (size_t i = 0; i < segments && !status; i++)
        status = plan_segment(node, plan, i, arena, error);
    return status;
}

const struct plan_pair *pairs_of(const struct plan_node *node, size_t segment)
{
    return node->pairs ? node->pairs[segment] : NULL;
}

int pairs_are_all(const struct plan_node *node, size_t segments)
{
    for (size_t i = 0; i < segments; i++) {
        const int has_words = node->words[0].entries[i].df && node->words[1].entries[i].df;
        if (node->word_count != 2 || (has_words && !pairs_of(node, i)))
            return 0;
    }
    return 1;
}
