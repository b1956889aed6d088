/* Changes to the segments of the state being built: deletes and merges. */
#include <string.h>

#include "index/format/deletes.h"
#include "index/write/index_writer_state.h"
#include "index/write/segment_merge.h"
#include "src/util/bitset.h"
#include "src/util/memory.h"

/* ------------------------------------------------------------------ segments */

int index_writer_new_number(uint32_t *number, struct index_writer *writer, struct trawl_error *error)
{
    *number = writer->building.next_segment;
    if (*number == UINT32_MAX)
        return error_set(error, TRAWL_ERROR_LIMIT, "the numbers of segments are used up: build the index anew");
    writer->building.next_segment++;
    return 0;
}

int index_writer_segment(struct segment **segment, struct index_writer *writer, size_t index, struct trawl_error *error)
{
    struct writer_segment *held = &writer->segments[index];
    struct trawl_error failure = {0};
    int status = 0;
    if (!held->segment)
        status = segment_open(&held->segment, writer->folder, &writer->building, &writer->building.segments[index],
                              &failure);
    *segment = held->segment;
    if (status == TRAWL_ERROR_NOT_FOUND) /* under our lock nobody else removes it */
        return error_corrupt(error, failure.file, "index", 0, "a file that the manifest names is missing");
    if (status && error && !error->code)
        *error = failure;
    return status;
}

/* Makes room for one more segment in both lists. */
static int reserve_segment(struct index_writer *writer)
{
    struct manifest *manifest = &writer->building;
    const size_t needed = manifest->segment_count + 1;
    if (memory_grow(&manifest->segments, &manifest->segment_capacity, needed, sizeof *manifest->segments) ||
        memory_grow(&writer->segments, &writer->segment_capacity, needed, sizeof *writer->segments))
        return TRAWL_ERROR_MEMORY;
    return 0;
}

int index_writer_replace_segments(struct index_writer *writer, size_t first, size_t count,
                                  const struct manifest_segment *entry, struct trawl_error *error)
{
    struct manifest *manifest = &writer->building;
    const size_t added = entry && entry->documents ? 1 : 0;
    if (reserve_segment(writer))
        return error_memory(error);
    for (size_t i = first; i < first + count; i++)
        segment_close(writer->segments[i].segment);
    const size_t behind = manifest->segment_count - first - count;
    memmove(manifest->segments + first + added, manifest->segments + first + count,
            behind * sizeof *manifest->segments);
    memmove(writer->segments + first + added, writer->segments + first + count, behind * sizeof *writer->segments);
    manifest->segment_count = first + added + behind;
    if (added) {
        manifest->segments[first] = *entry;
        writer->segments[first] = (struct writer_segment){0};
    }
    return 0;
}

/* ------------------------------------------------------------------- deletes */

int index_writer_mark_deleted(struct index_writer *writer, size_t index, uint32_t document, struct trawl_error *error)
{
    struct segment *segment = writer->segments[index].segment;
    if (!segment->deleted)
        segment->deleted = memory_alloc_zero(bitset_words(segment->documents), sizeof *segment->deleted);
    if (!segment->deleted)
        return error_memory(error);
    bitset_set(segment->deleted, document);
    segment->live--;
    writer->building.segments[index].deleted++;
    writer->segments[index].deletes_changed = 1;
    return 0;
}

int index_writer_delete_id(struct index_writer *writer, const uint8_t *id, size_t length, struct trawl_error *error)
{
    for (size_t i = writer->building.segment_count; i-- > 0;) {
        struct segment *segment;
        uint32_t document;
        int status = index_writer_segment(&segment, writer, i, error);
        if (!status)
            status = segment_find_id(&document, segment, id, length, error);
        if (!status)
            return index_writer_mark_deleted(writer, i, document, error);
        if (status < 0)
            return status;
    }
    return TRAWL_END;
}

int index_writer_delete_document(struct index_writer *writer, uint32_t segment_number, uint32_t document,
                                 struct trawl_error *error)
{
    const struct manifest *manifest = &writer->building;
    size_t i = 0;
    while (i < manifest->segment_count && manifest->segments[i].number != segment_number)
        i++;
    if (i == manifest->segment_count || document >= manifest->segments[i].documents)
        return TRAWL_END;
    struct segment *segment;
    int status = index_writer_segment(&segment, writer, i, error);
    if (status)
        return status;
    return segment_is_live(segment, document) ? index_writer_mark_deleted(writer, i, document, error) : TRAWL_END;
}

static int write_deletes(struct index_writer *writer, size_t index, struct trawl_error *error)
{
    struct manifest_segment *entry = &writer->building.segments[index];
    char path[MANIFEST_PATH_BYTES];
    int status = manifest_deletes_path(path, writer->folder, entry->number, writer->next_generation, error);
    if (!status)
        status = deletes_write(path, writer->segments[index].segment->deleted, entry->documents, entry->deleted, error);
    if (status)
        return status;
    entry->deletes_generation = writer->next_generation;
    writer->segments[index].deletes_changed = 0;
    return 0;
}

/* Files are never written twice under one name: the next time has a generation of its own. */
int index_writer_flush_deletes(struct index_writer *writer, struct trawl_error *error)
{
    int wrote = 0;
    for (size_t i = 0; i < writer->building.segment_count; i++) {
        if (!writer->segments[i].deletes_changed)
            continue;
        int status = write_deletes(writer, i, error);
        if (status)
            return status;
        wrote = 1;
    }
    writer->building.generation = wrote ? writer->next_generation : writer->building.generation;
    writer->next_generation += (uint64_t)wrote;
    return 0;
}

int index_writer_snapshot(struct snapshot **snapshot, struct index_writer *writer, struct trawl_error *error)
{
    *snapshot = NULL;
    int status = index_writer_flush_deletes(writer, error);
    return status ? status : snapshot_open_manifest(snapshot, writer->folder, &writer->building, error);
}

/* -------------------------------------------------------------------- merges */

static int merge_open(struct manifest_segment *entry, struct index_writer *writer, struct segment *const *segments,
                      size_t count, int (*progress)(void *context), void *context, struct trawl_error *error)
{
    uint32_t number;
    int status = index_writer_new_number(&number, writer, error);
    if (status)
        return status;
    const struct segment_merge merge = {.folder = writer->folder,
                                        .number = number,
                                        .has_positions = writer->building.has_positions,
                                        .has_pairs = writer->building.has_pairs,
                                        .store = writer->building.store,
                                        .threads = writer->threads,
                                        .reorder_least = writer->reorder_least,
                                        .segments = segments,
                                        .segment_count = count,
                                        .progress = progress,
                                        .context = context};
    return segment_merge_run(entry, &merge, error);
}

int index_writer_merge_range(struct index_writer *writer, size_t first, size_t count, int (*progress)(void *context),
                             void *context, struct trawl_error *error)
{
    struct segment **segments = memory_alloc_array(count, sizeof(struct segment *));
    if (!segments)
        return error_memory(error);
    int status = 0;
    for (size_t i = 0; i < count && !status; i++)
        status = index_writer_segment(&segments[i], writer, first + i, error);
    struct manifest_segment entry;
    if (!status)
        status = merge_open(&entry, writer, segments, count, progress, context, error);
    memory_free(segments);
    return status ? status : index_writer_replace_segments(writer, first, count, &entry, error);
}

int index_writer_merge(struct index_writer *writer, int (*progress)(void *context), void *context,
                       struct trawl_error *error)
{
    const struct manifest *manifest = &writer->building;
    if (manifest->segment_count == 0 || (manifest->segment_count == 1 && manifest->segments[0].deleted == 0))
        return 0;
    return index_writer_merge_range(writer, 0, manifest->segment_count, progress, context, error);
}
