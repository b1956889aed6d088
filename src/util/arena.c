#include "src/util/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "src/util/memory.h"

/* Chunks double from 4 KiB to 1 MiB: small queries stay small, and large
 * arenas ask the system seldom. A request too large for that gets a chunk of
 * its own behind the newest one, whose room is not lost by it, and which a
 * reset gives back.
 *
 * Under the address sanitizer, memory that was not handed out is poisoned, and
 * a red zone follows each allocation, so that an overrun inside a chunk is
 * caught like one of malloc's. */

enum { ALIGNMENT = 16, SMALLEST_CHUNK = 4096, LARGEST_CHUNK = 1 << 20 };

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_POISON 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define ARENA_POISON 1
#endif

#ifdef ARENA_POISON
#include <sanitizer/asan_interface.h>
enum { RED_ZONE = 16 };
#else
#define ASAN_POISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
enum { RED_ZONE = 0 };
#endif

struct arena_chunk {
    struct arena_chunk *older;
    size_t size; /* of the bytes after this header */
};

enum { HEADER = (sizeof(struct arena_chunk) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT };

static uint8_t *chunk_bytes(struct arena_chunk *chunk)
{
    return (uint8_t *)chunk + HEADER;
}

void arena_init(struct arena *arena)
{
    *arena = (struct arena){0};
}

static void free_chunks(struct arena_chunk *chunk)
{
    while (chunk) {
        struct arena_chunk *older = chunk->older;
        ASAN_UNPOISON_MEMORY_REGION(chunk_bytes(chunk), chunk->size);
        memory_free(chunk);
        chunk = older;
    }
}

void arena_release(struct arena *arena)
{
    free_chunks(arena->chunks);
    arena_init(arena);
}

static void fill_from(struct arena *arena, struct arena_chunk *chunk)
{
    arena->next = chunk_bytes(chunk);
    arena->end = arena->next + chunk->size;
}

void arena_reset(struct arena *arena)
{
    struct arena_chunk *newest = arena->chunks;
    if (!newest)
        return;
    if (newest->size > LARGEST_CHUNK) { /* a large request that came first: not what comes next will need */
        arena_release(arena);
        return;
    }
    free_chunks(newest->older);
    newest->older = NULL;
    arena->total = newest->size + HEADER;
    fill_from(arena, newest);
    ASAN_POISON_MEMORY_REGION(arena->next, newest->size);
}

static struct arena_chunk *chunk_new(struct arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2)
        return NULL;
    struct arena_chunk *chunk = memory_alloc(HEADER + size);
    if (!chunk)
        return NULL;
    chunk->size = size;
    chunk->older = NULL;
    arena->total += HEADER + size;
    ASAN_POISON_MEMORY_REGION(chunk_bytes(chunk), size);
    return chunk;
}

static size_t next_chunk_size(const struct arena *arena)
{
    size_t size = arena->chunks ? (arena->chunks->size + HEADER) * 2 : SMALLEST_CHUNK;
    return (size > LARGEST_CHUNK ? LARGEST_CHUNK : size) - HEADER;
}

/* `size` bytes of a new chunk, red zone included. */
static uint8_t *alloc_in_new_chunk(struct arena *arena, size_t size)
{
    size_t chunk_size = next_chunk_size(arena);
    int alone = size > chunk_size / 2;
    struct arena_chunk *chunk = chunk_new(arena, alone ? size : chunk_size);
    if (!chunk)
        return NULL;
    if (alone && arena->chunks) {
        chunk->older = arena->chunks->older;
        arena->chunks->older = chunk;
        return chunk_bytes(chunk);
    }
    chunk->older = arena->chunks;
    arena->chunks = chunk;
    fill_from(arena, chunk);
    arena->next += size;
    return chunk_bytes(chunk);
}

static void *alloc_at(struct arena *arena, uint8_t *start, size_t size)
{
    if (size > SIZE_MAX / 2)
        return NULL;
    size_t wanted = size + RED_ZONE;
    size_t skipped = start ? (size_t)(start - arena->next) : 0;
    size_t room = (size_t)(arena->end - arena->next);
    if (start && skipped <= room && wanted <= room - skipped)
        arena->next = start + wanted;
    else
        start = alloc_in_new_chunk(arena, wanted);
    if (start)
        ASAN_UNPOISON_MEMORY_REGION(start, size);
    return start;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    uint8_t *start = arena->next;
    if (start)
        start += -(uintptr_t)start & (ALIGNMENT - 1);
    return alloc_at(arena, start, size);
}

void *arena_alloc_packed(struct arena *arena, size_t size)
{
    return alloc_at(arena, arena->next, size);
}

void *arena_alloc_zero(struct arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / 2 / size)
        return NULL;
    void *bytes = arena_alloc(arena, count * size);
    if (bytes)
        memset(bytes, 0, count * size);
    return bytes;
}

void *arena_copy(struct arena *arena, const void *bytes, size_t length)
{
    if (length > SIZE_MAX / 2)
        return NULL;
    char *copy = arena_alloc(arena, length + 1);
    if (!copy)
        return NULL;
    if (length)
        memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0)
        return NULL;
    char *text = arena_alloc(arena, (size_t)length + 1);
    if (!text)
        return NULL;
    va_start(arguments, format);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    va_end(arguments);
    return text;
}
