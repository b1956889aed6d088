/* What reading positions takes besides their bytes: the codes of documents'
 * ends and the table of sizes. Made when they are first asked for, and kept,
 * unless a section has all ends. */
#ifndef INDEX_READ_SEGMENT_PLACES_H
#define INDEX_READ_SEGMENT_PLACES_H

#include <stdint.h>

#include "index/format/position_code.h"
#include "index/read/segment.h"

/* Of one field of a segment; holds as long as that. */
struct position_places {
    const struct position_code *code;
    const uint8_t *ends; /* codes by document */
};

int segment_position_places(struct position_places *places, const struct segment *segment, uint32_t field,
                            struct trawl_error *error);

/* For what makes a segment. */
struct segment_places;
int segment_places_new(struct segment_places **places); /* -> 0 or TRAWL_ERROR_MEMORY */
void segment_places_free(struct segment_places *places);

#endif
