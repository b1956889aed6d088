/* trawl search --batch: answers each line of a file or of standard input at
 * once, so that a script may keep the program open and talk to it. */
#ifndef SRC_CLI_CLI_BATCH_H
#define SRC_CLI_CLI_BATCH_H

#include "src/cli/commands.h"

/* -> the exit status: 2 when a query failed, 1 when none found anything. */
int cli_batch_run(struct cli_invocation *call);

#endif
