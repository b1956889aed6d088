/* Charts of times as SVG that stands inside a page: one scale of microseconds,
 * logarithmic, for all charts of a page, so that they can be laid side by side. Colours
 * are classes s0 to s7, which the page defines. */
#ifndef SRC_CLI_BENCH_CHART_H
#define SRC_CLI_BENCH_CHART_H

#include "src/cli/bench_groups.h"
#include "src/cli/cli_text.h"

enum { BENCH_CHART_COLORS = 8 };

struct bench_scale {
    double low, high; /* powers of ten of a microsecond */
};

struct bench_scale bench_chart_scale(const struct bench_groups *groups);

/* A row for each group of the command: how many queries took how long, and the
 * lines of p50 and p99. */
void bench_chart_add_histograms(struct cli_text *out, const struct bench_groups *groups, size_t command,
                                const struct bench_scale *scale);

/* A curve for each: which share of the queries was answered within a time. */
void bench_chart_add_curves(struct cli_text *out, const struct bench_groups *groups, size_t command,
                            const struct bench_scale *scale);

/* A type has one colour on the whole page. -> 0 .. BENCH_CHART_COLORS-1 */
size_t bench_chart_color(const struct bench_groups *groups, const char *type);

/* "340 µs", "1.2 ms" */
void bench_chart_add_time(struct cli_text *out, double microseconds);

/* For text and attributes; what could harm is replaced. */
void bench_chart_add_escaped(struct cli_text *out, const char *bytes, size_t length);

#endif
