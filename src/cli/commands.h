/* The table of commands: what they are called, take and do. Parsing, help,
 * manual pages and shell completions all come from these rows. */
#ifndef SRC_CLI_COMMANDS_H
#define SRC_CLI_COMMANDS_H

#include <stddef.h>

#include "src/cli/cli_options.h"

struct cli_invocation;

/* Texts are in paragraphs, an empty line between them; `words` in backquotes
 * are to be typed as they stand. */
struct cli_command {
    const char *name, *operands, *summary;
    const char *description;
    const char *examples; /* lines "COMMAND LINE\tWHAT IT DOES" */
    const struct cli_option_row *options;
    size_t operands_least, operands_most;
    int (*run)(struct cli_invocation *call); /* -> the exit status */
};

/* One call of a command. */
struct cli_invocation {
    const struct cli_command *command;
    struct cli_settings settings;
    struct cli_operands operands;
};

extern const struct cli_command commands[]; /* the last has no name */

/* The program itself as a row, for its help; its options stand before the command. */
extern const struct cli_command commands_program;

const struct cli_command *commands_find(const char *name); /* NULL: no such command */

/* "error: no command 'serach'; did you mean 'search'?". -> the exit status */
int commands_unknown(const char *name);

/* ---------------------------------------------- the rows, one file for each */

int cmd_index(struct cli_invocation *call);
int cmd_search(struct cli_invocation *call);
int cmd_count(struct cli_invocation *call);
int cmd_get(struct cli_invocation *call);
int cmd_delete(struct cli_invocation *call);
int cmd_merge(struct cli_invocation *call);
int cmd_stats(struct cli_invocation *call);
int cmd_terms(struct cli_invocation *call);
int cmd_analyze(struct cli_invocation *call);
int cmd_explain(struct cli_invocation *call);
int cmd_verify(struct cli_invocation *call);
int cmd_bench(struct cli_invocation *call);
int cmd_help(struct cli_invocation *call);

#endif
