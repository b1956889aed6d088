/* Sorting terms: a radix sort by eight bytes at a time, most significant first. */
#ifndef INDEX_WRITE_TERM_SORT_H
#define INDEX_WRITE_TERM_SORT_H

#include <stddef.h>
#include <stdint.h>

#include "src/util/hash.h"

/* Writes the numbers of `keys` into order[count], in ascending order of their
 * bytes (a prefix before what it begins). Keys have up to TERM_SORT_MAX bytes; it
 * is made for distinct ones, and equal ones come in any order. -> 0 or TRAWL_ERROR_MEMORY */
enum { TERM_SORT_MAX = 256 };
int term_sort(uint32_t *order, const struct interner_key *keys, size_t count);

/* < 0, 0 or > 0 as a is before, equal to or behind b. */
int key_compare(const uint8_t *a, size_t a_length, const uint8_t *b, size_t b_length);

#endif
