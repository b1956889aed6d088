/* Manual pages made from the table of commands, in the man(7) macros. */
#ifndef SRC_CLI_CLI_MAN_H
#define SRC_CLI_CLI_MAN_H

#include "src/cli/cli_text.h"
#include "src/cli/commands.h"

/* trawl.1 for the program, trawl-search.1 for a command. */
void cli_man_add(struct cli_text *out, const struct cli_command *command);

#endif
