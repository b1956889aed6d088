#include "src/match/room.h"

#include <string.h>

void room_take_window(struct match_room *room, struct window *window, uint32_t capacity)
{
    if (room->is_dirty) {
        memset(room->bits, 0, sizeof room->bits);
        memset(room->units, 0, sizeof room->units);
    }
    room->is_dirty = 1;
    *window = (struct window){.capacity = capacity, .bits = room->bits, .units = room->units};
}

const float *room_norms(struct match_room *room, const struct norms_key *key)
{
    if (memcmp(&room->key, key, sizeof *key) != 0)
        bm25_norms(room->norms, key->k1, key->b, key->average_length);
    room->key = *key;
    return room->norms;
}
