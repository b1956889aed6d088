/* The bytes of one file or of standard input, unzipped when they are gzip and
 * turned into UTF-8 when they begin with a byte order mark, through a window:
 *
 *     descriptor -> [gunzip] -> [UTF-16] -> window[at, end) -> who reads it
 *
 * Who reads moves `at` forward; stream_fill keeps what lies behind `at` and
 * adds to it. Buffers stay from file to file; each is of fixed size. */
#ifndef SRC_SOURCE_STREAM_H
#define SRC_SOURCE_STREAM_H

#include <stddef.h>
#include <stdint.h>
#include <zlib.h>

#include "src/source/charset.h"
#include "src/util/error.h"

enum {
    STREAM_WINDOW = 1 << 18,
    STREAM_PEEK = 8192 /* what stream_open makes ready, if there is as much; then look at no more of it */
};

struct stream {
    int descriptor;
    const char *path; /* for errors; the caller's */
    uint8_t *window;
    size_t at, end;
    uint64_t bytes_read; /* from the descriptor, of this file */
    uint8_t *zipped;     /* input of gunzip; NULL until the first such file */
    z_stream gunzip;
    uint8_t *wide; /* input of UTF-16 decoding; NULL until the first such file */
    struct utf16 utf16;
    int is_gzip, in_member, has_gunzip, is_utf16, at_end, is_open;
    int (*is_stopped)(void *context); /* asked now and then while there is nothing to read; NULL: nobody */
    void *context;                    /* both kept from file to file */
};

void stream_init(struct stream *stream);
void stream_release(struct stream *stream); /* closes it, too */

/* Begins to read `descriptor` and takes it over, also when it fails. Standard
 * input, 0, is never closed. */
int stream_open(struct stream *stream, int descriptor, const char *path, struct trawl_error *error);
void stream_close(struct stream *stream);

/* Adds bytes to the window. -> 0, 1 at the end, or an error: a read that
 * failed, or gzip that is broken or ends too early. At most STREAM_WINDOW / 2
 * bytes may be left in the window. What follows a gzip member and is no
 * further member is passed over, as gunzip does. */
int stream_fill(struct stream *stream, struct trawl_error *error);

#endif
