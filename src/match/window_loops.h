/* Taking candidates out of a window that scores (window.h), for each level's file to compile with its instructions. */
#ifndef SRC_MATCH_WINDOW_LOOPS_H
#define SRC_MATCH_WINDOW_LOOPS_H

#include <string.h>

#include "src/match/batch.h"

/* What levels do differently. */
struct take_loops {
    /* The places of the ones of TAKE_WORDS words, together fewer than TAKE_FEW. -> how many; there is room for TAKE_PLACES */
    uint32_t (*find_places)(uint16_t *places, const uint64_t *bits);
    /* To a word of 64 documents, of which bit 0 is `first`: appends those with at least `needed` units to the batch, and
     * sets the units of all to 0. The batch has room for TAKE_ROOM more than there are bits. NULL: they are taken one by one. */
    void (*take_word)(struct batch *batch, uint64_t bits, uint32_t *units, uint32_t first, uint32_t needed);
};

enum {
    TAKE_ROOM = 16,
    TAKE_WORDS = 8, /* a group of them is looked at as a whole */
    TAKE_MANY = 8,  /* bits of a word; fewer are taken one by one */
    TAKE_FEW = TAKE_WORDS * TAKE_MANY,
    TAKE_PLACES = TAKE_FEW + 64
};

/* One by one, as many as there is room for. -> the bits left */
static inline uint64_t take_each(struct batch *batch, uint64_t bits, uint32_t *units, uint32_t first, uint32_t needed)
{
    uint32_t count = batch->count;
    for (; bits && count < BATCH_SIZE; bits &= bits - 1) {
        const uint32_t offset = (uint32_t)__builtin_ctzll(bits);
        batch->documents[count] = first + offset;
        batch->units[count] = units[offset];
        count += units[offset] >= needed;
        units[offset] = 0;
    }
    batch->count = count;
    return bits;
}

/* Four of each word are put down whether they are there or not; it seldom has more. */
static inline uint32_t find_few_places(uint16_t *places, const uint64_t *bits)
{
    const uint64_t none = UINT64_C(1) << 63;
    uint32_t found = 0;
    for (unsigned i = 0; i < TAKE_WORDS; i++) {
        uint64_t word = bits[i];
        const uint32_t count = (uint32_t)__builtin_popcountll(word);
        uint32_t n = 0;
#pragma GCC unroll 4
        for (; n < 4; n++, word &= word - 1)
            places[found + n] = (uint16_t)(64 * i + (uint32_t)__builtin_ctzll(word | none));
        for (; word; word &= word - 1)
            places[found + n++] = (uint16_t)(64 * i + (uint32_t)__builtin_ctzll(word));
        found += count;
    }
    return found;
}

/* The documents of a few bits of a group that there is room for. How many bits each word has is not branched on, as nobody
 * foresees it. */
static inline void take_few(struct batch *batch, const uint64_t *bits, uint32_t *units, uint32_t first, uint32_t needed,
                            const struct take_loops *loops)
{
    uint16_t places[TAKE_PLACES];
    const uint32_t found = loops->find_places(places, bits);
    uint32_t count = batch->count;
    for (uint32_t i = 0; i < found; i++) {
        const uint32_t has = units[places[i]];
        batch->documents[count] = first + places[i];
        batch->units[count] = has;
        count += has >= needed;
        units[places[i]] = 0;
    }
    batch->count = count;
}

static inline uint32_t ones_of_group(const uint64_t *bits)
{
    uint32_t ones = 0;
    for (unsigned i = 0; i < TAKE_WORDS; i++)
        ones += (uint32_t)__builtin_popcountll(bits[i]);
    return ones;
}

/* Of one word, as many as there is room for. */
static inline void take_from_word(struct batch *batch, uint64_t *bits, uint32_t *units, uint32_t first, uint32_t needed,
                                  const struct take_loops *loops)
{
    const uint32_t set = loops->take_word ? (uint32_t)__builtin_popcountll(*bits) : 0;
    if (set >= TAKE_MANY && batch->count + set + TAKE_ROOM <= BATCH_SIZE) {
        loops->take_word(batch, *bits, units, first, needed);
        *bits = 0;
    } else {
        *bits = take_each(batch, *bits, units, first, needed);
    }
}

/* Takes from words [word, words) on, until the batch is full; `first` is the document of bit 0 of them all.
 * -> the word where it stopped: all before it are empty */
static inline uint32_t take_words(struct batch *batch, uint64_t *bits, uint32_t *units, uint32_t first, uint32_t word,
                                  uint32_t words, uint32_t needed, const struct take_loops *loops)
{
    while (word < words) {
        uint64_t *const here = bits + word;
        uint32_t *const at = units + (size_t)64 * word;
        const int is_group = word % TAKE_WORDS == 0 && words - word >= TAKE_WORDS;
        const uint32_t ones = is_group ? ones_of_group(here) : TAKE_FEW;
        if (ones < TAKE_FEW && batch->count + ones < BATCH_SIZE) {
            if (ones)
                take_few(batch, here, at, first + 64 * word, needed, loops);
            memset(here, 0, TAKE_WORDS * sizeof *here);
            word += TAKE_WORDS;
            continue;
        }
        take_from_word(batch, here, at, first + 64 * word, needed, loops);
        if (*here)
            break;
        word++;
    }
    return word;
}

/* The kernel of a level. */
#define TAKE_KERNEL(loops)                                                                                      \
    static uint32_t take(struct batch *batch, uint64_t *bits, uint32_t *units, uint32_t first, uint32_t word,   \
                         uint32_t words, uint32_t needed)                                                       \
    {                                                                                                           \
        return take_words(batch, bits, units, first, word, words, needed, &(loops));                            \
    }

#endif
