/* The one place that calls malloc: so that tests can make the n-th allocation
 * fail, and so that sizes are checked for overflow once. All return NULL when
 * memory ends; memory_free(NULL) is fine. Thread-safe. */
#ifndef TRAWL_UTIL_MEMORY_H
#define TRAWL_UTIL_MEMORY_H

#include <stddef.h>

void *memory_alloc(size_t size);
void *memory_alloc_zero(size_t count, size_t size);
void *memory_alloc_array(size_t count, size_t size);

/* For memory that is used all over and not in order. Megabytes of it are put on
 * huge pages where the system has them to give, so that an address is found sooner. */
void *memory_alloc_huge(size_t size);

void *memory_realloc_array(void *old, size_t count, size_t size);
void memory_free(void *pointer);

/* Hands what was freed back to the system, for who has freed a lot that is not wanted again soon. */
void memory_trim(void);

/* Grows an array to hold at least `needed` elements, by half its size at
 * least. On success *array and *capacity are updated and 0 returned; else
 * TRAWL_ERROR_MEMORY and both are as before. `array` is the address of the
 * array's pointer. */
int memory_grow(void *array, size_t *capacity, size_t needed, size_t element_size);

/* Tests: the allocation after `allocations` more successes fails, once;
 * negative: never (the default). -> what was left of the count before; negative: it failed, or was to fail never */
long memory_fail_after(long allocations);

#endif
