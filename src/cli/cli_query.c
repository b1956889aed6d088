#include "src/cli/cli_query.h"

#include <stdint.h>

#include "src/cli/cli_complain.h"

void cli_query_options(struct trawl_search_options *options, const struct cli_settings *settings,
                       trawl_snapshot *snapshot)
{
    *options = settings->search;
    options->timeout_us = settings->timeout_ms * 1000;
    if (settings->format == CLI_FORMAT_IDS || settings->format == CLI_FORMAT_TREC || settings->format == CLI_FORMAT_TSV)
        options->snippets = 0;
    if (settings->format == CLI_FORMAT_IDS || settings->format == CLI_FORMAT_TREC)
        options->no_titles = 1;
    if (options->limit == SIZE_MAX) {
        struct trawl_stats stats = TRAWL_STATS_INIT;
        options->limit = trawl_snapshot_stats(&stats, snapshot, NULL) ? 0 : (size_t)stats.documents;
    }
}

static void start(struct cli_answer *answer, const char *query, size_t length)
{
    *answer = (struct cli_answer){.query = query, .length = length};
}

void cli_query_search(struct cli_answer *answer, const struct cli_reader *reader, const struct cli_settings *settings,
                      const char *query, size_t length)
{
    start(answer, query, length);
    struct trawl_search_options options;
    cli_query_options(&options, settings, reader->snapshot);
    answer->status = trawl_search(&answer->results, reader->searcher, query, length, &options, &answer->error);
    int is_exact;
    if (answer->results)
        answer->count = trawl_results_total(answer->results, &is_exact);
}

void cli_query_count(struct cli_answer *answer, const struct cli_reader *reader, const struct cli_settings *settings,
                     const char *query, size_t length)
{
    start(answer, query, length);
    struct trawl_search_options options;
    cli_query_options(&options, settings, reader->snapshot);
    answer->status =
        trawl_count(&answer->count, &answer->results, reader->searcher, query, length, &options, &answer->error);
}

void cli_query_release(struct cli_answer *answer)
{
    trawl_results_free(answer->results);
    answer->results = NULL;
}

void cli_query_complain(const struct cli_answer *answer)
{
    size_t failures = 0;
    if (answer->results)
        failures = cli_complain_diagnostics(answer->results, answer->query, answer->length);
    if (answer->status && failures == 0)
        cli_complain_error(&answer->error);
}

int cli_query_status(const struct cli_answer *answer)
{
    if (answer->status)
        return CLI_EXIT_ERROR;
    return answer->count ? CLI_EXIT_FOUND : CLI_EXIT_NOTHING;
}
