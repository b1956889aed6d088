/* Reading the positions of single documents out of a term's list: FORMAT.md,
 * "POSN". Part of the postings cursor. */
#ifndef INDEX_READ_POSITIONS_READER_H
#define INDEX_READ_POSITIONS_READER_H

#include <stddef.h>
#include <stdint.h>

#include "index/format/postings.h"
#include "src/util/arena.h"

struct position_reader {
    struct positions_directory directory;
    uint64_t cf;
    uint32_t run;                  /* the decoded one; UINT32_MAX: none */
    uint32_t numbers[RUN_LENGTH];
    uint32_t *positions;           /* the answer */
    uint32_t capacity;
    struct arena *arena;
    /* where documents of a block start: kept by the cursor */
    uint32_t block, index;
    uint64_t start;
};

/* `list`: the term's bytes in POSN. -> 0, or -1 when they are damaged */
int position_reader_init(struct position_reader *reader, const uint8_t *list, size_t length, uint64_t cf,
                         struct arena *arena);

/* The `count` positions from the start-th number of the list on into
 * reader->positions. -> 0, TRAWL_ERROR_CORRUPT or TRAWL_ERROR_MEMORY */
int position_reader_get(struct position_reader *reader, uint64_t start, uint32_t count);

#endif
