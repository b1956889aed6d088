#include <string.h>

#include "index/write/chunk_store.h"
#include "src/util/memory.h"
#include "tests/unit/tap.h"

/* No chunk lies across two blocks, none upon another, and what is in them stays. */
static void chunks_are_apart_and_whole(void)
{
    enum { SIZE = 4000, COUNT = 3 * CHUNK_BLOCK / SIZE };
    struct chunk_store store = {0};
    uint32_t end = 0;
    for (uint32_t i = 0; i < COUNT; i++) {
        const uint32_t at = chunk_store_add(&store, SIZE);
        REQUIRE(at != UINT32_MAX && at >= end && at - end < SIZE);
        REQUIRE_UINT(at >> CHUNK_BLOCK_BITS, (at + SIZE - 1) >> CHUNK_BLOCK_BITS);
        memset(chunk_at(&store, at), (int)(i % 251), SIZE);
        end = at + SIZE;
    }
    CHECK_UINT(store.used, end);
    end = 0;
    for (uint32_t i = 0; i < COUNT; i++) {
        const uint32_t at = end % CHUNK_BLOCK + SIZE > CHUNK_BLOCK ? (end / CHUNK_BLOCK + 1) * CHUNK_BLOCK : end;
        const uint8_t *chunk = chunk_at(&store, at);
        REQUIRE(chunk[0] == i % 251 && memcmp(chunk, chunk + 1, SIZE - 1) == 0);
        end = at + SIZE;
    }
    chunk_store_release(&store);
    CHECK_UINT(store.used, 0);
}

static void the_end_of_memory_is_told(void)
{
    struct chunk_store store = {0};
    memory_fail_after(1);
    CHECK_INT(chunk_store_prepare(&store), 0);
    CHECK_UINT(chunk_store_add(&store, CHUNK_BLOCK - 8), 0);
    CHECK_UINT(chunk_store_add(&store, 16), UINT32_MAX);
    CHECK_UINT(chunk_store_add(&store, 16), CHUNK_BLOCK);
    memory_fail_after(-1);
    chunk_store_release(&store);
}

TAP_MAIN("chunk store", TAP_CASE(chunks_are_apart_and_whole), TAP_CASE(the_end_of_memory_is_told))
