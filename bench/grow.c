/* grow [-s SEED] [-q QUERIES] [-n COUNT] MEGABYTES FILE...
 *
 * Grows sample texts to about so many million bytes of JSON Lines on standard
 * output, the same for the same seed and files, and writes COUNT queries that its
 * documents answer. The common words and their phrases are the sample's
 * (chain.h); half of the places of its rare words go to made-up ones (tail.h), so
 * that the vocabulary grows with the text as a language's does. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench/chain.h"
#include "bench/grow_queries.h"
#include "bench/tail.h"

/* A rare word of the sample stands there at most so often. Documents have some
 * words more than SHORTEST, of which the largest have 64 times as many as the smallest. A
 * made-up word comes again in its document, one time in so many. */
enum { RARE = 2, SHORTEST = 30, DOUBLINGS = 7, WORDS_MOST = SHORTEST << DOUBLINGS, AGAIN = 3, WORD_SIZE = 48 };

struct grower {
    struct chain chain;
    struct tail tail;
    struct chance chance;
    struct grow_queries queries;
    char (*words)[WORD_SIZE]; /* of the document, as the queries want them */
    const char **pointers;
    uint32_t *frequencies;
    uint32_t *made_up;        /* numbers of the made-up words in it */
    uint32_t made_up_count;
};

static int grower_init(struct grower *grower, uint64_t seed, uint32_t queries, char *const *files, int count)
{
    *grower = (struct grower){.chance = {seed}};
    grower->words = calloc(WORDS_MOST, sizeof *grower->words);
    grower->pointers = calloc(WORDS_MOST, sizeof *grower->pointers);
    grower->frequencies = calloc(WORDS_MOST, sizeof *grower->frequencies);
    grower->made_up = calloc(WORDS_MOST, sizeof *grower->made_up);
    if (!grower->words || !grower->pointers || !grower->frequencies || !grower->made_up)
        return -1;
    return grow_queries_init(&grower->queries, queries, seed) || chain_init(&grower->chain, files, count) ? -1 : 0;
}

static void grower_release(struct grower *grower)
{
    chain_release(&grower->chain);
    tail_release(&grower->tail);
    grow_queries_release(&grower->queries);
    free(grower->words);
    free(grower->pointers);
    free(grower->frequencies);
    free(grower->made_up);
}

static int spell_made_up(char word[WORD_SIZE], struct grower *grower)
{
    uint32_t number;
    if (grower->made_up_count && chance_below(&grower->chance, AGAIN) == 0)
        number = grower->made_up[chance_below(&grower->chance, grower->made_up_count)];
    else
        number = tail_next(&grower->tail, &grower->chance);
    if (number == UINT32_MAX)
        return -1;
    grower->made_up[grower->made_up_count++] = number;
    tail_spell(word, number);
    return 0;
}

/* The word as it stands in a text, for the document's words too. */
static int put_word(size_t *written, struct grower *grower, uint32_t place, uint32_t number)
{
    const char *sample = grower->chain.words[place];
    const uint32_t frequency = chain_frequency(&grower->chain, place);
    char *word = grower->words[number];
    size_t letters = strcspn(sample, ".,;:!?");
    grower->pointers[number] = word;
    grower->frequencies[number] = frequency;
    if (frequency <= RARE && chance_below(&grower->chance, 2)) {
        grower->frequencies[number] = 0;
        if (spell_made_up(word, grower))
            return -1;
        *written += (size_t)printf("%s%s ", word, sample + letters);
        return 0;
    }
    for (size_t i = 0; i < letters; i++)
        word[i] = (char)(sample[i] >= 'A' && sample[i] <= 'Z' ? sample[i] + 32 : sample[i]);
    word[letters] = '\0';
    *written += (size_t)printf("%s ", sample);
    return 0;
}

static int put_document(size_t *written, struct grower *grower, uint64_t number)
{
    const uint32_t home = chance_below(&grower->chance, grower->chain.count);
    const uint32_t most = (uint32_t)SHORTEST << chance_below(&grower->chance, DOUBLINGS);
    const uint32_t length = SHORTEST + chance_below(&grower->chance, most);
    const uint32_t title = 2 + chance_below(&grower->chance, 5);
    uint32_t place = home;
    grower->made_up_count = 0;
    *written += (size_t)printf("{\"id\":\"g%llu\",\"title\":\"", (unsigned long long)number);
    for (uint32_t i = 0; i < length; i++) {
        if (i == title)
            *written += (size_t)printf("\",\"text\":\"");
        if (put_word(written, grower, place, i))
            return -1;
        place = chain_next(&grower->chain, &grower->chance, place, home);
    }
    *written += (size_t)printf("\"}\n");
    /* Words of the title and of the text are no neighbours. */
    const struct grow_document document = {grower->pointers + title, grower->frequencies + title, length - title};
    grow_queries_see(&grower->queries, &document);
    return 0;
}

static int grow(struct grower *grower, uint64_t bytes, const char *queries)
{
    size_t written = 0;
    for (uint64_t number = 0; written < bytes; number++)
        if (put_document(&written, grower, number) || ferror(stdout))
            return -1;
    return fflush(stdout) || (queries && grow_queries_write(&grower->queries, queries)) ? -1 : 0;
}

int main(int argument_count, char **arguments)
{
    const char *queries = NULL;
    uint64_t seed = 1;
    uint32_t count = 330;
    for (int option; (option = getopt(argument_count, arguments, "s:q:n:")) != -1;) {
        if (option == 's')
            seed = strtoull(optarg, NULL, 10);
        else if (option == 'q')
            queries = optarg;
        else if (option == 'n')
            count = (uint32_t)strtoul(optarg, NULL, 10);
        else
            return 2;
    }
    if (argument_count - optind < 2) {
        fprintf(stderr, "usage: grow [-s SEED] [-q QUERIES] [-n COUNT] MEGABYTES FILE...\n");
        return 2;
    }
    struct grower grower;
    int status = grower_init(&grower, seed, queries ? count : 0, arguments + optind + 1, argument_count - optind - 1);
    if (status == 0)
        status = grow(&grower, strtoull(arguments[optind], NULL, 10) * 1000000, queries);
    if (status)
        fprintf(stderr, "grow: failed\n");
    grower_release(&grower);
    return status ? 1 : 0;
}
