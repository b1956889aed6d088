#ifndef SRC_MATCH_CONTEXT_H
#define SRC_MATCH_CONTEXT_H

#include "src/match/plan.h"

/* What the lists and phrases of one pass over one segment share. The loops go over documents [first, end). */
struct match_context {
    const struct plan *plan;
    size_t segment_number;
    const struct segment *segment;
    uint32_t first, end; /* `first` is a multiple of 64 */
    int scored; /* 0: only which documents match */
    struct block_map *map;
    struct match_room *room;
    struct arena *arena;
};

#endif
