/* The long tail: words that are made up, of which new ones go on coming as
 * Heaps' law has it. Each next word is either new or one of those before, drawn
 * by how often it came (a Pitman-Yor process): frequencies fall by Zipf's law,
 * and n words in have about n^(7/10) different ones. */
#ifndef BENCH_TAIL_H
#define BENCH_TAIL_H

#include "bench/chain.h"

struct tail {
    uint32_t *history;      /* the number of each word that came */
    uint32_t *counts;       /* by number: how often it came */
    size_t length, history_capacity, count, counts_capacity;
};

enum { TAIL_WORD_SIZE = 24 };

void tail_release(struct tail *tail); /* starts as {0} */

/* -> the number of a word, or UINT32_MAX: no memory */
uint32_t tail_next(struct tail *tail, struct chance *chance);

/* Its letters; every number has its own. */
void tail_spell(char word[TAIL_WORD_SIZE], uint32_t number);

#endif
