/* Documents' terms turned into posting lists in memory. One inverter belongs
 * to one thread; several may hold interleaved documents of one load and are
 * merged at the end (term_merge.h).
 *
 *     handle = inverter_term(field, bytes)       once per distinct word: the caller keeps it
 *     inverter_add(handle, document, position)   for every occurrence, or inverter_add_words; documents ascend, positions within one ascend
 *
 * Postings grow in chained chunks, documents and positions together
 * (posting_stream.h). */
#ifndef INDEX_WRITE_INVERTER_H
#define INDEX_WRITE_INVERTER_H

#include <stddef.h>
#include <stdint.h>

#include "src/util/error.h"

enum { INVERTER_MAX_TERM = 255, INVERTER_FIELDS = 256 };

struct inverter;

int inverter_new(struct inverter **inverter, int has_positions, struct trawl_error *error);
void inverter_free(struct inverter *inverter);

/* Empties it; handles given before are void. */
void inverter_reset(struct inverter *inverter);

/* The handle of a term (1 to 255 bytes), made when new; -1: no memory. */
int64_t inverter_term(struct inverter *inverter, uint32_t field, const uint8_t *term, size_t length);

/* -> 0 or TRAWL_ERROR_MEMORY (perhaps of an occurrence shortly before); after that the inverter is only good for a reset. A position is below UINT32_MAX. */
int inverter_add(struct inverter *inverter, uint32_t handle, uint32_t document, uint32_t position);

/* The same for words that follow each other: positions go up by one. Fast for some dozens at once. */
int inverter_add_words(struct inverter *inverter, const uint32_t *handles, size_t count, uint32_t document,
                       uint32_t position);

/* Bytes held; SIZE_MAX / 2 when it must be emptied whatever the budget. */
size_t inverter_memory(const struct inverter *inverter);
size_t inverter_terms(const struct inverter *inverter);

#endif
