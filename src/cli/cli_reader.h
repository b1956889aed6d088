/* An index opened for reading, as most commands want it. */
#ifndef SRC_CLI_CLI_READER_H
#define SRC_CLI_CLI_READER_H

#include "src/cli/cli_settings.h"

struct cli_reader {
    trawl_snapshot *snapshot;
    trawl_searcher *searcher;
};

/* -> 0, or CLI_EXIT_ERROR after a message; then there is nothing to close. */
int cli_reader_open(struct cli_reader *reader, const struct cli_settings *settings);

/* Goes over to a newer commit when there is one. On an error the old state stays open. */
int cli_reader_refresh(struct cli_reader *reader, struct trawl_error *error);

void cli_reader_close(struct cli_reader *reader);

#endif
