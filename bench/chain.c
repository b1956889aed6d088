#include "bench/chain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* In percent: how often the chain goes on by one word alone, how often it
 * breaks, and how often it then stays near its home; in words, how near that is. */
enum { BY_ONE = 25, BREAK = 8, STAY = 70, NEAR = 600, WORD_MOST = 40 };

uint32_t chance_below(struct chance *chance, uint32_t limit)
{
    chance->state = chance->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    uint64_t bits = chance->state ^ chance->state >> 29;
    bits = (bits * UINT64_C(0xbf58476d1ce4e5b9)) >> 32;
    return (uint32_t)(bits * limit >> 32);
}

/* ------------------------------------------------------------- the sample */

static int is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte & 0x80);
}

/* The letters of a word of letters alone, one mark behind them allowed; else 0. */
static size_t count_letters(const char *word)
{
    size_t length = 0;
    while (is_letter(word[length]))
        length++;
    if (length > WORD_MOST || (word[length] && (!strchr(".,;:!?", word[length]) || word[length + 1])))
        return 0;
    return length;
}

static int add_file(char **text, size_t *length, const char *name)
{
    FILE *file = fopen(name, "rb");
    size_t got = 1;
    if (!file)
        return -1;
    while (got) {
        char *larger = realloc(*text, *length + 65536 + 2);
        if (!larger)
            break;
        *text = larger;
        got = fread(*text + *length, 1, 65536, file);
        *length += got;
    }
    const int status = got || ferror(file) ? -1 : 0;
    fclose(file);
    (*text)[(*length)++] = '\n';
    (*text)[*length] = '\0';
    return status;
}

struct place {
    char word[WORD_MOST + 1];
    uint32_t at;
};

static int compare_words(const void *one, const void *other)
{
    const struct place *left = one, *right = other;
    const int order = strcmp(left->word, right->word);
    return order ? order : (left->at > right->at) - (left->at < right->at);
}

static void lower(char *out, const char *word)
{
    const size_t length = count_letters(word);
    for (size_t i = 0; i < length; i++)
        out[i] = (char)(word[i] >= 'A' && word[i] <= 'Z' ? word[i] + 32 : word[i]);
    out[length] = '\0';
}

static int number_words(struct chain *chain)
{
    struct place *places = calloc(chain->count, sizeof *places);
    chain->numbers = calloc(chain->count, sizeof *chain->numbers);
    chain->frequencies = calloc(chain->count, sizeof *chain->frequencies);
    if (!places || !chain->numbers || !chain->frequencies) {
        free(places);
        return -1;
    }
    for (uint32_t i = 0; i < chain->count; i++) {
        lower(places[i].word, chain->words[i]);
        places[i].at = i;
    }
    qsort(places, chain->count, sizeof *places, compare_words);
    uint32_t number = 0;
    for (uint32_t i = 0; i < chain->count; i++) {
        number += i > 0 && strcmp(places[i].word, places[i - 1].word) != 0;
        chain->numbers[places[i].at] = number;
        chain->frequencies[number]++;
    }
    free(places);
    return 0;
}

/* ----------------------------------------------------------- what follows */

struct follower {
    uint32_t last, before, at;
};

static int compare_followers(const void *one, const void *other)
{
    const struct follower *left = one, *right = other;
    if (left->last != right->last)
        return left->last < right->last ? -1 : 1;
    if (left->before != right->before)
        return left->before < right->before ? -1 : 1;
    return (left->at > right->at) - (left->at < right->at);
}

static int sort_followers(struct chain *chain)
{
    struct follower *list = calloc(chain->count, sizeof *list);
    chain->followers = calloc(chain->count, sizeof *chain->followers);
    if (!list || !chain->followers) {
        free(list);
        return -1;
    }
    for (uint32_t i = 2; i < chain->count; i++)
        list[i - 2] = (struct follower){chain->numbers[i - 1], chain->numbers[i - 2], i};
    qsort(list, chain->count - 2, sizeof *list, compare_followers);
    for (uint32_t i = 0; i + 2 < chain->count; i++)
        chain->followers[i] = list[i].at;
    free(list);
    return 0;
}

/* The first follower that does not come before those of (last, before). */
static uint32_t lower_bound(const struct chain *chain, uint32_t last, uint32_t before)
{
    uint32_t from = 0, to = chain->count - 2;
    while (from < to) {
        const uint32_t middle = from + (to - from) / 2, at = chain->followers[middle];
        const uint32_t its_last = chain->numbers[at - 1], its_before = chain->numbers[at - 2];
        if (its_last < last || (its_last == last && its_before < before))
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

/* ---------------------------------------------------------------- the rest */

int chain_init(struct chain *chain, char *const *files, int count)
{
    size_t length = 0;
    *chain = (struct chain){0};
    for (int i = 0; i < count; i++)
        if (add_file(&chain->text, &length, files[i])) {
            fprintf(stderr, "grow: cannot read %s\n", files[i]);
            return -1;
        }
    for (char *word = chain->text ? strtok(chain->text, " \t\r\n") : NULL; word; word = strtok(NULL, " \t\r\n")) {
        if (!count_letters(word))
            continue;
        if (chain->count == chain->capacity) {
            chain->capacity = chain->capacity ? 2 * chain->capacity : 4096;
            const char **larger = realloc(chain->words, chain->capacity * sizeof *larger);
            if (!larger)
                return -1;
            chain->words = larger;
        }
        chain->words[chain->count++] = word;
    }
    if (chain->count < 100 || number_words(chain) || sort_followers(chain)) {
        fprintf(stderr, "grow: too few words, or no memory\n");
        return -1;
    }
    return 0;
}

void chain_release(struct chain *chain)
{
    free(chain->text);
    free(chain->words);
    free(chain->numbers);
    free(chain->frequencies);
    free(chain->followers);
    *chain = (struct chain){0};
}

uint32_t chain_frequency(const struct chain *chain, uint32_t place)
{
    return chain->frequencies[chain->numbers[place]];
}

static uint32_t somewhere(const struct chain *chain, struct chance *chance, uint32_t home)
{
    if (chance_below(chance, 100) >= STAY)
        return chance_below(chance, chain->count);
    return (home + chance_below(chance, NEAR)) % chain->count;
}

uint32_t chain_next(const struct chain *chain, struct chance *chance, uint32_t place, uint32_t home)
{
    const uint32_t roll = chance_below(chance, 100);
    if (roll < BREAK || place == 0)
        return somewhere(chain, chance, home);
    const uint32_t last = chain->numbers[place], before = chain->numbers[place - 1];
    const int by_one = roll < BREAK + BY_ONE;
    const uint32_t from = lower_bound(chain, last, by_one ? 0 : before);
    const uint32_t to = lower_bound(chain, by_one ? last + 1 : last, by_one ? 0 : before + 1);
    if (from == to)
        return somewhere(chain, chance, home);
    return chain->followers[from + chance_below(chance, to - from)];
}
