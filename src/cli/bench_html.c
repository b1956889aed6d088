#include "src/cli/bench_html.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "src/cli/bench_chart.h"
#include "src/cli/cli_number.h"

static const char style[] =
    ":root{color-scheme:light dark;--page:#f7f8fa;--panel:#fff;--ink:#1c2128;--quiet:#5b6470;--line:#dde1e6;"
    "--good:#1a7f45;--bad:#c4341b;"
    "--s0:#2563c9;--s1:#d4570a;--s2:#26834a;--s3:#8d3bb0;--s4:#0a7c8f;--s5:#c02560;--s6:#7d6200;--s7:#5a6673}\n"
    "@media (prefers-color-scheme:dark){:root{--page:#14171b;--panel:#1c2026;--ink:#e5e8ec;--quiet:#98a2ae;"
    "--line:#323842;--good:#57c785;--bad:#ff8466;"
    "--s0:#6fa3f5;--s1:#f5953d;--s2:#5cc983;--s3:#c98be6;--s4:#46c3d6;--s5:#f27ba5;--s6:#d9bc45;--s7:#a5b0bc}}\n"
    "*{box-sizing:border-box}body{margin:0;background:var(--page);color:var(--ink);"
    "font:15px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif}\n"
    "main{max-width:76rem;margin:0 auto;padding:2rem 1.25rem 4rem}h1{font-size:1.7rem;margin:0}"
    "h2{font-size:1.15rem;margin:0 0 .6rem}h3{font-size:.95rem;margin:1rem 0 .3rem}p{margin:.3rem 0}.quiet{color:var(--quiet)}\n"
    "section{background:var(--panel);border:1px solid var(--line);border-radius:10px;padding:1.1rem 1.25rem;margin-top:1.1rem}\n"
    ".tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:.8rem;margin-top:1.1rem}"
    ".tiles div{background:var(--panel);border:1px solid var(--line);border-radius:10px;padding:.8rem 1rem}"
    ".tiles b{display:block;font-size:1.5rem;line-height:1.3}\n"
    ".charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,30rem),1fr));gap:1rem 2rem;align-items:start}"
    "figure{margin:0}figcaption{color:var(--quiet);font-size:.85rem;margin-bottom:.2rem}svg{display:block;width:100%;height:auto}\n"
    ".scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}"
    "th,td{padding:.22rem .7rem;text-align:right;white-space:nowrap;border-bottom:1px solid var(--line)}"
    "th{color:var(--quiet);font-weight:600;font-size:.85rem}"
    "th.l,td.l{text-align:left}td.q{text-align:left;white-space:normal;overflow-wrap:anywhere;"
    "font-family:ui-monospace,monospace;font-size:.88rem}tr.all td{font-weight:600;border-bottom:2px solid var(--line)}"
    "tbody tr:hover{background:color-mix(in srgb,var(--line) 35%,transparent)}\n"
    "details{margin-top:.8rem}summary{cursor:pointer;color:var(--quiet)}.good{color:var(--good)}.bad{color:var(--bad)}\n"
    ".dot{display:inline-block;width:.7em;height:.7em;border-radius:3px;margin-right:.45em;background:var(--quiet)}\n"
    ".key{margin-right:1.1em;white-space:nowrap}.grid{stroke:var(--line);stroke-width:1}.tick{fill:var(--quiet);font-size:11.5px}.name{fill:currentColor;font-size:13px;"
    "font-weight:600}rect{fill:currentColor;opacity:.75}rect:hover{opacity:1}.p50{stroke:var(--ink);stroke-width:1.6}"
    ".p99{stroke:var(--ink);stroke-width:1.4;stroke-dasharray:3 2}.curve{fill:none;stroke:currentColor;stroke-width:2;"
    "stroke-linejoin:round}.curve:hover{stroke-width:3.5}\n"
    ".s0{color:var(--s0)}.s1{color:var(--s1)}.s2{color:var(--s2)}.s3{color:var(--s3)}.s4{color:var(--s4)}"
    ".s5{color:var(--s5)}.s6{color:var(--s6)}.s7{color:var(--s7)}.dot[class*=\" s\"]{background:currentColor}\n"
    "@media print{section,.tiles div{break-inside:avoid}}\n";

static void add_text(struct cli_text *out, const char *string)
{
    bench_chart_add_escaped(out, string, strlen(string));
}

/* A cell of `class`, or one without. */
static void add_cell(struct cli_text *out, const char *class, const char *string)
{
    cli_text_printf(out, *class ? "<td class=\"%s\">" : "<td%s>", class);
    add_text(out, string);
    cli_text_add_string(out, "</td>");
}

static void add_type(struct cli_text *out, const struct bench_groups *groups, const char *type, int is_all)
{
    if (is_all)
        cli_text_add_string(out, "<td class=\"l\"><span class=\"dot\"></span>");
    else
        cli_text_printf(out, "<td class=\"l\"><span class=\"dot s%zu\"></span>", bench_chart_color(groups, type));
    add_text(out, type);
    cli_text_add_string(out, "</td>");
}

static void add_query(struct cli_text *out, const struct bench *bench, size_t query)
{
    cli_text_add_string(out, "<td class=\"q\">");
    bench_chart_add_escaped(out, bench->queries.list[query].text, bench->queries.list[query].length);
    cli_text_add_string(out, "</td>");
}

/* Heads of columns, apart by tabs; the first `left` of them stand left. */
static void open_table(struct cli_text *out, const char *heads, size_t left)
{
    cli_text_add_string(out, "<div class=\"scroll\"><table><thead><tr>");
    for (const char *at = heads; at; left -= left > 0) {
        const char *tab = strchr(at, '\t');
        cli_text_printf(out, "<th%s>", left ? " class=\"l\"" : "");
        cli_text_add(out, at, tab ? (size_t)(tab - at) : strlen(at));
        cli_text_add_string(out, "</th>");
        at = tab ? tab + 1 : NULL;
    }
    cli_text_add_string(out, "</tr></thead><tbody>\n");
}

static void close_table(struct cli_text *out)
{
    cli_text_add_string(out, "</tbody></table></div>\n");
}

/* ----------------------------------------------------------------- the head */

static void add_facts(struct cli_text *out, const struct bench *bench)
{
    char number[CLI_NUMBER_SIZE], date[32] = "";
    const time_t now = time(NULL);
    struct tm parts;
    if (gmtime_r(&now, &parts))
        strftime(date, sizeof date, "%Y-%m-%d %H:%M UTC", &parts);
    cli_text_printf(out, "<p class=\"quiet\">%s queries of ", cli_number_grouped(number, bench->queries.count));
    add_text(out, bench->file);
    cli_text_printf(out, " · %s documents", cli_number_grouped(number, bench->stats.documents));
    cli_text_printf(out, ", %s tokens", cli_number_grouped(number, bench->stats.tokens));
    cli_text_printf(out, ", index of %s in %" PRIu64 " segment%s", cli_number_bytes(number, bench->stats.bytes),
                    bench->stats.segments, bench->stats.segments == 1 ? "" : "s");
    cli_text_printf(out, " · k1 %s", cli_number_float(number, bench->settings->search.k1));
    cli_text_printf(out, ", b %s", cli_number_float(number, bench->settings->search.b));
    cli_text_printf(out, " · fastest of %" PRIu64 " passes, after %" PRIu64 " to warm up · Trawl %s · %s</p>\n",
                    bench->settings->bench.passes, bench->settings->bench.warm_up, trawl_version(), date);
}

static const struct bench_group *last_group(const struct bench_groups *groups, size_t command)
{
    for (size_t i = groups->count; i-- > 0;)
        if (groups->list[i].command == command)
            return &groups->list[i];
    return NULL;
}

/* A command in a glance: its last group is that of all queries. */
static void add_tiles(struct cli_text *out, const struct bench *bench, const struct bench_groups *groups)
{
    cli_text_add_string(out, "<div class=\"tiles\">");
    for (size_t i = 0; i < bench->command_count; i++) {
        const struct bench_group *group = last_group(groups, i);
        if (!group)
            continue;
        cli_text_add_string(out, "<div><span class=\"quiet\">");
        add_text(out, bench->commands[i].name);
        cli_text_add_string(out, "</span><b>");
        bench_chart_add_time(out, group->mean);
        cli_text_add_string(out, "</b><span class=\"quiet\">mean · p99 ");
        bench_chart_add_time(out, bench_groups_quantile(group, 0.99));
        cli_text_add_string(out, "</span></div>");
    }
    cli_text_add_string(out, "</div>\n");
}

/* --------------------------------------------------------------- the tables */

static void add_figures(struct cli_text *out, const struct bench *bench, const struct bench_groups *groups)
{
    cli_text_add_string(out, "<section><h2>Microseconds per query</h2>\n");
    open_table(out, "command\ttype\tqueries\tmean\tp50\tp90\tp99\tmax\tper second", 2);
    for (size_t i = 0; i < groups->count; i++) {
        const struct bench_group *group = &groups->list[i];
        char number[CLI_NUMBER_SIZE];
        cli_text_add_string(out, group->is_all ? "<tr class=\"all\">" : "<tr>");
        add_cell(out, "l", bench->commands[group->command].name);
        add_type(out, groups, group->type, group->is_all);
        add_cell(out, "", cli_number_grouped(number, group->count));
        cli_text_printf(out, "<td>%.1f</td><td>%.1f</td><td>%.1f</td><td>%.1f</td><td>%.1f</td>", group->mean,
                        bench_groups_quantile(group, 0.5), bench_groups_quantile(group, 0.9),
                        bench_groups_quantile(group, 0.99), bench_groups_quantile(group, 1));
        add_cell(out, "", cli_number_grouped(number, (uint64_t)bench_groups_rate(group)));
        cli_text_add_string(out, "</tr>\n");
    }
    close_table(out);
    cli_text_add_string(out, "</section>\n");
}

static void add_throughput(struct cli_text *out, const struct bench *bench)
{
    char number[CLI_NUMBER_SIZE];
    cli_text_add_string(out, "<section><h2>Queries per second, whole runs</h2>\n");
    open_table(out, "command\tone thread\tthreads\ttogether\ttimes", 1);
    for (size_t i = 0; i < bench->command_count; i++) {
        const struct bench_throughput *alone = &bench->commands[i].alone, *together = &bench->commands[i].together;
        const double one = (double)alone->queries / fmax(alone->seconds, 1e-9);
        const double all = (double)together->queries / fmax(together->seconds, 1e-9);
        cli_text_add_string(out, "<tr>");
        add_cell(out, "l", bench->commands[i].name);
        add_cell(out, "", cli_number_grouped(number, (uint64_t)one));
        cli_text_printf(out, "<td>%u</td>", together->threads);
        add_cell(out, "", cli_number_grouped(number, (uint64_t)all));
        cli_text_printf(out, "<td>%.2f</td></tr>\n", all / fmax(one, 1e-9));
    }
    close_table(out);
    cli_text_add_string(out, "</section>\n");
}

static void add_slowest(struct cli_text *out, const struct bench *bench, size_t command)
{
    size_t count;
    const int counts = bench->commands[command].what.counts;
    size_t *order = bench_groups_slowest(&count, bench, command);
    if (count > bench->settings->bench.show)
        count = bench->settings->bench.show;
    cli_text_printf(out, "<details><summary>The %zu slowest queries</summary>\n", count);
    open_table(out, counts ? "query\ttype\tµs\tmatches" : "query\ttype\tµs", 2);
    for (size_t i = 0; i < count; i++) {
        const struct bench_measure *measure = &bench->commands[command].measures[order[i]];
        char number[CLI_NUMBER_SIZE];
        cli_text_add_string(out, "<tr>");
        add_query(out, bench, order[i]);
        add_cell(out, "l", bench->queries.list[order[i]].type);
        cli_text_printf(out, "<td>%.1f</td>", (double)measure->ns / 1e3);
        if (counts)
            add_cell(out, "", cli_number_grouped(number, measure->count));
        cli_text_add_string(out, "</tr>\n");
    }
    close_table(out);
    cli_text_add_string(out, "</details>\n");
    free(order);
}

static void add_legend(struct cli_text *out, const struct bench_groups *groups, size_t command)
{
    cli_text_add_string(out, "<figcaption>");
    for (size_t i = 0; i < groups->count; i++) {
        const struct bench_group *group = &groups->list[i];
        if (group->command != command || group->is_all)
            continue;
        cli_text_printf(out, "<span class=\"key\"><span class=\"dot s%zu\"></span>", bench_chart_color(groups, group->type));
        add_text(out, group->type);
        cli_text_add_string(out, "</span> ");
    }
    cli_text_add_string(out, "</figcaption>");
}

static void add_command(struct cli_text *out, const struct bench *bench, const struct bench_groups *groups,
                        size_t command, const struct bench_scale *scale)
{
    if (!last_group(groups, command))
        return;
    cli_text_add_string(out, "<section><h2>");
    add_text(out, bench->commands[command].name);
    cli_text_add_string(out, "</h2>\n<div class=\"charts\"><figure><figcaption>How many queries took how long; the line "
                             "is the median, the dashed one p99</figcaption>\n");
    bench_chart_add_histograms(out, groups, command, scale);
    cli_text_add_string(out, "</figure><figure><figcaption>Share of queries answered within a time</figcaption>\n");
    bench_chart_add_curves(out, groups, command, scale);
    add_legend(out, groups, command);
    cli_text_add_string(out, "</figure></div>\n");
    add_slowest(out, bench, command);
    cli_text_add_string(out, "</section>\n");
}

/* --------------------------------------------------------------- the changes */

/* More than a twentieth is worth a colour. */
static void add_ratio(struct cli_text *out, double ratio)
{
    const char *class = ratio > 1.05 ? "bad" : ratio < 1 / 1.05 ? "good" : "quiet";
    cli_text_printf(out, "<td class=\"%s\">%s %.3f</td>", class,
                    ratio > 1.05 ? "▲" : ratio < 1 / 1.05 ? "▼" : "·", ratio);
}

static void add_ratios(struct cli_text *out, const struct bench *bench, const struct bench_groups *groups,
                       const struct bench_compare *compare)
{
    open_table(out, "command\ttype\tqueries\ttime now / then", 2);
    for (size_t i = 0; i < compare->ratio_count; i++) {
        const struct bench_ratio *ratio = &compare->ratios[i];
        cli_text_add_string(out, "<tr>");
        add_cell(out, "l", bench->commands[ratio->command].name);
        add_type(out, groups, ratio->type, 0);
        cli_text_printf(out, "<td>%zu</td>", ratio->count);
        add_ratio(out, ratio->ratio);
        cli_text_add_string(out, "</tr>\n");
    }
    close_table(out);
}

static void add_changes(struct cli_text *out, const struct bench *bench, const struct bench_compare *compare)
{
    const size_t most = bench->settings->bench.show;
    const size_t shown = compare->change_count < most ? compare->change_count : most;
    cli_text_add_string(out, "<h3>Changes, worst first</h3>\n");
    open_table(out, "query\tcommand\tbefore µs\tnow µs\tratio", 2);
    for (size_t i = 0; i < shown; i++) {
        const struct bench_change *change = &compare->changes[i];
        cli_text_add_string(out, "<tr>");
        add_query(out, bench, change->query);
        add_cell(out, "l", bench->commands[change->command].name);
        cli_text_printf(out, "<td>%.1f</td><td>%.1f</td>", change->before, change->now);
        add_ratio(out, change->ratio);
        cli_text_add_string(out, "</tr>\n");
    }
    close_table(out);
}

static void add_compare(struct cli_text *out, const struct bench *bench, const struct bench_groups *groups,
                        const struct bench_compare *compare)
{
    cli_text_add_string(out, "<section><h2>Beside ");
    add_text(out, compare->file);
    cli_text_printf(out, "</h2>\n<p class=\"%s\">%zu of %zu answers differ</p>\n",
                    compare->difference_count ? "bad" : "good", compare->difference_count, compare->change_count);
    if (compare->difference_count) {
        open_table(out, "query\tcommand\tdifference", 3);
        for (size_t i = 0; i < compare->difference_count; i++) {
            const struct bench_difference *difference = &compare->differences[i];
            cli_text_add_string(out, "<tr>");
            add_query(out, bench, difference->query);
            add_cell(out, "l", bench->commands[difference->command].name);
            add_cell(out, "l bad", difference->what);
            cli_text_add_string(out, "</tr>\n");
        }
        close_table(out);
    }
    add_ratios(out, bench, groups, compare);
    add_changes(out, bench, compare);
    cli_text_add_string(out, "</section>\n");
}

void bench_html_add(struct cli_text *out, const struct bench *bench, const struct bench_groups *groups,
                    const struct bench_compare *compare)
{
    const struct bench_scale scale = bench_chart_scale(groups);
    cli_text_printf(out,
                    "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>"
                    "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"/>"
                    "<title>Trawl: times of queries</title>\n<style>\n%s</style></head>\n<body><main>\n"
                    "<h1>How long queries take</h1>\n",
                    style);
    add_facts(out, bench);
    add_tiles(out, bench, groups);
    if (compare)
        add_compare(out, bench, groups, compare);
    add_figures(out, bench, groups);
    if (bench->settings->bench.threads)
        add_throughput(out, bench);
    for (size_t i = 0; i < bench->command_count; i++)
        add_command(out, bench, groups, i, &scale);
    cli_text_add_string(out, "</main></body></html>\n");
}
