#include "src/engine/searcher.h"

#include <string.h>
#include <time.h>

#include "src/engine/options.h"
#include "src/engine/results.h"
#include "src/match/match.h"
#include "src/util/memory.h"

enum { MAX_CLAUSES = 1024, MAX_DEPTH = 128 };

int trawl_searcher_new(trawl_searcher **searcher, trawl_snapshot *snapshot, struct trawl_error *error)
{
    error_begin(error);
    struct trawl_searcher *made = memory_alloc_zero(1, sizeof *made);
    *searcher = NULL;
    if (!made)
        return error_memory(error);
    arena_init(&made->arena);
    crew_init(&made->crew);
    made->snapshot = snapshot;
    made->share = reader_share_new(snapshot);
    const int status = made->share ? analysis_new(&made->analysis, snapshot->analyzer, error) : error_memory(error);
    if (status) {
        trawl_searcher_free(made);
        return status;
    }
    *searcher = made;
    return 0;
}

void trawl_searcher_free(trawl_searcher *searcher)
{
    if (!searcher)
        return;
    analysis_free(searcher->analysis);
    reader_share_release(searcher->share);
    arena_release(&searcher->arena);
    crew_release(&searcher->crew);
    memory_free(searcher);
}

static uint64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * UINT64_C(1000000000) + (uint64_t)now.tv_nsec;
}

/* Without a word from the user English indexes drop stopwords and others keep
 * them: docs/PERFORMANCE.md has the measurement. */
static int drops_stopwords(const struct trawl_search_options *options, const struct analyzer *analyzer)
{
    if (options->stopwords == TRAWL_STOPWORDS_DEFAULT)
        return strcmp(analyzer_language(analyzer), "english") == 0;
    return options->stopwords == TRAWL_STOPWORDS_ENGLISH;
}

/* Where a body stands among other fields of a document is told from positions. */
static uint32_t blurred_field(const struct manifest *manifest)
{
    const int has_others = manifest->field_count > FIELD_BODY + 1;
    return has_others && !manifest->has_positions ? FIELD_BODY : FIELD_DEFAULT;
}

int searcher_parse(struct query *query, struct trawl_searcher *searcher, const uint8_t *text, size_t length,
                   const struct trawl_search_options *options, struct arena *arena, struct trawl_error *error)
{
    struct trawl_snapshot *snapshot = searcher->snapshot;
    const struct query_options parsing = {
        .literal = options->literal,
        .all = options->all,
        .strict = options->strict,
        .drop_stopwords = drops_stopwords(options, snapshot->analyzer),
        .max_clauses = MAX_CLAUSES,
        .max_depth = MAX_DEPTH,
        .has_positions = snapshot->index->manifest.has_positions,
        .blurred_field = blurred_field(&snapshot->index->manifest),
        .find_field = reader_find_field,
        .context = snapshot,
    };
    const int status = query_parse(query, text, length, searcher->analysis, &parsing, arena, error);
    if (status == 0 && snapshot->analysis_differs)
        return query_add_diagnostic(query, TRAWL_WARNING, "analysis-differs", 0, 0, "",
                                    "the index was built by another analysis (%s); some words may not be found",
                                    snapshot->index->manifest.analysis);
    return status;
}

/* A query that could not be run still has its diagnostics to give. */
static int is_query_fault(int status)
{
    return status == TRAWL_ERROR_QUERY || status == TRAWL_ERROR_LIMIT;
}

/* 0: none, as for a time that has no end. */
static uint64_t deadline_of(uint64_t start, uint64_t timeout_us)
{
    return timeout_us > (UINT64_MAX - start) / 1000 ? 0 : timeout_us ? start + timeout_us * 1000 : 0;
}

static int run(struct trawl_results *results, struct match_results *found, struct trawl_searcher *searcher,
               const struct trawl_search_options *options, size_t limit, struct trawl_error *error)
{
    const uint64_t start = now_ns();
    const struct match_options matching = {
        .k1 = options->k1,
        .b = options->b,
        .limit = limit,
        .count = limit == 0 || !options->no_count,
        .exhaustive = options->exhaustive,
        .max_expansions = options->max_expansions,
        .strict = options->strict || limit == 0,
        .deadline_ns = deadline_of(start, options->timeout_us),
        .room = &searcher->room,
        .crew = &searcher->crew,
        .threads = options->threads,
    };
    memset(found, 0, sizeof *found);
    int status = searcher_parse(&results->query, searcher, results->text, results->text_length, options, &results->arena, error);
    if (status == 0)
        status = match_search(found, searcher->snapshot->index, &results->query, &matching, &searcher->arena, error);
    results->search_ns = now_ns() - start;
    if (status == 0)
        results->parsed = query_canonical(&results->query, reader_field_name, searcher->snapshot);
    return status == 0 && !results->parsed ? error_memory(error) : status;
}

int trawl_search(trawl_results **results, trawl_searcher *searcher, const char *query, size_t length,
                 const struct trawl_search_options *options, struct trawl_error *error)
{
    error_begin(error);
    struct trawl_search_options read;
    struct match_results found;
    *results = NULL;
    int status = options_read_search(&read, options, error);
    if (status)
        return status;
    struct trawl_results *made = results_new(searcher->share, query, length);
    if (!made)
        return error_memory(error);
    arena_reset(&searcher->arena);
    status = run(made, &found, searcher, &read, read.limit ? read.offset + read.limit : 0, error);
    if (status == 0)
        status = results_fill(made, &found, searcher->analysis, &read, error);
    if (status && !is_query_fault(status)) {
        trawl_results_free(made);
        return status;
    }
    *results = made;
    return status;
}

int trawl_count(uint64_t *count, trawl_results **results, trawl_searcher *searcher, const char *query, size_t length,
                const struct trawl_search_options *options, struct trawl_error *error)
{
    error_begin(error);
    struct trawl_search_options read;
    struct trawl_results *made;
    int status = options_read_search(&read, options, error);
    if (results)
        *results = NULL;
    if (status)
        return status;
    read.limit = read.offset = 0;
    read.no_count = 0;
    status = trawl_search(&made, searcher, query, length, &read, error);
    if (status == 0)
        *count = made->total;
    if (results)
        *results = made;
    else
        trawl_results_free(made);
    return status;
}
