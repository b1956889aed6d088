/* Small files and folders for tests of sources, in the running case's folder. */
#ifndef TRAWL_TESTS_SOURCE_FILES_H
#define TRAWL_TESTS_SOURCE_FILES_H

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "src/util/buffer.h"
#include "tests/unit/tap.h"

static inline const char *file_with_bytes(const char *name, const void *bytes, size_t length)
{
    const char *path = tap_path(name);
    FILE *file = fopen(path, "wb");
    REQUIRE_THAT(file != NULL, "cannot write %s", path);
    REQUIRE(fwrite(bytes, 1, length, file) == length);
    fclose(file);
    return path;
}

static inline const char *file_with(const char *name, const char *text)
{
    return file_with_bytes(name, text, strlen(text));
}

static inline const char *folder_named(const char *name)
{
    const char *path = tap_path(name);
    REQUIRE_THAT(mkdir(path, 0777) == 0, "cannot make %s", path);
    return path;
}

/* Appends one gzip member. */
static inline void gzip_member(struct buffer *out, const void *bytes, size_t length)
{
    enum { GZIP = 16 };
    z_stream zip = {0};
    REQUIRE(deflateInit2(&zip, 6, Z_DEFLATED, MAX_WBITS + GZIP, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    const size_t room = deflateBound(&zip, length) + 64;
    zip.next_in = (void *)(size_t)bytes;
    zip.avail_in = (unsigned)length;
    zip.next_out = buffer_reserve(out, room);
    zip.avail_out = (unsigned)room;
    REQUIRE(zip.next_out && deflate(&zip, Z_FINISH) == Z_STREAM_END);
    out->length += room - zip.avail_out;
    deflateEnd(&zip);
}

/* A pipe that gives `bytes` in pieces of at most `piece`, from a child process. -> what to read from */
static inline int pipe_with(const void *bytes, size_t length, size_t piece)
{
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    fflush(NULL);
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child > 0) {
        close(ends[1]);
        return ends[0];
    }
    close(ends[0]);
    for (size_t at = 0; at < length; at += piece) {
        const size_t wanted = length - at < piece ? length - at : piece;
        if (write(ends[1], (const char *)bytes + at, wanted) != (ssize_t)wanted)
            _exit(1);
        sched_yield();
    }
    _exit(0);
}

#endif
