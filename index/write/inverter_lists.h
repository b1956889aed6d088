/* What an inverter holds, for those in this folder who carry it on: terms in
 * order, and each one's streams of postings (posting_stream.h).
 *
 * An occurrence costs one cache line of the term's state and mostly one of the
 * end of a stream. A stream is a chain of growing chunks in one block of
 * memory, addressed by 32-bit offsets; the last four bytes of a chunk lead to
 * the next. A term that occurs once has no chunk: its state says it all. */
#ifndef INDEX_WRITE_INVERTER_LISTS_H
#define INDEX_WRITE_INVERTER_LISTS_H

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "index/write/inverter.h"
#include "src/util/buffer.h"
#include "src/util/hash.h"

struct chain {
    uint32_t first, at; /* offsets: the first chunk; where the next byte goes */
};

struct term_state {
    uint32_t document;      /* the last one */
    uint32_t next_position; /* the last position in it + 1 */
    uint32_t tf;            /* of it, not in the stream yet; 0: no posting at all */
    uint16_t documents_room, positions_room; /* bytes left in the chunk << 4 | its class, 0: no chunk */
    struct chain documents, positions;
};
static_assert(sizeof(struct term_state) == 32, "two to a cache line");

struct inverter {
    struct interner terms; /* a key is the field's byte, then the term */
    struct term_state *states;
    size_t state_capacity;
    uint8_t *chunks;
    size_t chunks_used, chunks_capacity;
    uint32_t *order; /* handles in order of (field, term); NULL: not sorted */
    int has_positions;
};

/* Sorts the terms; nothing may be added from here on until a reset. */
int inverter_sort(struct inverter *inverter, struct trawl_error *error);

/* Number of the first term in order that is not below the key. */
size_t inverter_lower_bound(const struct inverter *inverter, const uint8_t *key, size_t length);

/* A term's streams appended to a buffer, with readable slack behind. Terms
 * without postings give empty streams. */
void inverter_append_documents(struct buffer *out, const struct inverter *inverter, uint32_t handle);
void inverter_append_positions(struct buffer *out, const struct inverter *inverter, uint32_t handle);

/* About how many bytes they are. */
size_t inverter_list_bytes(const struct inverter *inverter, uint32_t handle);

#endif
