/* The index of a dictionary's blocks: section TIDX. */
#ifndef INDEX_FORMAT_TERM_INDEX_H
#define INDEX_FORMAT_TERM_INDEX_H

#include <stddef.h>
#include <stdint.h>

#include "index/format/container.h"
#include "src/util/bytes.h"

/* One of so many prefixes is in the next sparser level; a level of no more has none. */
enum { TERM_INDEX_FAN = 8, TERM_INDEX_LEVELS = 11 };

/* Of levels (FORMAT.md) the densest comes first here: that of all blocks. */
struct term_index {
    const uint8_t *levels[TERM_INDEX_LEVELS]; /* u64[term_index_size()] */
    const uint8_t *offsets;                   /* u32[blocks + 1] */
    unsigned level_count;
    uint32_t blocks;
};

/* Prefixes of a level of so many blocks. */
uint32_t term_index_size(uint32_t blocks, unsigned level);

/* Bytes of a section for so many blocks. */
uint64_t term_index_bytes(uint32_t blocks);

/* -> 0, or -1: the section is not as long as it should be */
int term_index_open(struct term_index *index, struct span section);

static inline uint64_t term_index_prefix(const struct term_index *index, unsigned level, uint32_t number)
{
    return load_u64(index->levels[level] + sizeof(uint64_t) * number);
}

/* Where a block starts in TERM; of `blocks`: where TERM ends. Not checked. */
static inline uint32_t term_index_offset(const struct term_index *index, uint32_t block)
{
    return load_u32(index->offsets + sizeof(uint32_t) * block);
}

/* How many of the blocks [first, end), of one field, start with a prefix that is no larger. A step looks at one line of memory or
 * two, and there are as many as levels: by halves it would be twice as many. */
uint32_t term_index_count_up_to(const struct term_index *index, uint32_t first, uint32_t end, uint64_t prefix);

/* ---- writing: all of the section from its prefixes and offsets */
int term_index_write(struct container_writer *container, uint32_t blocks, const uint8_t *prefixes, const uint8_t *offsets,
                     struct trawl_error *error);

#endif
