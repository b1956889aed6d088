#include <inttypes.h>

#include "src/cli/cli_format.h"
#include "src/cli/cli_output.h"
#include "src/cli/commands.h"

static int count(const struct cli_reader *reader, struct cli_settings *settings, const struct cli_text *query)
{
    struct cli_answer answer;
    cli_query_count(&answer, reader, settings, cli_text_string(query), query->length);
    struct cli_text out = {0};
    if (settings->format == CLI_FORMAT_JSON) {
        struct cli_layout layout;
        cli_layout_init(&layout, settings);
        cli_format_json(&out, &answer, &layout);
    } else if (answer.status == 0) {
        cli_text_printf(&out, "%" PRIu64 "\n", answer.count);
    }
    cli_query_complain(&answer);
    cli_output_write(&out);
    cli_text_release(&out);
    const int status = cli_query_status(&answer);
    cli_query_release(&answer);
    return status;
}

int cmd_count(struct cli_invocation *call)
{
    struct cli_reader reader;
    int status = cli_reader_open(&reader, &call->settings);
    if (status)
        return status;
    struct cli_text query = {0};
    cli_text_join(&query, call->operands.words, call->operands.count);
    status = count(&reader, &call->settings, &query);
    cli_text_release(&query);
    cli_reader_close(&reader);
    return status;
}
