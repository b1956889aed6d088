/* Sorting of document ids by their bytes, without moving the ids. */
#ifndef INDEX_FORMAT_ID_SORT_H
#define INDEX_FORMAT_ID_SORT_H

#include <stdint.h>

#include "index/format/ids.h"

struct sorted_id {
    uint64_t key;     /* the eight bytes being compared, big-endian, zero-filled */
    uint32_t left;    /* bytes of the id from there on, at most 9 */
    uint32_t ordinal; /* which id */
};

/* Fills sorted[0..count) in order of the ids. Needs no memory; time goes with
 * the bytes that tell the ids apart. */
void id_sort(struct sorted_id *sorted, const struct id_string *ids, uint32_t count);

#endif
