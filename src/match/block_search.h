/* Finding documents in one decoded block: the inner loop of conjunctions. */
#ifndef SRC_MATCH_BLOCK_SEARCH_H
#define SRC_MATCH_BLOCK_SEARCH_H

#include <stdint.h>

/* Where each document of a block stands, by the low bits of its number. What
 * older blocks left is told from what is asked by looking there, so it is never cleared. */
enum { BLOCK_MAP_SIZE = 8192 };
struct block_map {
    uint8_t place[BLOCK_MAP_SIZE];
};

/* How many of documents[0..count), ascending, are below `target`. */
uint32_t block_lower_bound(const uint32_t *documents, uint32_t count, uint32_t target);

/* targets[0..n) and documents[0..count) ascend, n and count <= 128, count > 0.
 * For each target that is a document, the numbers of both are appended to `which` and
 * `place`. -> how many */
uint32_t block_intersect(uint8_t *which, uint8_t *place, const uint32_t *targets, uint32_t n, const uint32_t *documents,
                         uint32_t count, struct block_map *map);

/* The same against a bitset whose bit 0 is document `first`; all targets lie in
 * it. Tells `which` alone. */
uint32_t block_intersect_bits(uint8_t *which, const uint32_t *targets, uint32_t n, const uint8_t *words, uint32_t first);

#endif
