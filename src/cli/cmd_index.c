#include "src/cli/cli_complain.h"
#include "src/cli/cli_writer.h"
#include "src/cli/commands.h"

static int index_paths(struct cli_writer *writer, const struct cli_invocation *call)
{
    static const char *const here[] = {"."};
    const struct cli_operands *operands = &call->operands;
    const char *const *paths = operands->count ? (const char *const *)operands->words : here;
    if (trawl_writer_add_paths(writer->writer, paths, operands->count ? operands->count : 1, &call->settings.source,
                               &writer->error))
        return cli_writer_failed(writer);
    struct trawl_commit_report report = TRAWL_COMMIT_REPORT_INIT;
    const int status = cli_writer_commit(writer, &report);
    if (status)
        return status;
    struct cli_text summary = {0};
    cli_writer_add_summary(&summary, &report);
    cli_complain_note("%s", cli_text_string(&summary));
    cli_text_release(&summary);
    return report.skipped ? CLI_EXIT_NOTHING : CLI_EXIT_FOUND;
}

int cmd_index(struct cli_invocation *call)
{
    struct cli_writer writer;
    int status = cli_writer_open(&writer, &call->settings, 1);
    if (status)
        return status;
    status = index_paths(&writer, call);
    cli_writer_close(&writer);
    return status;
}
