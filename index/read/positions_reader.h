/* Reading the positions of single documents out of a term's list: FORMAT.md,
 * "POSN". Part of the postings cursor. */
#ifndef INDEX_READ_POSITIONS_READER_H
#define INDEX_READ_POSITIONS_READER_H

#include <stddef.h>
#include <stdint.h>

#include "index/read/segment_places.h"
#include "src/util/arena.h"

struct position_reader {
    struct position_places places;
    const uint8_t *list;
    uint64_t end;                  /* its bits */
    uint32_t *positions;           /* the answer */
    uint32_t capacity;
    struct arena *arena;
    uint32_t block, index;         /* where the cursor last asked, and */
    uint64_t bit;                  /* where the positions of that document start */
};

/* `list`: the term's bytes in POSN. */
void position_reader_init(struct position_reader *reader, const struct position_places *places, const uint8_t *list,
                          size_t length, struct arena *arena);

/* Bits of the positions of a document. */
static inline uint64_t position_reader_bits(const struct position_reader *reader, uint32_t document, uint32_t tf)
{
    return position_code_bits(reader->places.code, reader->places.ends[document], tf);
}

/* A document's positions: where they are known to lie in the list. */
struct position_place {
    uint32_t bound;
    uint64_t bits;
};

static inline int position_reader_find(struct position_place *place, const struct position_reader *reader, uint64_t at,
                                       uint32_t document, uint32_t tf)
{
    const uint8_t end = reader->places.ends[document];
    place->bound = reader->places.code->bounds[end];
    place->bits = position_code_bits(reader->places.code, end, tf);
    return at > reader->end || place->bits > reader->end - at || (tf < POSITION_FEW && place->bits == POSITION_NONE);
}

/* The `tf` positions of a document that start at bit `at`, into an array. -> 0 or -1 */
static inline int position_reader_get(uint32_t *positions, const struct position_reader *reader, uint64_t at,
                                      uint32_t document, uint32_t tf)
{
    struct position_place place;
    if (position_reader_find(&place, reader, at, document, tf) ||
        subset_get(positions, &reader->places.code->tables, place.bound, tf, place.bits, reader->list, at))
        return -1;
    return 0;
}

/* Of `n` starts keeps those, `most` at most, that have a position of the document `shift` behind them.
 * -> 0 and *kept, or -1 */
static inline int position_reader_keep(uint32_t *kept, uint32_t *starts, uint32_t n, uint32_t shift, uint32_t most,
                                       const struct position_reader *reader, uint64_t at, uint32_t document, uint32_t tf)
{
    struct position_place place;
    if (position_reader_find(&place, reader, at, document, tf))
        return -1;
    *kept = subset_keep(starts, n, shift, most, &reader->places.code->tables, place.bound, tf, place.bits, reader->list, at);
    return 0;
}

/* Makes reader->positions hold `count`. -> 0 or TRAWL_ERROR_MEMORY */
int position_reader_make_room(struct position_reader *reader, uint32_t count);

#endif
