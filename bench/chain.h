/* Words in the order in which a sample text has them, as a chain: what follows
 * is what follows the last two words somewhere in the sample, now and then the last
 * one, now and then nothing. Frequencies and common phrases are then those
 * of the sample, at any length. */
#ifndef BENCH_CHAIN_H
#define BENCH_CHAIN_H

#include <stddef.h>
#include <stdint.h>

/* The same numbers everywhere for the same seed. */
struct chance {
    uint64_t state;
};
uint32_t chance_below(struct chance *chance, uint32_t limit); /* 0 .. limit-1 */

struct chain {
    char *text;             /* the sample, its words NUL-terminated */
    const char **words;     /* as they came; they may end in a comma or the like */
    uint32_t *numbers;      /* of each word, without that and in lower case */
    uint32_t count, capacity;
    uint32_t *frequencies;  /* by number */
    uint32_t *followers;    /* places > 1 of words, sorted by the word before and that before it */
};

/* Reads the words of the files. Those with other characters than letters inside
 * are left out. -> 0, or -1 after a message */
int chain_init(struct chain *chain, char *const *files, int count);
void chain_release(struct chain *chain);

/* The place of a word that may follow that at `place`. `home`: a place whose
 * surroundings are what the text is about. */
uint32_t chain_next(const struct chain *chain, struct chance *chance, uint32_t place, uint32_t home);

/* How often the word at `place` stands in the sample. */
uint32_t chain_frequency(const struct chain *chain, uint32_t place);

#endif
