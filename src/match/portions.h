/* A search in portions that can be worked on apart: each is a stretch of one segment's documents. Together they are
 * the whole snapshot, in order. */
#ifndef SRC_MATCH_PORTIONS_H
#define SRC_MATCH_PORTIONS_H

#include <stddef.h>
#include <stdint.h>

#include "index/read/snapshot.h"
#include "src/util/arena.h"

struct portion {
    size_t segment;
    uint32_t first, end; /* documents [first, end); `first` is a multiple of 64 */
};

struct portions {
    struct portion *list; /* in the arena given */
    size_t count;
};

/* About `wanted` portions of about equal size, but one for each segment at least. */
int portions_make(struct portions *portions, const struct snapshot *snapshot, size_t wanted, struct arena *arena,
                  struct trawl_error *error);

#endif
