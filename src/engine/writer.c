/* The public writer: settings, loads, deletes, commits. */
#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "index/write/index_writer.h"
#include "src/engine/load.h"
#include "src/engine/options.h"
#include "src/engine/reader.h"
#include "src/engine/searcher.h"
#include "src/match/match.h"
#include "src/source/json_read.h"
#include "src/text/utf8.h"
#include "src/util/memory.h"

struct trawl_writer {
    char *folder;
    struct index_writer *index;
    struct analyzer *analyzer;
    struct load *load; /* under way; NULL: none */
    struct trawl_writer_options options;
    struct load_totals totals;
    struct report report;
    struct timespec opened;
    int failed; /* status of the call after which nothing can be committed; 0: none */
};

/* --------------------------------------------------------------- settings */

static int is_new_index(const struct manifest *manifest)
{
    return !manifest->language || !*manifest->language;
}

static int settings_differ(struct trawl_error *error, const char *setting, const char *is, const char *wanted)
{
    return error_set(error, TRAWL_ERROR_SETTINGS,
                     "the index was made with %s %s, not %s; only a fresh build (--fresh) can change that", setting, is, wanted);
}

static int check_settings(const struct trawl_writer *writer, const struct manifest *manifest, struct trawl_error *error)
{
    static const char *const stores[] = {[TRAWL_STORE_TEXT] = "text", [TRAWL_STORE_NONE] = "none"};
    static const char *const yes_no[] = {"no", "yes"};
    const struct trawl_writer_options *options = &writer->options;
    if (options->language && strcmp(options->language, manifest->language) != 0)
        return settings_differ(error, "language", manifest->language, options->language);
    if (options->store >= 0 && options->store != manifest->store)
        return settings_differ(error, "store", stores[manifest->store != TRAWL_STORE_TEXT], stores[options->store]);
    if (options->positions >= 0 && (options->positions != 0) != manifest->has_positions)
        return settings_differ(error, "positions", yes_no[manifest->has_positions != 0], yes_no[options->positions != 0]);
    if (options->pairs >= 0 && (options->pairs != 0) != manifest->has_pairs)
        return settings_differ(error, "pairs", yes_no[manifest->has_pairs != 0], yes_no[options->pairs != 0]);
    return 0;
}

static int make_settings(struct trawl_writer *writer, struct trawl_error *error)
{
    const struct trawl_writer_options *options = &writer->options;
    const int status = analyzer_new(&writer->analyzer, options->language ? options->language : "english", error);
    if (status)
        return status;
    const struct index_settings settings = {
        .language = analyzer_language(writer->analyzer),
        .analysis = analyzer_description(writer->analyzer),
        .has_positions = options->positions != 0,
        .has_pairs = options->pairs != 0,
        .store = options->store < 0 ? TRAWL_STORE_TEXT : options->store,
    };
    return index_writer_set_settings(writer->index, &settings, error);
}

static int take_settings(struct trawl_writer *writer, struct trawl_error *error)
{
    const struct manifest *manifest = index_writer_manifest(writer->index);
    if (is_new_index(manifest))
        return make_settings(writer, error);
    const int status = check_settings(writer, manifest, error);
    return status ? status : reader_analyzer(&writer->analyzer, manifest, writer->folder, error);
}

/* Words of two analyses in one index would not meet; deleting and merging do no harm. */
static int check_analysis(const struct trawl_writer *writer, struct trawl_error *error)
{
    const struct manifest *manifest = index_writer_manifest(writer->index);
    if (strcmp(analyzer_description(writer->analyzer), manifest->analysis) == 0)
        return 0;
    return error_set(error, TRAWL_ERROR_SETTINGS,
                     "the index was built by another analysis (%s, here %s); a fresh build (--fresh) is needed to add to it",
                     manifest->analysis, analyzer_description(writer->analyzer));
}

/* ---------------------------------------------------------- open and close */

static int writer_open(struct trawl_writer *writer, const char *path, struct trawl_error *error)
{
    const struct trawl_writer_options *options = &writer->options;
    writer->folder = memory_alloc(strlen(path) + 1);
    if (!writer->folder)
        return error_memory(error);
    memcpy(writer->folder, path, strlen(path) + 1);
    if (options->language) { /* a wrong one is told before anything is made */
        struct analyzer *analyzer;
        const int status = analyzer_new(&analyzer, options->language, error);
        if (status)
            return status;
        analyzer_free(analyzer);
    }
    const int status = index_writer_open(&writer->index, path, options->create, options->fresh, options->wait, error);
    if (status)
        return status;
    index_writer_set_threads(writer->index, options->threads);
    index_writer_set_reorder(writer->index, options->no_reorder ? 0 : INDEX_REORDER_LEAST);
    return take_settings(writer, error);
}

int trawl_writer_open(trawl_writer **writer, const char *path, const struct trawl_writer_options *options,
                      struct trawl_error *error)
{
    error_begin(error);
    struct trawl_writer *made = memory_alloc_zero(1, sizeof *made);
    *writer = NULL;
    if (!made)
        return error_memory(error);
    clock_gettime(CLOCK_MONOTONIC, &made->opened);
    report_init(&made->report, &made->totals);
    int status = options_read_writer(&made->options, options, error);
    if (status == 0) {
        made->report.progress = made->options.progress;
        made->report.on_document = made->options.on_document;
        made->report.context = made->options.context;
        status = writer_open(made, path, error);
    }
    if (status) {
        trawl_writer_close(made);
        return status;
    }
    *writer = made;
    return 0;
}

void trawl_writer_close(trawl_writer *writer)
{
    if (!writer)
        return;
    load_free(writer->load);
    if (writer->index)
        index_writer_close(writer->index);
    analyzer_free(writer->analyzer);
    report_release(&writer->report);
    memory_free(writer->folder);
    memory_free(writer);
}

/* ------------------------------------------------------------------ adding */

/* After a failure in the middle what was gathered is no longer whole. */
static int keep_failure(struct trawl_writer *writer, int status)
{
    if (status < 0 && !writer->failed)
        writer->failed = status;
    return status;
}

static int check_usable(const struct trawl_writer *writer, struct trawl_error *error)
{
    if (writer->failed)
        return error_set(error, writer->failed, "an earlier call on this writer failed: close it");
    return 0;
}

static int begin_load(struct trawl_writer *writer, struct trawl_error *error)
{
    const struct manifest *manifest = index_writer_manifest(writer->index);
    const struct load_options options = {
        .threads = writer->options.threads,
        .memory = writer->options.memory,
        .max_document_size = writer->options.max_document_size,
        .has_positions = manifest->has_positions,
        .store = manifest->store,
        .strict = writer->options.strict,
    };
    int status = check_usable(writer, error);
    if (status || writer->load)
        return status;
    status = check_analysis(writer, error);
    return status ? status : load_new(&writer->load, writer->index, writer->analyzer, &options, &writer->report, error);
}

static int end_load(struct trawl_writer *writer, struct trawl_error *error)
{
    int status = check_usable(writer, error);
    if (status || !writer->load)
        return status;
    status = load_end(writer->load, error);
    load_free(writer->load);
    writer->load = NULL;
    return keep_failure(writer, status);
}

int trawl_writer_add_paths(trawl_writer *writer, const char *const *paths, size_t count,
                           const struct trawl_source_options *options, struct trawl_error *error)
{
    error_begin(error);
    struct trawl_source_options read;
    struct source *source;
    int status = options_read_source(&read, options, error);
    if (status == 0)
        status = begin_load(writer, error);
    if (status)
        return status;
    const struct source_options how = {
        .format = (enum trawl_format)read.format,
        .no_ignore = read.no_ignore,
        .hidden = read.hidden,
        .max_document_size = writer->options.max_document_size,
        .skip_folder = writer->folder,
        .is_stopped = load_is_stopped,
        .context = writer->load,
    };
    status = source_open(&source, paths, count, &how, error);
    if (status)
        return status;
    status = load_source(writer->load, source, error);
    source_close(source);
    return keep_failure(writer, status);
}

static int take_fields(struct document *document, struct document_field *fields, const struct trawl_document *given,
                       struct trawl_error *error)
{
    for (size_t i = 0; i < given->field_count; i++) {
        const struct trawl_field *field = &given->fields[i];
        if (field->name_length < 1 || field->name_length > 255)
            return error_set(error, TRAWL_ERROR_DOCUMENT, "a field's name must be of 1 to 255 bytes");
        if (field->value_length > UINT32_MAX)
            return error_set(error, TRAWL_ERROR_DOCUMENT, "a field over 4 GiB");
        fields[i] = (struct document_field){
            .name = field->name,
            .name_length = (uint32_t)field->name_length,
            .kind = field->stored_only ? FIELD_STORED : FIELD_TEXT,
            .value = (const uint8_t *)field->value,
            .value_length = field->value_length,
        };
    }
    document->fields = fields;
    document->field_count = given->field_count;
    return 0;
}

/* -> why the value is not JSON, or NULL */
static const char *json_fault(const struct trawl_field *field)
{
    struct json_reader reader;
    struct json_token token;
    json_reader_init(&reader, (const uint8_t *)field->value, field->value_length);
    do
        if (json_next(&token, &reader))
            return reader.fault;
    while (token.kind != JSON_END);
    return NULL;
}

static int check_text(const struct trawl_document *given, uint64_t limit, struct trawl_error *error)
{
    uint64_t total = 0;
    for (size_t i = 0; i < given->field_count; i++) {
        const struct trawl_field *field = &given->fields[i];
        total += field->value_length;
        if (utf8_valid_length((const uint8_t *)field->name, field->name_length) != field->name_length
            || utf8_valid_length((const uint8_t *)field->value, field->value_length) != field->value_length)
            return error_set(error, TRAWL_ERROR_DOCUMENT, "invalid UTF-8 in field %zu", i);
        const char *fault = field->stored_only ? json_fault(field) : NULL;
        if (fault)
            return error_set(error, TRAWL_ERROR_DOCUMENT, "field \"%.*s\" is not JSON: %s", field->name_length < 255 ? (int)field->name_length : 255,
                             field->name, fault);
    }
    if (total > limit)
        return error_set(error, TRAWL_ERROR_DOCUMENT, "larger than the limit of %" PRIu64 " bytes", limit);
    return 0;
}

int trawl_writer_add(trawl_writer *writer, const struct trawl_document *given, struct trawl_error *error)
{
    error_begin(error);
    struct document document = {.id = (const uint8_t *)given->id, .id_length = given->id_length};
    const char *fault = document_id_fault(document.id, document.id_length);
    if (fault)
        return error_set(error, TRAWL_ERROR_DOCUMENT, "%s", fault);
    int status = check_text(given, writer->options.max_document_size, error);
    if (status == 0)
        status = begin_load(writer, error);
    if (status)
        return status;
    struct document_field *fields = memory_alloc_array(given->field_count + 1, sizeof *fields);
    if (!fields)
        return error_memory(error);
    status = take_fields(&document, fields, given, error);
    if (status == 0)
        status = keep_failure(writer, load_document(writer->load, &document, error));
    memory_free(fields);
    return status;
}

/* ---------------------------------------------------------------- deleting */

int trawl_writer_delete(trawl_writer *writer, const char *id, size_t id_length, uint64_t *deleted, struct trawl_error *error)
{
    error_begin(error);
    int status = end_load(writer, error);
    if (status)
        return status;
    status = index_writer_delete_id(writer->index, (const uint8_t *)id, id_length, error);
    if (status >= 0 && deleted)
        *deleted = status == 0;
    return status < 0 ? keep_failure(writer, status) : 0;
}

static int delete_matches(struct trawl_writer *writer, struct trawl_searcher *searcher, const char *text, size_t length,
                          uint64_t *deleted, struct trawl_error *error)
{
    const struct trawl_search_options options = TRAWL_SEARCH_OPTIONS_INIT;
    struct snapshot *index = searcher->snapshot->index;
    const struct match_options matching = {
        .k1 = options.k1, .b = options.b, .limit = index->live, .max_expansions = SIZE_MAX};
    struct match_results found = {0};
    struct query query = {0};
    int status = searcher_parse(&query, searcher, (const uint8_t *)text, length, &options, &searcher->arena, error);
    if (status == 0 && matching.limit)
        status = match_search(&found, index, &query, &matching, &searcher->arena, error);
    for (size_t i = 0; i < found.hit_count && status == 0; i++) {
        const struct segment *segment = index->segments[found.hits[i].segment];
        status = index_writer_delete_document(writer->index, segment->number, found.hits[i].document, error);
    }
    if (deleted)
        *deleted = found.hit_count;
    return status;
}

int trawl_writer_delete_query(trawl_writer *writer, const char *query, size_t length, uint64_t *deleted,
                              struct trawl_error *error)
{
    error_begin(error);
    struct snapshot *index;
    struct trawl_snapshot *snapshot;
    struct trawl_searcher *searcher;
    int status = end_load(writer, error);
    if (status == 0)
        status = index_writer_snapshot(&index, writer->index, error);
    if (status == 0)
        status = reader_wrap(&snapshot, index, error);
    if (status)
        return status;
    status = trawl_searcher_new(&searcher, snapshot, error);
    if (status == 0) {
        status = delete_matches(writer, searcher, query, length, deleted, error);
        trawl_searcher_free(searcher);
    }
    trawl_snapshot_release(snapshot);
    return status;
}

/* ------------------------------------------------------- merge and commit */

int trawl_writer_merge(trawl_writer *writer, struct trawl_error *error)
{
    error_begin(error);
    int status = end_load(writer, error);
    if (status)
        return status;
    writer->report.phase = 1;
    status = index_writer_merge(writer->index, report_step, &writer->report, error);
    return keep_failure(writer, status);
}

static int fill_report(struct trawl_commit_report *report, const struct trawl_writer *writer, struct trawl_error *error)
{
    struct trawl_commit_report filled = TRAWL_COMMIT_REPORT_INIT;
    struct trawl_stats stats = TRAWL_STATS_INIT;
    struct trawl_snapshot *snapshot;
    struct timespec now;
    const size_t size = report->size;
    int status = trawl_snapshot_open(&snapshot, writer->folder, error);
    if (status)
        return status;
    status = trawl_snapshot_stats(&stats, snapshot, error);
    trawl_snapshot_release(snapshot);
    clock_gettime(CLOCK_MONOTONIC, &now);
    filled.documents = writer->totals.documents;
    filled.skipped = writer->totals.skipped;
    filled.replaced = writer->totals.replaced;
    filled.damaged_bytes = writer->totals.damaged;
    filled.live_documents = stats.documents;
    filled.terms = stats.terms;
    filled.text_bytes = writer->totals.bytes_read;
    filled.index_bytes = stats.bytes;
    filled.index_text_bytes = stats.text_bytes;
    filled.milliseconds = (uint64_t)((now.tv_sec - writer->opened.tv_sec) * 1000
                                     + (now.tv_nsec - writer->opened.tv_nsec) / 1000000);
    memcpy(report, &filled, size < sizeof filled ? size : sizeof filled);
    report->size = size;
    return status;
}

int trawl_writer_commit(trawl_writer *writer, struct trawl_commit_report *report, struct trawl_error *error)
{
    error_begin(error);
    if (report && report->size < sizeof report->size)
        return error_set(error, TRAWL_ERROR_ARGUMENT, "a report without its size");
    int status = end_load(writer, error);
    if (status)
        return status;
    report_tell_refused(&writer->report);
    writer->report.phase = 2;
    status = keep_failure(writer, index_writer_commit(writer->index, error));
    writer->report.phase = 0;
    return status || !report ? status : fill_report(report, writer, error);
}
