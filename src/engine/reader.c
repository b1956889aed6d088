#include "src/engine/reader.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "src/util/memory.h"

/* A language that this program does not have is no mistake of the caller's. */
int reader_analyzer(struct analyzer **analyzer, const struct manifest *manifest, const char *folder, struct trawl_error *error)
{
    struct trawl_error failure = {0};
    const int status = analyzer_new(analyzer, manifest->language, &failure);
    if (status == TRAWL_ERROR_ARGUMENT)
        return error_set(error, TRAWL_ERROR_UNSUPPORTED, "%s was built for language %.64s, which this program does not know",
                         folder, manifest->language);
    return status ? error_set(error, status, "%s", failure.message) : 0;
}

int reader_wrap(struct trawl_snapshot **snapshot, struct snapshot *index, struct trawl_error *error)
{
    struct trawl_snapshot *made = memory_alloc_zero(1, sizeof *made);
    if (!made) {
        snapshot_release(index);
        return error_memory(error);
    }
    made->index = index;
    atomic_init(&made->references, 1);
    const int status = reader_analyzer(&made->analyzer, &index->manifest, index->folder, error);
    if (status) {
        trawl_snapshot_release(made);
        return status;
    }
    made->analysis_differs = strcmp(analyzer_description(made->analyzer), index->manifest.analysis) != 0;
    *snapshot = made;
    return 0;
}

struct snapshot_share *reader_share_new(struct trawl_snapshot *snapshot)
{
    struct snapshot_share *share = memory_alloc_zero(1, sizeof *share);
    if (!share)
        return NULL;
    share->snapshot = snapshot;
    atomic_init(&share->references, 1);
    trawl_snapshot_retain(snapshot);
    return share;
}

void reader_share_retain(struct snapshot_share *share)
{
    atomic_fetch_add(&share->references, 1);
}

void reader_share_release(struct snapshot_share *share)
{
    if (!share || atomic_fetch_sub(&share->references, 1) != 1)
        return;
    trawl_snapshot_release(share->snapshot);
    memory_free(share);
}

int trawl_snapshot_open(trawl_snapshot **snapshot, const char *path, struct trawl_error *error)
{
    error_begin(error);
    struct snapshot *index;
    *snapshot = NULL;
    const int status = snapshot_open(&index, path, error);
    return status ? status : reader_wrap(snapshot, index, error);
}

void trawl_snapshot_retain(trawl_snapshot *snapshot)
{
    atomic_fetch_add(&snapshot->references, 1);
}

void trawl_snapshot_release(trawl_snapshot *snapshot)
{
    if (!snapshot || atomic_fetch_sub(&snapshot->references, 1) != 1)
        return;
    snapshot_release(snapshot->index);
    analyzer_free(snapshot->analyzer);
    memory_free(snapshot);
}

int trawl_snapshot_refresh(trawl_snapshot **newer, trawl_snapshot *snapshot, struct trawl_error *error)
{
    error_begin(error);
    *newer = NULL;
    if (!snapshot_is_stale(snapshot->index))
        return 0;
    return trawl_snapshot_open(newer, snapshot->index->folder, error);
}

int reader_find_field(void *context, const char *name, size_t length)
{
    const struct trawl_snapshot *snapshot = context;
    return length ? manifest_find_field(&snapshot->index->manifest, name, length) : -1;
}

const char *reader_field_name(void *context, uint32_t field)
{
    const struct trawl_snapshot *snapshot = context;
    return field < snapshot->index->manifest.field_count ? snapshot->index->manifest.fields[field] : "";
}

const char *trawl_snapshot_field(trawl_snapshot *snapshot, size_t number)
{
    return number < snapshot->index->manifest.field_count ? snapshot->index->manifest.fields[number] : NULL;
}

/* ------------------------------------------------------------- statistics */

static uint64_t segment_terms(const struct segment *segment)
{
    uint64_t terms = 0;
    for (uint32_t i = 0; i < segment->meta.field_count; i++)
        if (segment->meta.fields[i].id != FIELD_PAIRS)
            terms += segment->meta.fields[i].terms;
    return terms;
}

static uint64_t segment_tokens(const struct segment *segment)
{
    const struct meta_field *field = meta_find_field(&segment->meta, FIELD_DEFAULT);
    return field ? field->tokens : 0;
}

static uint64_t file_bytes(const struct snapshot *index, const char *name)
{
    char path[MANIFEST_PATH_BYTES];
    uint64_t size = 0;
    const int length = snprintf(path, sizeof path, "%s/%s", index->folder, name);
    return length > 0 && (size_t)length < sizeof path && file_size(&size, path, NULL) == 0 ? size : 0;
}

static uint64_t deletes_bytes(const struct snapshot *index, const struct manifest_segment *segment)
{
    char path[MANIFEST_PATH_BYTES];
    uint64_t size = 0;
    if (segment->deletes_generation == 0
        || manifest_deletes_path(path, index->folder, segment->number, segment->deletes_generation, NULL)
        || file_size(&size, path, NULL))
        return 0;
    return size;
}

static int fill_stats(struct trawl_stats *stats, struct snapshot *index, struct trawl_error *error)
{
    struct field_statistics field;
    const int status = snapshot_field_statistics(&field, index, FIELD_DEFAULT, error);
    if (status)
        return status;
    const struct manifest *manifest = &index->manifest;
    stats->documents = index->live;
    stats->deleted = index->documents - index->live;
    stats->segments = index->segment_count;
    stats->generation = manifest->generation;
    stats->bytes = file_bytes(index, "manifest");
    for (size_t i = 0; i < index->segment_count; i++) {
        stats->terms += segment_terms(index->segments[i]);
        stats->tokens += segment_tokens(index->segments[i]);
        stats->text_bytes += index->segments[i]->meta.text_bytes;
        stats->reordered += index->segments[i]->order.ordinals != NULL;
        stats->bytes += manifest->segments[i].length + deletes_bytes(index, &manifest->segments[i]);
    }
    stats->average_length = field.documents ? (double)field.decoded_lengths / (double)field.documents : 0.0;
    stats->has_positions = manifest->has_positions;
    stats->has_pairs = manifest->has_pairs;
    stats->store = manifest->store;
    snprintf(stats->language, sizeof stats->language, "%s", manifest->language);
    snprintf(stats->analysis, sizeof stats->analysis, "%s", manifest->analysis);
    return 0;
}

int trawl_snapshot_stats(struct trawl_stats *stats, trawl_snapshot *snapshot, struct trawl_error *error)
{
    error_begin(error);
    struct trawl_stats filled = TRAWL_STATS_INIT;
    const size_t size = stats->size;
    if (size < sizeof size)
        return error_set(error, TRAWL_ERROR_ARGUMENT, "stats without their size");
    const int status = fill_stats(&filled, snapshot->index, error);
    if (status)
        return status;
    memcpy(stats, &filled, size < sizeof filled ? size : sizeof filled);
    stats->size = size;
    return 0;
}

/* ------------------------------------------------------------------ sizes */

static const struct {
    uint32_t id;
    const char *part;
} section_parts[] = {
    {SECTION_ID('T', 'I', 'D', 'X'), "terms"},     {SECTION_ID('T', 'E', 'R', 'M'), "terms"},
    {SECTION_ID('P', 'O', 'S', 'T'), "postings"},  {SECTION_ID('P', 'O', 'S', 'N'), "positions"},
    {SECTION_ID('L', 'E', 'N', 'S'), "lengths"},   {SECTION_ID('F', 'L', 'D', 'S'), "parts"},
    {SECTION_ID('E', 'N', 'D', 'S'), "positions"}, {SECTION_ID('D', 'I', 'D', 'S'), "ids"},
    {SECTION_ID('S', 'I', 'D', 'X'), "stored"},    {SECTION_ID('S', 'T', 'O', 'R'), "stored"},
    {SECTION_ID('O', 'R', 'D', 'R'), "order"},     {SECTION_ID('I', 'N', 'S', 'R'), "order"},
    {SECTION_ID('P', 'A', 'I', 'R'), "pairs"},     {SECTION_ID('T', 'H', 'S', 'H'), "terms"},
};

static uint64_t part_bytes(const struct snapshot *index, const char *part)
{
    uint64_t bytes = 0;
    for (size_t i = 0; i < index->segment_count; i++)
        for (size_t k = 0; k < sizeof section_parts / sizeof *section_parts; k++)
            if (strcmp(section_parts[k].part, part) == 0)
                bytes += container_section(&index->segments[i]->container, section_parts[k].id).length;
    return bytes;
}

/* Word pairs stand among terms and postings, behind all others. */
static struct field_bytes pair_bytes(const struct snapshot *index)
{
    struct field_bytes sum = {0, 0};
    for (size_t i = 0; i < index->segment_count; i++) {
        const struct segment *segment = index->segments[i];
        const struct meta_field *field = meta_find_field(&segment->meta, FIELD_PAIRS);
        if (!field)
            continue;
        const struct field_bytes bytes = terms_last_field_bytes(&segment->terms, field);
        sum.terms += bytes.terms;
        sum.postings += bytes.postings;
    }
    return sum;
}

static uint64_t size_of(const struct snapshot *index, const char *part)
{
    const uint64_t bytes = part_bytes(index, part);
    const struct field_bytes pairs = pair_bytes(index);
    if (strcmp(part, "pairs") == 0)
        return bytes + pairs.terms + pairs.postings;
    return bytes - (strcmp(part, "terms") == 0 ? pairs.terms : strcmp(part, "postings") == 0 ? pairs.postings : 0);
}

int trawl_snapshot_sizes(trawl_snapshot *snapshot, trawl_size_callback *each, void *context, struct trawl_error *error)
{
    error_begin(error);
    static const char *const parts[] = {"terms", "postings", "positions", "pairs", "lengths", "parts", "ids", "stored", "order"};
    struct trawl_stats stats = TRAWL_STATS_INIT;
    const int status = trawl_snapshot_stats(&stats, snapshot, error);
    if (status)
        return status;
    uint64_t rest = stats.bytes, deletes = 0;
    for (size_t i = 0; i < snapshot->index->segment_count; i++)
        deletes += deletes_bytes(snapshot->index, &snapshot->index->manifest.segments[i]);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const uint64_t bytes = size_of(snapshot->index, parts[i]);
        rest -= bytes;
        each(context, parts[i], bytes);
    }
    each(context, "deletes", deletes);
    each(context, "other", rest - deletes);
    return 0;
}
