#include "src/match/window.h"

#include <string.h>

#include "index/codec/kernels.h"
#include "src/match/match_kernels.h"
#include "src/util/bitset.h"

enum { WORTH_A_KERNEL = 8 /* bits of a word */ };

int window_init(struct window *window, uint32_t capacity, int scored, struct arena *arena, struct trawl_error *error)
{
    *window = (struct window){.capacity = capacity};
    window->bits = arena_alloc_zero(arena, capacity / 64, sizeof *window->bits);
    if (scored)
        window->units = arena_alloc_zero(arena, capacity, sizeof *window->units);
    return window->bits && (!scored || window->units) ? 0 : error_memory(error);
}

void window_add(struct window *window, const struct batch *batch)
{
    uint64_t *const bits = window->bits;
    uint32_t *const units = window->units;
    const uint32_t first = window->first;
    for (uint32_t i = 0; i < batch->count; i++)
        bitset_set(bits, batch->documents[i] - first);
    for (uint32_t i = 0; units && i < batch->count; i++)
        units[batch->documents[i] - first] += batch->units[i];
}

void window_add_all(struct window *window, uint32_t units)
{
    const uint32_t count = window->end - window->first;
    bitset_set_range(window->bits, 0, count);
    for (uint32_t i = 0; window->units && i < count; i++)
        window->units[i] += units;
}

/* Takes the bits of one word out, at most as many as there is room for. */
static void take_scored(struct window *window, uint32_t word, struct batch *batch, uint32_t needed)
{
    uint64_t bits = window->bits[word];
    uint32_t *const units = window->units + (size_t)word * 64;
    const uint32_t first = window->first + word * 64;
    uint32_t count = batch->count;
    const uint32_t set = (uint32_t)__builtin_popcountll(bits);
    if (set >= WORTH_A_KERNEL && count + set + MATCH_KERNEL_ROOM <= BATCH_SIZE) {
        match_kernels()->take_word(batch, bits, units, first, needed);
        window->bits[word] = 0;
        return;
    }
    for (; bits && count < BATCH_SIZE; bits &= bits - 1) {
        const uint32_t offset = (uint32_t)__builtin_ctzll(bits);
        batch->documents[count] = first + offset;
        batch->units[count] = units[offset];
        count += units[offset] >= needed;
        units[offset] = 0;
    }
    batch->count = count;
    window->bits[word] = bits;
}

static void take_unscored(struct window *window, uint32_t word, struct batch *batch)
{
    uint64_t bits = window->bits[word];
    for (; bits && batch->count < BATCH_SIZE; bits &= bits - 1) {
        batch->documents[batch->count] = window->first + word * 64 + (uint32_t)__builtin_ctzll(bits);
        batch->units[batch->count++] = 0;
    }
    window->bits[word] = bits;
}

void window_take(struct window *window, struct batch *batch, uint32_t needed)
{
    const uint32_t words = (uint32_t)bitset_words(window->end - window->first);
    batch->count = 0;
    batch->leader = NULL;
    while (window->taken < words) {
        if (window->units)
            take_scored(window, window->taken, batch, needed);
        else
            take_unscored(window, window->taken, batch);
        if (window->bits[window->taken])
            return;
        window->taken++;
    }
}

uint64_t window_count(struct window *window)
{
    const size_t words = bitset_words(window->end - window->first);
    const uint64_t count = kernels()->bitset_count(window->bits, words);
    memset(window->bits, 0, words * sizeof *window->bits);
    return count;
}
