/* Files of any bytes, gzip and UTF-16 among them, cut into records. The first
 * byte chooses the format and the limit; the rest is the file. Lines of a
 * plain file are compared with a cut that looks at one byte at a time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "src/source/records.h"
#include "tests/fuzz/fuzz.h"

static void must(int holds, const char *law)
{
    if (holds)
        return;
    fprintf(stderr, "broken: %s\n", law);
    abort();
}

static int file_with_bytes(const uint8_t *bytes, size_t length)
{
    FILE *file = tmpfile();
    must(file != NULL && fwrite(bytes, 1, length, file) == length && fflush(file) == 0, "a file is made");
    const int descriptor = dup(fileno(file));
    fclose(file);
    must(descriptor > 0 && lseek(descriptor, 0, SEEK_SET) == 0, "a file is read from its front");
    return descriptor;
}

static int is_plain(const uint8_t *bytes, size_t length)
{
    static const char *const marks[] = {"\x1f\x8b", "\xEF\xBB\xBF", "\xFF\xFE", "\xFE\xFF"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (length >= strlen(marks[i]) && memcmp(bytes, marks[i], strlen(marks[i])) == 0)
            return 0;
    return 1;
}

/* The next line that is not blank, from *at on. -> 0: there is none */
static int next_line(size_t *start, size_t *end, uint64_t *line, size_t *at, const uint8_t *bytes, size_t length)
{
    int is_blank = 1;
    for (*start = *at; *at < length; ++*at) {
        if (bytes[*at] != '\n') {
            is_blank &= bytes[*at] == ' ' || bytes[*at] == '\t' || bytes[*at] == '\r';
            continue;
        }
        ++*line;
        *end = *at;
        if (!is_blank) {
            ++*at;
            return 1;
        }
        *start = *at + 1;
    }
    *end = length;
    *line += !is_blank;
    return !is_blank;
}

static void check_lines(struct records *records, const uint8_t *bytes, size_t length)
{
    struct arena arena;
    struct raw_record record;
    size_t at = 0, start, end;
    uint64_t line = 0;
    arena_init(&arena);
    while (records_next(&record, records, &arena, NULL) == 0) {
        must(next_line(&start, &end, &line, &at, bytes, length), "there are no more records than lines");
        must(record.line == line, "lines are counted");
        must((record.reason != NULL) == (end - start > records->limit), "long lines have a reason");
        must(record.reason || (record.length == end - start && memcmp(record.bytes, bytes + start, end - start) == 0),
             "records are lines");
    }
    must(!next_line(&start, &end, &line, &at, bytes, length), "every line is a record");
    arena_release(&arena);
}

static void check_records(struct records *records)
{
    struct arena arena;
    struct raw_record record;
    struct trawl_error error = {0};
    uint64_t line = 0;
    int status;
    arena_init(&arena);
    while ((status = records_next(&record, records, &arena, &error)) == 0) {
        must(record.line >= line, "lines only grow");
        must((record.bytes != NULL) != (record.reason != NULL), "a record has bytes or a reason");
        must(record.length <= records->limit, "records keep to the limit");
        line = record.line;
    }
    must(status == 1 || (error.code == status && error.message[0]), "an error has a message");
    arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const enum trawl_format formats[] = {TRAWL_FORMAT_JSONL, TRAWL_FORMAT_TREC, TRAWL_FORMAT_TEXT, TRAWL_FORMAT_TSV};
    struct stream stream;
    struct records records;
    if (length == 0)
        return 0;
    const enum trawl_format format = formats[bytes[0] & 3];
    const uint64_t limit = bytes[0] & 4 ? 10 : 1 << 16;
    bytes++;
    length--;
    stream_init(&stream);
    records_init(&records);
    if (stream_open(&stream, file_with_bytes(bytes, length), "file", NULL) == 0) {
        records_begin(&records, &stream, format, limit);
        if ((format == TRAWL_FORMAT_JSONL || format == TRAWL_FORMAT_TSV) && is_plain(bytes, length))
            check_lines(&records, bytes, length);
        else
            check_records(&records);
    }
    records_release(&records);
    stream_release(&stream);
    return 0;
}
