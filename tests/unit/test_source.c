#include "src/source/source.h"

#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>

#include "src/util/hash.h"
#include "src/util/memory.h"
#include "tests/unit/source_dump.h"
#include "tests/unit/source_files.h"
#include "tests/unit/tap.h"

static struct source_options plain_options(void)
{
    return (struct source_options){.max_document_size = 1 << 20};
}

/* Reads `path` with the running case's folder as the working folder, so that ids are short. */
static void check_dump(const char *const *paths, size_t count, const struct source_options *options, const char *expected)
{
    struct buffer out;
    struct trawl_error error = {0};
    buffer_init(&out);
    REQUIRE(chdir(tap_folder()) == 0);
    const int status = dump_source(&out, paths, count, options, &error);
    if (status)
        buffer_printf(&out, "%d %s:%llu: %s\n", status, error.file, (unsigned long long)error.offset, error.message);
    REQUIRE(chdir("/") == 0);
    CHECK_STRING(buffer_string(&out), expected);
    buffer_release(&out);
}

static void files_and_folders_in_order(void)
{
    const struct source_options options = plain_options();
    folder_named("d");
    folder_named("d/e");
    file_with("z.txt", "Z");
    file_with("d/b.txt", "B");
    file_with("d/e/c.md", "# C");
    file_with("d/lines.jsonl", "{\"id\":\"one\"}\n{\"id\":\"two\"}\n{}");
    const char *const paths[] = {"./z.txt", ".//d/"};
    check_dump(paths, 2, &options,
               "= z.txt\ntitle~ Z\nbody: Z\n"
               "= d/b.txt\ntitle~ B\nbody: B\n"
               "= d/e/c.md\ntitle~ C\nbody: C\n"
               "= one\n= two\n= d/lines.jsonl:3\n");
    CHECK_INT(chdir("/"), 0);
}

static void binary_files_are_left_out_of_folders(void)
{
    const struct source_options options = plain_options();
    folder_named("d");
    file_with_bytes("d/binary.txt", "a\0b", 3);
    file_with("d/text", "t");
    const char *const folder[] = {"d"}, *const file[] = {"d/binary.txt"};
    check_dump(folder, 1, &options, "= d/text\ntitle~ t\nbody: t\n");
    check_dump(file, 1, &options, "! d/binary.txt: a binary file\n");
}

static void zipped_files_are_opened(void)
{
    const struct source_options options = plain_options();
    struct buffer zipped;
    buffer_init(&zipped);
    gzip_member(&zipped, "{\"id\":1}\n", 9);
    file_with_bytes("a.jsonl.gz", zipped.bytes, zipped.length);
    file_with_bytes("b", zipped.bytes, zipped.length);
    file_with("c.txt.gz", "not zipped at all");
    const char *const paths[] = {"a.jsonl.gz", "b", "c.txt.gz"};
    check_dump(paths, 3, &options, "= 1\n= 1\n= c.txt.gz\ntitle~ not zipped at all\nbody: not zipped at all\n");
    buffer_release(&zipped);
}

/* A file that is one document is skipped with a reason; of one with many the rest would be missing. */
static void broken_gzip_ends_files_of_many_documents(void)
{
    const struct source_options options = plain_options();
    struct buffer zipped;
    buffer_init(&zipped);
    gzip_member(&zipped, "{\"id\":1}\n{\"id\":2}\n", 18);
    file_with_bytes("a.txt.gz", zipped.bytes, zipped.length - 1);
    file_with("b.txt", "b");
    file_with_bytes("c.jsonl.gz", zipped.bytes, zipped.length - 1);
    const char *const paths[] = {"a.txt.gz", "b.txt", "c.jsonl.gz"};
    struct buffer expected;
    buffer_init(&expected);
    buffer_printf(&expected, "! a.txt.gz: the gzip data ends too early\n= b.txt\ntitle~ b\nbody: b\n");
    check_dump(paths, 2, &options, buffer_string(&expected));
    buffer_reset(&expected);
    buffer_printf(&expected, "%d c.jsonl.gz:%zu: the gzip data ends too early\n", TRAWL_ERROR_IO, zipped.length - 1);
    check_dump(paths, 3, &options, buffer_string(&expected));
    buffer_release(&expected);
    buffer_release(&zipped);
}

static void missing_paths_fail_at_once(void)
{
    const struct source_options options = plain_options();
    struct source *source = NULL;
    struct trawl_error error = {0};
    file_with("there", "x");
    const char *const paths[] = {tap_path("there"), tap_path("missing")};
    CHECK_INT(source_open(&source, paths, 2, &options, &error), TRAWL_ERROR_NOT_FOUND);
    CHECK(strstr(error.file, "missing") != NULL);
    CHECK(source == NULL);
}

static void unreadable_files_have_a_reason(void)
{
    const struct source_options options = plain_options();
    if (geteuid() == 0) {
        tap_skip("the superuser may read everything");
        return;
    }
    folder_named("d");
    REQUIRE(chmod(file_with("d/a", "x"), 0) == 0);
    const char *const folder[] = {"d"}, *const file[] = {"d/a"};
    check_dump(folder, 1, &options, "! d/a: cannot open: Permission denied\n");
    struct buffer expected;
    buffer_init(&expected);
    buffer_printf(&expected, "%d d/a:0: cannot open: Permission denied\n", TRAWL_ERROR_IO);
    check_dump(file, 1, &options, buffer_string(&expected));
    buffer_release(&expected);
}

static void large_files_have_a_reason(void)
{
    const struct source_options options = {.max_document_size = 4};
    file_with("a.txt", "12345");
    file_with("b.txt", "1234");
    const char *const paths[] = {"a.txt", "b.txt"};
    check_dump(paths, 2, &options,
               "! a.txt: over the maximum document size of 4 bytes\n= b.txt\ntitle~ 1234\nbody: 1234\n");
}

static void the_format_can_be_told(void)
{
    struct source_options options = plain_options();
    options.format = TRAWL_FORMAT_TSV;
    file_with("a.txt", "1\ttext\n");
    const char *const paths[] = {"a.txt"};
    check_dump(paths, 1, &options, "= 1\nbody: text\n");
}

static void other_encodings_are_read(void)
{
    const struct source_options options = plain_options();
    file_with_bytes("a.jsonl", "\xEF\xBB\xBF{\"id\":1}\n", 12);
    file_with_bytes("b.tsv", "\xFF\xFE" "1\0\t\0\xE9\0\n\0", 10);
    const char *const paths[] = {"a.jsonl", "b.tsv"};
    check_dump(paths, 2, &options, "= 1\n= 1\nbody: \xC3\xA9\n");
}

/* --------------------------------------------------------- standard input */

/* Puts `descriptor` in the place of standard input. -> the old one */
static int exchange_input(int descriptor)
{
    const int old = dup(STDIN_FILENO);
    REQUIRE(old >= 0 && dup2(descriptor, STDIN_FILENO) == STDIN_FILENO);
    close(descriptor);
    return old;
}

static void standard_input_is_a_dash(void)
{
    struct source_options options = plain_options();
    const char *const paths[] = {"-"};
    static const char lines[] = "{\"id\":1}\n\n{}\n";
    for (int i = 0; i < 2; i++) {
        options.format = i ? TRAWL_FORMAT_JSONL : TRAWL_FORMAT_AUTO;
        const int old = exchange_input(pipe_with(lines, sizeof lines - 1, 1));
        check_dump(paths, 1, &options, "= 1\n= -:3\n");
        close(exchange_input(old));
        wait(NULL);
    }
    const int old = exchange_input(pipe_with("text", 4, 4));
    options.format = TRAWL_FORMAT_AUTO;
    check_dump(paths, 1, &options, "= -\ntitle~ text\nbody: text\n");
    close(exchange_input(old));
    wait(NULL);
}

/* ----------------------------------------------------------------- batches */

/* A hash over where batches and records begin and end. */
static uint64_t shape_of(const char *path, size_t *batches)
{
    const struct source_options options = {.format = TRAWL_FORMAT_JSONL, .max_document_size = 100000};
    struct source *source;
    struct raw_batch batch;
    struct trawl_error error = {0};
    uint64_t shape = 0;
    *batches = 0;
    raw_batch_init(&batch);
    REQUIRE_OK(source_open(&source, &path, 1, &options, &error), &error);
    int status;
    while ((status = source_next_batch(source, &batch, &error)) == 0) {
        shape = shape * 31 + batch.count;
        for (size_t i = 0; i < batch.count; i++)
            shape = shape * 31 + (batch.records[i].reason ? 1 : hash_bytes(batch.records[i].bytes, batch.records[i].length));
        CHECK(batch.count > 0);
        ++*batches;
    }
    CHECK_INT(status, 1);
    CHECK_INT(source_next_batch(source, &batch, &error), 1);
    source_close(source);
    raw_batch_release(&batch);
    return shape;
}

static void batches_depend_on_the_input_alone(void)
{
    struct buffer text;
    struct tap_random random = {9};
    buffer_init(&text);
    for (size_t i = 0; i < 5000; i++) {
        const size_t length = tap_random_below(&random, i % 500 ? 2000 : 150000);
        for (size_t at = 0; at < length; at++)
            buffer_append_u8(&text, 'x');
        buffer_append_u8(&text, '\n');
    }
    size_t batches, other;
    const uint64_t shape = shape_of(file_with_bytes("file", text.bytes, text.length), &batches);
    CHECK(batches >= 5 && batches < 20);
    static const size_t pieces[] = {4096, 5001, 65536};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        const int old = exchange_input(pipe_with(text.bytes, text.length, pieces[i]));
        CHECK_UINT(shape_of("-", &other), shape);
        CHECK_UINT(other, batches);
        close(exchange_input(old));
        wait(NULL);
    }
    buffer_release(&text);
}

static void empty_lines_do_not_swell_a_batch(void)
{
    const struct source_options options = {.format = TRAWL_FORMAT_TSV, .max_document_size = 100};
    struct source *source;
    struct raw_batch batch;
    struct trawl_error error = {0};
    struct buffer text;
    buffer_init(&text);
    for (size_t i = 0; i < 40000; i++)
        buffer_append_string(&text, "x\n");
    const char *path = file_with_bytes("file", text.bytes, text.length);
    raw_batch_init(&batch);
    REQUIRE_OK(source_open(&source, &path, 1, &options, &error), &error);
    CHECK_OK(source_next_batch(source, &batch, &error), &error);
    CHECK(batch.count > 10000 && batch.count < 20000);
    source_close(source);
    raw_batch_release(&batch);
    buffer_release(&text);
}

static void progress_reaches_the_total(void)
{
    const struct source_options options = {.max_document_size = 4};
    struct source *source;
    struct raw_batch batch;
    struct trawl_error error = {0};
    struct buffer zipped;
    uint64_t read = 0;
    buffer_init(&zipped);
    gzip_member(&zipped, "zipped text", 11);
    folder_named("d");
    file_with_bytes("d/a.gz", zipped.bytes, zipped.length);
    file_with("d/large.txt", "12345678901234567890");
    file_with_bytes("d/binary", "\0\0\0", 3);
    file_with("e.jsonl", "{\"id\":1}\n{\"id\":2}\n");
    const char *const paths[] = {tap_path("d"), tap_path("e.jsonl")};
    raw_batch_init(&batch);
    REQUIRE_OK(source_open(&source, paths, 2, &options, &error), &error);
    CHECK_UINT(source_total_bytes(source), 18);
    while (source_next_batch(source, &batch, &error) == 0)
        read += batch.bytes_read;
    CHECK_UINT(read, source_total_bytes(source));
    CHECK_UINT(read, 18 + 3 + 20 + zipped.length);
    source_close(source);
    raw_batch_release(&batch);
    buffer_release(&zipped);
}

static void memory_may_end_anywhere(void)
{
    const struct source_options options = plain_options();
    folder_named("d");
    file_with("d/a.jsonl", "{\"id\":1}\n{\"id\":2}\n");
    file_with_bytes("d/b.txt", "\0", 1);
    file_with("c.html", "<p>text");
    const char *const paths[] = {tap_path("d"), tap_path("c.html")};
    struct buffer out;
    buffer_init(&out);
    REQUIRE(buffer_reserve(&out, 1 << 16) != NULL);
    int status = TRAWL_ERROR_MEMORY;
    for (long i = 0; status && i < 500; i++) {
        struct trawl_error error = {0};
        memory_fail_after(i);
        status = dump_source(&out, paths, 2, &options, &error);
        memory_fail_after(-1);
        CHECK_THAT(status == 0 || (status == TRAWL_ERROR_MEMORY && error.code == status), "%ld: %d", i, status);
    }
    CHECK_INT(status, 0);
    buffer_release(&out);
}

TAP_MAIN("source", TAP_CASE(files_and_folders_in_order), TAP_CASE(binary_files_are_left_out_of_folders),
         TAP_CASE(zipped_files_are_opened), TAP_CASE(broken_gzip_ends_files_of_many_documents),
         TAP_CASE(missing_paths_fail_at_once),
         TAP_CASE(unreadable_files_have_a_reason), TAP_CASE(large_files_have_a_reason), TAP_CASE(the_format_can_be_told),
         TAP_CASE(other_encodings_are_read), TAP_CASE(standard_input_is_a_dash), TAP_CASE(batches_depend_on_the_input_alone),
         TAP_CASE(empty_lines_do_not_swell_a_batch), TAP_CASE(progress_reaches_the_total), TAP_CASE(memory_may_end_anywhere))
