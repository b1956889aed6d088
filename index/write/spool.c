#include "index/write/spool.h"

#include <string.h>

#include "src/util/memory.h"

int spool_init(struct spool *spool, const char *path, struct trawl_error *error)
{
    *spool = (struct spool){0};
    buffer_init(&spool->head);
    const size_t size = strlen(path) + 1;
    spool->path = memory_alloc(size);
    if (!spool->path)
        return error_memory(error);
    memcpy(spool->path, path, size);
    return 0;
}

void spool_release(struct spool *spool)
{
    if (spool->has_file)
        file_writer_abandon(&spool->file);
    buffer_release(&spool->head);
    memory_free(spool->path);
    *spool = (struct spool){0};
}

/* The writer keeps its first error; here it becomes the caller's too. */
static int append_to_file(struct spool *spool, const void *bytes, size_t length, struct trawl_error *error)
{
    int status = file_writer_append(&spool->file, bytes, length);
    if (status && error && !error->code)
        *error = spool->file.first_error;
    return status;
}

static int open_file(struct spool *spool, struct trawl_error *error)
{
    int status = file_writer_open(&spool->file, spool->path, error);
    if (status)
        return status;
    spool->has_file = 1;
    status = append_to_file(spool, spool->head.bytes, spool->head.length, error);
    buffer_release(&spool->head);
    return status;
}

int spool_append(struct spool *spool, const void *bytes, size_t length, struct trawl_error *error)
{
    if (!spool->has_file) {
        if (length <= SPOOL_MEMORY - spool->head.length) {
            buffer_append(&spool->head, bytes, length);
            return spool->head.status ? error_memory(error) : 0;
        }
        int status = open_file(spool, error);
        if (status)
            return status;
    }
    return append_to_file(spool, bytes, length, error);
}

int spool_view(struct span *view, struct file_map *map, struct spool *spool, struct trawl_error *error)
{
    *map = (struct file_map){.bytes = (const uint8_t *)"", .length = 0};
    if (spool->has_file) {
        const int status = file_writer_map(map, &spool->file, error);
        *view = (struct span){map->bytes, (size_t)spool->file.offset};
        return status;
    }
    uint8_t *behind = buffer_reserve(&spool->head, FILE_MAP_BEHIND);
    if (!behind)
        return error_memory(error);
    memset(behind, 0, FILE_MAP_BEHIND);
    *view = (struct span){spool->head.bytes, spool->head.length};
    return 0;
}

/* Piece by piece, so that no more than one of the file is in memory. */
static int append_map(struct container_writer *container, const struct file_map *map, size_t length,
                      struct trawl_error *error)
{
    int status = 0;
    for (size_t at = 0, end; at < length && !status; at = end) {
        end = length - at > SPOOL_MEMORY ? at + SPOOL_MEMORY : length;
        status = container_append(container, map->bytes + at, end - at, error);
        file_map_forget(map, at, end);
    }
    return status;
}

int spool_drain(struct spool *spool, struct container_writer *container, struct trawl_error *error)
{
    if (!spool->has_file)
        return container_append(container, spool->head.bytes, spool->head.length, error);
    const size_t length = (size_t)spool->file.offset; /* of a view, zeros may be left behind */
    spool->has_file = 0; /* finish removes it when it fails */
    int status = file_writer_finish(&spool->file, 0, error);
    if (status)
        return status;
    struct file_map map;
    status = file_map_open(&map, spool->path, error);
    file_remove(spool->path, NULL);
    if (status)
        return status;
    status = map.length < length ? error_set(error, TRAWL_ERROR_IO, "a temporary file is shorter than it was written")
                                 : append_map(container, &map, length, error);
    file_map_close(&map);
    return status;
}
