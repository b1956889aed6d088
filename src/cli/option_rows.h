/* The options of each command, as rows. */
#ifndef SRC_CLI_OPTION_ROWS_H
#define SRC_CLI_OPTION_ROWS_H

#include "src/cli/cli_options.h"

extern const struct cli_option_row option_rows_program[];
extern const struct cli_option_row option_rows_index[];
extern const struct cli_option_row option_rows_search[];
extern const struct cli_option_row option_rows_count[];
extern const struct cli_option_row option_rows_get[];
extern const struct cli_option_row option_rows_delete[];
extern const struct cli_option_row option_rows_merge[];
extern const struct cli_option_row option_rows_stats[];
extern const struct cli_option_row option_rows_terms[];
extern const struct cli_option_row option_rows_analyze[];
extern const struct cli_option_row option_rows_explain[];
extern const struct cli_option_row option_rows_verify[];
extern const struct cli_option_row option_rows_bench[];
extern const struct cli_option_row option_rows_help[];

#endif
