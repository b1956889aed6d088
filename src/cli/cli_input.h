/* A file that a command reads, or standard input by the name `-`. */
#ifndef SRC_CLI_CLI_INPUT_H
#define SRC_CLI_CLI_INPUT_H

#include "src/cli/cli_text.h"

/* -> a descriptor, or -1 with errno set. */
int cli_input_open(const char *name);
void cli_input_close(int descriptor); /* standard input stays open */

/* Adds the whole of the file. -> 0, or CLI_EXIT_ERROR after a message */
int cli_input_read(struct cli_text *text, const char *name);

#endif
