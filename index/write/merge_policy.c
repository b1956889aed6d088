#include "index/write/merge_policy.h"

/* Tiers, each MERGE_WIDTH times as large as the one below. A stretch of
 * neighbours of a tier and below is merged when it has MERGE_WIDTH members or
 * more and the result rises to a higher tier: a byte then is rewritten once
 * per tier, a logarithm of the index. On the lowest tier the result need not
 * rise, for nothing is cheaper than small segments. */

enum { LOWEST_TIER_BYTES = 32 * 1024, DELETED_FIFTH = 5 };

static uint64_t live_bytes(const struct manifest_segment *segment)
{
    if (!segment->documents)
        return 0;
    return segment->length / segment->documents * (segment->documents - segment->deleted);
}

static unsigned tier_of(uint64_t bytes)
{
    unsigned tier = 0;
    for (uint64_t limit = LOWEST_TIER_BYTES; bytes >= limit && limit < UINT64_MAX / MERGE_WIDTH; limit *= MERGE_WIDTH)
        tier++;
    return tier;
}

static uint64_t sum_bytes(const struct manifest_segment *segments, size_t count)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += live_bytes(&segments[i]);
    return sum;
}

/* The stretch of segments up to `tier` that starts at `from`. -> its length */
static size_t stretch_length(const struct manifest_segment *segments, size_t segment_count, size_t from, unsigned tier)
{
    size_t end = from;
    while (end < segment_count && tier_of(live_bytes(&segments[end])) <= tier)
        end++;
    return end - from;
}

static int find_stretch(size_t *first, size_t *count, const struct manifest_segment *segments, size_t segment_count,
                        unsigned tier)
{
    for (size_t from = 0; from < segment_count; from += *count + 1) {
        *first = from;
        *count = stretch_length(segments, segment_count, from, tier);
        if (*count >= MERGE_WIDTH && (tier == 0 || tier_of(sum_bytes(segments + from, *count)) > tier))
            return 1;
    }
    return 0;
}

static void find_cheapest(size_t *first, const struct manifest_segment *segments, size_t segment_count)
{
    uint64_t least = UINT64_MAX;
    for (size_t from = 0; from + MERGE_WIDTH <= segment_count; from++) {
        const uint64_t bytes = sum_bytes(segments + from, MERGE_WIDTH);
        if (bytes < least) {
            least = bytes;
            *first = from;
        }
    }
}

int merge_policy_choose(size_t *first, size_t *count, const struct manifest_segment *segments, size_t segment_count)
{
    unsigned highest = 0;
    for (size_t i = 0; i < segment_count; i++) {
        const unsigned tier = tier_of(live_bytes(&segments[i]));
        highest = tier > highest ? tier : highest;
    }
    for (unsigned tier = 0; tier <= highest; tier++)
        if (find_stretch(first, count, segments, segment_count, tier))
            return 1;
    if (segment_count > MERGE_MOST_SEGMENTS) { /* small ones stuck between large ones */
        *count = MERGE_WIDTH;
        find_cheapest(first, segments, segment_count);
        return 1;
    }
    *count = 1;
    for (*first = 0; *first < segment_count; ++*first)
        if (segments[*first].deleted > segments[*first].documents / DELETED_FIFTH)
            return 1;
    return 0;
}
