#include "index/codec/deflate.h"

#include <limits.h>
#include <zlib.h>

#include "src/util/memory.h"

/* Level 1 takes a quarter of the default level's time for an eighth more bytes:
 * storing text keeps pace with indexing it. */
enum { LEVEL = 1, WINDOW_BITS = 15, MEMORY_LEVEL = 9 };

struct deflater {
    z_stream stream;
};

static voidpf allocate(voidpf nothing, uInt count, uInt size)
{
    (void)nothing;
    return memory_alloc_array(count, size);
}

static void release(voidpf nothing, voidpf pointer)
{
    (void)nothing;
    memory_free(pointer);
}

int deflater_new(struct deflater **deflater, struct trawl_error *error)
{
    struct deflater *new = memory_alloc_zero(1, sizeof *new);
    *deflater = NULL;
    if (!new)
        return error_memory(error);
    new->stream.zalloc = allocate;
    new->stream.zfree = release;
    if (deflateInit2(&new->stream, LEVEL, Z_DEFLATED, WINDOW_BITS, MEMORY_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK) {
        memory_free(new);
        return error_memory(error);
    }
    *deflater = new;
    return 0;
}

void deflater_free(struct deflater *deflater)
{
    if (deflater)
        deflateEnd(&deflater->stream);
    memory_free(deflater);
}

/* The room is enough for all: zlib takes each piece whole. */
static int deflate_pieces(z_stream *stream, const struct deflater_piece *pieces, size_t count)
{
    int status = Z_OK;
    for (size_t i = 0; i < count; i++) {
        stream->next_in = (Bytef *)(uintptr_t)pieces[i].bytes; /* zlib only reads it */
        stream->avail_in = (uInt)pieces[i].length;
        if (i + 1 == count)
            status = deflate(stream, Z_FINISH);
        else if (pieces[i].length)
            deflate(stream, Z_NO_FLUSH);
    }
    return status;
}

int deflater_pieces(struct buffer *out, struct deflater *deflater, const struct deflater_piece *pieces, size_t count,
                    struct trawl_error *error)
{
    z_stream *stream = &deflater->stream;
    size_t length = 0;
    for (size_t i = 0; i < count; i++)
        length += pieces[i].length;
    if (length > UINT_MAX / 2)
        return error_set(error, TRAWL_ERROR_LIMIT, "%zu bytes are too many to store in one block", length);
    deflateReset(stream);
    const uLong most = deflateBound(stream, (uLong)length);
    uint8_t *room = buffer_reserve(out, most);
    if (!room)
        return error_memory(error);
    stream->next_out = room;
    stream->avail_out = (uInt)most;
    if (deflate_pieces(stream, pieces, count) != Z_STREAM_END) /* cannot be: the bound is room enough */
        return error_memory(error);
    out->length += (size_t)(stream->next_out - room);
    return 0;
}

int inflate_block(uint8_t *out, size_t out_length, const uint8_t *bytes, size_t length)
{
    if (out_length > UINT_MAX || length > UINT_MAX)
        return TRAWL_ERROR_CORRUPT;
    z_stream stream = {.zalloc = allocate, .zfree = release};
    if (inflateInit2(&stream, WINDOW_BITS) != Z_OK)
        return TRAWL_ERROR_MEMORY;
    stream.next_in = (Bytef *)(uintptr_t)bytes;
    stream.avail_in = (uInt)length;
    stream.next_out = out;
    stream.avail_out = (uInt)out_length;
    const int status = inflate(&stream, Z_FINISH);
    const int whole = status == Z_STREAM_END && stream.total_out == out_length && stream.avail_in == 0;
    inflateEnd(&stream);
    if (status == Z_MEM_ERROR)
        return TRAWL_ERROR_MEMORY;
    return whole ? 0 : TRAWL_ERROR_CORRUPT;
}
