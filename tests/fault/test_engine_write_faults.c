/* Programs that write to an index through trawl.h, with the n-th allocation or
 * the n-th change of a file failing, for every n: each says that it failed, or
 * has lost nothing; and the index is afterwards at its old state or its new
 * one, sound, unlocked, and can be written to. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zlib.h>

#include "src/util/file.h"
#include "src/util/memory.h"
#include "tests/fault/engine_state.h"
#include "tests/unit/engine_fixture.h"

enum { MANY = 1 << 30, SPILLED_WORDS = 150000, LEAST_MEMORY = 16 << 20 };

/* ------------------------------------------------------------------ programs */

static int add(trawl_writer *writer, const char *id, const char *title, const char *body, struct trawl_error *error)
{
    const struct trawl_field fields[] = {
        {.name = "body", .name_length = 4, .value = body, .value_length = strlen(body)},
        {.name = "title", .name_length = 5, .value = title, .value_length = strlen(title)},
        {.name = "year", .name_length = 4, .value = "1998", .value_length = 4, .stored_only = 1},
    };
    const struct trawl_document document = {.id = id, .id_length = strlen(id), .fields = fields, .field_count = 3};
    return trawl_writer_add(writer, &document, error);
}

static int add_few(trawl_writer *writer, struct trawl_error *error)
{
    int status = add(writer, "new", "New bread", "A new loaf of bread for the harbour, and a café.", error);
    return status ? status : add(writer, "a", "Harbour", "Replaced: nobody mends nets here.", error);
}

static int delete_some(trawl_writer *writer, struct trawl_error *error)
{
    uint64_t deleted;
    int status = trawl_writer_delete(writer, "b", 1, &deleted, error);
    if (status == 0)
        status = trawl_writer_delete(writer, "no such id", 10, NULL, error);
    return status ? status : trawl_writer_delete_query(writer, "fog OR loaf", 11, &deleted, error);
}

static int add_then_delete(trawl_writer *writer, struct trawl_error *error)
{
    int status = add_few(writer, error);
    return status ? status : delete_some(writer, error);
}

static int merge(trawl_writer *writer, struct trawl_error *error)
{
    return trawl_writer_merge(writer, error);
}

/* A folder with a file of each format, made once. */
static const char *source_folder(void)
{
    static const char *const files[][2] = {
        {"a.txt", "Plain harbour\n\nSome text about nets.\n"},
        {"b.md", "# Marked bread\n\nA *loaf* of [bread](x).\n\n- one\n- two\n"},
        {"c.html", "<html><head><title>Boats &amp; nets</title><style>p{}</style></head><body><p>Fog&nbsp;over "
                   "the <b>harbour</b></p></body></html>"},
        {"d.jsonl", "{\"id\":\"j1\",\"title\":\"Boats\",\"text\":\"the harbour \\u00e9\",\"tags\":[\"x\",\"y\"],\"n\":{\"m\":[1,2]}}\n"
                    "{broken\n{\"id\":\"j2\",\"text\":\"bread\"}\n"},
        {"e.tsv", "t1\tTitle\tloaf of text\nt2\tonly text\n"},
        {".ignore", "ignored.txt\n"},
        {"ignored.txt", "must not be found\n"},
    };
    const char *folder = tap_path("sources");
    char path[1024];
    if (mkdir(folder, 0700))
        return folder;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, files[i][0]);
        FILE *file = fopen(path, "wb");
        REQUIRE(file && fputs(files[i][1], file) != EOF && fclose(file) == 0);
    }
    snprintf(path, sizeof path, "%s/f.txt.gz", folder);
    gzFile zipped = gzopen(path, "wb");
    REQUIRE(zipped && gzputs(zipped, "Zipped harbour\n") > 0 && gzclose(zipped) == Z_OK);
    return folder;
}

static int add_folder(trawl_writer *writer, struct trawl_error *error)
{
    const char *const paths[] = {tap_path("sources")};
    return trawl_writer_add_paths(writer, paths, 1, NULL, error);
}

static int add_trec(trawl_writer *writer, struct trawl_error *error)
{
    struct trawl_source_options options = TRAWL_SOURCE_OPTIONS_INIT;
    const char *const paths[] = {tap_path("old.sgml")};
    options.format = TRAWL_FORMAT_TREC;
    return trawl_writer_add_paths(writer, paths, 1, &options, error);
}

static int add_many_words(trawl_writer *writer, struct trawl_error *error)
{
    const char *const paths[] = {tap_path("words.txt")};
    return trawl_writer_add_paths(writer, paths, 1, NULL, error);
}

struct program {
    int (*run)(trawl_writer *writer, struct trawl_error *error);
    int fresh;
    unsigned threads;
    uint64_t memory;
    int starts_empty; /* the folder is not there yet */
};

/* What a program of a user does, from open to close. */
static int perform(const struct program *program, const char *folder, struct trawl_error *error)
{
    struct trawl_writer_options options = TRAWL_WRITER_OPTIONS_INIT;
    trawl_writer *writer;
    options.fresh = program->fresh;
    options.threads = program->threads;
    options.memory = program->memory;
    int status = trawl_writer_open(&writer, folder, &options, error);
    if (status)
        return status;
    status = program->run(writer, error);
    if (status == 0)
        status = trawl_writer_commit(writer, NULL, error);
    trawl_writer_close(writer);
    return status;
}

/* -------------------------------------------------------------------- faults */

enum fault { MEMORY, FULL_DISK, BROKEN_DISK, FAULTS };

static void arm(enum fault fault, long n)
{
    if (fault == MEMORY)
        memory_fail_after(n);
    else
        file_fail_after(n, fault == FULL_DISK ? ENOSPC : EIO);
}

/* -> how many more operations would have succeeded; negative (memory) or 0 (files): one failed */
static long disarm(enum fault fault)
{
    return fault == MEMORY ? memory_fail_after(-1) : file_fail_after(-1, 0);
}

struct states {
    const char *base; /* folder of the index before; not there when `program` starts with none */
    char *old, *new;
};

/* The index as it is before the program. */
static void start(const struct states *states, const struct program *program, const char *folder)
{
    engine_state_copy(folder, states->base);
    if (program->starts_empty)
        REQUIRE(remove(folder) == 0);
}

/* The state may be the old one, the new one or, where there was none, none. */
static void check_state(const struct states *states, const char *folder, int status, const char *what)
{
    struct trawl_error error = {0};
    trawl_snapshot *snapshot;
    if (!states->old && trawl_snapshot_open(&snapshot, folder, &error) == TRAWL_ERROR_NOT_FOUND) {
        CHECK_THAT(status != 0, "%s: success, but there is no index", what);
        return;
    }
    if (!states->old && error.code == 0)
        trawl_snapshot_release(snapshot);
    char *found = engine_state(folder);
    const int is_new = strcmp(found, states->new) == 0;
    CHECK_THAT(is_new || (states->old && strcmp(found, states->old) == 0), "%s: neither old nor new:\n%s", what, found);
    CHECK_THAT(status != 0 || is_new, "%s: success, but not the new state", what);
    free(found);
}

/* The next program, without a fault, brings the new state, and nothing lies about then. */
static void check_goes_on(const struct states *states, const struct program *program, const char *folder, const char *what)
{
    struct trawl_error error = {0};
    const int status = perform(program, folder, &error);
    CHECK_THAT(status == 0, "%s: the next program fails: %s", what, error.message);
    char *found = engine_state(folder);
    CHECK_THAT(strcmp(found, states->new) == 0, "%s: the next program comes to another state:\n%s", what, found);
    CHECK_THAT(engine_state_is_tidy(folder), "%s: files are left over", what);
    free(found);
}

static void check_one(const struct states *states, const struct program *program, enum fault fault, long n)
{
    const char *folder = tap_path("index");
    struct trawl_error error = {0};
    char what[64];
    snprintf(what, sizeof what, "fault %d after %ld", (int)fault, n);
    start(states, program, folder);
    arm(fault, n);
    const int status = perform(program, folder, &error);
    disarm(fault);
    CHECK_THAT(status == 0 || status == (fault == MEMORY ? TRAWL_ERROR_MEMORY : TRAWL_ERROR_IO), "%s: status %d: %s", what,
               status, error.message);
    CHECK_THAT(error.code == status && (status == 0 || error.message[0]), "%s: status %d, error %d", what, status, error.code);
    CHECK_THAT(status == 0 || fault == MEMORY || error.file[0], "%s: no file is named: %s", what, error.message);
    check_state(states, folder, status, what);
    check_goes_on(states, program, folder, what);
}

/* Runs a program with `rounds` of all its possible faults of one kind failing, spread evenly. */
static void fail_each(const struct program *program, enum fault fault, size_t rounds)
{
    static const char *const bases[FAULTS] = {"base for memory", "base for a full disk", "base for a broken disk"};
    struct states states = {.base = tap_path(bases[fault])};
    const char *folder = tap_path("index");
    struct trawl_error error = {0};
    if (program->starts_empty)
        REQUIRE(mkdir(states.base, 0700) == 0);
    else
        engine_state_make(states.base);
    states.old = program->starts_empty ? NULL : engine_state(states.base);
    start(&states, program, folder);
    arm(fault, MANY);
    REQUIRE_OK(perform(program, folder, &error), &error);
    const long operations = MANY - disarm(fault);
    states.new = engine_state(folder);
    const long step = operations > (long)tap_rounds(rounds) ? operations / (long)tap_rounds(rounds) : 1;
    printf("# %ld operations, every %ld.\n", operations, step);
    for (long n = 0; n < operations; n += step)
        check_one(&states, program, fault, n);
    free(states.old);
    free(states.new);
}

static void fail_all_kinds(const struct program *program, size_t rounds)
{
    for (enum fault fault = MEMORY; fault < FAULTS; fault++)
        fail_each(program, fault, rounds);
}

/* --------------------------------------------------------------------- cases */

static void a_new_index(void)
{
    fail_all_kinds(&(struct program){.run = add_few, .threads = 1, .starts_empty = 1}, 40);
}

static void adding_and_deleting(void)
{
    fail_all_kinds(&(struct program){.run = add_then_delete, .threads = 1}, 40);
}

static void deleting(void)
{
    fail_all_kinds(&(struct program){.run = delete_some, .threads = 1}, 20);
}

static void merging(void)
{
    fail_all_kinds(&(struct program){.run = merge, .threads = 1}, 20);
}

static void files_of_every_format(void)
{
    source_folder();
    fail_all_kinds(&(struct program){.run = add_folder, .threads = 1, .fresh = 1}, 60);
}

static void trec_files(void)
{
    FILE *file = fopen(tap_path("old.sgml"), "w");
    REQUIRE(file && fputs("<DOC>\n<DOCNO> T-1 </DOCNO>\n<TITLE>Boats</TITLE><TEXT>bread</TEXT>\n</DOC>\n", file) != EOF);
    REQUIRE(fclose(file) == 0);
    fail_all_kinds(&(struct program){.run = add_trec, .threads = 1}, 20);
}

static void several_threads(void)
{
    source_folder();
    fail_all_kinds(&(struct program){.run = add_folder, .threads = 3}, 30);
}

/* More words than the memory holds: they go to disk and are merged from there. */
static void spilling(void)
{
    FILE *file = fopen(tap_path("words.txt"), "w");
    REQUIRE(file != NULL);
    for (unsigned i = 0; i < SPILLED_WORDS; i++)
        fprintf(file, "w%u%c", i * 7919U, i % 20 ? ' ' : '\n');
    REQUIRE(fclose(file) == 0);
    fail_all_kinds(&(struct program){.run = add_many_words, .threads = 1, .memory = LEAST_MEMORY}, 2);
}

TAP_MAIN("faults while writing", TAP_CASE(a_new_index), TAP_CASE(adding_and_deleting), TAP_CASE(deleting), TAP_CASE(merging),
         TAP_CASE(files_of_every_format), TAP_CASE(trec_files), TAP_CASE(several_threads), TAP_CASE(spilling))
