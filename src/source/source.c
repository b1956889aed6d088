#include "src/source/source.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "src/source/clean_path.h"
#include "src/source/format.h"
#include "src/source/records.h"
#include "src/source/stream.h"
#include "src/source/walk.h"
#include "src/util/memory.h"

/* Files come from the names given, one after the other, and from a walk while
 * such a name is a folder. One file is open at a time.
 *
 * What is wrong with one document is a record with a reason, and reading goes
 * on. That holds for a whole file too, when the file is one document: it
 * cannot be opened, its gzip is broken. Of a file with many documents the rest
 * would be missing without a word in the index, so there it is an error. */

enum {
    BATCH_BYTES = 1 << 20,
    RECORD_COST = 64 /* what a record counts besides its bytes, so that empty ones end a batch too */
};

struct source {
    const char *const *paths;
    size_t count, next;
    struct source_options options;
    struct arena arena; /* of the present name */
    struct walk *walk;  /* NULL: the present name is no folder */
    uint64_t named_bytes, walked_bytes;
    int has_unknown_size;

    struct stream stream;
    struct records records;
    const char *path;     /* of the open file; the arena's or the walk's */
    uint64_t file_size;   /* 0: unknown */
    uint64_t counted;     /* bytes of the file that batches know of */
    int is_open;
    const char *batch_path; /* `path` in the present batch's arena, or NULL */
};

/* ------------------------------------------------------------------- batch */

void raw_batch_init(struct raw_batch *batch)
{
    memset(batch, 0, sizeof *batch);
    arena_init(&batch->arena);
}

void raw_batch_release(struct raw_batch *batch)
{
    arena_release(&batch->arena);
    memory_free(batch->records);
    raw_batch_init(batch);
}

static void reset_batch(struct source *source, struct raw_batch *batch)
{
    arena_reset(&batch->arena);
    batch->count = 0;
    batch->bytes_read = 0;
    source->batch_path = NULL;
}

static const char *path_in_batch(struct source *source, struct raw_batch *batch)
{
    if (!source->batch_path)
        source->batch_path = arena_copy(&batch->arena, source->path, strlen(source->path));
    return source->batch_path;
}

static int add_record(struct source *source, struct raw_batch *batch, const struct raw_record *record,
                      struct trawl_error *error)
{
    const char *path = path_in_batch(source, batch);
    if (!path || memory_grow(&batch->records, &batch->capacity, batch->count + 1, sizeof *batch->records))
        return error_memory(error);
    batch->records[batch->count] = *record;
    batch->records[batch->count].path = path;
    batch->records[batch->count].format = source->records.format;
    batch->count++;
    return 0;
}

/* The whole of the present file is a record that could not be read. */
static int add_reason(struct source *source, struct raw_batch *batch, const char *reason, struct trawl_error *error)
{
    const struct raw_record record = {.reason = arena_copy(&batch->arena, reason, strlen(reason))};
    source->records.format = TRAWL_FORMAT_TEXT;
    return record.reason ? add_record(source, batch, &record, error) : error_memory(error);
}

/* -------------------------------------------------------------------- open */

static int is_standard_input(const char *path)
{
    return strcmp(path, "-") == 0;
}

/* Opening a pipe and closing it again would be taken for the end by its
 * writer; so only plain files and folders are tried. */
static int can_open(const char *path, mode_t mode)
{
    if (!S_ISREG(mode) && !S_ISDIR(mode))
        return access(path, R_OK) == 0;
    const int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor >= 0)
        close(descriptor);
    return descriptor >= 0;
}

static int check_path(struct source *source, const char *path, struct trawl_error *error)
{
    struct stat status;
    if (is_standard_input(path)) {
        source->has_unknown_size = 1;
        return 0;
    }
    if (stat(path, &status) || !can_open(path, status.st_mode))
        return error_system(error, "cannot open", path);
    if (S_ISREG(status.st_mode))
        source->named_bytes += (uint64_t)status.st_size;
    else if (!S_ISDIR(status.st_mode))
        source->has_unknown_size = 1;
    return 0;
}

int source_open(struct source **source, const char *const *paths, size_t count, const struct source_options *options,
                struct trawl_error *error)
{
    struct source *made = memory_alloc_zero(1, sizeof *made);
    if (!made)
        return error_memory(error);
    made->paths = paths;
    made->count = count;
    made->options = *options;
    arena_init(&made->arena);
    stream_init(&made->stream);
    made->stream.is_stopped = options->is_stopped;
    made->stream.context = options->context;
    records_init(&made->records);
    int status = 0;
    for (size_t i = 0; i < count && status == 0; i++)
        status = check_path(made, paths[i], error);
    if (status) {
        source_close(made);
        return status;
    }
    *source = made;
    return 0;
}

void source_close(struct source *source)
{
    if (!source)
        return;
    walk_free(source->walk);
    stream_release(&source->stream);
    records_release(&source->records);
    arena_release(&source->arena);
    memory_free(source);
}

uint64_t source_total_bytes(const struct source *source)
{
    if (source->has_unknown_size)
        return 0;
    return source->named_bytes + source->walked_bytes + (source->walk ? walk_bytes(source->walk) : 0);
}

/* ---------------------------------------------------------------- progress */

static void count_bytes(struct source *source, struct raw_batch *batch)
{
    batch->bytes_read += source->stream.bytes_read - source->counted;
    source->counted = source->stream.bytes_read;
}

/* What was not read of a file is done with, too. */
static void close_file(struct source *source, struct raw_batch *batch)
{
    count_bytes(source, batch);
    if (source->file_size > source->counted)
        batch->bytes_read += source->file_size - source->counted;
    stream_close(&source->stream);
    source->is_open = 0;
}

/* --------------------------------------------------------------- next file */

enum step { STEP_OPENED = 0, STEP_END = 1, STEP_NOTHING = 2 };

static void set_path(struct source *source, const char *path)
{
    source->path = path;
    source->batch_path = NULL;
    source->file_size = source->counted = source->stream.bytes_read = 0;
}

/* What cannot be read: a record when the file is one document, else an error. */
static int refuse(struct source *source, struct raw_batch *batch, enum trawl_format format,
                  const struct trawl_error *fault, struct trawl_error *error)
{
    const int is_ours = fault->code == TRAWL_ERROR_MEMORY || fault->code == TRAWL_ERROR_CANCELLED;
    if (is_ours || !format_is_whole_file(format)) {
        if (error && !error->code)
            *error = *fault;
        return fault->code;
    }
    return add_reason(source, batch, fault->message, error);
}

/* The stream stands at the file's first bytes: decides what they are. */
static int begin_records(struct source *source, struct raw_batch *batch, enum trawl_format format, struct trawl_error *error)
{
    const struct stream *stream = &source->stream;
    const uint8_t *front = stream->window + stream->at;
    const size_t length = stream->end - stream->at < STREAM_PEEK ? stream->end - stream->at : STREAM_PEEK;
    if (format_is_binary(front, length)) {
        close_file(source, batch);
        const int status = source->walk ? 0 : add_reason(source, batch, "a binary file", error);
        return status ? status : STEP_NOTHING;
    }
    if (format == TRAWL_FORMAT_AUTO)
        format = format_of_content(front, length);
    records_begin(&source->records, &source->stream, format, source->options.max_document_size);
    return STEP_OPENED;
}

static int begin_file(struct source *source, struct raw_batch *batch, int descriptor, struct trawl_error *error)
{
    enum trawl_format format = source->options.format;
    if (format == TRAWL_FORMAT_AUTO)
        format = format_of_name(source->path);
    struct trawl_error fault = {0};
    source->is_open = 1;
    if (stream_open(&source->stream, descriptor, source->path, &fault)) {
        close_file(source, batch);
        const int status = refuse(source, batch, format, &fault, error);
        return status ? status : STEP_NOTHING;
    }
    return begin_records(source, batch, format, error);
}

static int open_walked(struct source *source, struct raw_batch *batch, struct trawl_error *error)
{
    struct trawl_error fault = {0};
    struct stat status;
    const int descriptor = open(source->path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0) {
        error_system(&fault, "cannot open", source->path);
        const int refused = add_reason(source, batch, fault.message, error);
        return refused ? refused : STEP_NOTHING;
    }
    if (fstat(descriptor, &status) || !S_ISREG(status.st_mode)) {
        close(descriptor); /* was exchanged since the folder was listed */
        return STEP_NOTHING;
    }
    source->file_size = (uint64_t)status.st_size;
    return begin_file(source, batch, descriptor, error);
}

static int step_walk(struct source *source, struct raw_batch *batch, struct trawl_error *error)
{
    const char *path, *reason;
    int status = walk_next(&path, &reason, source->walk, error);
    if (status < 0)
        return status;
    if (status > 0) {
        source->walked_bytes += walk_bytes(source->walk);
        walk_free(source->walk);
        source->walk = NULL;
        return STEP_NOTHING;
    }
    set_path(source, path);
    if (!reason)
        return open_walked(source, batch, error);
    status = add_reason(source, batch, reason, error);
    return status ? status : STEP_NOTHING;
}

/* A name that is no folder; `path` is clean, `given` as it was. */
static int open_named(struct source *source, struct raw_batch *batch, const char *given, const char *path,
                      const struct stat *status, struct trawl_error *error)
{
    set_path(source, path);
    const int is_input = is_standard_input(given);
    /* Non-blocking, for a pipe's writer may not be there yet: the stream waits for it. */
    const int descriptor = is_input ? STDIN_FILENO : open(given, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (descriptor < 0)
        return error_system(error, "cannot open", given);
    if (!is_input && S_ISREG(status->st_mode))
        source->file_size = (uint64_t)status->st_size;
    return begin_file(source, batch, descriptor, error);
}

static int step_names(struct source *source, struct raw_batch *batch, struct trawl_error *error)
{
    if (source->next == source->count)
        return STEP_END;
    const char *given = source->paths[source->next++];
    arena_reset(&source->arena);
    const char *path = clean_path(&source->arena, given);
    struct stat status = {0};
    if (!path)
        return error_memory(error);
    if (!is_standard_input(given) && stat(given, &status))
        return error_system(error, "cannot open", given);
    if (!S_ISDIR(status.st_mode))
        return open_named(source, batch, given, path, &status, error);
    const int failed = walk_new(&source->walk, path, &source->options, error);
    return failed ? failed : STEP_NOTHING;
}

/* ------------------------------------------------------------------ batches */

/* The next record of the open file. -> 0; its end closes it */
static int read_record(struct source *source, struct raw_batch *batch, size_t *filled, struct trawl_error *error)
{
    struct raw_record record;
    struct trawl_error fault = {0};
    int status = records_next(&record, &source->records, &batch->arena, &fault);
    count_bytes(source, batch);
    if (status == 0) {
        *filled += record.length + RECORD_COST;
        return add_record(source, batch, &record, error);
    }
    if (status < 0)
        status = refuse(source, batch, source->records.format, &fault, error);
    else
        status = 0;
    close_file(source, batch);
    return status;
}

int source_next_batch(struct source *source, struct raw_batch *batch, struct trawl_error *error)
{
    size_t filled = 0;
    int status = STEP_OPENED;
    reset_batch(source, batch);
    while (status >= 0 && status != STEP_END && filled < BATCH_BYTES && batch->count < BATCH_BYTES / RECORD_COST) {
        if (source->is_open)
            status = read_record(source, batch, &filled, error);
        else if (source->walk)
            status = step_walk(source, batch, error);
        else
            status = step_names(source, batch, error);
    }
    if (status < 0)
        return status;
    return batch->count == 0;
}
