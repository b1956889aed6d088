/* Which segments to merge, so that they stay few and deletes are purged.
 * Only neighbours are merged: the insertion numbers of segments then stay in
 * stretches that do not overlap. */
#ifndef INDEX_WRITE_MERGE_POLICY_H
#define INDEX_WRITE_MERGE_POLICY_H

#include <stddef.h>

#include "index/format/manifest.h"

enum { MERGE_WIDTH = 8, MERGE_MOST_SEGMENTS = 48 };

/* -> 1 and segments [*first, *first + *count) are to become one, maybe only
 * rewritten (count 1); 0: all is well. */
int merge_policy_choose(size_t *first, size_t *count, const struct manifest_segment *segments, size_t segment_count);

#endif
