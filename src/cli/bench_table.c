#include "src/cli/bench_table.h"

#include <inttypes.h>
#include <string.h>

#include "src/cli/cli_number.h"
#include "src/cli/cli_terminal.h"

enum { COMMAND_COLUMNS = 15, TYPE_COLUMNS = 20 };

/* A name, filled up with blanks, of which at least one follows. */
static void add_name(struct cli_text *out, const char *name, size_t columns)
{
    const size_t taken = cli_terminal_add_string(out, name);
    cli_text_add_blanks(out, taken < columns ? columns - taken : 1);
}

static void add_groups(struct cli_text *out, const struct bench *bench, const struct bench_groups *groups)
{
    cli_text_printf(out, "%-*s%-*s%7s %10s %10s %10s %10s %10s %10s\n", COMMAND_COLUMNS, "command", TYPE_COLUMNS, "type",
                    "n", "mean us", "p50", "p90", "p99", "max", "per s");
    for (size_t i = 0; i < groups->count; i++) {
        const struct bench_group *group = &groups->list[i];
        add_name(out, bench->commands[group->command].name, COMMAND_COLUMNS);
        add_name(out, group->type, TYPE_COLUMNS);
        cli_text_printf(out, "%7zu %10.1f %10.1f %10.1f %10.1f %10.1f %10.0f\n", group->count, group->mean,
                        bench_groups_quantile(group, 0.5), bench_groups_quantile(group, 0.9),
                        bench_groups_quantile(group, 0.99), bench_groups_quantile(group, 1), bench_groups_rate(group));
    }
}

static double rate(const struct bench_throughput *throughput)
{
    return throughput->seconds > 0 ? (double)throughput->queries / throughput->seconds : 0;
}

static void add_throughput(struct cli_text *out, const struct bench *bench)
{
    cli_text_printf(out, "\n%-*s%8s %10s %12s %9s\n", COMMAND_COLUMNS, "throughput", "threads", "queries", "per s", "times");
    for (size_t i = 0; i < bench->command_count; i++) {
        const struct bench_command *command = &bench->commands[i];
        add_name(out, command->name, COMMAND_COLUMNS);
        cli_text_printf(out, "%8u %10" PRIu64 " %12.0f\n", 1u, command->alone.queries, rate(&command->alone));
        add_name(out, command->name, COMMAND_COLUMNS);
        const double alone = rate(&command->alone), together = rate(&command->together);
        cli_text_printf(out, "%8u %10" PRIu64 " %12.0f %9.2f\n", command->together.threads, command->together.queries,
                        together, alone > 0 ? together / alone : 0);
    }
}

static void add_query(struct cli_text *out, const struct bench *bench, size_t query)
{
    cli_terminal_add(out, bench->queries.list[query].text, bench->queries.list[query].length);
    cli_text_add_byte(out, '\n');
}

static void add_ratios(struct cli_text *out, const struct bench *bench, const struct bench_compare *compare)
{
    cli_text_add_string(out, "\ntime now by time then, geometric mean, beside ");
    cli_terminal_add_string(out, compare->file);
    cli_text_printf(out, "\n%-*s%-*s%7s %10s\n", COMMAND_COLUMNS, "command", TYPE_COLUMNS, "type", "n", "ratio");
    for (size_t i = 0; i < compare->ratio_count; i++) {
        const struct bench_ratio *ratio = &compare->ratios[i];
        add_name(out, bench->commands[ratio->command].name, COMMAND_COLUMNS);
        add_name(out, ratio->type, TYPE_COLUMNS);
        cli_text_printf(out, "%7zu %10.3f\n", ratio->count, ratio->ratio);
    }
}

static void add_changes(struct cli_text *out, const struct bench *bench, const struct bench_compare *compare)
{
    const size_t most = bench->settings->bench.show;
    const size_t shown = compare->change_count < most ? compare->change_count : most;
    if (!shown)
        return;
    cli_text_printf(out, "\nchanges, worst first (%zu of %zu)\n%10s %10s %10s  %-*squery\n", shown, compare->change_count,
                    "ratio", "before us", "now us", COMMAND_COLUMNS, "command");
    for (size_t i = 0; i < shown; i++) {
        const struct bench_change *change = &compare->changes[i];
        cli_text_printf(out, "%10.3f %10.1f %10.1f  ", change->ratio, change->before, change->now);
        add_name(out, bench->commands[change->command].name, COMMAND_COLUMNS);
        add_query(out, bench, change->query);
    }
}

/* All of them: a wrong answer is worse than a slow one. */
static void add_differences(struct cli_text *out, const struct bench *bench, const struct bench_compare *compare)
{
    cli_text_printf(out, "\n%zu of %zu answers differ\n", compare->difference_count, compare->change_count);
    for (size_t i = 0; i < compare->difference_count; i++) {
        const struct bench_difference *difference = &compare->differences[i];
        add_name(out, bench->commands[difference->command].name, COMMAND_COLUMNS);
        add_name(out, difference->what, 2 * COMMAND_COLUMNS);
        add_query(out, bench, difference->query);
    }
    if (compare->only_now)
        cli_text_printf(out, "%zu were not run then\n", compare->only_now);
}

void bench_table_add(struct cli_text *out, const struct bench *bench, const struct bench_groups *groups,
                     const struct bench_compare *compare)
{
    add_groups(out, bench, groups);
    if (bench->settings->bench.threads)
        add_throughput(out, bench);
    if (compare) {
        add_ratios(out, bench, compare);
        add_changes(out, bench, compare);
        add_differences(out, bench, compare);
    }
}
