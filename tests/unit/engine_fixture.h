/* Small indexes for tests of the public functions. */
#ifndef TRAWL_TESTS_ENGINE_FIXTURE_H
#define TRAWL_TESTS_ENGINE_FIXTURE_H

#include <string.h>

#include "include/trawl.h"
#include "tests/unit/tap.h"

static inline trawl_writer *fixture_writer(const char *path, const struct trawl_writer_options *options)
{
    trawl_writer *writer;
    struct trawl_error error = {0};
    REQUIRE_OK(trawl_writer_open(&writer, path, options, &error), &error);
    return writer;
}

static inline void fixture_add(trawl_writer *writer, const char *id, const char *title, const char *body)
{
    const struct trawl_field fields[] = {
        {.name = "title", .name_length = 5, .value = title, .value_length = strlen(title)},
        {.name = "body", .name_length = 4, .value = body, .value_length = strlen(body)},
    };
    const struct trawl_document document = {.id = id, .id_length = strlen(id), .fields = fields, .field_count = 2};
    struct trawl_error error = {0};
    REQUIRE_OK(trawl_writer_add(writer, &document, &error), &error);
}

static inline void fixture_commit(trawl_writer *writer)
{
    struct trawl_error error = {0};
    REQUIRE_OK(trawl_writer_commit(writer, NULL, &error), &error);
    trawl_writer_close(writer);
}

static inline trawl_searcher *fixture_searcher(const char *path)
{
    trawl_snapshot *snapshot;
    trawl_searcher *searcher;
    struct trawl_error error = {0};
    REQUIRE_OK(trawl_snapshot_open(&snapshot, path, &error), &error);
    REQUIRE_OK(trawl_searcher_new(&searcher, snapshot, &error), &error);
    trawl_snapshot_release(snapshot);
    return searcher;
}

/* The ids that a query finds, best first, with a blank between. */
static inline void fixture_ids(char *ids, size_t size, trawl_searcher *searcher, const char *query)
{
    struct trawl_search_options options = TRAWL_SEARCH_OPTIONS_INIT;
    struct trawl_error error = {0};
    trawl_results *results;
    struct trawl_hit hit;
    options.limit = 100;
    ids[0] = '\0';
    REQUIRE_OK(trawl_search(&results, searcher, query, strlen(query), &options, &error), &error);
    for (size_t i = 0; trawl_results_hit(&hit, results, i) == 0; i++)
        snprintf(ids + strlen(ids), size - strlen(ids), "%s%s", i ? " " : "", hit.id);
    trawl_results_free(results);
}

static inline void fixture_expect(trawl_searcher *searcher, const char *query, const char *expected)
{
    char ids[4096];
    fixture_ids(ids, sizeof ids, searcher, query);
    CHECK_THAT(strcmp(ids, expected) == 0, "%s: found [%s], not [%s]", query, ids, expected);
}

/* The same straight from the folder. */
static inline void fixture_expect_in(const char *path, const char *query, const char *expected)
{
    trawl_searcher *searcher = fixture_searcher(path);
    fixture_expect(searcher, query, expected);
    trawl_searcher_free(searcher);
}

#endif
