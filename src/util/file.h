/* Files: read whole as a map, written through a buffer with a checksum of the
 * caller's choice left to the caller, put in place by rename. Every create,
 * write, sync and rename passes one gate where tests make the n-th one fail
 * (file_fail_after).
 * Paths are NUL-terminated; errors name them. */
#ifndef TRAWL_UTIL_FILE_H
#define TRAWL_UTIL_FILE_H

#include <stddef.h>
#include <stdint.h>

#include "src/util/error.h"

/* A read-only shared map of a whole file. Empty files give bytes == "" and
 * length 0. Links are not followed. */
struct file_map {
    const uint8_t *bytes;
    size_t length;
    int is_file; /* 0: ordinary memory, as in tests, which must not be forgotten */
};

int file_map_open(struct file_map *map, const char *path, struct trawl_error *error);
void file_map_close(struct file_map *map);

/* Bytes that were read and are not needed soon: they stop counting as this
 * process's memory, and come back from the file when touched after all. */
void file_map_forget(const struct file_map *map, size_t from, size_t to);

/* A new file written front to back through a 256 KiB buffer. Keeps its first
 * error; finish() reports it. */
struct file_writer {
    int descriptor;
    uint64_t offset; /* bytes appended so far */
    size_t buffered;
    uint8_t *buffer;
    char *path;
    struct trawl_error first_error;
    int status;
};

/* Creates the file (an existing one is an error: names are never reused). */
int file_writer_open(struct file_writer *writer, const char *path, struct trawl_error *error);
int file_writer_append(struct file_writer *writer, const void *bytes, size_t length);
/* Maps what has been appended so far, with FILE_MAP_BEHIND zero bytes behind that count in map->length. What is
 * appended next takes their place: no less than they must follow, or nobody mind them. */
enum { FILE_MAP_BEHIND = 64 };
int file_writer_map(struct file_map *map, struct file_writer *writer, struct trawl_error *error);
/* Flushes, syncs when `sync`, closes. On failure the file is removed. */
int file_writer_finish(struct file_writer *writer, int sync, struct trawl_error *error);
/* Closes and removes the file; for error paths; fine after finish (does nothing then). */
void file_writer_abandon(struct file_writer *writer);

/* Writes `bytes` to a new file `path`.tmp, syncs it, renames it to `path`,
 * syncs the folder: afterwards the old or the new file is there, whole. The
 * caller sees to it that two never replace the same path at once. */
int file_replace(const char *path, const void *bytes, size_t length, struct trawl_error *error);

int file_sync_folder(const char *folder, struct trawl_error *error);
int file_remove(const char *path, struct trawl_error *error); /* a missing file is fine */
int file_rename(const char *from, const char *to, struct trawl_error *error);
int file_make_folder(const char *path, struct trawl_error *error); /* existing: fine; parents are not made */
int file_exists(const char *path);                                /* 1 or 0 */
int file_size(uint64_t *size, const char *path, struct trawl_error *error);

/* An advisory exclusive lock on `path`, created when missing; dies with its
 * process. wait: block until free, TRAWL_ERROR_CANCELLED when a signal came
 * between; else TRAWL_ERROR_LOCKED at once. Its holder may remove the file
 * before it unlocks: who waits then takes a new one. */
int file_lock(int *descriptor, const char *path, int wait, struct trawl_error *error);
void file_unlock(int descriptor);

/* Tests: the create, write, sync or rename after `operations` more successes
 * fails with `error_number` (ENOSPC, EIO), and all after it until reset with a
 * negative count (the default). -> what was left of the count before */
long file_fail_after(long operations, int error_number);

#endif
