/* What an inverter holds, for those in this folder who carry it on: terms in
 * order, and each one's postings (posting_stream.h).
 *
 * An occurrence costs a quarter of a cache line for the term's state, and mostly
 * a line of the end of its stream. A stream is a chain of growing chunks (chunk_store.h);
 * the last four bytes of a chunk lead to the next. A term that occurs once has no chunk: its state says it all. */
#ifndef INDEX_WRITE_INVERTER_LISTS_H
#define INDEX_WRITE_INVERTER_LISTS_H

#include <stddef.h>
#include <stdint.h>

#include "index/write/chunk_store.h"
#include "index/write/inverter.h"
#include "src/util/buffer.h"
#include "src/util/hash.h"

struct term_state {
    uint32_t document;      /* the last one */
    uint32_t next_position; /* the last position in it + 1; 0: no occurrence yet */
    uint32_t at;            /* offset: where the next unit goes */
    uint16_t room;          /* bytes left in the chunk */
    uint16_t chunk_class;   /* 0: no chunk */
};

enum { INVERTER_BATCH = 64 };

struct inverter {
    uint32_t waiting[INVERTER_BATCH]; /* terms of the words that arrived last and are in no stream yet */
    size_t waiting_count;
    uint32_t waiting_document, waiting_position; /* of the first */
    struct interner terms; /* a key is the field's byte, then the term */
    struct term_state *states;
    uint32_t *first_chunks; /* offsets; apart, for only reading asks */
    size_t state_capacity, first_capacity;
    struct chunk_store chunks;
    uint32_t *order; /* handles in order of keys; NULL: not sorted */
    int has_positions;
};

/* Sorts the terms; nothing may be added from here on until a reset. The rest is for sorted inverters only. */
int inverter_sort(struct inverter *inverter, struct trawl_error *error);

/* The place in order of the first term that is not below the key. */
size_t inverter_lower_bound(const struct inverter *inverter, const uint8_t *key, size_t length);

/* A term's stream: in place when it is in one piece, else put together in `scratch`. */
struct posting_list {
    const uint8_t *bytes;
    size_t length;
};
int inverter_list(struct posting_list *list, const struct inverter *inverter, uint32_t handle, struct buffer *scratch);

/* In order of terms, everything about them is scattered in memory: called for
 * each place in order, this fetches what the places behind will need. */
void inverter_fetch_ahead(const struct inverter *inverter, size_t place);

/* About how many bytes it takes. */
size_t inverter_list_bytes(const struct inverter *inverter, uint32_t handle);

#endif
