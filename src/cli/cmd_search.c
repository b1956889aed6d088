#include "src/cli/cli_batch.h"
#include "src/cli/cli_complain.h"
#include "src/cli/cli_format.h"
#include "src/cli/cli_output.h"

/* What options cannot go together. -> 0 or the exit status after a message */
static int check_settings(struct cli_settings *settings, size_t words)
{
    if (settings->protocol && !settings->batch)
        return cli_complain("--protocol goes with --batch");
    if (settings->protocol && settings->format)
        return cli_complain("--protocol and --format do not go together");
    if (settings->batch && words)
        return cli_complain("--batch reads the queries; there is no use for others");
    if (!settings->batch && !words)
        return cli_complain("`trawl search` wants a QUERY, or --batch FILE");
    if (settings->nul && settings->format == CLI_FORMAT_UNSET)
        settings->format = CLI_FORMAT_IDS;
    if (settings->nul && settings->format != CLI_FORMAT_IDS && settings->format != CLI_FORMAT_TSV)
        return cli_complain("-0 goes with --format ids or tsv");
    return 0;
}

static int print_answer(struct cli_answer *answer, const struct cli_settings *settings)
{
    struct cli_layout layout;
    cli_layout_init(&layout, settings);
    struct cli_text out = {0};
    const int status = cli_format_add(&out, answer, &layout);
    if (status)
        answer->status = status;
    cli_query_complain(answer);
    cli_output_write(&out);
    cli_text_release(&out);
    if (answer->status == 0 && answer->count == 0 && settings->format <= CLI_FORMAT_TEXT)
        cli_complain_note("no document matches");
    return cli_query_status(answer);
}

int cmd_search(struct cli_invocation *call)
{
    int status = check_settings(&call->settings, call->operands.count);
    if (status)
        return status;
    if (call->settings.batch)
        return cli_batch_run(call);
    struct cli_reader reader;
    status = cli_reader_open(&reader, &call->settings);
    if (status)
        return status;
    struct cli_text query = {0};
    struct cli_answer answer;
    cli_text_join(&query, call->operands.words, call->operands.count);
    cli_query_search(&answer, &reader, &call->settings, cli_text_string(&query), query.length);
    status = print_answer(&answer, &call->settings);
    cli_query_release(&answer);
    cli_text_release(&query);
    cli_reader_close(&reader);
    return status;
}
