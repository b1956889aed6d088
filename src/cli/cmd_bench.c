#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/cli/bench_compare.h"
#include "src/cli/bench_html.h"
#include "src/cli/bench_json.h"
#include "src/cli/bench_run.h"
#include "src/cli/bench_table.h"
#include "src/cli/bench_threads.h"
#include "src/cli/cli_complain.h"
#include "src/cli/cli_output.h"
#include "src/cli/commands.h"

static int write_page(const char *name, const struct cli_text *page)
{
    FILE *file = fopen(name, "w");
    if (!file)
        return cli_complain("%s: cannot open: %s", name, strerror(errno));
    const int is_short = fwrite(cli_text_string(page), 1, page->length, file) < page->length;
    if (fclose(file) || is_short)
        return cli_complain("%s: cannot write: %s", name, strerror(errno));
    return 0;
}

static int report(const struct bench *bench, const struct bench_groups *groups, const struct bench_compare *compare)
{
    struct cli_text out = {0};
    int status = 0;
    if (bench->settings->bench.html) {
        bench_html_add(&out, bench, groups, compare);
        status = write_page(bench->settings->bench.html, &out);
        cli_text_clear(&out);
    }
    if (bench->settings->format == CLI_FORMAT_JSON)
        bench_json_add(&out, bench, groups, compare);
    else
        bench_table_add(&out, bench, groups, compare);
    cli_output_write(&out);
    cli_text_release(&out);
    if (bench->is_unsteady)
        cli_complain_warn("the same query gave different answers from pass to pass or from thread to thread");
    if (compare && compare->difference_count)
        cli_complain_warn("%zu answers are not those of %s", compare->difference_count, compare->file);
    if (status)
        return status;
    return bench->failed || bench->is_unsteady || (compare && compare->difference_count) ? 1 : 0;
}

static int measure(struct bench *bench)
{
    const struct cli_bench_settings *settings = &bench->settings->bench;
    struct bench_groups groups;
    struct bench_compare compare = {0};
    int status = 0;
    bench_run(bench);
    if (settings->threads)
        status = bench_threads(bench, settings->threads);
    bench_groups_init(&groups, bench);
    if (status == 0 && settings->compare)
        status = bench_compare_init(&compare, bench, &groups, settings->compare);
    if (status == 0)
        status = report(bench, &groups, settings->compare ? &compare : NULL);
    bench_compare_release(&compare);
    bench_groups_release(&groups);
    return status;
}

static int open_and_measure(struct bench *bench)
{
    struct trawl_error error = {0};
    int status = cli_reader_open(&bench->reader, bench->settings);
    if (status)
        return status;
    if (trawl_snapshot_stats(&bench->stats, bench->reader.snapshot, &error))
        status = cli_complain_error(&error);
    else
        status = measure(bench);
    cli_reader_close(&bench->reader);
    return status;
}

/* What is wrong with the input is told before anything is run. */
int cmd_bench(struct cli_invocation *call)
{
    struct bench bench = {.settings = &call->settings, .file = call->operands.words[0], .stats = TRAWL_STATS_INIT};
    int status = bench_queries_read(&bench.queries, bench.file, call->settings.bench.limit);
    if (status == 0)
        status = bench_run_commands(&bench);
    if (status == 0 && call->settings.bench.compare)
        status = bench_compare_check(call->settings.bench.compare);
    if (status == 0)
        status = open_and_measure(&bench);
    for (size_t i = 0; i < bench.command_count; i++)
        free(bench.commands[i].measures);
    free(bench.commands);
    bench_queries_release(&bench.queries);
    return status;
}
