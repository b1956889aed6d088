/* An index opened for writing, with all that people see of it: the progress
 * bar, the documents skipped, the line at the end; and an interrupt that
 * undoes the run. */
#ifndef SRC_CLI_CLI_WRITER_H
#define SRC_CLI_CLI_WRITER_H

#include "src/cli/cli_progress.h"
#include "src/cli/cli_settings.h"

struct cli_writer {
    trawl_writer *writer;
    struct cli_progress progress;
    struct trawl_error error; /* of the call that failed */
};

/* -> 0 or an exit status after a message. With `create` an index is made where there is none. */
int cli_writer_open(struct cli_writer *writer, const struct cli_settings *settings, int create);

/* -> 0 or an exit status after a message. */
int cli_writer_commit(struct cli_writer *writer, struct trawl_commit_report *report);

/* After a call that filled writer->error: prints it. -> the exit status */
int cli_writer_failed(struct cli_writer *writer);

/* What was not committed is undone. */
void cli_writer_close(struct cli_writer *writer);

/* "95 documents, 0 skipped, ...". */
void cli_writer_add_summary(struct cli_text *out, const struct trawl_commit_report *report);

#endif
