/* Throughput: the queries of a command, all passes of them, handed out to
 * threads that each have a searcher of their own on the one snapshot. Every
 * answer is held to the one that was measured alone. */
#ifndef SRC_CLI_BENCH_THREADS_H
#define SRC_CLI_BENCH_THREADS_H

#include "src/cli/bench.h"

/* For all commands, once by one thread and once by `threads`. -> 0, or CLI_EXIT_ERROR after a message */
int bench_threads(struct bench *bench, unsigned threads);

#endif
