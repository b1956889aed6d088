#include "index/write/chunk_store.h"

#include "include/trawl.h"
#include "src/util/memory.h"

void chunk_store_release(struct chunk_store *store)
{
    for (size_t i = 0; i < store->count; i++)
        memory_free(store->blocks[i]);
    *store = (struct chunk_store){0};
}

static int add_block(struct chunk_store *store)
{
    uint8_t *block = store->count ? memory_alloc_huge(CHUNK_BLOCK) : memory_alloc(CHUNK_BLOCK);
    if (!block)
        return TRAWL_ERROR_MEMORY;
    store->blocks[store->count++] = block;
    return 0;
}

int chunk_store_prepare(struct chunk_store *store)
{
    return store->count ? 0 : add_block(store);
}

uint32_t chunk_store_add(struct chunk_store *store, size_t size)
{
    const size_t left = store->count * CHUNK_BLOCK - store->used;
    const size_t start = size > left ? store->used + left : store->used;
    if (start + size > CHUNK_STORE_MAX || (size > left && add_block(store)))
        return UINT32_MAX;
    store->used = start + size;
    return (uint32_t)start;
}
