/* Readers through trawl.h with the n-th allocation failing, for every n: each
 * call says that memory ended, or answers as it does without the fault; what
 * failed once works when it is tried again, with the same searcher. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/util/memory.h"
#include "tests/fault/engine_state.h"
#include "tests/unit/engine_fixture.h"

enum { MANY = 1 << 30, MOST_TEXT = 1 << 16 };

/* What a call answered, as text. */
struct answer {
    char text[MOST_TEXT];
    size_t length;
};

static void say(struct answer *answer, const char *text, size_t length)
{
    REQUIRE(length < MOST_TEXT - answer->length);
    memcpy(answer->text + answer->length, text, length);
    answer->length += length;
    answer->text[answer->length++] = '\n';
}

/* Times differ. */
static void say_without_time(struct answer *answer, char *json, size_t length)
{
    char *time = strstr(json, "\"took_us\":");
    if (time)
        memset(time + 10, '0', strcspn(time + 10, ","));
    const char *rest = time ? strchr(time, ',') : NULL;
    if (rest) {
        say(answer, json, (size_t)(time - json));
        say(answer, rest, length - (size_t)(rest - json));
    } else {
        say(answer, json, length);
    }
}

/* --------------------------------------------------------------------- calls */

struct reader {
    const char *folder;
    trawl_snapshot *snapshot;
    trawl_searcher *searcher;
};

/* -> the status of the first call that failed */
typedef int call(struct answer *answer, const struct reader *reader, struct trawl_error *error);

static int open_and_close(struct answer *answer, const struct reader *reader, struct trawl_error *error)
{
    trawl_snapshot *snapshot, *newer;
    trawl_searcher *searcher;
    int status = trawl_snapshot_open(&snapshot, reader->folder, error);
    if (status)
        return status;
    status = trawl_searcher_new(&searcher, snapshot, error);
    if (status == 0) {
        status = trawl_snapshot_refresh(&newer, snapshot, error);
        if (status == 0)
            say(answer, newer ? "newer" : "newest", 5);
        trawl_searcher_free(searcher);
    }
    trawl_snapshot_release(snapshot);
    return status;
}

static int search_for(struct answer *answer, const struct reader *reader, const char *query, struct trawl_error *error)
{
    static const char *const fields[] = {"title", "year", "body"};
    trawl_results *results;
    char *text;
    size_t length;
    struct trawl_field field;
    int status = trawl_search(&results, reader->searcher, query, strlen(query), NULL, error);
    if (status) {
        CHECK(results == NULL);
        return status;
    }
    status = trawl_results_json(&text, &length, results, fields, 3, error);
    if (status == 0) {
        say_without_time(answer, text, length);
        trawl_text_free(text);
        if (trawl_results_size(results))
            status = trawl_results_field(&field, results, 0, "body", 0, error);
    }
    trawl_results_free(results);
    return status < 0 ? status : 0;
}

static int search(struct answer *answer, const struct reader *reader, struct trawl_error *error)
{
    static const char *const queries[] = {
        "harbour nets -fog", "\"nets in the harbour\"~2 OR title:bread^2", "bo* AND h*", "body:loaf +(bread boats) NOT crust",
        "(unclosed \"and broken", "霧 北海", "*"};
    int status = 0;
    for (size_t i = 0; i < sizeof queries / sizeof *queries && status == 0; i++)
        status = search_for(answer, reader, queries[i], error);
    return status;
}

static int count(struct answer *answer, const struct reader *reader, struct trawl_error *error)
{
    uint64_t found = 0;
    char text[32];
    const int status = trawl_count(&found, NULL, reader->searcher, "the harbour OR \"a loaf\" n*", 26, NULL, error);
    if (status == 0)
        say(answer, text, (size_t)snprintf(text, sizeof text, "%u", (unsigned)found));
    return status;
}

static int explain(struct answer *answer, const struct reader *reader, struct trawl_error *error)
{
    int status = 0;
    for (int json = 0; json < 2 && status == 0; json++) {
        char *text;
        size_t length;
        status = trawl_explain(&text, &length, reader->searcher, "harbour title:boats \"the harbour\" n*", 36, "c", 1, json, NULL,
                               error);
        if (status == 0) {
            say(answer, text, length);
            trawl_text_free(text);
        }
    }
    return status;
}

static int walk_terms(struct answer *answer, const struct reader *reader, struct trawl_error *error)
{
    trawl_terms *terms;
    const char *term;
    size_t length;
    uint64_t documents, occurrences;
    int status = trawl_terms_open(&terms, reader->snapshot, NULL, "", 0, error);
    if (status)
        return status;
    while ((status = trawl_terms_next(terms, &term, &length, &documents, &occurrences, error)) == 0)
        say(answer, term, length);
    trawl_terms_close(terms);
    return status < 0 ? status : 0;
}

static int get(struct answer *answer, const struct reader *reader, struct trawl_error *error)
{
    trawl_stored *stored;
    size_t length;
    const int status = trawl_get(&stored, reader->snapshot, "a", 1, error);
    if (status)
        return status;
    const char *json = trawl_stored_json(stored, &length);
    if (json)
        say(answer, json, length);
    trawl_stored_free(stored);
    if (!json) /* the one call without an error */
        error->code = TRAWL_ERROR_MEMORY;
    return error->code;
}

static int say_token(void *context, const struct trawl_token *token)
{
    say(context, token->term, token->term_length);
    return 0;
}

static int analyze(struct answer *answer, const struct reader *reader, struct trawl_error *error)
{
    static const char text[] = "Running café U.S. 北海道 isn’t";
    const int status = trawl_analyze(reader->snapshot, NULL, text, sizeof text - 1, say_token, answer, error);
    return status ? status : trawl_analyze(NULL, "german", text, sizeof text - 1, say_token, answer, error);
}

static void say_size(void *context, const char *part, uint64_t bytes)
{
    char text[64];
    say(context, text, (size_t)snprintf(text, sizeof text, "%s %u", part, (unsigned)bytes));
}

static int look(struct answer *answer, const struct reader *reader, struct trawl_error *error)
{
    struct trawl_stats stats = TRAWL_STATS_INIT;
    char text[64];
    int status = trawl_snapshot_stats(&stats, reader->snapshot, error);
    if (status == 0)
        say(answer, text, (size_t)snprintf(text, sizeof text, "%u %u", (unsigned)stats.terms, (unsigned)stats.tokens));
    return status ? status : trawl_snapshot_sizes(reader->snapshot, say_size, answer, error);
}

static int verify(struct answer *answer, const struct reader *reader, struct trawl_error *error)
{
    (void)answer;
    return trawl_verify(reader->folder, NULL, NULL, error);
}

/* -------------------------------------------------------------------- faults */

static void open_reader(struct reader *reader)
{
    struct trawl_error error = {0};
    REQUIRE_OK(trawl_snapshot_open(&reader->snapshot, reader->folder, &error), &error);
    REQUIRE_OK(trawl_searcher_new(&reader->searcher, reader->snapshot, &error), &error);
}

static void close_reader(struct reader *reader)
{
    trawl_searcher_free(reader->searcher);
    trawl_snapshot_release(reader->snapshot);
}

static int try(struct answer *answer, struct reader *reader, call *what, long n, long *left, struct trawl_error *error)
{
    answer->length = 0;
    memory_fail_after(n);
    const int status = what(answer, reader, error);
    *left = memory_fail_after(-1);
    return status;
}

static void fail_each(call *what)
{
    static struct answer expected, found;
    struct reader reader = {.folder = tap_path("index")};
    struct trawl_error error = {0};
    long left;
    engine_state_make(reader.folder);
    open_reader(&reader);
    REQUIRE_OK(try(&expected, &reader, what, MANY, &left, &error), &error);
    close_reader(&reader);
    const long allocations = MANY - left;
    printf("# %ld allocations\n", allocations);
    for (long n = 0; n < allocations; n++) {
        open_reader(&reader); /* a new one, which has read nothing yet */
        const int status = try(&found, &reader, what, n, &left, &error);
        CHECK_THAT(status == TRAWL_ERROR_MEMORY || status == 0, "allocation %ld: status %d: %s", n, status, error.message);
        CHECK_THAT(error.code == status, "allocation %ld: status %d, error %d", n, status, error.code);
        CHECK_THAT(status || (found.length == expected.length && memcmp(found.text, expected.text, found.length) == 0),
                   "allocation %ld: success, but answered: %.*s", n, (int)found.length, found.text);
        error = (struct trawl_error){0};
        CHECK_OK(try(&found, &reader, what, -1, &left, &error), &error);
        CHECK_BYTES(found.text, found.length, expected.text, expected.length);
        close_reader(&reader);
    }
}

static void opening(void)
{
    fail_each(open_and_close);
}

static void searching(void)
{
    fail_each(search);
}

static void counting(void)
{
    fail_each(count);
}

static void explaining(void)
{
    fail_each(explain);
}

static void listing_terms(void)
{
    fail_each(walk_terms);
}

static void getting(void)
{
    fail_each(get);
}

static void analyzing(void)
{
    fail_each(analyze);
}

static void looking_at_figures(void)
{
    fail_each(look);
}

static void verifying(void)
{
    fail_each(verify);
}

TAP_MAIN("faults while reading", TAP_CASE(opening), TAP_CASE(searching), TAP_CASE(counting), TAP_CASE(explaining),
         TAP_CASE(listing_terms), TAP_CASE(getting), TAP_CASE(analyzing), TAP_CASE(looking_at_figures), TAP_CASE(verifying))
