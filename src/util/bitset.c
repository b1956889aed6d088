#include "src/util/bitset.h"

/* Counting adds neighbouring bits in place, then pairs, then nibbles: without
 * -mpopcnt the compiler's builtin is a call, and this loop is vectorised. */
static uint64_t count_word(uint64_t word)
{
    const uint64_t ones = UINT64_MAX / 255;
    word -= word >> 1 & ones * 0x55;
    word = (word & ones * 0x33) + (word >> 2 & ones * 0x33);
    word = (word + (word >> 4)) & ones * 0x0F;
    return word * ones >> 56;
}

/* Bits [from, 64) and [0, to) of a word; `to` counts 1..64. */
static uint64_t bits_from(size_t from)
{
    return UINT64_MAX << (from & 63);
}

static uint64_t bits_to(size_t to)
{
    return UINT64_MAX >> (-to & 63);
}

void bitset_set_range(uint64_t *words, size_t from, size_t to)
{
    if (from >= to)
        return;
    size_t first = from / 64, last = (to - 1) / 64;
    if (first == last) {
        words[first] |= bits_from(from) & bits_to(to);
        return;
    }
    words[first] |= bits_from(from);
    for (size_t i = first + 1; i < last; i++)
        words[i] = UINT64_MAX;
    words[last] |= bits_to(to);
}

size_t bitset_count(const uint64_t *words, size_t word_count)
{
    uint64_t count = 0;
    for (size_t i = 0; i < word_count; i++)
        count += count_word(words[i]);
    return (size_t)count;
}
