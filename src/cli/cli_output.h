/* Standard output: results, and nothing else. */
#ifndef SRC_CLI_CLI_OUTPUT_H
#define SRC_CLI_CLI_OUTPUT_H

#include "src/cli/cli_text.h"

/* Before anything is opened: descriptors 0 to 2 exist, so that no file of ours
 * gets their numbers; a closed pipe ends the program by SIGPIPE, whoever
 * started it. */
void cli_output_guard(void);

int cli_output_is_terminal(void);

/* Writes the text and empties it. -> 0, or -1 when it cannot be written (a
 * full disk): cli_output_finish() tells; there is no use in going on. */
int cli_output_write(struct cli_text *text);
int cli_output_flush(void); /* the same for what was written before */

/* At the end of the program: -> `status`, or CLI_EXIT_ERROR after a message. */
int cli_output_finish(int status);

#endif
