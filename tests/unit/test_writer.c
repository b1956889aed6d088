/* The public writer, seen through the public reader. */
#include "tests/unit/engine_fixture.h"

#include <stdio.h>
#include <stdlib.h>

static void make_small(const char *path)
{
    trawl_writer *writer = fixture_writer(path, NULL);
    fixture_add(writer, "a", "Harbour nets", "The boats mend their nets in the harbour.");
    fixture_add(writer, "b", "Bread", "A crust of bread, and a loaf.");
    fixture_add(writer, "c", "Boats", "Fishing boats leave the harbour at night.");
    fixture_commit(writer);
}

static void what_was_added_is_found(void)
{
    const char *path = tap_path("index");
    make_small(path);
    fixture_expect_in(path, "loaf", "b");
    fixture_expect_in(path, "+harbour +night", "c");
    fixture_expect_in(path, "\"nets in the harbour\"", "a");
    fixture_expect_in(path, "title:boats", "c");
    fixture_expect_in(path, "body:boats -night", "a");
    fixture_expect_in(path, "zebra", "");
}

static void nothing_is_kept_without_a_commit(void)
{
    const char *path = tap_path("index");
    make_small(path);
    trawl_writer *writer = fixture_writer(path, NULL);
    fixture_add(writer, "d", "Zebra", "stripes");
    trawl_writer_close(writer);
    fixture_expect_in(path, "zebra", "");
    fixture_expect_in(path, "loaf", "b");
}

static void same_id_replaces(void)
{
    const char *path = tap_path("index");
    make_small(path);
    trawl_writer *writer = fixture_writer(path, NULL);
    fixture_add(writer, "b", "Cake", "first try");
    fixture_add(writer, "b", "Cake", "second try");
    fixture_commit(writer);
    fixture_expect_in(path, "loaf", "");
    fixture_expect_in(path, "first", "");
    fixture_expect_in(path, "second", "b");
}

static void deletes_count_what_was_there(void)
{
    const char *path = tap_path("index");
    uint64_t deleted;
    struct trawl_error error = {0};
    make_small(path);
    trawl_writer *writer = fixture_writer(path, NULL);
    fixture_add(writer, "d", "Night", "night night");
    REQUIRE_OK(trawl_writer_delete(writer, "nobody", 6, &deleted, &error), &error);
    CHECK_UINT(deleted, 0);
    REQUIRE_OK(trawl_writer_delete(writer, "a", 1, &deleted, &error), &error);
    CHECK_UINT(deleted, 1);
    REQUIRE_OK(trawl_writer_delete_query(writer, "night", 5, &deleted, &error), &error);
    CHECK_UINT(deleted, 2);
    fixture_commit(writer);
    fixture_expect_in(path, "harbour night", "");
    fixture_expect_in(path, "*", "b");
}

static void settings_are_fixed(void)
{
    const char *path = tap_path("index");
    struct trawl_writer_options options = TRAWL_WRITER_OPTIONS_INIT;
    struct trawl_error error = {0};
    trawl_writer *writer;
    make_small(path);
    options.language = "german";
    CHECK_INT(trawl_writer_open(&writer, path, &options, &error), TRAWL_ERROR_SETTINGS);
    CHECK(strstr(error.message, "english") && strstr(error.message, "german"));
    error = (struct trawl_error){0};
    options.language = NULL;
    options.store = TRAWL_STORE_NONE;
    CHECK_INT(trawl_writer_open(&writer, path, &options, &error), TRAWL_ERROR_SETTINGS);
    error = (struct trawl_error){0};
    options.store = -1;
    options.positions = 0;
    CHECK_INT(trawl_writer_open(&writer, path, &options, &error), TRAWL_ERROR_SETTINGS);
    error = (struct trawl_error){0};
    options.language = "klingon";
    options.fresh = 1;
    CHECK_INT(trawl_writer_open(&writer, path, &options, &error), TRAWL_ERROR_ARGUMENT);
    fixture_expect_in(path, "loaf", "b");
}

static void fresh_replaces_at_commit(void)
{
    const char *path = tap_path("index");
    struct trawl_writer_options options = TRAWL_WRITER_OPTIONS_INIT;
    make_small(path);
    options.fresh = 1;
    options.language = "german";
    trawl_writer *writer = fixture_writer(path, &options);
    fixture_add(writer, "x", "H\xc3\xa4user", "Viele H\xc3\xa4user stehen am Hafen.");
    fixture_expect_in(path, "loaf", "b");
    fixture_commit(writer);
    fixture_expect_in(path, "haus", "x");
    fixture_expect_in(path, "loaf", "");
}

static void a_second_writer_is_refused(void)
{
    const char *path = tap_path("index");
    struct trawl_error error = {0};
    trawl_writer *second;
    make_small(path);
    trawl_writer *first = fixture_writer(path, NULL);
    CHECK_INT(trawl_writer_open(&second, path, NULL, &error), TRAWL_ERROR_LOCKED);
    trawl_writer_close(first);
    second = fixture_writer(path, NULL);
    trawl_writer_close(second);
}

static void bad_documents_are_refused_one_by_one(void)
{
    static const struct {
        const char *id, *name, *value;
        size_t id_length;
        int stored_only;
    } bad[] = {
        {"", "body", "x", 0, 0},
        {"a\nb", "body", "x", 3, 0},
        {"\xff", "body", "x", 1, 0},
        {"ok", "", "x", 2, 0},
        {"ok", "body", "\xc3\x28", 2, 0},
        {"ok", "year", "", 2, 1},
        {"ok", "year", "{\"a\":", 2, 1},
        {"ok", "year", "1 2", 2, 1},
        {"ok", "year", "[1,]", 2, 1},
        {"ok", "year", "1\", \"x\": 2", 2, 1},
    };
    const char *path = tap_path("index");
    trawl_writer *writer = fixture_writer(path, NULL);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const struct trawl_field field = {bad[i].name, strlen(bad[i].name), bad[i].value, strlen(bad[i].value),
                                         bad[i].stored_only};
        const struct trawl_document document = {bad[i].id, bad[i].id_length, &field, 1};
        struct trawl_error error = {0};
        CHECK_THAT(trawl_writer_add(writer, &document, &error) == TRAWL_ERROR_DOCUMENT, "document %zu was taken", i);
        CHECK(error.message[0] != '\0');
        CHECK(!bad[i].stored_only || strstr(error.message, "\"year\"") != NULL);
    }
    fixture_add(writer, "good", "Good", "still fine");
    fixture_commit(writer);
    fixture_expect_in(path, "fine", "good");
}

static void stored_json_stays_json(void)
{
    const char *path = tap_path("index");
    struct trawl_error error = {0};
    const struct trawl_field fields[] = {{"year", 4, " 1998 ", 6, 1}, {"tags", 4, "{\"a\":\r\n[\"b\\n\"]}", 15, 1}};
    const struct trawl_document document = {"x", 1, fields, 2};
    trawl_writer *writer = fixture_writer(path, NULL);
    trawl_snapshot *snapshot;
    trawl_stored *stored;
    size_t length;
    REQUIRE_OK(trawl_writer_add(writer, &document, &error), &error);
    fixture_commit(writer);
    REQUIRE_OK(trawl_snapshot_open(&snapshot, path, &error), &error);
    REQUIRE_OK(trawl_get(&stored, snapshot, "x", 1, &error), &error);
    CHECK_STRING(trawl_stored_json(stored, &length), "{\"id\":\"x\",\"year\": 1998 ,\"tags\":{\"a\":  [\"b\\n\"]}}");
    trawl_stored_free(stored);
    trawl_snapshot_release(snapshot);
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    REQUIRE(file != NULL);
    REQUIRE_UINT(fwrite(text, 1, strlen(text), file), strlen(text));
    REQUIRE_INT(fclose(file), 0);
}

struct heard {
    size_t skipped;
    uint64_t line;
    char message[512];
};

static void hear(void *context, int level, const struct trawl_error *error)
{
    struct heard *heard = context;
    if (level == 0)
        return;
    heard->skipped++;
    heard->line = error->offset;
    snprintf(heard->message, sizeof heard->message, "%s", error->message);
}

static void a_bad_line_is_reported_and_skipped(void)
{
    const char *path = tap_path("index");
    const char *input = tap_path("in.jsonl");
    struct heard heard = {0};
    struct trawl_writer_options options = TRAWL_WRITER_OPTIONS_INIT;
    struct trawl_commit_report report = TRAWL_COMMIT_REPORT_INIT;
    struct trawl_error error = {0};
    write_file(input, "{\"id\":1,\"text\":\"one fish\"}\n{broken\n{\"id\":2,\"text\":\"two fish\"}\n");
    options.on_document = hear;
    options.context = &heard;
    trawl_writer *writer = fixture_writer(path, &options);
    REQUIRE_OK(trawl_writer_add_paths(writer, &input, 1, NULL, &error), &error);
    REQUIRE_OK(trawl_writer_commit(writer, &report, &error), &error);
    trawl_writer_close(writer);
    CHECK_UINT(heard.skipped, 1);
    CHECK_UINT(heard.line, 2);
    CHECK_UINT(report.documents, 2);
    CHECK_UINT(report.skipped, 1);
    CHECK_UINT(report.live_documents, 2);
    fixture_expect_in(path, "fish", "1 2");
}

static void strict_takes_all_or_nothing(void)
{
    const char *path = tap_path("index");
    const char *input = tap_path("in.jsonl");
    struct trawl_writer_options options = TRAWL_WRITER_OPTIONS_INIT;
    struct trawl_error error = {0};
    make_small(path);
    write_file(input, "{\"id\":1,\"text\":\"one fish\"}\n{broken\n");
    options.strict = 1;
    for (unsigned threads = 1; threads <= 3; threads += 2) {
        options.threads = threads;
        trawl_writer *writer = fixture_writer(path, &options);
        error = (struct trawl_error){0};
        CHECK_INT(trawl_writer_add_paths(writer, &input, 1, NULL, &error), TRAWL_ERROR_DOCUMENT);
        CHECK_UINT(error.offset, 2);
        CHECK(trawl_writer_commit(writer, NULL, NULL) < 0);
        trawl_writer_close(writer);
    }
    fixture_expect_in(path, "one", "");
    fixture_expect_in(path, "loaf", "b");
}

static int refuse(void *context, const struct trawl_progress *progress)
{
    (void)context;
    (void)progress;
    return 1;
}

static void progress_can_cancel(void)
{
    const char *path = tap_path("index");
    const char *input = tap_path("in.jsonl");
    struct trawl_writer_options options = TRAWL_WRITER_OPTIONS_INIT;
    make_small(path);
    write_file(input, "{\"id\":1,\"text\":\"one fish\"}\n");
    options.progress = refuse;
    for (unsigned threads = 1; threads <= 2; threads++) {
        struct trawl_error error = {0};
        options.threads = threads;
        trawl_writer *writer = fixture_writer(path, &options);
        CHECK_INT(trawl_writer_add_paths(writer, &input, 1, NULL, &error), TRAWL_ERROR_CANCELLED);
        trawl_writer_close(writer);
    }
    fixture_expect_in(path, "one", "");
}

struct notes {
    size_t count;
    char last[512];
};

static void take_note(void *context, int level, const struct trawl_error *error)
{
    struct notes *notes = context;
    CHECK_INT(level, 0);
    CHECK_INT(error->code, TRAWL_ERROR_LIMIT);
    notes->count++;
    snprintf(notes->last, sizeof notes->last, "%s", error->message);
}

static void more_fields_than_numbers_are_still_found(void)
{
    const char *path = tap_path("index");
    enum { FIELDS = 300 };
    struct notes notes = {0};
    struct trawl_writer_options options = TRAWL_WRITER_OPTIONS_INIT;
    options.on_document = take_note;
    options.context = &notes;
    trawl_writer *writer = fixture_writer(path, &options);
    struct trawl_error error = {0};
    for (int i = 0; i < FIELDS; i++) {
        char name[24], value[24], id[16];
        snprintf(name, sizeof name, "field%d", i);
        snprintf(value, sizeof value, "value%d", i);
        snprintf(id, sizeof id, "%d", i);
        const struct trawl_field field = {name, strlen(name), value, strlen(value), 0};
        const struct trawl_document document = {id, strlen(id), &field, 1};
        REQUIRE_OK(trawl_writer_add(writer, &document, &error), &error);
    }
    CHECK_UINT(notes.count, 0);
    fixture_commit(writer);
    CHECK_UINT(notes.count, 1);
    CHECK_STRING(notes.last, "47 fields, first \"field253\", cannot be searched by name, for an index has at most 253 besides the body");
    fixture_expect_in(path, "field17:value17", "17");
    fixture_expect_in(path, "field252:value252", "252");
    fixture_expect_in(path, "value299", "299");
}

static void merging_keeps_what_is_live(void)
{
    const char *path = tap_path("index");
    struct trawl_error error = {0};
    struct trawl_stats stats = TRAWL_STATS_INIT;
    trawl_snapshot *snapshot;
    make_small(path);
    trawl_writer *writer = fixture_writer(path, NULL);
    fixture_add(writer, "b", "Bread", "new crust");
    REQUIRE_OK(trawl_writer_delete(writer, "a", 1, NULL, &error), &error);
    fixture_commit(writer);
    writer = fixture_writer(path, NULL);
    REQUIRE_OK(trawl_writer_merge(writer, &error), &error);
    fixture_commit(writer);
    REQUIRE_OK(trawl_snapshot_open(&snapshot, path, &error), &error);
    REQUIRE_OK(trawl_snapshot_stats(&stats, snapshot, &error), &error);
    CHECK_UINT(stats.segments, 1);
    CHECK_UINT(stats.documents, 2);
    CHECK_UINT(stats.deleted, 0);
    trawl_snapshot_release(snapshot);
    fixture_expect_in(path, "crust", "b");
    fixture_expect_in(path, "*", "c b");
    CHECK_OK(trawl_verify(path, NULL, NULL, &error), &error);
}

TAP_MAIN("writer", TAP_CASE(what_was_added_is_found), TAP_CASE(nothing_is_kept_without_a_commit), TAP_CASE(same_id_replaces),
         TAP_CASE(deletes_count_what_was_there), TAP_CASE(settings_are_fixed), TAP_CASE(fresh_replaces_at_commit),
         TAP_CASE(a_second_writer_is_refused), TAP_CASE(bad_documents_are_refused_one_by_one), TAP_CASE(stored_json_stays_json),
         TAP_CASE(a_bad_line_is_reported_and_skipped), TAP_CASE(strict_takes_all_or_nothing), TAP_CASE(progress_can_cancel),
         TAP_CASE(more_fields_than_numbers_are_still_found), TAP_CASE(merging_keeps_what_is_live))
