/* Blocks are found as by looking at one after the other, in directories with
 * and without groups, near and far. */
#include "index/read/directory_search.h"

#include "src/util/bytes.h"
#include "tests/unit/tap.h"

enum { BLOCKS = 80 * POSTINGS_GROUP + 7 };

struct made {
    uint8_t last[4 * BLOCKS], group_last[4 * (BLOCKS / POSTINGS_GROUP + 1)];
    struct postings_directory directory;
};

static void make(struct made *made, uint32_t blocks, struct tap_random *random)
{
    uint32_t document = 0;
    const uint32_t groups = (blocks + POSTINGS_GROUP - 1) / POSTINGS_GROUP;
    made->directory = (struct postings_directory){
        .blocks = blocks, .groups = groups, .last = made->last, .group_last = groups > 1 ? made->group_last : NULL};
    for (uint32_t i = 0; i < blocks; i++) {
        document += 1 + (uint32_t)tap_random_below(random, 50);
        store_u32(made->last + (size_t)4 * i, document);
        store_u32(made->group_last + (size_t)4 * (i / POSTINGS_GROUP), document);
    }
}

static uint32_t first_from(const struct made *made, uint32_t block, uint32_t end, uint32_t target)
{
    while (block < end && load_u32(made->last + (size_t)4 * block) < target)
        block++;
    return block;
}

static void check(const struct made *made, uint32_t block, uint32_t target)
{
    const uint32_t blocks = made->directory.blocks, group_end = (block / POSTINGS_GROUP + 1) * POSTINGS_GROUP;
    REQUIRE(directory_find_block(&made->directory, block, target) == first_from(made, block, blocks, target));
    REQUIRE(directory_find_in_group(&made->directory, block, target) ==
            first_from(made, block, group_end < blocks ? group_end : blocks, target));
}

static void blocks_are_found(void)
{
    static const uint32_t counts[] = {2, 31, 32, 33, 64, 65, 33 * POSTINGS_GROUP, 66 * POSTINGS_GROUP, BLOCKS};
    static struct made made;
    struct tap_random random = {91};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        make(&made, counts[i], &random);
        for (size_t round = 0; round < tap_rounds(4000); round++) {
            const uint32_t block = (uint32_t)tap_random_below(&random, counts[i]);
            const uint32_t last = load_u32(made.last + (size_t)4 * tap_random_below(&random, counts[i]));
            check(&made, block, last);
            check(&made, block, last + 1);
            check(&made, block, UINT32_MAX);
        }
        check(&made, 0, load_u32(made.last + (size_t)4 * (counts[i] - 1)));
    }
}

TAP_MAIN("directory search", TAP_CASE(blocks_are_found))
