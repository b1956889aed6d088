/* Runs the queries: a warm-up, then passes, command by command. The order is
 * shuffled, always alike, so that a query does not find its neighbour's postings
 * in the processor's caches. */
#ifndef SRC_CLI_BENCH_RUN_H
#define SRC_CLI_BENCH_RUN_H

#include "src/cli/bench.h"

/* The commands of the settings, or the usual ones. -> 0, or CLI_EXIT_ERROR after a message */
int bench_run_commands(struct bench *bench);

/* All passes of all commands. A query that fails is complained of and counted. */
void bench_run(struct bench *bench);

/* Asks once. */
void bench_run_ask(struct bench_measure *measure, const struct bench *bench, const struct cli_reader *reader,
                   size_t command, size_t query);

/* The same answer? */
int bench_run_is_same(const struct bench_measure *one, const struct bench_measure *other);

#endif
