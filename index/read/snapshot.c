#include "index/read/snapshot.h"

#include <string.h>

#include "index/read/snapshot_caches.h"
#include "src/util/memory.h"

enum { FEW_PARTS = 16, MOST_TRIES = 100 };

/* -------------------------------------------------------------------- opening */

static int open_segments(struct snapshot *snapshot, struct trawl_error *error)
{
    const struct manifest *manifest = &snapshot->manifest;
    snapshot->segments = memory_alloc_zero(manifest->segment_count, sizeof *snapshot->segments);
    if (!snapshot->segments || snapshot_caches_new(&snapshot->caches, manifest->segment_count))
        return error_memory(error);
    for (; snapshot->segment_count < manifest->segment_count; snapshot->segment_count++) {
        struct segment **segment = &snapshot->segments[snapshot->segment_count];
        int status =
            segment_open(segment, snapshot->folder, manifest, &manifest->segments[snapshot->segment_count], error);
        if (status)
            return status;
        snapshot->documents += (*segment)->documents;
        snapshot->live += (*segment)->live;
    }
    return 0;
}

static void close_snapshot(struct snapshot *snapshot)
{
    for (size_t i = 0; i < snapshot->segment_count; i++)
        segment_close(snapshot->segments[i]);
    snapshot_caches_free(snapshot->caches, snapshot->manifest.segment_count);
    memory_free(snapshot->segments);
    manifest_release(&snapshot->manifest);
    memory_free(snapshot->folder);
    memory_free(snapshot);
}

int snapshot_open_manifest(struct snapshot **snapshot, const char *folder, const struct manifest *manifest,
                           struct trawl_error *error)
{
    const size_t size = strlen(folder) + 1;
    struct snapshot *new = memory_alloc_zero(1, sizeof *new);
    *snapshot = NULL;
    if (!new)
        return error_memory(error);
    int status = manifest_copy(&new->manifest, manifest, error);
    if (status) {
        memory_free(new);
        return status;
    }
    new->folder = memory_alloc(size);
    if (new->folder)
        memcpy(new->folder, folder, size);
    status = new->folder ? open_segments(new, error) : error_memory(error);
    if (status)
        close_snapshot(new);
    else
        *snapshot = new;
    return status;
}

static int newest_generation(uint64_t *generation, const char *folder, struct trawl_error *error)
{
    struct manifest manifest;
    int status = manifest_read(&manifest, folder, error);
    if (status)
        return status;
    *generation = manifest.generation;
    manifest_release(&manifest);
    return 0;
}

/* -> as opening it; *generation is of what was tried */
static int try_newest(struct snapshot **snapshot, uint64_t *generation, const char *folder, struct trawl_error *error)
{
    struct manifest manifest;
    const struct file_stamp stamp = manifest_stamp(folder);
    int status = manifest_read(&manifest, folder, error);
    if (status)
        return status;
    *generation = manifest.generation;
    status = snapshot_open_manifest(snapshot, folder, &manifest, error);
    if (!status)
        (*snapshot)->stamp = stamp;
    manifest_release(&manifest);
    return status;
}

/* A commit removes old files at once: when one is gone between manifest and
 * opening, there is a newer manifest. When there is none, the file is lost. */
int snapshot_open(struct snapshot **snapshot, const char *folder, struct trawl_error *error)
{
    *snapshot = NULL;
    for (int tries = 0;; tries++) {
        struct trawl_error failure = {0};
        uint64_t generation = UINT64_MAX, newest = UINT64_MAX;
        int status = try_newest(snapshot, &generation, folder, &failure);
        const int lost = status == TRAWL_ERROR_NOT_FOUND && generation != UINT64_MAX;
        if (lost && tries < MOST_TRIES && !newest_generation(&newest, folder, NULL) && newest != generation)
            continue;
        if (status == TRAWL_ERROR_NOT_FOUND && !lost)
            return error_set(error, status, "there is no index in %s", folder);
        if (lost)
            return error_corrupt(error, failure.file, "index", 0, "a file that the manifest names is missing");
        if (status && error && !error->code)
            *error = failure;
        return status;
    }
}

void snapshot_release(struct snapshot *snapshot)
{
    if (snapshot)
        close_snapshot(snapshot);
}

int snapshot_is_stale(struct snapshot *snapshot)
{
    const struct file_stamp stamp = manifest_stamp(snapshot->folder);
    const int is_same = file_stamp_equals(&stamp, &snapshot->stamp);
    uint64_t newest;
    if (is_same && atomic_load(&snapshot->is_settled))
        return 0;
    if (newest_generation(&newest, snapshot->folder, NULL))
        return 0;
    if (newest == snapshot->manifest.generation && is_same && file_stamp_is_settled(&stamp))
        atomic_store(&snapshot->is_settled, 1);
    return newest != snapshot->manifest.generation;
}

/* ------------------------------------------------------------------ documents */

int snapshot_segment_is_plain(const struct snapshot *snapshot, size_t segment)
{
    const struct segment *in = snapshot->segments[segment];
    return !in->parts.section.bytes || !in->has_positions;
}

/* From the first part of the body to where the part behind its last starts. */
static void find_body(uint32_t *start, uint32_t *end, const struct part *parts, size_t count)
{
    size_t first = 0, last = count;
    *start = *end = 0;
    while (first < count && parts[first].field != FIELD_BODY)
        first++;
    if (first == count)
        return;
    while (parts[last - 1].field != FIELD_BODY)
        last--;
    *start = parts[first].start;
    *end = last < count ? parts[last].start : UINT32_MAX;
}

static int find_body_of_many(uint32_t *start, uint32_t *end, const struct parts *parts, uint32_t ordinal, size_t count,
                             struct trawl_error *error)
{
    struct part *all = memory_alloc_array(count, sizeof *all);
    if (!all)
        return error_memory(error);
    int status = parts_get(all, count, &count, parts, ordinal, error);
    if (!status)
        find_body(start, end, all, count);
    memory_free(all);
    return status;
}

int snapshot_body_range(uint32_t *start, uint32_t *end, const struct snapshot *snapshot, size_t segment, uint32_t document,
                        struct trawl_error *error)
{
    const struct segment *in = snapshot->segments[segment];
    const uint32_t ordinal = segment_ordinal(in, document);
    struct part parts[FEW_PARTS];
    size_t count;
    *start = *end = 0;
    int status = parts_get(parts, FEW_PARTS, &count, &in->parts, ordinal, error);
    if (status)
        return status;
    if (count > FEW_PARTS)
        return find_body_of_many(start, end, &in->parts, ordinal, count, error);
    find_body(start, end, parts, count);
    return 0;
}

int snapshot_find_id(size_t *segment, uint32_t *document, const struct snapshot *snapshot, const uint8_t *id, size_t length,
                     struct trawl_error *error)
{
    int status = TRAWL_END;
    for (size_t i = snapshot->segment_count; i-- > 0 && status == TRAWL_END;) { /* the newest first */
        *segment = i;
        status = segment_find_id(document, snapshot->segments[i], id, length, error);
    }
    return status;
}
