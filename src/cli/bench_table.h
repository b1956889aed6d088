/* A run as text: tables with a blank or more between the columns. */
#ifndef SRC_CLI_BENCH_TABLE_H
#define SRC_CLI_BENCH_TABLE_H

#include "src/cli/bench.h"
#include "src/cli/bench_compare.h"
#include "src/cli/bench_groups.h"
#include "src/cli/cli_text.h"

/* `compare` NULL: nothing is compared. */
void bench_table_add(struct cli_text *out, const struct bench *bench, const struct bench_groups *groups,
                     const struct bench_compare *compare);

#endif
