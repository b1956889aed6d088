#include "src/engine/results.h"

#include <string.h>

#include "src/util/memory.h"

struct trawl_results *results_new(struct snapshot_share *share, const char *query, size_t length)
{
    struct trawl_results *results = memory_alloc_zero(1, sizeof *results);
    if (!results)
        return NULL;
    arena_init(&results->arena);
    results->snapshot = share->snapshot;
    results->share = share;
    reader_share_retain(share);
    results->text = arena_copy(&results->arena, query, length);
    results->text_length = length;
    if (results->text)
        return results;
    trawl_results_free(results);
    return NULL;
}

void trawl_results_free(trawl_results *results)
{
    if (!results)
        return;
    reader_share_release(results->share);
    arena_release(&results->arena);
    memory_free(results);
}

/* ---------------------------------------------------------------- filling */

static int read_id(struct trawl_results *results, struct result_hit *hit, struct trawl_error *error)
{
    uint8_t id[ID_MAX_BYTES];
    const struct segment *segment = results->snapshot->index->segments[hit->match.segment];
    const int status = ids_get(id, &hit->id_length, &segment->ids, segment_ordinal(segment, hit->match.document), error);
    if (status)
        return status;
    hit->id = arena_copy(&results->arena, id, hit->id_length);
    return hit->id ? 0 : error_memory(error);
}

int results_load_record(struct trawl_results *results, struct result_hit *hit, struct trawl_error *error)
{
    const struct segment *segment = results->snapshot->index->segments[hit->match.segment];
    if (hit->record.bytes || !segment->stored.index.bytes)
        return 0;
    struct stored_unpacked unpacked = {0};
    struct span record;
    buffer_init(&unpacked.bytes);
    int status = stored_get(&record, &unpacked, &segment->stored, segment_ordinal(segment, hit->match.document), error);
    if (status == 0) {
        hit->record = (struct span){arena_copy(&results->arena, record.bytes, record.length), record.length};
        if (!hit->record.bytes)
            status = error_memory(error);
    }
    buffer_release(&unpacked.bytes);
    return status;
}

static int is_named(const struct stored_field *field, const char *name, size_t length)
{
    return field->name_length == length && memcmp(field->name, name, length) == 0;
}

static void find_title(struct result_hit *hit)
{
    struct stored_field field;
    hit->title = "";
    for (size_t at = 0; hit->record.bytes && stored_next_field(&field, hit->record, &at) == 0;) {
        if (field.kind & 1 || !is_named(&field, "title", 5))
            continue;
        hit->title = (const char *)field.value;
        hit->title_length = field.value_length;
        return;
    }
}

/* Text fields whose text is not in another one too. */
static size_t snippet_fields(struct snippet_field *fields, struct trawl_results *results, const struct result_hit *hit)
{
    const struct manifest *manifest = &results->snapshot->index->manifest;
    struct stored_field field;
    size_t count = 0;
    for (size_t at = 0; stored_next_field(&field, hit->record, &at) == 0;) {
        if (field.kind)
            continue;
        const int number = manifest_find_field(manifest, (const char *)field.name, field.name_length);
        if (fields) {
            const char *name = number >= 0 ? manifest->fields[number]
                                           : (const char *)arena_copy(&results->arena, field.name, field.name_length);
            fields[count] = (struct snippet_field){
                .name = name ? name : "",
                .number = number >= 0 ? (uint32_t)number : FIELD_DEFAULT,
                .text = field.value,
                .length = field.value_length,
            };
        }
        count++;
    }
    return count;
}

static int make_snippets(struct trawl_results *results, struct result_hit *hit, struct analysis *analysis,
                         const struct snippet_options *options, struct trawl_error *error)
{
    if (!hit->record.bytes)
        return 0;
    const size_t count = snippet_fields(NULL, results, hit);
    if (count == 0)
        return 0;
    struct snippet_field *fields = arena_alloc_zero(&results->arena, count, sizeof *fields);
    if (!fields)
        return error_memory(error);
    snippet_fields(fields, results, hit);
    return snippet_make(&hit->snippets, &hit->snippet_count, results->query.root, fields, count, analysis, options,
                        &results->arena, error);
}

static int fill_hit(struct trawl_results *results, struct result_hit *hit, struct analysis *analysis, int with_title,
                    const struct snippet_options *snippets, struct trawl_error *error)
{
    int status = read_id(results, hit, error);
    if (status == 0 && (with_title || snippets->count))
        status = results_load_record(results, hit, error);
    find_title(hit);
    if (status == 0 && snippets->count)
        status = make_snippets(results, hit, analysis, snippets, error);
    return status;
}

int results_fill(struct trawl_results *results, const struct match_results *found, struct analysis *analysis,
                 const struct trawl_search_options *options, struct trawl_error *error)
{
    struct snippet_options snippets = {.count = options->snippets, .length = options->snippet_length};
    double *weights = NULL;
    results->first_rank = options->offset + 1;
    results->total = found->total;
    results->total_is_exact = found->total_is_exact;
    if (found->hit_count <= options->offset)
        return 0;
    int status = options->snippets ? results_leaf_weights(&weights, &snippets.weight_count, results, error) : 0;
    snippets.weights = weights;
    results->hit_count = found->hit_count - options->offset;
    results->hits = arena_alloc_zero(&results->arena, results->hit_count, sizeof *results->hits);
    if (!results->hits)
        return error_memory(error);
    for (size_t i = 0; i < results->hit_count && status == 0; i++) {
        results->hits[i].match = found->hits[options->offset + i];
        status = fill_hit(results, &results->hits[i], analysis, !options->no_titles, &snippets, error);
    }
    return status;
}

/* ---------------------------------------------------------------- reading */

size_t trawl_results_size(const trawl_results *results)
{
    return results->hit_count;
}

uint64_t trawl_results_total(const trawl_results *results, int *is_exact)
{
    if (is_exact)
        *is_exact = results->total_is_exact;
    return results->total;
}

const char *trawl_results_parsed(const trawl_results *results)
{
    return results->parsed ? results->parsed : "";
}

uint64_t trawl_results_search_ns(const trawl_results *results)
{
    return results->search_ns;
}

int trawl_results_hit(struct trawl_hit *hit, const trawl_results *results, size_t number)
{
    if (number >= results->hit_count)
        return TRAWL_END;
    const struct result_hit *found = &results->hits[number];
    *hit = (struct trawl_hit){
        .id = found->id,
        .title = found->title,
        .id_length = found->id_length,
        .title_length = found->title_length,
        .score = found->match.score,
        .insertion = found->match.insertion,
    };
    return 0;
}

int trawl_results_snippet(struct trawl_snippet *snippet, const trawl_results *results, size_t hit, size_t number)
{
    if (hit >= results->hit_count || number >= results->hits[hit].snippet_count)
        return TRAWL_END;
    const struct snippet *found = &results->hits[hit].snippets[number];
    *snippet = (struct trawl_snippet){
        .field = found->field,
        .text = (const char *)found->text,
        .text_length = found->length,
        .spans = (const size_t(*)[2])found->spans,
        .span_count = found->span_count,
        .starts_inside = found->starts_inside,
        .ends_inside = found->ends_inside,
    };
    return 0;
}

int trawl_results_field(struct trawl_field *field, trawl_results *results, size_t hit, const char *name, size_t number,
                        struct trawl_error *error)
{
    error_begin(error);
    if (hit >= results->hit_count)
        return TRAWL_END;
    struct result_hit *found = &results->hits[hit];
    const int status = results_load_record(results, found, error);
    struct stored_field stored;
    if (status)
        return status;
    for (size_t at = 0; found->record.bytes && stored_next_field(&stored, found->record, &at) == 0;) {
        if (!is_named(&stored, name, strlen(name)) || number-- > 0)
            continue;
        *field = (struct trawl_field){
            .name = (const char *)stored.name,
            .name_length = stored.name_length,
            .value = (const char *)stored.value,
            .value_length = stored.value_length,
            .stored_only = stored.kind & 1,
        };
        return 0;
    }
    return TRAWL_END;
}

int trawl_results_diagnostic(struct trawl_diagnostic *diagnostic, const trawl_results *results, size_t number)
{
    if (number >= results->query.diagnostic_count)
        return TRAWL_END;
    const struct query_diagnostic *found = &results->query.diagnostics[number];
    *diagnostic = (struct trawl_diagnostic){
        .level = found->level,
        .code = found->code,
        .offset = found->offset,
        .length = found->length,
        .message = found->message,
        .pointer = found->pointer ? found->pointer : "",
    };
    return 0;
}
