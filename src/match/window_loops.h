/* Taking candidates out of a window that scores (window.h), for each level's file to compile with its instructions. */
#ifndef SRC_MATCH_WINDOW_LOOPS_H
#define SRC_MATCH_WINDOW_LOOPS_H

#include "src/match/batch.h"

/* What a level does to a word of 64 documents, of which bit 0 is `first`: appends those with at least `needed` units to
 * the batch, and sets the units of all to 0. The batch has room for TAKE_ROOM more than there are bits. */
typedef void take_word_function(struct batch *batch, uint64_t bits, uint32_t *units, uint32_t first, uint32_t needed);

enum {
    TAKE_ROOM = 16,
    TAKE_WORDS = 8, /* whether so many are all empty is seen at once */
    TAKE_MANY = 8   /* bits of a word; fewer are taken one by one */
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

static inline int are_empty(const uint64_t *bits)
{
    uint64_t any = 0;
    for (unsigned i = 0; i < TAKE_WORDS; i++)
        any |= bits[i];
    return any == 0;
}

/* Takes from words [word, words) on, until the batch is full; `first` is the document of bit 0 of them all. `many` may
 * be NULL. -> the word where it stopped: all before it are empty */
static inline uint32_t take_words(struct batch *batch, uint64_t *bits, uint32_t *units, uint32_t first, uint32_t word,
                                  uint32_t words, uint32_t needed, take_word_function *many)
{
    while (word < words) {
        const uint64_t here = bits[word];
        if (!here) {
            const int is_start = word % TAKE_WORDS == 0 && words - word >= TAKE_WORDS;
            word += is_start && are_empty(bits + word) ? TAKE_WORDS : 1;
            continue;
        }
        const uint32_t set = many ? (uint32_t)__builtin_popcountll(here) : 0, document = first + 64 * word;
        uint32_t *const at = units + (size_t)64 * word;
        if (set >= TAKE_MANY && batch->count + set + TAKE_ROOM <= BATCH_SIZE) {
            many(batch, here, at, document, needed);
            bits[word] = 0;
        } else {
            bits[word] = take_each(batch, here, at, document, needed);
        }
        if (bits[word])
            break;
        word++;
    }
    return word;
}

/* The kernel of a level. */
#define TAKE_KERNEL(many)                                                                                       \
    static uint32_t take(struct batch *batch, uint64_t *bits, uint32_t *units, uint32_t first, uint32_t word,   \
                         uint32_t words, uint32_t needed)                                                       \
    {                                                                                                           \
        return take_words(batch, bits, units, first, word, words, needed, many);                                \
    }

#endif
