/* Blocks are counted as by looking at every prefix, whatever stretch of them a
 * field has. */
#include "index/format/term_index.h"

#include <stdio.h>

#include "tests/unit/container_fixture.h"
#include "tests/unit/tap.h"

enum { MOST_BLOCKS = 5000 };

struct made {
    uint64_t prefixes[MOST_BLOCKS];
    uint32_t blocks, first, end; /* of the field between two others */
    struct container container;
    struct term_index index;
};

static void fill(struct made *made, struct tap_random *random)
{
    uint64_t prefix = 0;
    for (uint32_t i = 0; i < made->blocks; i++) {
        if (i == made->first || i == made->end)
            prefix = tap_random_below(random, 1000);
        prefix += tap_random_below(random, 3) * tap_random_below(random, 50);
        made->prefixes[i] = prefix;
    }
}

static void make(struct made *made, const char *name)
{
    static uint8_t prefixes[8 * MOST_BLOCKS], offsets[4 * (MOST_BLOCKS + 1)];
    struct container_writer writer;
    struct trawl_error error = {0};
    for (uint32_t i = 0; i < made->blocks; i++)
        store_u64(prefixes + (size_t)8 * i, made->prefixes[i]);
    for (uint32_t i = 0; i <= made->blocks; i++)
        store_u32(offsets + (size_t)4 * i, 7 * i);
    fixture_begin(&writer, name);
    REQUIRE_OK(term_index_write(&writer, made->blocks, prefixes, offsets, &error), &error);
    fixture_reopen(&made->container, &writer, name);
    const struct span section = container_section(&made->container, SECTION_ID('T', 'I', 'D', 'X'));
    REQUIRE(section.length == term_index_bytes(made->blocks) && term_index_open(&made->index, section) == 0);
    REQUIRE(term_index_open(&(struct term_index){0}, (struct span){section.bytes, section.length - 1}) != 0);
}

static void check(const struct made *made, uint64_t prefix)
{
    uint32_t expected = 0;
    for (uint32_t i = made->first; i < made->end; i++)
        expected += made->prefixes[i] <= prefix;
    REQUIRE(term_index_count_up_to(&made->index, made->first, made->end, prefix) == expected);
}

static void blocks_are_counted(void)
{
    static const uint32_t counts[] = {1, 7, 8, 9, 64, 65, 72, 513, 600, 4096, MOST_BLOCKS};
    static struct made made;
    struct tap_random random = {92};
    char name[32];
    for (size_t round = 0; round < tap_rounds(300); round++) {
        made.blocks = counts[round % (sizeof counts / sizeof *counts)];
        made.first = round % 2 ? 0 : (uint32_t)tap_random_below(&random, made.blocks);
        made.end = round % 3 ? made.blocks : made.first + (uint32_t)tap_random_below(&random, made.blocks - made.first + 1);
        fill(&made, &random);
        snprintf(name, sizeof name, "blocks%zu", round);
        make(&made, name);
        for (uint32_t i = 0; i < made.blocks; i++)
            REQUIRE(term_index_prefix(&made.index, 0, i) == made.prefixes[i] && term_index_offset(&made.index, i) == 7 * i);
        for (int i = 0; i < 200; i++)
            check(&made, made.prefixes[tap_random_below(&random, made.blocks)] + tap_random_below(&random, 3) - 1);
        check(&made, 0);
        check(&made, UINT64_MAX);
        container_close(&made.container);
    }
}

TAP_MAIN("term index", TAP_CASE(blocks_are_counted))
