/* The text form, for people:
 *
 *     1. Trawlers and their nets  7.53412
 *        corpus/sailing/trawlers.txt
 *        …a passage, filled to the width of the terminal, with what matched
 *        in colour…
 *
 *     1-10 of 42 documents */
#include "src/cli/cli_format.h"

#include <stdio.h>
#include <string.h>

#include "src/cli/cli_number.h"
#include "src/cli/cli_terminal.h"
#include "src/cli/cli_wrap.h"

enum { TITLE_LEAST = 20 };

#define LEFT_OUT "\xe2\x80\xa6" /* an ellipsis */

static void add_colored(struct cli_text *out, const char *color, const char *off, const char *bytes, size_t length,
                        size_t most)
{
    cli_text_add_string(out, color);
    cli_terminal_add_cut(out, bytes, length, most);
    if (*color)
        cli_text_add_string(out, off);
}

static void add_heading(struct cli_text *out, const struct trawl_hit *hit, size_t rank, size_t *indent,
                        const struct cli_layout *layout)
{
    char number[CLI_NUMBER_SIZE];
    const struct cli_colors *colors = &layout->colors;
    const size_t start = out->length;
    cli_text_printf(out, "%zu. ", rank);
    *indent = out->length - start;
    cli_number_float(number, hit->score);
    const size_t beside = *indent + 2 + strlen(number);
    const size_t most = layout->width > beside + TITLE_LEAST ? layout->width - beside : TITLE_LEAST;
    if (hit->title_length)
        add_colored(out, colors->title, colors->off, hit->title, hit->title_length, most);
    else
        add_colored(out, colors->title, colors->off, hit->id, hit->id_length, SIZE_MAX);
    cli_text_add_string(out, "  ");
    add_colored(out, colors->score, colors->off, number, strlen(number), SIZE_MAX);
    cli_text_add_byte(out, '\n');
    if (hit->title_length == 0)
        return;
    cli_text_add_blanks(out, *indent);
    add_colored(out, colors->id, colors->off, hit->id, hit->id_length, SIZE_MAX);
    cli_text_add_byte(out, '\n');
}

static void add_snippet(struct cli_text *out, const struct trawl_snippet *snippet, size_t indent,
                        const struct cli_layout *layout)
{
    struct cli_wrap wrap;
    cli_wrap_start(&wrap, out, layout->width, indent, 0);
    wrap.mark_on = layout->colors.match;
    wrap.mark_off = layout->colors.off;
    if (strcmp(snippet->field, "body") && *snippet->field) {
        cli_wrap_add_string(&wrap, snippet->field);
        cli_wrap_add_string(&wrap, ": ");
    }
    if (snippet->starts_inside)
        cli_wrap_add_string(&wrap, LEFT_OUT);
    size_t at = 0;
    for (size_t i = 0; i < snippet->span_count; i++) {
        const size_t start = snippet->spans[i][0], end = snippet->spans[i][1];
        cli_wrap_add(&wrap, snippet->text + at, start - at, 0);
        cli_wrap_add(&wrap, snippet->text + start, end - start, 1);
        at = end;
    }
    cli_wrap_add(&wrap, snippet->text + at, snippet->text_length - at, 0);
    if (snippet->ends_inside)
        cli_wrap_add_string(&wrap, LEFT_OUT);
    cli_wrap_end(&wrap);
}

static void add_field(struct cli_text *out, const char *name, const struct trawl_field *field, size_t indent,
                      size_t width)
{
    struct cli_wrap wrap;
    cli_wrap_start(&wrap, out, width, indent, 0);
    cli_wrap_add_string(&wrap, name);
    cli_wrap_add_string(&wrap, ": ");
    cli_wrap_add(&wrap, field->value, field->value_length, 0);
    cli_wrap_end(&wrap);
}

static int add_fields(struct cli_text *out, struct cli_answer *answer, size_t hit, size_t indent,
                      const struct cli_layout *layout)
{
    const struct cli_names *names = &layout->settings->fields;
    for (size_t i = 0; i < names->count; i++) {
        const char *name = names->names[i];
        struct trawl_field field;
        int status = 0;
        for (size_t n = 0; status == 0; n++) {
            status = trawl_results_field(&field, answer->results, hit, name, n, &answer->error);
            if (status == 0)
                add_field(out, name, &field, indent, layout->width);
        }
        if (status < 0)
            return status;
    }
    return 0;
}

static void add_total(struct cli_text *out, const struct cli_answer *answer, const struct cli_layout *layout)
{
    int is_exact;
    char number[CLI_NUMBER_SIZE];
    const uint64_t total = trawl_results_total(answer->results, &is_exact);
    const size_t shown = trawl_results_size(answer->results), offset = layout->settings->search.offset;
    if (total == 0 && shown == 0)
        return;
    if (shown > 1)
        cli_text_printf(out, "%zu-%zu", offset + 1, offset + shown);
    else
        cli_text_printf(out, "%zu", shown ? offset + 1 : 0);
    cli_text_printf(out, " of %s%s %s\n", is_exact ? "" : "at least ", cli_number_grouped(number, total),
                    total == 1 ? "document" : "documents");
}

int cli_format_text(struct cli_text *out, struct cli_answer *answer, const struct cli_layout *layout)
{
    struct trawl_hit hit;
    for (size_t i = 0; trawl_results_hit(&hit, answer->results, i) == 0; i++) {
        size_t indent;
        add_heading(out, &hit, layout->settings->search.offset + i + 1, &indent, layout);
        struct trawl_snippet snippet;
        for (size_t n = 0; trawl_results_snippet(&snippet, answer->results, i, n) == 0; n++)
            add_snippet(out, &snippet, indent, layout);
        const int status = add_fields(out, answer, i, indent, layout);
        if (status)
            return status;
        cli_text_add_byte(out, '\n');
    }
    add_total(out, answer, layout);
    return 0;
}
