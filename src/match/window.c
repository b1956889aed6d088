#include "src/match/window.h"

#include <string.h>

#include "index/codec/kernels.h"
#include "src/match/match_kernels.h"
#include "src/util/bitset.h"

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
    if (window->units) {
        window->taken = match_kernels()->take_words(batch, window->bits, window->units, window->first, window->taken,
                                                    words, needed);
        return;
    }
    for (; window->taken < words; window->taken++) {
        take_unscored(window, window->taken, batch);
        if (window->bits[window->taken])
            return;
    }
}

uint64_t window_count(struct window *window)
{
    const size_t words = bitset_words(window->end - window->first);
    const uint64_t count = kernels()->bitset_count(window->bits, words);
    memset(window->bits, 0, words * sizeof *window->bits);
    return count;
}
