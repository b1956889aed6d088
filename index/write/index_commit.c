/* The commit: from here on a crash leaves the old state or the new one. */
#include <time.h>

#include "index/write/index_folder.h"
#include "index/write/index_writer_state.h"
#include "index/write/merge_policy.h"

static int drop_dead_segments(struct index_writer *writer, struct trawl_error *error)
{
    const struct manifest *manifest = &writer->building;
    int status = 0;
    for (size_t i = manifest->segment_count; i-- > 0 && !status;)
        if (manifest->segments[i].deleted == manifest->segments[i].documents)
            status = index_writer_replace_segments(writer, i, 1, NULL, error);
    return status;
}

static int merge_by_policy(struct index_writer *writer, struct trawl_error *error)
{
    size_t first, count;
    int status = 0;
    while (!status && merge_policy_choose(&first, &count, writer->building.segments, writer->building.segment_count))
        status = index_writer_merge_range(writer, first, count, NULL, NULL, error);
    return status;
}

/* Everything but the manifest. Segments and deletes were synced when they were
 * written; their names are here. */
static int prepare(struct index_writer *writer, struct manifest *next, struct trawl_error *error)
{
    int status = drop_dead_segments(writer, error);
    if (!status)
        status = merge_by_policy(writer, error);
    if (!status)
        status = index_writer_flush_deletes(writer, error);
    if (!status)
        status = file_sync_folder(writer->folder, error);
    if (!status)
        status = manifest_copy(next, &writer->building, error);
    if (status)
        return status;
    next->generation = writer->next_generation;
    next->commit_time = (uint64_t)time(NULL);
    return 0;
}

/* The manifest may have been replaced though we were told that it failed (by
 * the sync behind the renaming). Then files of both states must stay; so they
 * must when that cannot be found out. */
static void after_failure(struct index_writer *writer)
{
    struct manifest found;
    int status = manifest_read(&found, writer->folder, NULL);
    if (status == TRAWL_ERROR_NOT_FOUND && writer->committed.generation == 0)
        return;
    if (status || found.generation != writer->committed.generation)
        writer->may_clean = 0;
    if (!status)
        manifest_release(&found);
}

static void adopt(struct index_writer *writer, struct manifest *next)
{
    writer->building.generation = next->generation;
    writer->building.commit_time = next->commit_time;
    writer->next_generation = next->generation + 1;
    manifest_release(&writer->committed);
    writer->committed = *next;
    writer->may_clean = 1;
    index_folder_clean(writer->folder, &writer->committed);
}

int index_writer_commit(struct index_writer *writer, struct trawl_error *error)
{
    if (writer->failed)
        return error_set(error, TRAWL_ERROR_ARGUMENT, "this writer failed before: close it");
    if (writer->load)
        return error_set(error, TRAWL_ERROR_ARGUMENT, "a load is going on");
    struct manifest next = {0};
    int status = prepare(writer, &next, error);
    if (!status) {
        status = manifest_write(&next, writer->folder, error);
        if (status) {
            after_failure(writer);
            manifest_release(&next);
        }
    }
    writer->failed = status != 0;
    if (!status)
        adopt(writer, &next);
    return status;
}
