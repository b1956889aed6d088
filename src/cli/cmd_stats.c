#include <inttypes.h>
#include <string.h>

#include "src/cli/cli_complain.h"
#include "src/cli/cli_json.h"
#include "src/cli/cli_number.h"
#include "src/cli/cli_output.h"
#include "src/cli/cli_reader.h"
#include "src/cli/cli_terminal.h"
#include "src/cli/commands.h"

/* A list of figures, printed as lines or as members of one JSON object. */
struct figures {
    struct cli_text out;
    int as_json;
};

static void add_name(struct figures *figures, const char *name)
{
    if (figures->as_json) {
        cli_json_key(&figures->out, name);
        return;
    }
    const size_t columns = cli_terminal_add_string(&figures->out, name);
    cli_text_add_blanks(&figures->out, columns < 18 ? 18 - columns : 1);
}

static void add_string(struct figures *figures, const char *name, const char *value)
{
    add_name(figures, name);
    if (figures->as_json) {
        cli_json_string(&figures->out, value);
        return;
    }
    cli_terminal_add_string(&figures->out, value);
    cli_text_add_byte(&figures->out, '\n');
}

static void add_number(struct figures *figures, const char *name, uint64_t value)
{
    add_name(figures, name);
    if (figures->as_json)
        cli_json_number(&figures->out, value);
    else
        cli_text_printf(&figures->out, "%" PRIu64 "\n", value);
}

static void add_boolean(struct figures *figures, const char *name, int value)
{
    add_name(figures, name);
    if (figures->as_json)
        cli_json_boolean(&figures->out, value);
    else
        cli_text_printf(&figures->out, "%s\n", value ? "yes" : "no");
}

static void add_stats(struct figures *figures, const struct trawl_stats *stats)
{
    char average[CLI_NUMBER_SIZE];
    add_number(figures, "documents", stats->documents);
    add_number(figures, "deleted", stats->deleted);
    add_number(figures, "segments", stats->segments);
    add_number(figures, "reordered", stats->reordered);
    add_number(figures, "generation", stats->generation);
    add_number(figures, "bytes", stats->bytes);
    add_number(figures, "terms", stats->terms);
    add_number(figures, "tokens", stats->tokens);
    add_name(figures, "average_length");
    if (figures->as_json)
        cli_json_double(&figures->out, stats->average_length);
    else
        cli_text_printf(&figures->out, "%s\n", cli_number_double(average, stats->average_length));
    add_string(figures, "language", stats->language);
    add_boolean(figures, "positions", stats->has_positions);
    add_boolean(figures, "pairs", stats->has_pairs);
    add_string(figures, "store", stats->store == TRAWL_STORE_TEXT ? "text" : "none");
    add_string(figures, "analysis", stats->analysis);
    add_number(figures, "format_version", TRAWL_FORMAT_VERSION);
}

/* The default field has no name and is not listed. */
static void add_fields(struct figures *figures, trawl_snapshot *snapshot)
{
    const char *name;
    add_name(figures, "fields");
    if (figures->as_json)
        cli_json_open(&figures->out, '[');
    for (size_t i = 1; (name = trawl_snapshot_field(snapshot, i)); i++) {
        if (figures->as_json) {
            cli_json_string(&figures->out, name);
        } else {
            cli_text_add_string(&figures->out, i == 1 ? "" : ", ");
            cli_terminal_add_string(&figures->out, name);
        }
    }
    if (figures->as_json)
        cli_json_close(&figures->out, ']');
    else
        cli_text_add_byte(&figures->out, '\n');
}

static void add_size(void *context, const char *part, uint64_t bytes)
{
    struct figures *figures = context;
    if (figures->as_json) {
        add_number(figures, part, bytes);
        return;
    }
    cli_text_add_string(&figures->out, "  ");
    const size_t columns = cli_terminal_add_string(&figures->out, part);
    cli_text_add_blanks(&figures->out, columns < 16 ? 16 - columns : 1);
    cli_text_printf(&figures->out, "%" PRIu64 "\n", bytes);
}

static int add_sizes(struct figures *figures, trawl_snapshot *snapshot, struct trawl_error *error)
{
    if (figures->as_json) {
        cli_json_key(&figures->out, "sizes");
        cli_json_open(&figures->out, '{');
    } else {
        cli_text_add_string(&figures->out, "sizes\n");
    }
    const int status = trawl_snapshot_sizes(snapshot, add_size, figures, error);
    if (figures->as_json)
        cli_json_close(&figures->out, '}');
    return status;
}

static int collect(struct figures *figures, trawl_snapshot *snapshot, int with_sizes, struct trawl_error *error)
{
    struct trawl_stats stats = TRAWL_STATS_INIT;
    int status = trawl_snapshot_stats(&stats, snapshot, error);
    if (status)
        return status;
    if (figures->as_json) {
        cli_json_open(&figures->out, '{');
        add_number(figures, "trawl", 1);
    }
    add_stats(figures, &stats);
    add_fields(figures, snapshot);
    if (with_sizes)
        status = add_sizes(figures, snapshot, error);
    if (figures->as_json)
        cli_text_add_string(&figures->out, "}\n");
    return status;
}

int cmd_stats(struct cli_invocation *call)
{
    struct cli_reader reader;
    int status = cli_reader_open(&reader, &call->settings);
    if (status)
        return status;
    struct figures figures = {.as_json = call->settings.format == CLI_FORMAT_JSON};
    struct trawl_error error = {0};
    if (collect(&figures, reader.snapshot, call->settings.sizes, &error))
        status = cli_complain_error(&error);
    else
        cli_output_write(&figures.out);
    cli_text_release(&figures.out);
    cli_reader_close(&reader);
    return status;
}
