/* Where the index is: -i DIR, else $TRAWL_INDEX, else the folder `.trawl` in
 * the working directory or in the nearest parent that has one. */
#ifndef SRC_CLI_CLI_DISCOVER_H
#define SRC_CLI_CLI_DISCOVER_H

#include "src/cli/cli_settings.h"
#include "src/cli/cli_text.h"

/* -> 0 and its path; 1: none is named, and none was found. */
int cli_discover(struct cli_text *path, const struct cli_settings *settings);

/* The same for commands that need one: prints what was looked for. -> 0 or CLI_EXIT_ERROR */
int cli_discover_or_complain(struct cli_text *path, const struct cli_settings *settings);

#endif
