/* Results as one line of JSON: the shape that docs/CLI.md shows. */
#include <string.h>

#include "src/engine/results.h"
#include "src/text/utf8.h"
#include "src/util/json_write.h"
#include "src/util/memory.h"

static const char *const levels[] = {[TRAWL_NOTE] = "note", [TRAWL_WARNING] = "warning", [TRAWL_FAILURE] = "error"};

static void write_text(struct buffer *out, const char *key, const void *text, size_t length)
{
    json_write_key(out, key);
    json_write_string(out, text, length);
}

static void write_string(struct buffer *out, const char *key, const char *string)
{
    write_text(out, key, string, strlen(string));
}

static void write_spans(struct buffer *out, const struct snippet *snippet)
{
    json_write_key(out, "spans");
    buffer_append_string(out, "[");
    for (size_t i = 0; i < snippet->span_count; i++) {
        buffer_append_string(out, i ? ",[" : "[");
        json_write_u64(out, snippet->spans[i][0]);
        buffer_append_string(out, ",");
        json_write_u64(out, snippet->spans[i][1]);
        buffer_append_string(out, "]");
    }
    buffer_append_string(out, "]");
}

static void write_snippets(struct buffer *out, const struct result_hit *hit)
{
    json_write_key(out, "snippets");
    buffer_append_string(out, "[");
    for (size_t i = 0; i < hit->snippet_count; i++) {
        buffer_append_string(out, i ? ",{" : "{");
        write_string(out, "field", hit->snippets[i].field);
        buffer_append_string(out, ",");
        write_text(out, "text", hit->snippets[i].text, hit->snippets[i].length);
        buffer_append_string(out, ",");
        write_spans(out, &hit->snippets[i]);
        buffer_append_string(out, "}");
    }
    buffer_append_string(out, "]");
}

static void write_value(struct buffer *out, const struct trawl_field *field)
{
    if (field->stored_only)
        json_write_json(out, field->value, field->value_length);
    else
        json_write_string(out, field->value, field->value_length);
}

/* One value stands alone, several in an array; a field that is not there is null. */
static int write_field(struct buffer *out, struct trawl_results *results, size_t hit, const char *name, struct trawl_error *error)
{
    struct trawl_field field, second;
    int status = trawl_results_field(&field, results, hit, name, 0, error);
    json_write_key(out, name);
    if (status == TRAWL_END)
        buffer_append_string(out, "null");
    if (status)
        return status == TRAWL_END ? 0 : status;
    if (trawl_results_field(&second, results, hit, name, 1, error) == TRAWL_END) {
        write_value(out, &field);
        return 0;
    }
    buffer_append_string(out, "[");
    for (size_t i = 0; trawl_results_field(&field, results, hit, name, i, error) == 0; i++) {
        if (i)
            buffer_append_string(out, ",");
        write_value(out, &field);
    }
    buffer_append_string(out, "]");
    return 0;
}

static int write_fields(struct buffer *out, struct trawl_results *results, size_t hit, const char *const *fields,
                        size_t field_count, struct trawl_error *error)
{
    int status = 0;
    buffer_append_string(out, ",");
    json_write_key(out, "fields");
    buffer_append_string(out, "{");
    for (size_t i = 0; i < field_count && status == 0; i++) {
        if (i)
            buffer_append_string(out, ",");
        status = write_field(out, results, hit, fields[i], error);
    }
    buffer_append_string(out, "}");
    return status;
}

static int write_hit(struct buffer *out, struct trawl_results *results, size_t number, size_t rank, const char *const *fields,
                     size_t field_count, struct trawl_error *error)
{
    const struct result_hit *hit = &results->hits[number];
    buffer_append_string(out, number ? ",{" : "{");
    json_write_key(out, "rank");
    json_write_u64(out, rank);
    buffer_append_string(out, ",");
    write_text(out, "id", hit->id, hit->id_length);
    buffer_append_string(out, ",");
    json_write_key(out, "score");
    json_write_float(out, hit->match.score);
    buffer_append_string(out, ",");
    write_text(out, "title", hit->title, hit->title_length);
    buffer_append_string(out, ",");
    write_snippets(out, hit);
    const int status = field_count ? write_fields(out, results, number, fields, field_count, error) : 0;
    buffer_append_string(out, "}");
    return status;
}

static void write_diagnostics(struct buffer *out, const struct trawl_results *results)
{
    json_write_key(out, "diagnostics");
    buffer_append_string(out, "[");
    for (size_t i = 0; i < results->query.diagnostic_count; i++) {
        const struct query_diagnostic *diagnostic = &results->query.diagnostics[i];
        buffer_append_string(out, i ? ",{" : "{");
        write_string(out, "level", levels[diagnostic->level]);
        buffer_append_string(out, ",");
        write_string(out, "code", diagnostic->code);
        buffer_append_string(out, ",");
        json_write_key(out, "offset");
        json_write_u64(out, diagnostic->offset);
        buffer_append_string(out, ",");
        json_write_key(out, "length");
        json_write_u64(out, diagnostic->length);
        buffer_append_string(out, ",");
        write_string(out, "message", diagnostic->message);
        buffer_append_string(out, "}");
    }
    buffer_append_string(out, "]");
}

/* A query may be any bytes: what is not UTF-8 shows as U+FFFD. */
static void write_query(struct buffer *out, const struct trawl_results *results)
{
    struct buffer repaired;
    buffer_init(&repaired);
    utf8_repair(&repaired, results->text, results->text_length);
    const char *text = buffer_string(&repaired);
    if (repaired.status)
        out->status = repaired.status;
    else
        write_text(out, "query", text, repaired.length);
    buffer_release(&repaired);
}

static void write_head(struct buffer *out, const struct trawl_results *results)
{
    buffer_append_string(out, "{\"trawl\":1,");
    write_query(out, results);
    buffer_append_string(out, ",");
    write_string(out, "parsed", trawl_results_parsed(results));
    buffer_append_string(out, ",");
    json_write_key(out, "total");
    json_write_u64(out, results->total);
    buffer_append_string(out, results->total_is_exact ? ",\"relation\":\"eq\"," : ",\"relation\":\"ge\",");
    json_write_key(out, "took_us");
    json_write_u64(out, results->search_ns / 1000);
}

int trawl_results_json(char **text, size_t *length, trawl_results *results, const char *const *fields, size_t field_count,
                       struct trawl_error *error)
{
    error_begin(error);
    struct buffer out;
    int status = 0;
    *text = NULL;
    buffer_init(&out);
    write_head(&out, results);
    buffer_append_string(&out, ",\"hits\":[");
    for (size_t i = 0; i < results->hit_count && status == 0; i++)
        status = write_hit(&out, results, i, results->first_rank + i, fields, field_count, error);
    buffer_append_string(&out, "],");
    write_diagnostics(&out, results);
    buffer_append_u8(&out, '}');
    buffer_append_u8(&out, 0);
    if (status == 0 && out.status)
        status = error_memory(error);
    if (status) {
        buffer_release(&out);
        return status;
    }
    *text = (char *)out.bytes;
    *length = out.length - 1;
    return 0;
}

void trawl_text_free(char *text)
{
    memory_free(text);
}
