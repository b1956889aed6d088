#include "bench/tail.h"

#include <stdlib.h>

/* The process's two constants: the discount is Heaps' exponent, in tenths; the
 * strength says how many words are new at first. */
enum { DISCOUNT = 7, STRENGTH = 100 };

void tail_release(struct tail *tail)
{
    free(tail->history);
    free(tail->counts);
    *tail = (struct tail){0};
}

static int make_room(uint32_t **array, size_t *capacity, size_t needed)
{
    if (needed <= *capacity)
        return 0;
    const size_t wanted = *capacity ? 2 * *capacity : 65536;
    uint32_t *larger = realloc(*array, wanted * sizeof *larger);
    if (!larger)
        return -1;
    *array = larger;
    *capacity = wanted;
    return 0;
}

static int is_new(const struct tail *tail, struct chance *chance)
{
    const uint64_t new_weight = 10 * STRENGTH + DISCOUNT * (uint64_t)tail->count;
    const uint64_t weight = 10 * (STRENGTH + (uint64_t)tail->length);
    const uint64_t roll = (uint64_t)chance_below(chance, 1u << 30) * weight >> 30;
    return tail->length == 0 || roll < new_weight;
}

uint32_t tail_next(struct tail *tail, struct chance *chance)
{
    uint32_t number = (uint32_t)tail->count;
    if (make_room(&tail->history, &tail->history_capacity, tail->length + 1) ||
        make_room(&tail->counts, &tail->counts_capacity, tail->count + 1))
        return UINT32_MAX;
    if (is_new(tail, chance)) {
        tail->counts[tail->count++] = 0;
    } else {
        do /* drawn by its count; taken by its count less the discount */
            number = tail->history[chance_below(chance, (uint32_t)tail->length)];
        while (chance_below(chance, 10 * tail->counts[number]) < DISCOUNT);
    }
    tail->counts[number]++;
    tail->history[tail->length++] = number;
    return number;
}

/* Syllables, the low digits first, so that neighbours begin differently; at
 * least two. */
void tail_spell(char word[TAIL_WORD_SIZE], uint32_t number)
{
    static const char first[] = "bdfghklmnprstvwz", second[] = "aeiou", last[] = "lmnrxk";
    size_t length = 0;
    const char end = last[number % 6];
    for (int i = 0; i < 2 || number; i++) {
        word[length++] = first[number % 16];
        word[length++] = second[number / 16 % 5];
        number /= 80;
    }
    word[length++] = end;
    word[length] = '\0';
}
