/* Texts made from the table of commands: help, manual pages, completions. */
#ifndef SRC_CLI_CLI_HELP_H
#define SRC_CLI_CLI_HELP_H

#include <stddef.h>

#include "src/cli/cli_text.h"
#include "src/cli/commands.h"

/* The help of a command, or of the program with the list of all commands, in lines of `width` columns. */
void cli_help_add(struct cli_text *out, const struct cli_command *command, size_t width);

/* One line of `examples`: the command line and what it does. -> 0, or 1 at the end. */
int cli_help_next_example(const char **line, size_t *line_length, const char **what, size_t *what_length,
                          const char **at);

#endif
