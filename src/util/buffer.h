/* A growing run of bytes that keeps its first error: append freely, look at
 * buffer.status once at the end. Numbers are appended little-endian. */
#ifndef TRAWL_UTIL_BUFFER_H
#define TRAWL_UTIL_BUFFER_H

#include <stddef.h>
#include <stdint.h>

#include "src/util/printf_like.h"

struct buffer {
    uint8_t *bytes;
    size_t length, capacity;
    int status; /* 0, or TRAWL_ERROR_MEMORY from the first append that failed */
};

void buffer_init(struct buffer *buffer);
void buffer_release(struct buffer *buffer);
void buffer_reset(struct buffer *buffer); /* length and status to 0, memory kept */
void buffer_reset_keeping(struct buffer *buffer, size_t most); /* the same, but no more memory than this is kept */

/* Makes room for `extra` bytes and returns where they go (NULL: no memory);
 * the caller then adds what it wrote to `length`. */
uint8_t *buffer_reserve(struct buffer *buffer, size_t extra);

void buffer_append(struct buffer *buffer, const void *bytes, size_t length);
void buffer_append_string(struct buffer *buffer, const char *string);
void buffer_append_u8(struct buffer *buffer, uint8_t value);
void buffer_append_u16(struct buffer *buffer, uint16_t value);
void buffer_append_u32(struct buffer *buffer, uint32_t value);
void buffer_append_u64(struct buffer *buffer, uint64_t value);
void buffer_printf(struct buffer *buffer, const char *format, ...) TRAWL_PRINTF(2, 3);

/* NUL after the contents (not counted in length); "" for an empty or failed buffer. */
const char *buffer_string(struct buffer *buffer);

#endif
