#include "src/cli/bench_chart.h"

#include <math.h>
#include <string.h>

#include "src/cli/cli_terminal.h"
#include "src/cli/cli_unicode.h"

/* Units of the drawings, which are scaled to the page's width. */
enum {
    WIDTH = 740,
    LEFT = 148,
    RIGHT = 630, /* of the scale; behind it stand figures */
    ROW = 40,
    BAR_MOST = 30,
    BINS = 60,
    CURVE_LEFT = 46,
    CURVE_RIGHT = 710,
    CURVE_TOP = 10,
    CURVE_BOTTOM = 230,
    CURVE_POINTS = 160,
    AXIS_HEIGHT = 26
};

/* -------------------------------------------------------------- the scale */

static double power_of(double ns)
{
    return log10(ns < 10 ? 0.01 : ns / 1e3);
}

struct bench_scale bench_chart_scale(const struct bench_groups *groups)
{
    struct bench_scale scale = {HUGE_VAL, -HUGE_VAL};
    for (size_t i = 0; i < groups->count; i++) {
        const struct bench_group *group = &groups->list[i];
        scale.low = fmin(scale.low, power_of((double)group->ns[0]));
        scale.high = fmax(scale.high, power_of((double)group->ns[group->count - 1]));
    }
    if (groups->count == 0)
        return (struct bench_scale){0, 1};
    scale.low = floor(scale.low * 2) / 2;
    scale.high = fmax(ceil(scale.high * 2) / 2, scale.low + 1);
    return scale;
}

static double place(const struct bench_scale *scale, double ns, double left, double right)
{
    return left + (power_of(ns) - scale->low) / (scale->high - scale->low) * (right - left);
}

void bench_chart_add_time(struct cli_text *out, double microseconds)
{
    static const char *const units[] = {"µs", "ms", "s"};
    size_t unit = 0;
    for (; microseconds >= 999.5 && unit < 2; unit++)
        microseconds /= 1e3;
    cli_text_printf(out, "%.*f %s", microseconds < 9.95 ? 1 : 0, microseconds, units[unit]);
}

/* Lines at the powers of ten, and a label for each. */
static void add_axis(struct cli_text *out, const struct bench_scale *scale, double left, double right, double top,
                     double bottom)
{
    for (int power = (int)ceil(scale->low); power <= (int)floor(scale->high); power++) {
        const double microseconds = pow(10, power), x = place(scale, microseconds * 1e3, left, right);
        cli_text_printf(out, "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.0f\" y2=\"%.0f\"/>", x, x, top, bottom);
        cli_text_printf(out, "<text class=\"tick\" text-anchor=\"middle\" x=\"%.1f\" y=\"%.0f\">", x, bottom + 17);
        if (microseconds < 1)
            cli_text_printf(out, "%g µs", microseconds);
        else
            cli_text_printf(out, "%g %s", pow(10, power < 6 ? power % 3 : power - 6),
                            power < 3 ? "µs" : power < 6 ? "ms" : "s");
        cli_text_add_string(out, "</text>");
    }
}

/* ------------------------------------------------------------------- parts */

void bench_chart_add_escaped(struct cli_text *out, const char *bytes, size_t length)
{
    for (size_t at = 0; at < length;) {
        uint32_t code;
        at += cli_unicode_next(&code, bytes + at, length - at);
        if (code == '<' || code == '>' || code == '&' || code == '"')
            cli_text_printf(out, "&#%u;", (unsigned)code);
        else if (cli_unicode_is_hostile(code))
            cli_text_add_string(out, "\xEF\xBF\xBD");
        else
            cli_terminal_add_character(out, code);
    }
}

static void add_escaped_string(struct cli_text *out, const char *string)
{
    bench_chart_add_escaped(out, string, strlen(string));
}

size_t bench_chart_color(const struct bench_groups *groups, const char *type)
{
    size_t color = 0;
    for (size_t i = 0; i < groups->count; i++) {
        const char *known = groups->list[i].type;
        if (strcmp(known, type) == 0)
            break;
        size_t before = 0; /* a type counts where it first comes up */
        while (strcmp(groups->list[before].type, known))
            before++;
        color += before == i && !groups->list[i].is_all;
    }
    return color % BENCH_CHART_COLORS;
}

static int is_drawn(const struct bench_group *group, size_t command)
{
    return group->command == command && !group->is_all;
}

static size_t count_drawn(const struct bench_groups *groups, size_t command)
{
    size_t count = 0;
    for (size_t i = 0; i < groups->count; i++)
        count += (size_t)is_drawn(&groups->list[i], command);
    return count;
}

/* -------------------------------------------------------------- histograms */

static size_t fill_bins(size_t bins[BINS], const struct bench_group *group, const struct bench_scale *scale)
{
    size_t largest = 0;
    memset(bins, 0, BINS * sizeof *bins);
    for (size_t i = 0; i < group->count; i++) {
        const double at = place(scale, (double)group->ns[i], 0, BINS);
        const size_t bin = at < 0 ? 0 : at >= BINS ? BINS - 1 : (size_t)at;
        if (++bins[bin] > largest)
            largest = bins[bin];
    }
    return largest;
}

static void add_bars(struct cli_text *out, const struct bench_group *group, const struct bench_scale *scale, double base)
{
    size_t bins[BINS];
    const size_t largest = fill_bins(bins, group, scale);
    const double step = (double)(RIGHT - LEFT) / BINS, decades = scale->high - scale->low;
    for (size_t i = 0; i < BINS; i++) {
        if (!bins[i])
            continue;
        const double height = fmax(1.5, (double)bins[i] / (double)largest * BAR_MOST);
        cli_text_printf(out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%zu between ",
                        LEFT + (double)i * step + 0.5, base - height, step - 1, height, bins[i]);
        bench_chart_add_time(out, pow(10, scale->low + (double)i * decades / BINS));
        cli_text_add_string(out, " and ");
        bench_chart_add_time(out, pow(10, scale->low + (double)(i + 1) * decades / BINS));
        cli_text_add_string(out, "</title></rect>");
    }
}

static void add_mark(struct cli_text *out, const char *class, const char *name, const struct bench_group *group,
                     const struct bench_scale *scale, double share, double base)
{
    const double microseconds = bench_groups_quantile(group, share);
    const double x = place(scale, microseconds * 1e3, LEFT, RIGHT);
    cli_text_printf(out, "<line class=\"%s\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"><title>%s ", class, x, x,
                    base - BAR_MOST - 3, base + 2, name);
    bench_chart_add_time(out, microseconds);
    cli_text_add_string(out, "</title></line>");
}

static void add_row(struct cli_text *out, const struct bench_groups *groups, const struct bench_group *group,
                    const struct bench_scale *scale, double base)
{
    cli_text_printf(out, "<g class=\"s%zu\"><line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
                    bench_chart_color(groups, group->type), LEFT, RIGHT, base, base);
    add_bars(out, group, scale, base);
    add_mark(out, "p50", "p50", group, scale, 0.5, base);
    add_mark(out, "p99", "p99", group, scale, 0.99, base);
    cli_text_printf(out, "<text class=\"name\" text-anchor=\"end\" x=\"%d\" y=\"%.1f\">", LEFT - 8, base - 12);
    add_escaped_string(out, group->type);
    cli_text_printf(out, "</text><text class=\"tick\" text-anchor=\"end\" x=\"%d\" y=\"%.1f\">%zu</text>", LEFT - 8, base,
                    group->count);
    cli_text_printf(out, "<text class=\"tick\" x=\"%d\" y=\"%.1f\">p50 ", RIGHT + 12, base - 12);
    bench_chart_add_time(out, bench_groups_quantile(group, 0.5));
    cli_text_printf(out, "</text><text class=\"tick\" x=\"%d\" y=\"%.1f\">p99 ", RIGHT + 12, base);
    bench_chart_add_time(out, bench_groups_quantile(group, 0.99));
    cli_text_add_string(out, "</text></g>");
}

void bench_chart_add_histograms(struct cli_text *out, const struct bench_groups *groups, size_t command,
                                const struct bench_scale *scale)
{
    const double bottom = (double)count_drawn(groups, command) * ROW + 6;
    cli_text_printf(out, "<svg viewBox=\"0 0 %d %.0f\" role=\"img\" aria-label=\"histograms of times\">", WIDTH,
                    bottom + AXIS_HEIGHT);
    add_axis(out, scale, LEFT, RIGHT, 2, bottom);
    double base = ROW;
    for (size_t i = 0; i < groups->count; i++) {
        if (!is_drawn(&groups->list[i], command))
            continue;
        add_row(out, groups, &groups->list[i], scale, base);
        base += ROW;
    }
    cli_text_add_string(out, "</svg>\n");
}

/* ------------------------------------------------------------------- curves */

static void add_curve(struct cli_text *out, const struct bench_groups *groups, const struct bench_group *group,
                      const struct bench_scale *scale)
{
    const size_t points = group->count < CURVE_POINTS ? group->count : CURVE_POINTS;
    cli_text_printf(out, "<path class=\"curve s%zu\" d=\"M", bench_chart_color(groups, group->type));
    for (size_t i = 0; i <= points; i++) {
        const size_t rank = i * group->count / points; /* so many took no longer */
        const double share = (double)rank / (double)group->count;
        const double x = place(scale, (double)group->ns[rank ? rank - 1 : 0], CURVE_LEFT, CURVE_RIGHT);
        cli_text_printf(out, "%s%.1f %.1f", i ? "L" : "", x, CURVE_BOTTOM - share * (CURVE_BOTTOM - CURVE_TOP));
    }
    cli_text_add_string(out, "\"><title>");
    add_escaped_string(out, group->type);
    cli_text_add_string(out, "</title></path>");
}

void bench_chart_add_curves(struct cli_text *out, const struct bench_groups *groups, size_t command,
                            const struct bench_scale *scale)
{
    cli_text_printf(out, "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"share of queries by time\">", WIDTH,
                    CURVE_BOTTOM + AXIS_HEIGHT);
    for (int percent = 0; percent <= 100; percent += 25) {
        const double y = CURVE_BOTTOM - percent / 100.0 * (CURVE_BOTTOM - CURVE_TOP);
        cli_text_printf(out, "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", CURVE_LEFT, CURVE_RIGHT, y,
                        y);
        cli_text_printf(out, "<text class=\"tick\" text-anchor=\"end\" x=\"%d\" y=\"%.1f\">%d %%</text>", CURVE_LEFT - 6,
                        y + 4, percent);
    }
    add_axis(out, scale, CURVE_LEFT, CURVE_RIGHT, CURVE_TOP, CURVE_BOTTOM);
    for (size_t i = 0; i < groups->count; i++)
        if (is_drawn(&groups->list[i], command))
            add_curve(out, groups, &groups->list[i], scale);
    cli_text_add_string(out, "</svg>\n");
}
