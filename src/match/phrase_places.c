#include "src/match/phrase_places.h"

/* ------------------------------------------------------------- without slop */

uint32_t phrase_starts(uint32_t *starts, const struct phrase_word *word)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < word->count; i++) {
        starts[count] = word->positions[i] - word->offset;
        count += word->positions[i] >= word->offset;
    }
    return count;
}

uint32_t phrase_keep_starts(uint32_t *starts, uint32_t count, const struct phrase_word *word, uint32_t most)
{
    const uint32_t *position = word->positions, *const end = position + word->count;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count && kept < most; i++) {
        const uint64_t wanted = (uint64_t)starts[i] + word->offset;
        while (position < end && *position < wanted)
            position++;
        if (position == end)
            break;
        starts[kept] = starts[i];
        kept += *position == wanted;
    }
    return kept;
}

/* ---------------------------------------------------------------- with slop */

/* Negative where a word stands before its offset. */
static int64_t shifted(const struct phrase_word *word)
{
    return (int64_t)word->positions[word->at] - word->offset;
}

/* Moves words of repeated terms so that each stands behind the one before it. -> 0 when one cannot. */
static int part_repeated(struct phrase_word *words, uint32_t word_count)
{
    for (uint32_t i = 1; i < word_count; i++)
        for (uint32_t k = i; k-- > 0;) {
            if (words[k].term != words[i].term)
                continue;
            if (words[i].at <= words[k].at)
                words[i].at = words[k].at + 1;
            if (words[i].at >= words[i].count)
                return 0;
            break;
        }
    return 1;
}

static int is_repeated(const struct phrase_word *words, uint32_t word_count, uint32_t number)
{
    for (uint32_t i = 0; i < word_count; i++)
        if (i != number && words[i].term == words[number].term)
            return 1;
    return 0;
}

struct spread {
    uint32_t back;          /* the word with the smallest shifted position, the first of them */
    int64_t smallest, next; /* its shifted position; the smallest of the others */
    int64_t largest;
};

static struct spread measure(const struct phrase_word *words, uint32_t word_count)
{
    struct spread spread = {.smallest = INT64_MAX, .next = INT64_MAX, .largest = INT64_MIN};
    for (uint32_t i = 0; i < word_count; i++) {
        const int64_t place = shifted(&words[i]);
        if (place < spread.smallest) {
            spread.next = spread.smallest;
            spread.smallest = place;
            spread.back = i;
        } else if (place < spread.next) {
            spread.next = place;
        }
        if (place > spread.largest)
            spread.largest = place;
    }
    return spread;
}

/* Could the window be drawn tighter by moving its last word alone? */
static int can_tighten(const struct phrase_word *words, uint32_t word_count, const struct spread *spread)
{
    const struct phrase_word *back = &words[spread->back];
    if (back->at + 1 >= back->count || is_repeated(words, word_count, spread->back))
        return 0;
    return (int64_t)back->positions[back->at + 1] - back->offset <= spread->next;
}

uint32_t phrase_sloppy_count(struct phrase_word *words, uint32_t word_count, uint32_t slop, uint32_t most)
{
    uint32_t matches = 0;
    int repeats = 0;
    for (uint32_t i = 0; i < word_count; i++) {
        words[i].at = 0;
        repeats |= is_repeated(words, word_count, i);
    }
    while (matches < most && (!repeats || part_repeated(words, word_count))) {
        const struct spread spread = measure(words, word_count);
        if (spread.largest - spread.smallest <= slop && !can_tighten(words, word_count, &spread))
            matches++;
        struct phrase_word *back = &words[spread.back];
        if (++back->at >= back->count)
            break;
    }
    return matches;
}
