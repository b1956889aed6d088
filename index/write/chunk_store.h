/* Memory for the streams of an inverter: chunks that are only added, each at an
 * offset of 32 bits, none moves. Blocks of four megabytes, so that growing
 * copies nothing and the system may back them with huge pages: the ends of
 * streams lie all over the place, and with small pages finding where each
 * is costs as much as the write.
 *
 * The first block is an ordinary one, of which small indexes touch little. */
#ifndef INDEX_WRITE_CHUNK_STORE_H
#define INDEX_WRITE_CHUNK_STORE_H

#include <stddef.h>
#include <stdint.h>

#define CHUNK_STORE_MAX ((size_t)4000000000)

enum { CHUNK_BLOCK_BITS = 22, CHUNK_BLOCK = 1 << CHUNK_BLOCK_BITS, CHUNK_BLOCKS = 1024 };

struct chunk_store {
    uint8_t *blocks[CHUNK_BLOCKS];
    size_t count, used; /* blocks; bytes given out */
};

/* Empties it. A zeroed store is empty. */
void chunk_store_release(struct chunk_store *store);

/* Sees to it that offset 0 has an address. -> 0 or TRAWL_ERROR_MEMORY */
int chunk_store_prepare(struct chunk_store *store);

/* -> the offset of `size` new bytes (at most CHUNK_BLOCK), or UINT32_MAX: no memory */
uint32_t chunk_store_add(struct chunk_store *store, size_t size);

static inline uint8_t *chunk_at(const struct chunk_store *store, uint32_t offset)
{
    return store->blocks[offset >> CHUNK_BLOCK_BITS] + (offset & (CHUNK_BLOCK - 1));
}

#endif
