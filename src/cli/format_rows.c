/* The forms with one line per hit: tsv, ids, trec. A field never holds what
 * parts it from the next: in tsv a tab, line end or other control character
 * becomes a blank; in trec a blank becomes %20. */
#include "src/cli/cli_format.h"

#include <string.h>

#include "src/cli/cli_number.h"
#include "src/cli/cli_terminal.h"
#include "src/cli/cli_unicode.h"

static char line_end(const struct cli_layout *layout)
{
    return layout->settings->nul ? '\0' : '\n';
}

/* An id has no control characters; for a terminal it may still have others. */
static void add_id(struct cli_text *out, const struct trawl_hit *hit, const struct cli_layout *layout)
{
    if (layout->is_terminal)
        cli_terminal_add(out, hit->id, hit->id_length);
    else
        cli_text_add(out, hit->id, hit->id_length);
}

static void add_score(struct cli_text *out, float score)
{
    char number[CLI_NUMBER_SIZE];
    cli_text_add_string(out, cli_number_float(number, score));
}

int cli_format_ids(struct cli_text *out, struct cli_answer *answer, const struct cli_layout *layout)
{
    struct trawl_hit hit;
    for (size_t i = 0; trawl_results_hit(&hit, answer->results, i) == 0; i++) {
        add_id(out, &hit, layout);
        cli_text_add_byte(out, line_end(layout));
    }
    return 0;
}

/* -------------------------------------------------------------------- tsv */

static void add_cell(struct cli_text *out, const char *bytes, size_t length, const struct cli_layout *layout)
{
    for (size_t at = 0; at < length;) {
        uint32_t code;
        const size_t start = at;
        at += cli_unicode_next(&code, bytes + at, length - at);
        if (cli_unicode_is_control(code))
            cli_text_add_byte(out, ' ');
        else if (layout->is_terminal)
            cli_terminal_add_character(out, code);
        else
            cli_text_add(out, bytes + start, at - start);
    }
}

/* A column for each name; several values with ", " between them. */
static int add_field_cells(struct cli_text *out, struct cli_answer *answer, size_t hit, const struct cli_layout *layout)
{
    const struct cli_names *names = &layout->settings->fields;
    for (size_t i = 0; i < names->count; i++) {
        struct trawl_field field;
        int status = 0;
        cli_text_add_byte(out, '\t');
        for (size_t n = 0; status == 0; n++) {
            status = trawl_results_field(&field, answer->results, hit, names->names[i], n, &answer->error);
            if (status)
                break;
            cli_text_add_string(out, n ? ", " : "");
            add_cell(out, field.value, field.value_length, layout);
        }
        if (status < 0)
            return status;
    }
    return 0;
}

int cli_format_tsv(struct cli_text *out, struct cli_answer *answer, const struct cli_layout *layout)
{
    struct trawl_hit hit;
    for (size_t i = 0; trawl_results_hit(&hit, answer->results, i) == 0; i++) {
        cli_text_printf(out, "%zu\t", layout->settings->search.offset + i + 1);
        add_score(out, hit.score);
        cli_text_add_byte(out, '\t');
        add_id(out, &hit, layout);
        cli_text_add_byte(out, '\t');
        add_cell(out, hit.title, hit.title_length, layout);
        const int status = add_field_cells(out, answer, i, layout);
        if (status)
            return status;
        cli_text_add_byte(out, line_end(layout));
    }
    return 0;
}

/* ------------------------------------------------------------------- trec */

static void add_word(struct cli_text *out, const char *bytes, size_t length, const struct cli_layout *layout)
{
    struct cli_text clean = {0};
    add_cell(&clean, bytes, length, layout);
    for (size_t i = 0; i < clean.length; i++) {
        if (clean.bytes[i] == ' ')
            cli_text_add_string(out, "%20");
        else
            cli_text_add_byte(out, clean.bytes[i]);
    }
    cli_text_release(&clean);
}

int cli_format_trec(struct cli_text *out, struct cli_answer *answer, const struct cli_layout *layout)
{
    const char *run_name = layout->settings->run_name;
    struct trawl_hit hit;
    for (size_t i = 0; trawl_results_hit(&hit, answer->results, i) == 0; i++) {
        add_word(out, layout->query_id, strlen(layout->query_id), layout);
        cli_text_add_string(out, " Q0 ");
        add_word(out, hit.id, hit.id_length, layout);
        cli_text_printf(out, " %zu ", layout->settings->search.offset + i + 1);
        add_score(out, hit.score);
        cli_text_add_byte(out, ' ');
        add_word(out, run_name, strlen(run_name), layout);
        cli_text_add_byte(out, '\n');
    }
    return 0;
}
