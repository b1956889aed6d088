#include "src/source/stream.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "src/source/fault.h"
#include "src/util/memory.h"

enum {
    ZIPPED_SIZE = 1 << 16,
    WIDE_SIZE = 1 << 16, /* both at least STREAM_PEEK */
    ASK_MS = 100
};

void stream_init(struct stream *stream)
{
    memset(stream, 0, sizeof *stream);
    stream->descriptor = -1;
}

void stream_close(struct stream *stream)
{
    if (stream->descriptor > 0)
        close(stream->descriptor);
    stream->descriptor = -1;
    stream->at = stream->end = 0;
}

void stream_release(struct stream *stream)
{
    stream_close(stream);
    if (stream->has_gunzip)
        inflateEnd(&stream->gunzip);
    memory_free(stream->window);
    memory_free(stream->zipped);
    memory_free(stream->wide);
    stream_init(stream);
}

/* ------------------------------------------------------------ descriptor */

/* The three stages below have one form: they put up to `room` bytes, at least
 * one, at `out`. -> how many, 0 at the end, or a negative status. */

/* A pipe or a terminal may stay silent for ever, and somebody may not want to wait so long. */
static int wait_for_bytes(struct stream *stream, struct trawl_error *error)
{
    struct pollfd waiting = {.fd = stream->descriptor, .events = POLLIN};
    int ready;
    while ((ready = poll(&waiting, 1, ASK_MS)) == 0 || (ready < 0 && errno == EINTR))
        if (stream->is_stopped && stream->is_stopped(stream->context))
            return fault_at(error, TRAWL_ERROR_CANCELLED, stream->path, stream->bytes_read, "stopped while reading");
    return 0; /* what else is wrong, reading tells */
}

static ssize_t read_bytes(struct stream *stream, uint8_t *out, size_t room, struct trawl_error *error)
{
    for (;;) {
        const int status = wait_for_bytes(stream, error);
        if (status)
            return status;
        const ssize_t got = read(stream->descriptor, out, room);
        if (got >= 0) {
            stream->bytes_read += (uint64_t)got;
            return got;
        }
        if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)
            continue;
        const int failed = error_system(error, "cannot read", stream->path);
        if (error && error->offset == 0)
            error->offset = stream->bytes_read;
        return failed;
    }
}

/* ---------------------------------------------------------------- gunzip */

static void *zlib_alloc(void *context, unsigned count, unsigned size)
{
    (void)context;
    return memory_alloc_array(count, size);
}

static void zlib_free(void *context, void *pointer)
{
    (void)context;
    memory_free(pointer);
}

static int gunzip_fault(struct stream *stream, const char *what, struct trawl_error *error)
{
    const uint64_t offset = stream->bytes_read - stream->gunzip.avail_in;
    return fault_at(error, TRAWL_ERROR_IO, stream->path, offset, "%s", what);
}

/* Another piece of input behind what zlib has not taken yet. -> see above */
static ssize_t more_zipped(struct stream *stream, struct trawl_error *error)
{
    z_stream *gunzip = &stream->gunzip;
    memmove(stream->zipped, gunzip->next_in, gunzip->avail_in);
    const ssize_t got =
        read_bytes(stream, stream->zipped + gunzip->avail_in, ZIPPED_SIZE - gunzip->avail_in, error);
    gunzip->next_in = stream->zipped;
    if (got > 0)
        gunzip->avail_in += (unsigned)got;
    return got;
}

static int is_gzip(const uint8_t *bytes, size_t length)
{
    return length >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B;
}

/* Behind a member: is there another? -> 1, 0, negative */
static int next_member(struct stream *stream, struct trawl_error *error)
{
    z_stream *gunzip = &stream->gunzip;
    ssize_t got = 1;
    while (gunzip->avail_in < 2 && got > 0)
        got = more_zipped(stream, error);
    if (got < 0)
        return (int)got;
    stream->in_member = is_gzip(gunzip->next_in, gunzip->avail_in);
    if (stream->in_member)
        inflateReset(gunzip);
    return stream->in_member;
}

static int inflate_fault(struct stream *stream, int code, struct trawl_error *error)
{
    if (code == Z_MEM_ERROR)
        return error_memory(error);
    return gunzip_fault(stream, "broken gzip data", error);
}

/* Runs zlib once. -> 0, or negative */
static int inflate_some(struct stream *stream, struct trawl_error *error)
{
    const int code = inflate(&stream->gunzip, Z_NO_FLUSH);
    if (code == Z_STREAM_END)
        stream->in_member = 0;
    else if (code != Z_OK && code != Z_BUF_ERROR)
        return inflate_fault(stream, code, error);
    return 0;
}

static ssize_t unzip_bytes(struct stream *stream, uint8_t *out, size_t room, struct trawl_error *error)
{
    z_stream *gunzip = &stream->gunzip;
    gunzip->next_out = out;
    gunzip->avail_out = (unsigned)room;
    while (gunzip->avail_out == room) {
        if (!stream->in_member) {
            const int more = next_member(stream, error);
            if (more <= 0)
                return more;
        }
        if (gunzip->avail_in == 0) {
            const ssize_t got = more_zipped(stream, error);
            if (got < 0)
                return got;
            if (got == 0)
                return gunzip_fault(stream, "the gzip data ends too early", error);
        }
        const int status = inflate_some(stream, error);
        if (status)
            return status;
    }
    return (ssize_t)(room - gunzip->avail_out);
}

/* The window holds the file's first bytes, which are gzip: they become zlib's input. */
static int begin_gunzip(struct stream *stream, struct trawl_error *error)
{
    z_stream *gunzip = &stream->gunzip;
    enum { GZIP_ONLY = 16 };
    if (!stream->zipped && !(stream->zipped = memory_alloc(ZIPPED_SIZE)))
        return error_memory(error);
    if (!stream->has_gunzip) {
        *gunzip = (z_stream){.zalloc = zlib_alloc, .zfree = zlib_free};
        if (inflateInit2(gunzip, MAX_WBITS + GZIP_ONLY) != Z_OK)
            return error_memory(error);
        stream->has_gunzip = 1;
    } else {
        inflateReset(gunzip);
    }
    memcpy(stream->zipped, stream->window, stream->end);
    gunzip->next_in = stream->zipped;
    gunzip->avail_in = (unsigned)stream->end;
    stream->end = 0;
    stream->is_gzip = stream->in_member = 1;
    return 0;
}

/* ---------------------------------------------------------------- UTF-16 */

static ssize_t plain_bytes(struct stream *stream, uint8_t *out, size_t room, struct trawl_error *error)
{
    return stream->is_gzip ? unzip_bytes(stream, out, room, error) : read_bytes(stream, out, room, error);
}

static ssize_t widened_bytes(struct stream *stream, uint8_t *out, size_t room, struct trawl_error *error)
{
    const size_t wanted = room / 2 < WIDE_SIZE ? room / 2 : WIDE_SIZE; /* they may grow by half */
    for (;;) {
        const ssize_t got = plain_bytes(stream, stream->wide, wanted, error);
        if (got <= 0)
            return got < 0 ? got : (ssize_t)utf16_end(out, &stream->utf16);
        const size_t written = utf16_decode(out, &stream->utf16, stream->wide, (size_t)got);
        if (written)
            return (ssize_t)written;
    }
}

static int begin_utf16(struct stream *stream, struct trawl_error *error)
{
    if (!stream->wide && !(stream->wide = memory_alloc(WIDE_SIZE)))
        return error_memory(error);
    const size_t length = stream->end - 2;
    stream->utf16 = (struct utf16){.is_big_endian = stream->window[0] == 0xFE};
    memcpy(stream->wide, stream->window + 2, length);
    stream->end = utf16_decode(stream->window, &stream->utf16, stream->wide, length);
    stream->is_utf16 = 1;
    return 0;
}

/* ---------------------------------------------------------------- window */

/* Until it is known what the file is, the window holds STREAM_PEEK bytes at
 * most, which have room elsewhere while they are unpacked. */
static size_t room_left(const struct stream *stream)
{
    const size_t limit = stream->is_open || stream->is_utf16 ? STREAM_WINDOW : STREAM_PEEK;
    return limit - stream->end;
}

int stream_fill(struct stream *stream, struct trawl_error *error)
{
    if (stream->at_end)
        return 1;
    if (stream->at > 0) {
        memmove(stream->window, stream->window + stream->at, stream->end - stream->at);
        stream->end -= stream->at;
        stream->at = 0;
    }
    uint8_t *out = stream->window + stream->end;
    const size_t room = room_left(stream);
    const ssize_t got =
        stream->is_utf16 ? widened_bytes(stream, out, room, error) : plain_bytes(stream, out, room, error);
    if (got < 0)
        return (int)got;
    stream->end += (size_t)got;
    stream->at_end = got == 0;
    return stream->at_end;
}

/* Pipes give what they have; what a file is must not depend on that. */
static int fill_to(struct stream *stream, size_t wanted, struct trawl_error *error)
{
    int status = 0;
    while (status == 0 && stream->end < wanted)
        status = stream_fill(stream, error);
    return status < 0 ? status : 0;
}

static int strip_byte_order_mark(struct stream *stream, struct trawl_error *error)
{
    const uint8_t *bytes = stream->window;
    if (stream->end >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        stream->at = 3;
        return 0;
    }
    if (stream->end < 2 || (memcmp(bytes, "\xFF\xFE", 2) != 0 && memcmp(bytes, "\xFE\xFF", 2) != 0))
        return 0;
    if (stream->end >= 4 && memcmp(bytes, "\xFF\xFE\0\0", 4) == 0)
        return 0; /* UTF-32, which nobody writes: binary, by its NULs */
    return begin_utf16(stream, error);
}

static int begin(struct stream *stream, struct trawl_error *error)
{
    if (!stream->window && !(stream->window = memory_alloc(STREAM_WINDOW)))
        return error_memory(error);
    int status = fill_to(stream, 2, error);
    if (status == 0 && is_gzip(stream->window, stream->end)) {
        stream->at_end = 0;
        status = begin_gunzip(stream, error);
    }
    if (status == 0)
        status = fill_to(stream, 4, error);
    if (status == 0)
        status = strip_byte_order_mark(stream, error);
    return status ? status : fill_to(stream, STREAM_PEEK, error);
}

int stream_open(struct stream *stream, int descriptor, const char *path, struct trawl_error *error)
{
    stream_close(stream);
    stream->descriptor = descriptor;
    stream->path = path;
    stream->bytes_read = 0;
    stream->is_gzip = stream->in_member = stream->is_utf16 = stream->at_end = 0;
    stream->is_open = 0;
    const int status = begin(stream, error);
    stream->is_open = status == 0;
    if (status)
        stream_close(stream);
    return status;
}
