#include "index/read/directory_search.h"

#include "index/codec/kernels.h"
#include "src/util/bytes.h"

static uint32_t less(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

_Static_assert((int)POSTINGS_GROUP <= (int)COUNT_MOST, "the blocks of a group are counted at once");

/* How many of COUNT_MOST groups from `group` on, or of those that there are, end below the target. */
static uint32_t groups_below(const struct postings_directory *directory, uint32_t group, uint32_t target)
{
    const uint8_t *last = directory->group_last + (size_t)4 * group;
    return kernels()->count_below(last, less(directory->groups - group, COUNT_MOST), target);
}

static int ends_below(const struct postings_directory *directory, uint32_t group, uint32_t target)
{
    return load_u32(directory->group_last + (size_t)4 * group) < target;
}

/* By doubling steps of COUNT_MOST groups, all of which end below the target, and half as long ones back. */
static uint32_t pass_groups(const struct postings_directory *directory, uint32_t group, uint32_t target)
{
    uint32_t step = COUNT_MOST;
    while (step <= directory->groups - group && ends_below(directory, group + step - 1, target)) {
        group += step;
        step *= 2;
    }
    for (; step >= COUNT_MOST; step /= 2)
        if (step <= directory->groups - group && ends_below(directory, group + step - 1, target))
            group += step;
    return group;
}

/* The first group from `group` on that ends at the target or behind it, or as many as there are. */
static uint32_t find_group(const struct postings_directory *directory, uint32_t group, uint32_t target)
{
    uint32_t below = groups_below(directory, group, target);
    group += below;
    if (below < COUNT_MOST)
        return group;
    group = pass_groups(directory, group, target);
    return group + groups_below(directory, group, target);
}

uint32_t directory_find_in_group(const struct postings_directory *directory, uint32_t block, uint32_t target)
{
    const uint32_t left = less(POSTINGS_GROUP - block % POSTINGS_GROUP, directory->blocks - block);
    return block + kernels()->count_below(directory->last + (size_t)4 * block, left, target);
}

uint32_t directory_find_block(const struct postings_directory *directory, uint32_t block, uint32_t target)
{
    const uint32_t group = block / POSTINGS_GROUP;
    if (directory->groups > 1 && ends_below(directory, group, target)) {
        const uint32_t found = find_group(directory, group, target);
        if (found == directory->groups)
            return directory->blocks;
        block = found * POSTINGS_GROUP;
    }
    return directory_find_in_group(directory, block, target);
}
