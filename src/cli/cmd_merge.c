#include "src/cli/cli_complain.h"
#include "src/cli/cli_number.h"
#include "src/cli/cli_writer.h"
#include "src/cli/commands.h"

int cmd_merge(struct cli_invocation *call)
{
    struct cli_writer writer;
    int status = cli_writer_open(&writer, &call->settings, 0);
    if (status)
        return status;
    struct trawl_commit_report report = TRAWL_COMMIT_REPORT_INIT;
    status = trawl_writer_merge(writer.writer, &writer.error) ? cli_writer_failed(&writer)
                                                               : cli_writer_commit(&writer, &report);
    if (status == 0) {
        char documents[CLI_NUMBER_SIZE], bytes[CLI_NUMBER_SIZE];
        cli_complain_note("%s documents in one segment, %.2f s, index %s",
                          cli_number_grouped(documents, report.live_documents), (double)report.milliseconds / 1000,
                          cli_number_bytes(bytes, report.index_bytes));
    }
    cli_writer_close(&writer);
    return status;
}
