#include "tests/corrupt/exercise.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tests/unit/tap.h"

enum { LONGEST_STEP = 120, MOST_TERMS = 100000, LOOKED_AT = 5 };

static const char *const queries[] = {
    "alpha",         "\"alpha beta\"",    "alpha beta gamma", "alpha AND beta", "alpha AND beta AND rare17 gamma",
    "alpha -beta",   "+alpha +beta fog",  "\"alpha nets\"~3", "al*",            "rare1*",
    "title:alpha",   "author:smith beta", "*",                "body:beta",      "title:\"beta alpha\"",
    "北海 OR 霧",    "-alpha",            "(fog OR bank)^3 NOT (nets cafe)",    "\"alpha alpha\" OR \"beta gamma delta\"",
};
enum { QUERIES = sizeof queries / sizeof *queries };

void exercise_begin(void)
{
    alarm(LONGEST_STEP);
}

/* -> the status. Success, an end, and damage that is named are what may come. */
static int note(struct exercise *exercise, int status, const struct trawl_error *error, const char *call)
{
    if (status >= 0)
        return status;
    const int may_be = status == TRAWL_ERROR_CORRUPT || status == TRAWL_ERROR_UNSUPPORTED;
    CHECK_THAT(may_be, "%s: %s: status %d (%s: %s)", exercise->what, call, status, error->file, error->message);
    CHECK_THAT(error->code == status && error->message[0], "%s: %s: status %d without an error", exercise->what, call, status);
    CHECK_THAT(status != TRAWL_ERROR_CORRUPT || error->file[0], "%s: %s: no file is named: %s", exercise->what, call,
               error->message);
    exercise->refusals++;
    if (!exercise->first.code)
        exercise->first = *error;
    return status;
}

/* ----------------------------------------------------------------- searching */

static void look_at_hit(struct exercise *exercise, trawl_results *results, size_t number)
{
    struct trawl_error error = {0};
    struct trawl_hit hit;
    struct trawl_snippet snippet;
    struct trawl_field field;
    CHECK_INT(trawl_results_hit(&hit, results, number), 0);
    for (size_t i = 0; trawl_results_snippet(&snippet, results, number, i) == 0; i++)
        for (size_t j = 0; j < snippet.span_count; j++)
            CHECK_THAT(snippet.spans[j][0] < snippet.spans[j][1] && snippet.spans[j][1] <= snippet.text_length,
                       "%s: a span outside of its snippet", exercise->what);
    note(exercise, trawl_results_field(&field, results, number, "author", 0, &error), &error, "a hit's field");
}

static void search(struct exercise *exercise, trawl_searcher *searcher, const char *query,
                   const struct trawl_search_options *options)
{
    static const char *const fields[] = {"author", "year"};
    struct trawl_error error = {0};
    trawl_results *results;
    char *text;
    size_t length;
    if (note(exercise, trawl_search(&results, searcher, query, strlen(query), options, &error), &error, query))
        return;
    for (size_t i = 0; i < trawl_results_size(results) && i < LOOKED_AT; i++)
        look_at_hit(exercise, results, i);
    if (trawl_results_size(results) <= LOOKED_AT && note(exercise, trawl_results_json(&text, &length, results, fields, 2, &error), &error, "JSON") == 0)
        trawl_text_free(text);
    trawl_results_free(results);
}

static void explain(struct exercise *exercise, trawl_searcher *searcher, const char *query, const char *id)
{
    struct trawl_error error = {0};
    char *text;
    size_t length;
    const int status = trawl_explain(&text, &length, searcher, query, strlen(query), id, strlen(id), 0, NULL, &error);
    if (status != TRAWL_ERROR_NOT_FOUND && note(exercise, status, &error, "explain") == 0)
        trawl_text_free(text);
}

static void search_all(struct exercise *exercise, trawl_snapshot *snapshot)
{
    struct trawl_search_options few = TRAWL_SEARCH_OPTIONS_INIT, all = TRAWL_SEARCH_OPTIONS_INIT;
    struct trawl_error error = {0};
    trawl_searcher *searcher;
    uint64_t count;
    few.limit = 3;
    few.no_count = 1;
    all.limit = 1000;
    all.exhaustive = 1;
    all.snippets = 0;
    all.no_titles = 1;
    if (note(exercise, trawl_searcher_new(&searcher, snapshot, &error), &error, "a searcher"))
        return;
    for (size_t i = 0; i < QUERIES; i++) {
        error = (struct trawl_error){0};
        search(exercise, searcher, queries[i], i % 2 ? &few : NULL);
        search(exercise, searcher, queries[i], &all);
        note(exercise, trawl_count(&count, NULL, searcher, queries[i], strlen(queries[i]), NULL, &error), &error, "count");
    }
    explain(exercise, searcher, "alpha \"beta gamma\" rare1*", "doc-3");
    explain(exercise, searcher, "alpha AND title:beta", "doc-240");
    trawl_searcher_free(searcher);
}

/* ------------------------------------------------------------------- reading */

static void get(struct exercise *exercise, trawl_snapshot *snapshot, const char *id)
{
    struct trawl_error error = {0};
    struct trawl_field field;
    trawl_stored *stored;
    size_t length;
    const int status = trawl_get(&stored, snapshot, id, strlen(id), &error);
    const int is_no_damage = status == TRAWL_ERROR_NOT_FOUND || status == TRAWL_ERROR_UNSUPPORTED; /* nothing is stored */
    if (is_no_damage || note(exercise, status, &error, "get"))
        return;
    for (size_t i = 0; trawl_stored_field(&field, stored, i) == 0; i++)
        CHECK(field.name_length < 1000);
    CHECK(trawl_stored_json(stored, &length) != NULL);
    trawl_stored_free(stored);
}

static void walk_terms(struct exercise *exercise, trawl_snapshot *snapshot, const char *field, const char *prefix)
{
    struct trawl_error error = {0};
    trawl_terms *terms;
    const char *term;
    size_t length;
    uint64_t documents, occurrences;
    int status = trawl_terms_open(&terms, snapshot, field, prefix, strlen(prefix), &error);
    /* A damaged list of names may have lost the field. */
    if (status == TRAWL_ERROR_ARGUMENT || note(exercise, status, &error, "terms"))
        return;
    size_t walked = 0;
    while ((status = trawl_terms_next(terms, &term, &length, &documents, &occurrences, &error)) == 0 && walked < MOST_TERMS)
        walked++;
    CHECK_THAT(walked < MOST_TERMS, "%s: terms have no end", exercise->what);
    note(exercise, status, &error, "the next term");
    trawl_terms_close(terms);
}

static void add_bytes(void *context, const char *part, uint64_t bytes)
{
    (void)part;
    *(uint64_t *)context += bytes;
}

static void read_all(struct exercise *exercise, trawl_snapshot *snapshot)
{
    static const char *const ids[] = {"doc-0", "doc-3", "doc-104", "doc-159", "doc-210", "doc-241", "doc-5", "nobody"};
    struct trawl_stats stats = TRAWL_STATS_INIT;
    struct trawl_error error = {0};
    uint64_t bytes = 0;
    note(exercise, trawl_snapshot_stats(&stats, snapshot, &error), &error, "stats");
    note(exercise, trawl_snapshot_sizes(snapshot, add_bytes, &bytes, &error), &error, "sizes");
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        get(exercise, snapshot, ids[i]);
    walk_terms(exercise, snapshot, NULL, "");
    walk_terms(exercise, snapshot, "title", "rare1");
    walk_terms(exercise, snapshot, "author", "");
}

void exercise_read(struct exercise *exercise, const char *folder, const char *what)
{
    *exercise = (struct exercise){.what = what};
    struct trawl_error error = {0};
    trawl_snapshot *snapshot;
    exercise_begin();
    if (note(exercise, trawl_snapshot_open(&snapshot, folder, &error), &error, "open") == 0) {
        read_all(exercise, snapshot);
        search_all(exercise, snapshot);
        trawl_snapshot_release(snapshot);
    }
    exercise->verdict = trawl_verify(folder, NULL, NULL, &exercise->found);
    alarm(0);
}

/* ------------------------------------------------------------------- writing */

static int add_document(trawl_writer *writer, struct trawl_error *error)
{
    const struct trawl_field field = {.name = "body", .name_length = 4, .value = "alpha fog", .value_length = 9};
    const struct trawl_document document = {.id = "doc-104", .id_length = 7, .fields = &field, .field_count = 1};
    return trawl_writer_add(writer, &document, error);
}

static int change(trawl_writer *writer, struct trawl_error *error)
{
    int status = trawl_writer_delete(writer, "doc-3", 5, NULL, error);
    if (status == 0)
        status = add_document(writer, error);
    if (status == 0)
        status = trawl_writer_merge(writer, error);
    return status ? status : trawl_writer_commit(writer, NULL, error);
}

int exercise_write(struct trawl_error *error, const char *folder, const char *what)
{
    struct trawl_writer_options options = TRAWL_WRITER_OPTIONS_INIT;
    trawl_writer *writer;
    options.create = 0;
    options.threads = 1;
    *error = (struct trawl_error){0};
    exercise_begin();
    int status = trawl_writer_open(&writer, folder, &options, error);
    if (status == 0) {
        status = change(writer, error);
        trawl_writer_close(writer);
    }
    alarm(0);
    CHECK_THAT(status == 0 || (error->code == status && error->message[0]), "%s: writing: status %d without an error", what,
               status);
    return status;
}
