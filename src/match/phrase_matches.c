#include "src/match/phrase_matches.h"

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
static int64_t shifted(const struct phrase_word *word, uint32_t at)
{
    return (int64_t)word->positions[at] - word->offset;
}

static void link_repeated(struct phrase_word *words, uint32_t word_count)
{
    for (uint32_t i = 0; i < word_count; i++) {
        uint32_t before = i;
        while (before > 0 && words[before - 1].term != words[i].term)
            before--;
        words[i].previous = before;
        words[i].is_repeated = before > 0;
        if (before > 0)
            words[before - 1].is_repeated = 1;
    }
}

/* Moves words of repeated terms so that each stands behind the one before it. -> 0 when one cannot. */
static int part_repeated(struct phrase_word *words, uint32_t word_count)
{
    for (uint32_t i = 1; i < word_count; i++) {
        const uint32_t previous = words[i].previous;
        if (!previous)
            continue;
        if (words[i].at <= words[previous - 1].at)
            words[i].at = words[previous - 1].at + 1;
        if (words[i].at >= words[i].count)
            return 0;
    }
    return 1;
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
        const int64_t position = shifted(&words[i], words[i].at);
        if (position < spread.smallest) {
            spread.next = spread.smallest;
            spread.smallest = position;
            spread.back = i;
        } else if (position < spread.next) {
            spread.next = position;
        }
        if (position > spread.largest)
            spread.largest = position;
    }
    return spread;
}

/* Could the window be drawn tighter by moving its last word alone? */
static int can_tighten(const struct phrase_word *words, const struct spread *spread)
{
    const struct phrase_word *back = &words[spread->back];
    return back->at + 1 < back->count && !back->is_repeated && shifted(back, back->at + 1) <= spread->next;
}

/* Static, as next_match is: counting, which has them inlined, keeps the sweep in registers. */
static struct phrase_sweep start(struct phrase_word *words, uint32_t word_count, uint32_t slop)
{
    struct phrase_sweep sweep = {.words = words, .word_count = word_count, .slop = slop, .steps = UINT64_MAX};
    link_repeated(words, word_count);
    for (uint32_t i = 0; i < word_count; i++) {
        words[i].at = 0;
        sweep.has_repeated |= words[i].is_repeated;
    }
    return sweep;
}

void phrase_sweep_start(struct phrase_sweep *sweep, struct phrase_word *words, uint32_t word_count, uint32_t slop)
{
    *sweep = start(words, word_count, slop);
}

/* Moves on the word that was last of the window before. -> 0 when one has no occurrence left */
static inline int move_on(struct phrase_sweep *sweep)
{
    if (sweep->back && ++sweep->back->at >= sweep->back->count)
        return 0;
    return !sweep->has_repeated || part_repeated(sweep->words, sweep->word_count);
}

static inline int next_match(struct phrase_sweep *sweep)
{
    while (sweep->steps > 0 && move_on(sweep)) {
        const struct spread spread = measure(sweep->words, sweep->word_count);
        sweep->back = &sweep->words[spread.back];
        sweep->steps--;
        if (spread.largest - spread.smallest <= sweep->slop && !can_tighten(sweep->words, &spread))
            return 1;
    }
    return 0;
}

int phrase_sweep_next(struct phrase_sweep *sweep)
{
    return next_match(sweep);
}

uint32_t phrase_sloppy_count(struct phrase_word *words, uint32_t word_count, uint32_t slop, uint32_t most)
{
    struct phrase_sweep sweep = start(words, word_count, slop);
    uint32_t matches = 0;
    while (matches < most && next_match(&sweep))
        matches++;
    return matches;
}
