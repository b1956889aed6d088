#include "src/util/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "include/trawl.h"
#include "src/util/bytes.h"
#include "src/util/memory.h"

void buffer_init(struct buffer *buffer)
{
    *buffer = (struct buffer){0};
}

void buffer_release(struct buffer *buffer)
{
    memory_free(buffer->bytes);
    buffer_init(buffer);
}

void buffer_reset(struct buffer *buffer)
{
    buffer->length = 0;
    buffer->status = 0;
}

void buffer_reset_keeping(struct buffer *buffer, size_t most)
{
    if (buffer->capacity > most)
        buffer_release(buffer);
    buffer_reset(buffer);
}

uint8_t *buffer_reserve(struct buffer *buffer, size_t extra)
{
    if (buffer->status)
        return NULL;
    if (extra > SIZE_MAX / 2 - buffer->length)
        buffer->status = TRAWL_ERROR_MEMORY;
    else
        buffer->status = memory_grow(&buffer->bytes, &buffer->capacity, buffer->length + extra, 1);
    if (buffer->status)
        return NULL;
    /* Nothing reserved of an empty buffer: still an address, not "no memory". */
    static uint8_t nowhere[1];
    return buffer->bytes ? buffer->bytes + buffer->length : nowhere;
}

void buffer_append(struct buffer *buffer, const void *bytes, size_t length)
{
    uint8_t *end = buffer_reserve(buffer, length);
    if (!end || !length)
        return;
    memcpy(end, bytes, length);
    buffer->length += length;
}

void buffer_append_string(struct buffer *buffer, const char *string)
{
    buffer_append(buffer, string, strlen(string));
}

void buffer_append_u8(struct buffer *buffer, uint8_t value)
{
    uint8_t *end = buffer_reserve(buffer, 1);
    if (!end)
        return;
    *end = value;
    buffer->length += 1;
}

void buffer_append_u16(struct buffer *buffer, uint16_t value)
{
    uint8_t *end = buffer_reserve(buffer, 2);
    if (!end)
        return;
    store_u16(end, value);
    buffer->length += 2;
}

void buffer_append_u32(struct buffer *buffer, uint32_t value)
{
    uint8_t *end = buffer_reserve(buffer, 4);
    if (!end)
        return;
    store_u32(end, value);
    buffer->length += 4;
}

void buffer_append_u64(struct buffer *buffer, uint64_t value)
{
    uint8_t *end = buffer_reserve(buffer, 8);
    if (!end)
        return;
    store_u64(end, value);
    buffer->length += 8;
}

void buffer_printf(struct buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0)
        return;
    uint8_t *end = buffer_reserve(buffer, (size_t)length + 1);
    if (!end)
        return;
    va_start(arguments, format);
    vsnprintf((char *)end, (size_t)length + 1, format, arguments);
    va_end(arguments);
    buffer->length += (size_t)length;
}

const char *buffer_string(struct buffer *buffer)
{
    uint8_t *end = buffer_reserve(buffer, 1);
    if (!end)
        return "";
    *end = '\0';
    return (const char *)buffer->bytes;
}
