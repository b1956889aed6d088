/* Shell completions made from the table of commands. */
#ifndef SRC_CLI_CLI_COMPLETE_H
#define SRC_CLI_CLI_COMPLETE_H

#include "src/cli/cli_settings.h"
#include "src/cli/cli_text.h"

void cli_complete_add(struct cli_text *out, enum cli_shell shell);

#endif
