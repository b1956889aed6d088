#include "index/write/index_writer.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "index/write/index_folder.h"
#include "index/write/index_writer_state.h"
#include "src/util/memory.h"

#define LOCK_NAME "write.lock"

/* ------------------------------------------------------------------- opening */

static int join(char *out, const char *folder, const char *name, struct trawl_error *error)
{
    const int length = snprintf(out, MANIFEST_PATH_BYTES, "%s/%s", folder, name);
    if (length > 0 && length < MANIFEST_PATH_BYTES)
        return 0;
    return error_set(error, TRAWL_ERROR_ARGUMENT, "the name of the index folder is too long");
}

static int make_folder(struct index_writer *writer, struct trawl_error *error)
{
    if (file_exists(writer->folder))
        return file_make_folder(writer->folder, error); /* says so when it is none */
    const int status = file_make_folder(writer->folder, error);
    writer->made_folder |= !status;
    return status;
}

/* Without `create` nothing is made, not even a lock, where no index is. The
 * folder goes again when another writer that failed made it. */
static int enter_folder(struct index_writer *writer, int create, int wait, struct trawl_error *error)
{
    enum { MOST_TRIES = 100 };
    char manifest[MANIFEST_PATH_BYTES], lock[MANIFEST_PATH_BYTES];
    int status = join(manifest, writer->folder, "manifest", error);
    if (!status)
        status = join(lock, writer->folder, LOCK_NAME, error);
    if (!status && !create && !file_exists(manifest))
        return error_set(error, TRAWL_ERROR_NOT_FOUND, "there is no index in %s", writer->folder);
    for (int tries = 0; !status; tries++) {
        struct trawl_error failure = {0};
        status = create ? make_folder(writer, error) : 0;
        if (status || (status = file_lock(&writer->lock, lock, wait, &failure)) == 0)
            break;
        if (create && status == TRAWL_ERROR_NOT_FOUND && tries < MOST_TRIES)
            status = 0;
        else if (error && !error->code)
            *error = failure;
    }
    return status;
}

/* Of an index that was never committed nothing stays: not the lock, nor the
 * folder if it is ours, unless another writer has just entered it. */
static void leave_folder(const struct index_writer *writer)
{
    char path[MANIFEST_PATH_BYTES];
    if (!writer->folder || join(path, writer->folder, "manifest", NULL) || file_exists(path))
        return;
    if (writer->lock >= 0 && !join(path, writer->folder, LOCK_NAME, NULL))
        file_remove(path, NULL);
    if (writer->made_folder)
        rmdir(writer->folder); /* does nothing when there is something in it */
}

/* The manifest cannot be read, and the index is to be made anew: take numbers
 * that no commit before can have had. */
static int pass_over(struct index_writer *writer, struct trawl_error *error)
{
    writer->may_clean = 0;
    if (manifest_init(&writer->committed))
        return error_memory(error);
    writer->committed.generation = (uint64_t)time(NULL);
    return index_folder_next_segment(&writer->committed.next_segment, writer->folder, error);
}

static int read_committed(struct index_writer *writer, int create, int fresh, struct trawl_error *error)
{
    struct trawl_error failure = {0};
    int status = manifest_read(&writer->committed, writer->folder, &failure);
    if (status == TRAWL_ERROR_NOT_FOUND && create)
        return manifest_init(&writer->committed) ? error_memory(error) : 0;
    if (fresh && (status == TRAWL_ERROR_CORRUPT || status == TRAWL_ERROR_UNSUPPORTED))
        return pass_over(writer, error);
    if (status && error && !error->code)
        *error = failure;
    return status;
}

static int start_building(struct index_writer *writer, int fresh, struct trawl_error *error)
{
    writer->next_generation = writer->committed.generation + 1;
    if (fresh) {
        if (manifest_init(&writer->building))
            return error_memory(error);
        writer->building.next_segment = writer->committed.next_segment;
        return 0;
    }
    int status = manifest_copy(&writer->building, &writer->committed, error);
    if (status)
        return status;
    const size_t count = writer->building.segment_count;
    writer->segments = memory_alloc_zero(count, sizeof *writer->segments);
    writer->segment_capacity = count;
    return writer->segments ? 0 : error_memory(error);
}

static int open_all(struct index_writer *writer, const char *folder, int create, int fresh, int wait,
                    struct trawl_error *error)
{
    const size_t size = strlen(folder) + 1;
    writer->folder = memory_alloc(size);
    if (!writer->folder)
        return error_memory(error);
    memcpy(writer->folder, folder, size);
    int status = enter_folder(writer, create, wait, error);
    if (!status)
        status = read_committed(writer, create, fresh, error);
    if (status)
        return status;
    if (writer->may_clean)
        index_folder_clean(writer->folder, &writer->committed);
    return start_building(writer, fresh, error);
}

int index_writer_open(struct index_writer **made, const char *folder, int create, int fresh, int wait,
                      struct trawl_error *error)
{
    *made = NULL;
    struct index_writer *writer = memory_alloc_zero(1, sizeof *writer);
    if (!writer)
        return error_memory(error);
    writer->lock = -1;
    writer->threads = 1;
    writer->may_clean = 1;
    pthread_mutex_init(&writer->mutex, NULL);
    int status = open_all(writer, folder, create, fresh, wait, error);
    if (status) {
        writer->may_clean = 0; /* nothing was written, and what the manifest says may not be known */
        index_writer_close(writer);
    } else {
        *made = writer;
    }
    return status;
}

void index_writer_close(struct index_writer *writer)
{
    if (!writer)
        return;
    segment_writer_free(writer->load);
    for (size_t i = 0; i < writer->spill_count; i++)
        spill_release(&writer->spills[i]);
    memory_free(writer->spills);
    for (size_t i = 0; writer->segments && i < writer->building.segment_count; i++)
        segment_close(writer->segments[i].segment);
    memory_free(writer->segments);
    if (writer->may_clean)
        index_folder_clean(writer->folder, &writer->committed);
    manifest_release(&writer->building);
    manifest_release(&writer->committed);
    leave_folder(writer);
    file_unlock(writer->lock);
    pthread_mutex_destroy(&writer->mutex);
    memory_free(writer->folder);
    memory_free(writer);
}

/* ------------------------------------------------------------------ settings */

void index_writer_set_threads(struct index_writer *writer, unsigned threads)
{
    writer->threads = threads ? threads : 1;
}

void index_writer_set_reorder(struct index_writer *writer, uint32_t least)
{
    writer->reorder_least = least;
}

struct manifest *index_writer_manifest(struct index_writer *writer)
{
    return &writer->building;
}

int index_writer_set_settings(struct index_writer *writer, const struct index_settings *settings,
                              struct trawl_error *error)
{
    struct manifest *manifest = &writer->building;
    if (manifest->segment_count || writer->load)
        return error_set(error, TRAWL_ERROR_SETTINGS, "the settings of an index cannot change once it has documents");
    if (manifest_set_string(manifest, &manifest->language, settings->language) ||
        manifest_set_string(manifest, &manifest->analysis, settings->analysis))
        return error_memory(error);
    manifest->has_positions = settings->has_positions != 0;
    manifest->has_pairs = settings->has_positions && settings->has_pairs;
    manifest->store = (uint8_t)settings->store;
    return 0;
}
