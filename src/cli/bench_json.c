#include "src/cli/bench_json.h"

#include <inttypes.h>

#include "src/cli/cli_json.h"
#include "src/cli/cli_number.h"

static void add_string(struct cli_text *out, const char *key, const char *value)
{
    cli_json_key(out, key);
    cli_json_string(out, value);
}

static void add_number(struct cli_text *out, const char *key, uint64_t value)
{
    cli_json_key(out, key);
    cli_json_number(out, value);
}

/* Microseconds and ratios: three decimals say all. */
static void add_figure(struct cli_text *out, const char *key, double value)
{
    cli_json_key(out, key);
    cli_text_printf(out, "%.3f", value);
}

void bench_json_add_settings(struct cli_text *out, const struct bench *bench)
{
    static const char *const stopwords[] = {"default", "none", "english"};
    const struct trawl_search_options *search = &bench->settings->search;
    char digits[CLI_NUMBER_SIZE];
    cli_json_open(out, '{');
    cli_json_key(out, "k1");
    cli_text_add_string(out, cli_number_float(digits, search->k1));
    cli_json_key(out, "b");
    cli_text_add_string(out, cli_number_float(digits, search->b));
    add_string(out, "stopwords", stopwords[search->stopwords]);
    cli_json_key(out, "literal");
    cli_json_boolean(out, search->literal);
    cli_json_key(out, "all");
    cli_json_boolean(out, search->all);
    add_number(out, "max_expansions", search->max_expansions);
    cli_json_close(out, '}');
}

static void add_index(struct cli_text *out, const struct trawl_stats *stats)
{
    cli_json_key(out, "index");
    cli_json_open(out, '{');
    add_number(out, "documents", stats->documents);
    add_number(out, "segments", stats->segments);
    add_number(out, "tokens", stats->tokens);
    add_number(out, "bytes", stats->bytes);
    cli_json_close(out, '}');
}

static void add_groups(struct cli_text *out, const struct bench *bench, const struct bench_groups *groups)
{
    cli_json_key(out, "groups");
    cli_json_open(out, '[');
    for (size_t i = 0; i < groups->count; i++) {
        const struct bench_group *group = &groups->list[i];
        cli_json_open(out, '{');
        add_string(out, "command", bench->commands[group->command].name);
        add_string(out, "type", group->type);
        add_number(out, "queries", group->count);
        add_figure(out, "mean_us", group->mean);
        add_figure(out, "p50_us", bench_groups_quantile(group, 0.5));
        add_figure(out, "p90_us", bench_groups_quantile(group, 0.9));
        add_figure(out, "p99_us", bench_groups_quantile(group, 0.99));
        add_figure(out, "max_us", bench_groups_quantile(group, 1));
        add_figure(out, "per_second", bench_groups_rate(group));
        cli_json_close(out, '}');
    }
    cli_json_close(out, ']');
}

static void add_throughput(struct cli_text *out, const struct bench *bench)
{
    cli_json_key(out, "throughput");
    cli_json_open(out, '[');
    for (size_t i = 0; i < 2 * bench->command_count; i++) {
        const struct bench_command *command = &bench->commands[i / 2];
        const struct bench_throughput *one = i % 2 ? &command->together : &command->alone;
        if (!one->threads)
            continue;
        cli_json_open(out, '{');
        add_string(out, "command", command->name);
        add_number(out, "threads", one->threads);
        add_number(out, "queries", one->queries);
        add_figure(out, "seconds", one->seconds);
        add_figure(out, "per_second", one->seconds > 0 ? (double)one->queries / one->seconds : 0);
        cli_json_close(out, '}');
    }
    cli_json_close(out, ']');
}

static void add_result(struct cli_text *out, const struct bench_command *command, const struct bench_query *query,
                       const struct bench_measure *measure)
{
    cli_json_open(out, '{');
    add_string(out, "command", command->name);
    cli_json_key(out, "query");
    cli_json_bytes(out, query->text, query->length);
    add_string(out, "type", query->type);
    if (query->tag_count > 1) {
        cli_json_key(out, "tags");
        cli_json_open(out, '[');
        for (size_t i = 0; i < query->tag_count; i++)
            cli_json_string(out, query->tags[i]);
        cli_json_close(out, ']');
    }
    if (measure->has_failed) {
        cli_json_key(out, "failed");
        cli_json_boolean(out, 1);
    } else {
        add_number(out, "ns", measure->ns);
        if (command->what.counts)
            add_number(out, "count", measure->count);
        add_number(out, "hits", measure->hits);
        cli_json_key(out, "digest");
        cli_text_printf(out, "\"%016" PRIx64 "\"", measure->digest);
    }
    cli_json_close(out, '}');
}

static void add_results(struct cli_text *out, const struct bench *bench)
{
    cli_json_key(out, "results");
    cli_json_open(out, '[');
    for (size_t i = 0; i < bench->command_count; i++)
        for (size_t query = 0; query < bench->queries.count; query++)
            add_result(out, &bench->commands[i], &bench->queries.list[query], &bench->commands[i].measures[query]);
    cli_json_close(out, ']');
}

static void add_place(struct cli_text *out, const struct bench *bench, size_t command, size_t query)
{
    add_string(out, "command", bench->commands[command].name);
    cli_json_key(out, "query");
    cli_json_bytes(out, bench->queries.list[query].text, bench->queries.list[query].length);
}

static void add_changes(struct cli_text *out, const struct bench *bench, const struct bench_compare *compare)
{
    cli_json_key(out, "changes");
    cli_json_open(out, '[');
    for (size_t i = 0; i < compare->change_count; i++) {
        const struct bench_change *change = &compare->changes[i];
        cli_json_open(out, '{');
        add_place(out, bench, change->command, change->query);
        add_figure(out, "ratio", change->ratio);
        add_figure(out, "before_us", change->before);
        add_figure(out, "now_us", change->now);
        cli_json_close(out, '}');
    }
    cli_json_close(out, ']');
}

static void add_differences(struct cli_text *out, const struct bench *bench, const struct bench_compare *compare)
{
    cli_json_key(out, "differences");
    cli_json_open(out, '[');
    for (size_t i = 0; i < compare->difference_count; i++) {
        const struct bench_difference *difference = &compare->differences[i];
        cli_json_open(out, '{');
        add_place(out, bench, difference->command, difference->query);
        add_string(out, "what", difference->what);
        cli_json_close(out, '}');
    }
    cli_json_close(out, ']');
}

static void add_compare(struct cli_text *out, const struct bench *bench, const struct bench_compare *compare)
{
    cli_json_key(out, "compare");
    cli_json_open(out, '{');
    add_string(out, "file", compare->file);
    cli_json_key(out, "ratios");
    cli_json_open(out, '[');
    for (size_t i = 0; i < compare->ratio_count; i++) {
        cli_json_open(out, '{');
        add_string(out, "command", bench->commands[compare->ratios[i].command].name);
        add_string(out, "type", compare->ratios[i].type);
        add_number(out, "queries", compare->ratios[i].count);
        add_figure(out, "ratio", compare->ratios[i].ratio);
        cli_json_close(out, '}');
    }
    cli_json_close(out, ']');
    add_changes(out, bench, compare);
    add_differences(out, bench, compare);
    add_number(out, "new_queries", compare->only_now);
    cli_json_close(out, '}');
}

void bench_json_add(struct cli_text *out, const struct bench *bench, const struct bench_groups *groups,
                    const struct bench_compare *compare)
{
    cli_json_open(out, '{');
    add_number(out, "trawl", 1);
    add_string(out, "version", trawl_version());
    add_string(out, "file", bench->file);
    add_number(out, "passes", bench->settings->bench.passes);
    add_number(out, "warm_up", bench->settings->bench.warm_up);
    add_number(out, "query_threads", bench->settings->search.threads);
    cli_json_key(out, "settings");
    bench_json_add_settings(out, bench);
    add_index(out, &bench->stats);
    add_groups(out, bench, groups);
    if (bench->settings->bench.threads)
        add_throughput(out, bench);
    add_results(out, bench);
    if (compare)
        add_compare(out, bench, compare);
    cli_json_close(out, '}');
    cli_text_add_byte(out, '\n');
}
