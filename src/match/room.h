/* What one thread's searches use again and again, so that not every one starts with making and clearing it. */
#ifndef SRC_MATCH_ROOM_H
#define SRC_MATCH_ROOM_H

#include "src/match/block_search.h"
#include "src/match/bm25.h"
#include "src/match/window.h"

struct match_room {
    struct block_map map;

    /* A window that scores: empty from search to search; but one that was given up leaves something behind. */
    uint64_t bits[WINDOW_LARGE / 64];
    uint32_t units[WINDOW_LARGE];
    int is_dirty;

    /* The norms last used. */
    struct norms_key {
        float k1, b;
        double average_length; /* 0: none yet */
    } key;
    float norms[LENGTH_CODES];
};

/* A window in it, empty; to be given back when it is empty again. `capacity` <= WINDOW_LARGE. */
void room_take_window(struct match_room *room, struct window *window, uint32_t capacity);
static inline void room_return_window(struct match_room *room)
{
    room->is_dirty = 0;
}

/* The norms for this key; they hold until another key is asked for. */
const float *room_norms(struct match_room *room, const struct norms_key *key);

#endif
