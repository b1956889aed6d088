#include "index/format/term_index.h"

enum { HEAD_BYTES = 8, PREFIX_BYTES = sizeof(uint64_t), OFFSET_BYTES = sizeof(uint32_t), FAN_BITS = 3 };

static const uint32_t section_id = SECTION_ID('T', 'I', 'D', 'X');

static uint32_t shifted_up(uint32_t number, unsigned level)
{
    const unsigned shift = FAN_BITS * level;
    return (uint32_t)((number + (UINT64_C(1) << shift) - 1) >> shift);
}

uint32_t term_index_size(uint32_t blocks, unsigned level)
{
    return shifted_up(blocks, level);
}

static unsigned count_levels(uint32_t blocks)
{
    unsigned levels = 1;
    while (term_index_size(blocks, levels - 1) > TERM_INDEX_FAN)
        levels++;
    return levels;
}

uint64_t term_index_bytes(uint32_t blocks)
{
    uint64_t bytes = HEAD_BYTES + ((uint64_t)blocks + 1) * OFFSET_BYTES;
    for (unsigned level = count_levels(blocks); level-- > 0;)
        bytes += (uint64_t)term_index_size(blocks, level) * PREFIX_BYTES;
    return bytes;
}

int term_index_open(struct term_index *index, struct span section)
{
    if (section.length < HEAD_BYTES)
        return -1;
    const uint32_t blocks = load_u32(section.bytes);
    const uint8_t *at = section.bytes + HEAD_BYTES;
    if (section.length != term_index_bytes(blocks))
        return -1;
    *index = (struct term_index){.blocks = blocks, .level_count = count_levels(blocks)};
    for (unsigned level = index->level_count; level-- > 0;) {
        index->levels[level] = at;
        at += (size_t)term_index_size(blocks, level) * PREFIX_BYTES;
    }
    index->offsets = at;
    return 0;
}

/* Of a level's prefixes [from, to), which ascend. */
static uint32_t count_in_level(const struct term_index *index, unsigned level, uint32_t from, uint32_t to, uint64_t prefix)
{
    uint32_t count = 0;
    for (uint32_t i = from; i < to; i++)
        count += term_index_prefix(index, level, i) <= prefix;
    return count;
}

uint32_t term_index_count_up_to(const struct term_index *index, uint32_t first, uint32_t end, uint64_t prefix)
{
    uint32_t low = first, high = end; /* blocks before `low` are counted, those from `high` on are not */
    for (unsigned level = index->level_count; level-- > 0 && low < high;) {
        const uint32_t from = shifted_up(low, level), to = shifted_up(high, level);
        const uint32_t count = count_in_level(index, level, from, to, prefix);
        if (count < to - from)
            high = (from + count) << FAN_BITS * level;
        if (count)
            low = level ? (from + count - 1) << FAN_BITS * level : low + count;
    }
    return low - first;
}

/* -------------------------------------------------------------------- writing */

static int append_level(struct container_writer *container, uint32_t blocks, unsigned level, const uint8_t *prefixes,
                        struct trawl_error *error)
{
    const size_t step = (size_t)PREFIX_BYTES << FAN_BITS * level;
    const uint32_t size = term_index_size(blocks, level);
    int status = 0;
    for (uint32_t i = 0; i < size && !status; i++)
        status = container_append(container, prefixes + i * step, PREFIX_BYTES, error);
    return status;
}

int term_index_write(struct container_writer *container, uint32_t blocks, const uint8_t *prefixes, const uint8_t *offsets,
                     struct trawl_error *error)
{
    uint8_t head[HEAD_BYTES] = {0};
    store_u32(head, blocks);
    int status = container_begin(container, section_id, SECTION_REQUIRED, error);
    if (!status)
        status = container_append(container, head, sizeof head, error);
    for (unsigned level = count_levels(blocks); level-- > 1 && !status;)
        status = append_level(container, blocks, level, prefixes, error);
    if (!status)
        status = container_append(container, prefixes, (size_t)blocks * PREFIX_BYTES, error);
    if (!status)
        status = container_append(container, offsets, ((size_t)blocks + 1) * OFFSET_BYTES, error);
    return status ? status : container_end(container, error);
}
