/* Finding the arrays of a list's directory, none of which is read here. */
#include "index/format/postings.h"

#include "src/util/bitset.h"
#include "src/util/bytes.h"

/* Takes `count` elements from *at; NULL when they do not fit. */
static const uint8_t *take(const uint8_t **at, const uint8_t *end, uint64_t count, size_t size)
{
    const uint8_t *array = *at;
    if (!array || count > (uint64_t)(end - array) / size) {
        *at = NULL;
        return NULL;
    }
    *at = array + count * size;
    return array;
}

static uint32_t groups_of(uint32_t blocks)
{
    return blocks / POSTINGS_GROUP + (blocks % POSTINGS_GROUP != 0);
}

int postings_directory_open(struct postings_directory *directory, const uint8_t *list, size_t length, uint32_t df,
                            uint32_t documents, int has_positions)
{
    const uint8_t *at = list, *end = list + length;
    const uint32_t blocks = df / POSTINGS_BLOCK + (df % POSTINGS_BLOCK != 0);
    const uint32_t groups = groups_of(blocks);
    *directory = (struct postings_directory){.blocks = blocks, .groups = groups, .end = end};
    if (groups > 1) {
        directory->group_last = take(&at, end, groups, 4);
        directory->group_base = take(&at, end, groups, 4);
        if (has_positions)
            directory->group_positions = take(&at, end, groups, 8);
        directory->group_bounds = take(&at, end, groups, BOUND_BYTES);
    }
    directory->last = take(&at, end, blocks, 4);
    directory->offset = take(&at, end, blocks, 2);
    if (has_positions)
        directory->positions = take(&at, end, blocks, 4);
    directory->bounds = take(&at, end, blocks, BOUND_BYTES);
    if (postings_are_dense(df, documents))
        directory->bits = take(&at, end, bitset_words(documents), sizeof(uint64_t));
    directory->data = at;
    return at ? 0 : -1;
}

uint64_t postings_directory_positions(const struct postings_directory *directory, uint32_t block)
{
    const uint64_t in_group = load_u32(directory->positions + (size_t)4 * block);
    if (!directory->group_positions)
        return in_group;
    return in_group + load_u64(directory->group_positions + (size_t)8 * (block / POSTINGS_GROUP));
}
