#include "src/match/block_search.h"

#include <stddef.h>

#include "index/codec/run.h"
#include "src/match/match_kernels.h"

uint32_t block_lower_bound(const uint32_t *documents, uint32_t count, uint32_t target)
{
    const uint32_t *base = documents;
    while (count > 1) {
        const uint32_t half = count / 2;
        base += (size_t)(base[half - 1] < target) * half;
        count -= half;
    }
    return (uint32_t)(base - documents) + (count == 1 && *base < target);
}

static uint32_t search_each(uint8_t *which, uint8_t *place, const uint32_t *targets, uint32_t n,
                            const uint32_t *documents, uint32_t count)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t at = block_lower_bound(documents, count, targets[i]);
        which[found] = (uint8_t)i;
        place[found] = (uint8_t)at;
        found += at < count && documents[at] == targets[i];
    }
    return found;
}

static uint32_t look_up(uint8_t *which, uint8_t *place, const uint32_t *targets, uint32_t n, const uint32_t *documents,
                        uint32_t count, uint8_t *restrict map)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < count; i++)
        map[documents[i] % BLOCK_MAP_SIZE] = (uint8_t)i;
    for (uint32_t i = 0; i < n; i++) {
        const uint8_t noted = map[targets[i] % BLOCK_MAP_SIZE];
        const uint8_t at = noted < count ? noted : 0;
        which[found] = (uint8_t)i;
        place[found] = at;
        found += documents[at] == targets[i];
    }
    return found;
}

uint32_t block_intersect(uint8_t *which, uint8_t *place, const uint32_t *targets, uint32_t n, const uint32_t *documents,
                         uint32_t count, struct block_map *map)
{
    if (n < match_kernels()->few_targets || documents[count - 1] - documents[0] >= BLOCK_MAP_SIZE)
        return count == RUN_LENGTH ? match_kernels()->block_search(which, place, targets, n, documents)
                                   : search_each(which, place, targets, n, documents, count);
    return look_up(which, place, targets, n, documents, count, map->place);
}

uint32_t block_intersect_bits(uint8_t *which, const uint32_t *targets, uint32_t n, const uint8_t *words, uint32_t first)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t bit = targets[i] - first;
        which[found] = (uint8_t)i;
        found += words[bit >> 3] >> (bit & 7) & 1;
    }
    return found;
}
