/* The same input gives the same segment, byte for byte, for any number of
 * threads and any memory budget. */
#include "tests/unit/engine_fixture.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* Words of a Zipf-like distribution: rank is a power of a uniform number. */
static void write_words(FILE *file, struct tap_random *random, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const uint64_t spread = UINT64_C(1) << tap_random_below(random, 16);
        fprintf(file, "w%" PRIx64 "%s", tap_random_below(random, spread), i % 11 == 10 ? ". " : " ");
    }
}

/* Lines with ids that come again, fields that come now and then, and lines that are no JSON. */
static void write_input(const char *path, uint64_t seed, size_t lines, size_t longest)
{
    struct tap_random random = {seed};
    FILE *file = fopen(path, "wb");
    REQUIRE(file != NULL);
    for (size_t i = 0; i < lines; i++) {
        if (tap_random_below(&random, 97) == 0) {
            fputs("{no json}\n", file);
            continue;
        }
        fprintf(file, "{\"id\":\"d%" PRIu64 "\",", tap_random_below(&random, lines * 4));
        if (tap_random_below(&random, 3) == 0) {
            fprintf(file, "\"note%" PRIu64 "\":\"", tap_random_below(&random, 5));
            write_words(file, &random, 3);
            fputs("\",", file);
        }
        fputs("\"title\":\"", file);
        write_words(file, &random, 4);
        fputs("\",\"text\":\"", file);
        write_words(file, &random, tap_random_below(&random, longest));
        fputs("\"}\n", file);
    }
    REQUIRE_INT(fclose(file), 0);
}

static void index_input(const char *path, const char *input, unsigned threads, uint64_t memory, int store)
{
    struct trawl_writer_options options = TRAWL_WRITER_OPTIONS_INIT;
    struct trawl_error error = {0};
    options.threads = threads;
    options.memory = memory;
    options.store = store;
    trawl_writer *writer = fixture_writer(path, &options);
    REQUIRE_OK(trawl_writer_add_paths(writer, &input, 1, NULL, &error), &error);
    fixture_commit(writer);
    CHECK_OK(trawl_verify(path, NULL, NULL, &error), &error);
}

/* The only segment of an index. */
static char *read_segment(const char *folder, size_t *length)
{
    char path[4096] = "";
    DIR *directory = opendir(folder);
    REQUIRE(directory != NULL);
    for (const struct dirent *entry; (entry = readdir(directory));)
        if (strstr(entry->d_name, ".seg")) {
            REQUIRE_STRING(path, "");
            snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        }
    closedir(directory);
    FILE *file = fopen(path, "rb");
    REQUIRE(file != NULL);
    fseek(file, 0, SEEK_END);
    *length = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*length);
    REQUIRE(bytes != NULL);
    REQUIRE_UINT(fread(bytes, 1, *length, file), *length);
    fclose(file);
    return bytes;
}

static void compare_builds(const char *input, int store)
{
    static const struct {
        unsigned threads;
        uint64_t memory;
    } ways[] = {{2, 0}, {5, 0}, {1, 16 << 20}, {3, 16 << 20}};
    size_t length, other_length;
    const char *first = tap_path(store ? "one-without" : "one");
    index_input(first, input, 1, 0, store);
    char *bytes = read_segment(first, &length);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        char name[32];
        snprintf(name, sizeof name, "way-%d-%zu", store, i);
        index_input(tap_path(name), input, ways[i].threads, ways[i].memory, store);
        char *other = read_segment(tap_path(name), &other_length);
        CHECK_THAT(other_length == length && memcmp(other, bytes, length) == 0,
                   "%u threads and %" PRIu64 " bytes of memory gave another segment", ways[i].threads, ways[i].memory);
        free(other);
    }
    free(bytes);
}

static void same_bytes_with_stored_text(void)
{
    const char *input = tap_path("in.jsonl");
    write_input(input, 11, tap_rounds(8000), 300);
    compare_builds(input, TRAWL_STORE_TEXT);
}

static void same_bytes_without(void)
{
    const char *input = tap_path("in.jsonl");
    write_input(input, 12, tap_rounds(8000), 300);
    compare_builds(input, TRAWL_STORE_NONE);
}

/* Documents so large that each goes through alone, side by side and among small ones. */
static void same_bytes_with_large_documents(void)
{
    enum { LARGE_WORDS = 1500000 };
    const char *input = tap_path("large.jsonl");
    write_input(input, 14, 2000, 100);
    struct tap_random random = {15};
    FILE *file = fopen(input, "ab");
    REQUIRE(file != NULL);
    for (int i = 0; i < 6; i++) {
        fprintf(file, "{\"id\":\"large%d\",\"text\":\"\\n", i);
        write_words(file, &random, i % 3 == 2 ? 10 : LARGE_WORDS);
        fputs("\"}\n", file);
    }
    REQUIRE(ftell(file) > 4 * (5 << 20));
    REQUIRE_INT(fclose(file), 0);
    compare_builds(input, TRAWL_STORE_TEXT);
}

static uint64_t count_reordered(const char *path)
{
    struct trawl_stats stats = TRAWL_STATS_INIT;
    struct trawl_error error = {0};
    trawl_snapshot *snapshot;
    REQUIRE_OK(trawl_snapshot_open(&snapshot, path, &error), &error);
    REQUIRE_OK(trawl_snapshot_stats(&stats, snapshot, &error), &error);
    trawl_snapshot_release(snapshot);
    CHECK_UINT(stats.segments, 1);
    return stats.reordered;
}

/* Enough documents to be put into another order. */
static void same_bytes_when_reordered(void)
{
    const char *input = tap_path("in.jsonl");
    write_input(input, 13, 20000, 40);
    compare_builds(input, TRAWL_STORE_NONE);
    CHECK_UINT(count_reordered(tap_path("one-without")), 1);
}

static void nothing_is_reordered_unasked(void)
{
    const char *input = tap_path("in.jsonl"), *path = tap_path("plain");
    struct trawl_writer_options options = TRAWL_WRITER_OPTIONS_INIT;
    struct trawl_error error = {0};
    write_input(input, 13, 20000, 5);
    options.no_reorder = 1;
    trawl_writer *writer = fixture_writer(path, &options);
    REQUIRE_OK(trawl_writer_add_paths(writer, &input, 1, NULL, &error), &error);
    fixture_commit(writer);
    CHECK_UINT(count_reordered(path), 0);
    write_input(input, 13, 10000, 5);
    index_input(tap_path("small"), input, 2, 0, TRAWL_STORE_NONE);
    CHECK_UINT(count_reordered(tap_path("small")), 0);
}

TAP_MAIN("load_threads", TAP_CASE(same_bytes_with_stored_text), TAP_CASE(same_bytes_without),
         TAP_CASE(same_bytes_with_large_documents), TAP_CASE(same_bytes_when_reordered), TAP_CASE(nothing_is_reordered_unasked))
