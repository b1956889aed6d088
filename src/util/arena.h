/* Memory that dies together: a bump allocator over growing chunks. An arena
 * belongs to one thread; whoever inits it releases it. Everything allocated
 * is 16-byte aligned, unless packed. */
#ifndef TRAWL_UTIL_ARENA_H
#define TRAWL_UTIL_ARENA_H

#include <stddef.h>
#include <stdint.h>

#include "src/util/printf_like.h"

struct arena_chunk;

struct arena {
    struct arena_chunk *chunks; /* the one being filled first */
    uint8_t *next, *end;        /* free room in that one */
    size_t total;               /* bytes taken from the system, for budgets */
};

void arena_init(struct arena *arena);
void arena_release(struct arena *arena);

/* Forgets all allocations but keeps the newest chunk, of a megabyte at most, for use again. */
void arena_reset(struct arena *arena);

void *arena_alloc(struct arena *arena, size_t size);                     /* NULL: no memory */
void *arena_alloc_packed(struct arena *arena, size_t size);              /* bytes, unaligned; NULL: no memory */
void *arena_alloc_zero(struct arena *arena, size_t count, size_t size);  /* NULL: no memory */
void *arena_copy(struct arena *arena, const void *bytes, size_t length); /* adds a NUL; NULL: no memory */

/* printf into the arena; NULL: no memory. */
char *arena_printf(struct arena *arena, const char *format, ...) TRAWL_PRINTF(2, 3);

#endif
