#if defined(__linux__)
#define _DEFAULT_SOURCE /* madvise: glibc's posix_madvise does not do what DONTNEED says */
#endif

#include "src/util/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "src/util/memory.h"

enum { WRITER_BUFFER = 256 * 1024, LARGEST_WRITE = 1 << 30, FILE_MODE = 0666, FOLDER_MODE = 0777 };

/* ------------------------------------------------- the gate of every change */

static atomic_long allowed = -1; /* operations that still succeed; negative: all */
static atomic_int injected_error = 0;

long file_fail_after(long operations, int error_number)
{
    atomic_store(&injected_error, error_number);
    return atomic_exchange(&allowed, operations);
}

/* 0: go on; -1: fail with errno as set. Stays shut once it has shut. */
static int gate(void)
{
    long left = atomic_load_explicit(&allowed, memory_order_relaxed);
    while (left > 0)
        if (atomic_compare_exchange_weak(&allowed, &left, left - 1))
            return 0;
    if (left < 0)
        return 0;
    errno = atomic_load(&injected_error);
    return -1;
}

static int gated_create(const char *path)
{
    if (gate())
        return -1;
    return open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, FILE_MODE);
}

/* Behind the file's end, which stays where it is for what is written next. */
static int gated_write_behind(int descriptor, const uint8_t *bytes, size_t length, uint64_t offset)
{
    ssize_t written;
    if (gate())
        return -1;
    do
        written = pwrite(descriptor, bytes, length, (off_t)offset);
    while (written < 0 && errno == EINTR);
    if (written >= 0 && (size_t)written < length)
        errno = ENOSPC;
    return written == (ssize_t)length ? 0 : -1;
}

static int gated_write(int descriptor, const uint8_t *bytes, size_t length)
{
    while (length) {
        if (gate())
            return -1;
        ssize_t written = write(descriptor, bytes, length < LARGEST_WRITE ? length : LARGEST_WRITE);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return -1;
        bytes += written;
        length -= (size_t)written;
    }
    return 0;
}

static int gated_sync(int descriptor)
{
    if (gate())
        return -1;
    int status;
    do
        status = fsync(descriptor);
    while (status && errno == EINTR);
    return status;
}

static int gated_rename(const char *from, const char *to)
{
    return gate() ? -1 : rename(from, to);
}

/* ------------------------------------------------------------------ reading */

static int map_descriptor(struct file_map *map, int descriptor, const char *path, struct trawl_error *error)
{
    struct stat about;
    if (fstat(descriptor, &about))
        return error_system(error, "cannot look at file", path);
    if (!S_ISREG(about.st_mode)) {
        errno = S_ISDIR(about.st_mode) ? EISDIR : EINVAL;
        return error_system(error, "not a regular file", path);
    }
    *map = (struct file_map){.bytes = (const uint8_t *)"", .length = 0};
    if (about.st_size == 0)
        return 0;
    if ((uintmax_t)about.st_size > SIZE_MAX / 2) {
        errno = EFBIG;
        return error_system(error, "cannot map", path);
    }
    void *bytes = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_SHARED, descriptor, 0);
    if (bytes == MAP_FAILED)
        return error_system(error, "cannot map", path);
    *map = (struct file_map){.bytes = bytes, .length = (size_t)about.st_size, .is_file = 1};
    return 0;
}

int file_map_open(struct file_map *map, const char *path, struct trawl_error *error)
{
    *map = (struct file_map){.bytes = (const uint8_t *)"", .length = 0};
    /* Non-blocking, for a pipe under the file's name must not hang us. */
    int descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        return error_system(error, "cannot open", path);
    int status = map_descriptor(map, descriptor, path, error);
    close(descriptor); /* the map holds the file */
    return status;
}

void file_map_close(struct file_map *map)
{
    if (map->length)
        munmap((void *)(uintptr_t)map->bytes, map->length);
    *map = (struct file_map){.bytes = (const uint8_t *)"", .length = 0};
}

void file_map_forget(const struct file_map *map, size_t from, size_t to)
{
#ifdef MADV_DONTNEED
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    from = (from + page - 1) / page * page;
    to = to == map->length ? to : to / page * page;
    if (map->is_file && from < to)
        madvise((void *)(uintptr_t)(map->bytes + from), to - from, MADV_DONTNEED);
#else
    (void)map, (void)from, (void)to;
#endif
}

/* ------------------------------------------------------------------ writing */

static char *copy_string(const char *string)
{
    size_t size = strlen(string) + 1;
    char *copy = memory_alloc(size);
    if (copy)
        memcpy(copy, string, size);
    return copy;
}

static void writer_close(struct file_writer *writer, int remove)
{
    if (writer->descriptor >= 0)
        close(writer->descriptor);
    if (remove && writer->descriptor >= 0)
        unlink(writer->path);
    memory_free(writer->buffer);
    memory_free(writer->path);
    writer->descriptor = -1;
    writer->buffer = NULL;
    writer->path = NULL;
    writer->buffered = 0;
}

int file_writer_open(struct file_writer *writer, const char *path, struct trawl_error *error)
{
    *writer = (struct file_writer){.descriptor = -1};
    writer->path = copy_string(path);
    writer->buffer = memory_alloc(WRITER_BUFFER);
    if (!writer->path || !writer->buffer) {
        writer->status = error_memory(error);
        goto out;
    }
    writer->descriptor = gated_create(path);
    if (writer->descriptor < 0)
        writer->status = error_system(error, "cannot create", path);
out:
    if (writer->status)
        writer_close(writer, 0);
    return writer->status;
}

static int write_out(struct file_writer *writer, const uint8_t *bytes, size_t length)
{
    if (gated_write(writer->descriptor, bytes, length))
        writer->status = error_system(&writer->first_error, "cannot write", writer->path);
    return writer->status;
}

static int flush(struct file_writer *writer)
{
    size_t length = writer->buffered;
    writer->buffered = 0;
    return length ? write_out(writer, writer->buffer, length) : 0;
}

int file_writer_append(struct file_writer *writer, const void *bytes, size_t length)
{
    if (writer->status || !length)
        return writer->status;
    writer->offset += length;
    if (length > WRITER_BUFFER - writer->buffered && flush(writer))
        return writer->status;
    if (length >= WRITER_BUFFER)
        return write_out(writer, bytes, length);
    memcpy(writer->buffer + writer->buffered, bytes, length);
    writer->buffered += length;
    return 0;
}

int file_writer_map(struct file_map *map, struct file_writer *writer, struct trawl_error *error)
{
    static const uint8_t zeros[FILE_MAP_BEHIND];
    *map = (struct file_map){.bytes = (const uint8_t *)"", .length = 0};
    if (!writer->status && !flush(writer) &&
        gated_write_behind(writer->descriptor, zeros, sizeof zeros, writer->offset))
        writer->status = error_system(&writer->first_error, "cannot write", writer->path);
    if (writer->status && error && !error->code)
        *error = writer->first_error;
    return writer->status ? writer->status : file_map_open(map, writer->path, error);
}

int file_writer_finish(struct file_writer *writer, int sync, struct trawl_error *error)
{
    if (writer->descriptor < 0)
        return writer->status;
    if (!writer->status)
        flush(writer);
    if (!writer->status && sync && gated_sync(writer->descriptor))
        writer->status = error_system(&writer->first_error, "cannot sync", writer->path);
    if (writer->status && error && !error->code)
        *error = writer->first_error;
    writer_close(writer, writer->status != 0);
    return writer->status;
}

void file_writer_abandon(struct file_writer *writer)
{
    writer_close(writer, 1);
}

/* ---------------------------------------------------------- names and folders */

int file_remove(const char *path, struct trawl_error *error)
{
    if (unlink(path) && errno != ENOENT)
        return error_system(error, "cannot remove", path);
    return 0;
}

int file_rename(const char *from, const char *to, struct trawl_error *error)
{
    return gated_rename(from, to) ? error_system(error, "cannot rename", from) : 0;
}

int file_make_folder(const char *path, struct trawl_error *error)
{
    enum { MOST_TRIES = 100 };
    int reason = EEXIST, is_gone = 1;
    for (int tries = 0; reason == EEXIST && is_gone && tries < MOST_TRIES; tries++) {
        struct stat about;
        if (mkdir(path, FOLDER_MODE) == 0)
            return 0;
        reason = errno;
        is_gone = stat(path, &about) != 0; /* somebody removed it between */
        if (reason == EEXIST && !is_gone && S_ISDIR(about.st_mode))
            return 0;
    }
    errno = reason;
    return error_system(error, "cannot make folder", path);
}

int file_exists(const char *path)
{
    struct stat about;
    return lstat(path, &about) == 0;
}

int file_size(uint64_t *size, const char *path, struct trawl_error *error)
{
    struct stat about;
    if (stat(path, &about))
        return error_system(error, "cannot look at file", path);
    *size = (uint64_t)about.st_size;
    return 0;
}

int file_sync_folder(const char *folder, struct trawl_error *error)
{
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return error_system(error, "cannot open folder", folder);
    int status = 0;
    /* EINVAL: a file system that has nothing to sync for a folder. */
    if (gated_sync(descriptor) && errno != EINVAL)
        status = error_system(error, "cannot sync folder", folder);
    close(descriptor);
    return status;
}

static int sync_folder_of(const char *path, struct trawl_error *error)
{
    char *folder = copy_string(path);
    if (!folder)
        return error_memory(error);
    char *slash = strrchr(folder, '/');
    if (slash)
        slash[slash == folder ? 1 : 0] = '\0';
    int status = file_sync_folder(slash ? folder : ".", error);
    memory_free(folder);
    return status;
}

static int write_synced(const char *path, const void *bytes, size_t length, struct trawl_error *error)
{
    struct file_writer writer;
    int status = file_writer_open(&writer, path, error);
    if (status)
        return status;
    file_writer_append(&writer, bytes, length);
    return file_writer_finish(&writer, 1, error);
}

int file_replace(const char *path, const void *bytes, size_t length, struct trawl_error *error)
{
    size_t size = strlen(path) + sizeof ".tmp";
    char *temporary = memory_alloc(size);
    if (!temporary)
        return error_memory(error);
    snprintf(temporary, size, "%s.tmp", path);

    int status = file_remove(temporary, error); /* what a crash may have left */
    if (!status)
        status = write_synced(temporary, bytes, length, error);
    if (!status) {
        status = file_rename(temporary, path, error);
        if (status)
            unlink(temporary);
        else
            status = sync_folder_of(path, error);
    }
    memory_free(temporary);
    return status;
}

/* ------------------------------------------------------------------- locking */

/* flock, not fcntl: its locks belong to the open file, so that two writers in
 * one process shut each other out too, and closing some other descriptor of
 * the file does not lose the lock. */
static int lock_once(int *descriptor, const char *path, int wait, struct trawl_error *error)
{
    int opened = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, FILE_MODE);
    if (opened < 0)
        return error_system(error, "cannot open lock", path);
    if (flock(opened, wait ? LOCK_EX : LOCK_EX | LOCK_NB) == 0) {
        *descriptor = opened;
        return 0;
    }
    int status;
    if (errno == EWOULDBLOCK)
        status = error_set(error, TRAWL_ERROR_LOCKED, "another writer holds the lock %s", path);
    else if (errno == EINTR)
        status = error_set(error, TRAWL_ERROR_CANCELLED, "interrupted while waiting for the lock %s", path);
    else
        status = error_system(error, "cannot lock", path);
    close(opened);
    return status;
}

static int is_removed(int descriptor)
{
    struct stat about;
    return fstat(descriptor, &about) == 0 && about.st_nlink == 0;
}

/* A lock whose file its holder took away keeps nobody out: there may be
 * another file of that name, or none. */
int file_lock(int *descriptor, const char *path, int wait, struct trawl_error *error)
{
    *descriptor = -1;
    int status;
    while ((status = lock_once(descriptor, path, wait, error)) == 0 && is_removed(*descriptor)) {
        close(*descriptor);
        *descriptor = -1;
    }
    return status;
}

void file_unlock(int descriptor)
{
    if (descriptor >= 0)
        close(descriptor);
}
