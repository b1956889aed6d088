#include "src/source/records.h"

#include <inttypes.h>
#include <string.h>

enum { PENDING_KEPT = 4 << 20 }; /* memory that a long record may leave behind */

static const char doc_begin[] = "<doc>", doc_end[] = "</doc>";

enum { BEGIN_LENGTH = sizeof doc_begin - 1, END_LENGTH = sizeof doc_end - 1 };

void records_init(struct records *records)
{
    memset(records, 0, sizeof *records);
    buffer_init(&records->pending);
}

void records_release(struct records *records)
{
    buffer_release(&records->pending);
}

void records_begin(struct records *records, struct stream *stream, enum trawl_format format, uint64_t limit)
{
    records->stream = stream;
    records->format = format;
    records->limit = limit;
    records->line = 1;
    records->found = 0;
    records->is_over = records->is_done = 0;
    records->is_blank = 1;
    buffer_reset(&records->pending);
}

/* ---------------------------------------------------------------- window */

static const uint8_t *front(const struct records *records)
{
    return records->stream->window + records->stream->at;
}

static size_t available(const struct records *records)
{
    return records->stream->end - records->stream->at;
}

static uint64_t count_lines(const uint8_t *bytes, size_t length)
{
    uint64_t lines = 0;
    const uint8_t *end = bytes + length;
    for (; (bytes = memchr(bytes, '\n', (size_t)(end - bytes))); bytes++)
        lines++;
    return lines;
}

static void drop(struct records *records, size_t length)
{
    if (records->format == TRAWL_FORMAT_TREC)
        records->line += count_lines(front(records), length);
    records->stream->at += length;
}

/* The window's first bytes belong to the present record and make room. */
static int set_aside(struct records *records, size_t length, struct trawl_error *error)
{
    struct buffer *pending = &records->pending;
    if (length > records->limit || pending->length > records->limit - length) {
        records->is_over = 1;
        buffer_reset(pending);
    }
    if (!records->is_over)
        buffer_append(pending, front(records), length);
    drop(records, length);
    return pending->status ? error_memory(error) : 0;
}

/* The record ends with the window's first `length` bytes. */
static int finish(struct raw_record *record, struct records *records, size_t length, struct arena *arena,
                  struct trawl_error *error)
{
    struct buffer *pending = &records->pending;
    const size_t whole = pending->length + length;
    records->found++;
    if (records->is_over || whole > records->limit) {
        record->reason = arena_printf(arena, "over the maximum document size of %" PRIu64 " bytes", records->limit);
        drop(records, length);
    } else {
        uint8_t *copy = arena_alloc(arena, whole + 1);
        record->bytes = copy;
        record->length = whole;
        if (copy && pending->length)
            memcpy(copy, pending->bytes, pending->length);
        if (copy && length)
            memcpy(copy + pending->length, front(records), length);
        drop(records, length);
    }
    records->is_over = 0;
    buffer_reset(pending);
    if (pending->capacity > PENDING_KEPT)
        buffer_release(pending);
    return record->bytes || record->reason ? 0 : error_memory(error);
}

static int finish_with_reason(struct raw_record *record, struct records *records, const char *reason)
{
    record->reason = reason;
    records->found++;
    records->is_over = 0;
    buffer_reset(&records->pending);
    return 0;
}

/* ----------------------------------------------------------------- lines */

static int is_blank(const uint8_t *line, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r')
            return 0;
    return 1;
}

/* The line that ends with the window's first `length` bytes. */
static int finish_line(struct raw_record *record, struct records *records, size_t length, struct arena *arena,
                       struct trawl_error *error)
{
    record->line = records->line++;
    records->is_blank = 1;
    return finish(record, records, length, arena, error);
}

static void skip_blank_line(struct records *records, size_t length)
{
    records->line++;
    records->is_over = 0;
    buffer_reset(&records->pending);
    drop(records, length);
}

/* -> 0, or 1: no line ends in the window, which was set aside and filled again,
 * or 2: it cannot be filled */
static int find_line_end(size_t *length, struct records *records, struct trawl_error *error)
{
    const uint8_t *line = front(records), *end = memchr(line, '\n', available(records));
    *length = end ? (size_t)(end - line) : available(records);
    records->is_blank = records->is_blank && is_blank(line, *length);
    if (end)
        return 0;
    int status = set_aside(records, *length, error);
    if (status)
        return status;
    *length = 0;
    status = stream_fill(records->stream, error);
    return status < 0 ? status : status + 1;
}

static int next_line(struct raw_record *record, struct records *records, struct arena *arena, struct trawl_error *error)
{
    for (;;) {
        size_t length;
        int status = find_line_end(&length, records, error);
        if (status < 0)
            return status;
        if (status == 1)
            continue;
        const int is_last = status == 2;
        if (records->is_blank) {
            skip_blank_line(records, length);
            records->stream->at += !is_last; /* the line end */
            if (is_last)
                return 1;
            continue;
        }
        status = finish_line(record, records, length, arena, error);
        records->stream->at += !is_last;
        return status;
    }
}

/* ------------------------------------------------------------------ TREC */

/* `lowered` is lower case. */
static int is_tag(const uint8_t *at, size_t length, const char *lowered, size_t tag_length)
{
    if (length < tag_length)
        return 0;
    for (size_t i = 0; i < tag_length; i++)
        if ((at[i] >= 'A' && at[i] <= 'Z' ? at[i] + ('a' - 'A') : at[i]) != lowered[i])
            return 0;
    return 1;
}

enum doc_tag { NO_TAG, DOC_BEGIN, DOC_END };

/* The first <DOC> or </DOC> of the window, its place in *offset. Without one,
 * *offset says how much cannot be the beginning of one. */
static enum doc_tag find_tag(size_t *offset, const struct records *records)
{
    const uint8_t *window = front(records), *end = window + available(records);
    for (const uint8_t *at = window; (at = memchr(at, '<', (size_t)(end - at))); at++) {
        const size_t left = (size_t)(end - at);
        *offset = (size_t)(at - window);
        if (is_tag(at, left, doc_begin, BEGIN_LENGTH))
            return DOC_BEGIN;
        if (is_tag(at, left, doc_end, END_LENGTH))
            return DOC_END;
        if (left < END_LENGTH)
            return NO_TAG;
    }
    *offset = available(records);
    return NO_TAG;
}

/* Passes over what stands outside of documents. -> 0: behind a <DOC>; 1: no more */
static int find_begin(struct records *records, struct trawl_error *error)
{
    size_t offset;
    enum doc_tag tag;
    while ((tag = find_tag(&offset, records)) != DOC_BEGIN) {
        drop(records, offset + (tag == DOC_END ? (size_t)END_LENGTH : 0));
        const int status = tag == DOC_END ? 0 : stream_fill(records->stream, error);
        if (status)
            return status;
    }
    drop(records, offset);
    return 0;
}

static int next_doc(struct raw_record *record, struct records *records, struct arena *arena, struct trawl_error *error)
{
    size_t offset;
    enum doc_tag tag;
    int status = find_begin(records, error);
    if (status > 0 && records->found == 0)
        return finish_with_reason(record, records, "no <DOC> in this file");
    if (status)
        return status;
    record->line = records->line;
    drop(records, BEGIN_LENGTH);
    while ((tag = find_tag(&offset, records)) == NO_TAG) {
        status = set_aside(records, offset, error);
        if (status == 0)
            status = stream_fill(records->stream, error);
        if (status < 0)
            return status;
        if (status > 0)
            break;
    }
    if (tag != DOC_END) /* the end of the file, or the next document */
        return finish_with_reason(record, records, "<DOC> without </DOC>");
    status = finish(record, records, offset, arena, error);
    drop(records, END_LENGTH);
    return status;
}

/* ------------------------------------------------------------ whole files */

static int whole_file(struct raw_record *record, struct records *records, struct arena *arena, struct trawl_error *error)
{
    if (records->is_done)
        return 1;
    int status = 0;
    while (status == 0 && !records->is_over) {
        status = set_aside(records, available(records), error);
        if (status == 0 && !records->is_over)
            status = stream_fill(records->stream, error);
    }
    records->is_done = 1;
    return status < 0 ? status : finish(record, records, 0, arena, error);
}

int records_next(struct raw_record *record, struct records *records, struct arena *arena, struct trawl_error *error)
{
    record->line = 0;
    record->bytes = NULL;
    record->length = 0;
    record->reason = NULL;
    switch (records->format) {
    case TRAWL_FORMAT_JSONL:
    case TRAWL_FORMAT_TSV:
        return next_line(record, records, arena, error);
    case TRAWL_FORMAT_TREC:
        return next_doc(record, records, arena, error);
    default:
        return whole_file(record, records, arena, error);
    }
}
