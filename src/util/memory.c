#if defined(__linux__)
#define _DEFAULT_SOURCE /* madvise */
#endif

#include "src/util/memory.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#if defined(__GLIBC__)
#include <malloc.h>
#endif
#include <sys/mman.h>

#include "include/trawl.h"

enum { SMALLEST_ARRAY = 8, HUGE_PAGE = 2 << 20 };

/* How many allocations still succeed; negative: all of them. It goes from 0 to
 * -1 with the one that fails, and stays negative whatever other threads do. */
static atomic_long allowed = -1;

long memory_fail_after(long allocations)
{
    return atomic_exchange(&allowed, allocations);
}

static int must_fail(void)
{
    if (atomic_load_explicit(&allowed, memory_order_relaxed) < 0)
        return 0;
    return atomic_fetch_sub(&allowed, 1) == 0;
}

static int overflows(size_t count, size_t size)
{
    return size != 0 && count > SIZE_MAX / 2 / size;
}

/* malloc(0) may answer NULL, which would read as the end of memory. */
static size_t at_least_one(size_t size)
{
    return size ? size : 1;
}

void *memory_alloc(size_t size)
{
    if (must_fail())
        return NULL;
    return malloc(at_least_one(size));
}

void *memory_alloc_zero(size_t count, size_t size)
{
    if (must_fail() || overflows(count, size))
        return NULL;
    return calloc(at_least_one(count), at_least_one(size));
}

void *memory_alloc_array(size_t count, size_t size)
{
    if (overflows(count, size))
        return NULL;
    return memory_alloc(count * size);
}

void *memory_alloc_huge(size_t size)
{
    if (must_fail() || overflows(size, 2))
        return NULL;
    if (size < HUGE_PAGE)
        return malloc(at_least_one(size));
    void *memory = NULL;
    if (posix_memalign(&memory, HUGE_PAGE, size))
        return NULL;
#ifdef MADV_HUGEPAGE
    madvise(memory, size / HUGE_PAGE * HUGE_PAGE, MADV_HUGEPAGE); /* advice: nothing fails without */
#endif
    return memory;
}

void *memory_realloc_array(void *old, size_t count, size_t size)
{
    if (must_fail() || overflows(count, size))
        return NULL;
    return realloc(old, at_least_one(count * size));
}

void memory_free(void *pointer)
{
    free(pointer);
}

void memory_trim(void)
{
#if defined(__GLIBC__)
    malloc_trim(0);
#endif
}

int memory_grow(void *array, size_t *capacity, size_t needed, size_t element_size)
{
    if (needed <= *capacity)
        return 0;
    size_t grown = *capacity + *capacity / 2;
    if (grown < needed)
        grown = needed;
    if (grown < SMALLEST_ARRAY)
        grown = SMALLEST_ARRAY;

    /* The caller's pointer has a type of its own: copied, not cast. */
    void *old;
    memcpy(&old, array, sizeof old);
    void *new = memory_realloc_array(old, grown, element_size);
    if (!new)
        return TRAWL_ERROR_MEMORY;
    memcpy(array, &new, sizeof new);
    *capacity = grown;
    return 0;
}
