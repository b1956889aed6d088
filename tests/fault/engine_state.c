#include "tests/fault/engine_state.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "include/trawl.h"
#include "tests/unit/engine_fixture.h"

/* ------------------------------------------------------------------ one text */

struct text {
    char *bytes;
    size_t length, capacity;
};

static void add(struct text *text, const char *bytes, size_t length)
{
    if (text->length + length + 1 > text->capacity) {
        text->capacity = 2 * (text->length + length + 1);
        text->bytes = realloc(text->bytes, text->capacity);
        REQUIRE(text->bytes != NULL);
    }
    memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = '\0';
}

static void add_stored(struct text *text, trawl_snapshot *snapshot, const struct trawl_hit *hit)
{
    struct trawl_error error = {0};
    trawl_stored *stored;
    size_t length;
    REQUIRE_OK(trawl_get(&stored, snapshot, hit->id, hit->id_length, &error), &error);
    const char *json = trawl_stored_json(stored, &length);
    REQUIRE(json != NULL);
    add(text, json, length);
    trawl_stored_free(stored);
}

static void add_answer(struct text *text, trawl_snapshot *snapshot, trawl_searcher *searcher, const char *query, int with_stored)
{
    struct trawl_search_options options = TRAWL_SEARCH_OPTIONS_INIT;
    struct trawl_error error = {0};
    trawl_results *results;
    struct trawl_hit hit;
    options.limit = 1000;
    add(text, query, strlen(query));
    add(text, ":\n", 2);
    REQUIRE_OK(trawl_search(&results, searcher, query, strlen(query), &options, &error), &error);
    for (size_t i = 0; trawl_results_hit(&hit, results, i) == 0; i++) {
        char score[64];
        add(text, score, (size_t)snprintf(score, sizeof score, "  %.9g ", (double)hit.score));
        add(text, hit.id, hit.id_length);
        if (with_stored)
            add_stored(text, snapshot, &hit);
        add(text, "\n", 1);
    }
    trawl_results_free(results);
}

char *engine_state(const char *folder)
{
    static const char *const queries[] = {"harbour nets", "\"the harbour\"", "title:boats", "bre*", "-loaf"};
    struct text text = {0};
    struct trawl_error error = {0};
    trawl_snapshot *snapshot;
    trawl_searcher *searcher;
    REQUIRE_OK(trawl_verify(folder, NULL, NULL, &error), &error);
    REQUIRE_OK(trawl_snapshot_open(&snapshot, folder, &error), &error);
    REQUIRE_OK(trawl_searcher_new(&searcher, snapshot, &error), &error);
    add_answer(&text, snapshot, searcher, "*", 1);
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        add_answer(&text, snapshot, searcher, queries[i], 0);
    trawl_searcher_free(searcher);
    trawl_snapshot_release(snapshot);
    return text.bytes;
}

/* ------------------------------------------------------------------- an index */

void engine_state_make(const char *folder)
{
    struct trawl_writer_options options = TRAWL_WRITER_OPTIONS_INIT;
    struct trawl_error error = {0};
    options.threads = 1;
    trawl_writer *writer = fixture_writer(folder, &options);
    fixture_add(writer, "a", "Harbour nets", "The boats mend their nets in the harbour. Nobody hurries.");
    fixture_add(writer, "b", "Bread", "A crust of bread, and \"a loaf\".");
    fixture_add(writer, "c", "Boats", "Fishing boats leave the harbour at night.");
    fixture_add(writer, "d", "Loaf", "Another loaf of bread in the harbour.");
    fixture_add(writer, "e", "", "Nets and nets and nets.");
    fixture_add(writer, "f", "Night", "The night is long, the bread is short.");
    fixture_commit(writer);
    writer = fixture_writer(folder, &options);
    fixture_add(writer, "g", "Fog", "Fog over the harbour.");
    fixture_add(writer, "h", "北海", "霧は港を二日間隠した。");
    REQUIRE_OK(trawl_writer_delete(writer, "f", 1, NULL, &error), &error);
    fixture_commit(writer);
}

/* --------------------------------------------------------------------- files */

static void copy_file(const char *to, const char *from)
{
    static char bytes[1 << 16];
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    REQUIRE(in && out);
    for (size_t length; (length = fread(bytes, 1, sizeof bytes, in)) > 0;)
        REQUIRE(fwrite(bytes, 1, length, out) == length);
    REQUIRE(fclose(in) == 0 && fclose(out) == 0);
}

void engine_state_copy(const char *to, const char *from)
{
    tap_empty_folder(to);
    DIR *folder = opendir(from);
    char source[1024], target[1024];
    for (const struct dirent *entry; folder && (entry = readdir(folder));) {
        if (entry->d_name[0] == '.')
            continue;
        snprintf(source, sizeof source, "%s/%s", from, entry->d_name);
        snprintf(target, sizeof target, "%s/%s", to, entry->d_name);
        copy_file(target, source);
    }
    if (folder)
        closedir(folder);
}

int engine_state_is_tidy(const char *path)
{
    struct trawl_stats stats = TRAWL_STATS_INIT;
    struct trawl_error error = {0};
    trawl_snapshot *snapshot;
    size_t segments = 0, unfinished = 0;
    REQUIRE_OK(trawl_snapshot_open(&snapshot, path, &error), &error);
    REQUIRE_OK(trawl_snapshot_stats(&stats, snapshot, &error), &error);
    trawl_snapshot_release(snapshot);
    DIR *folder = opendir(path);
    for (const struct dirent *entry; folder && (entry = readdir(folder));) {
        segments += strstr(entry->d_name, ".seg") != NULL;
        unfinished += strstr(entry->d_name, ".tmp") != NULL;
    }
    if (folder)
        closedir(folder);
    return segments == stats.segments && unfinished == 0;
}
