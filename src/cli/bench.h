/* `trawl bench`: what is asked, what was measured. The parts:
 *
 *     bench_queries   the query file                bench_table     text
 *     bench_run       passes, fastest times         bench_json      --json
 *     bench_threads   many searchers at once        bench_html      --html
 *     bench_groups    figures by command and type   bench_compare   --compare
 *
 * A query's time is the fastest of all passes, from its text to its hits. */
#ifndef SRC_CLI_BENCH_H
#define SRC_CLI_BENCH_H

#include <stddef.h>
#include <stdint.h>

#include "src/cli/bench_queries.h"
#include "src/cli/cli_protocol.h"
#include "src/cli/cli_reader.h"

/* A query under a command. */
struct bench_measure {
    uint64_t ns;     /* the fastest pass */
    uint64_t count;  /* of matches; for TOP_n, which does not count, 0 */
    uint64_t hits;   /* how many were handed out */
    uint64_t digest; /* of their ids and scores, in order */
    int has_failed;  /* then there is nothing else */
};

/* Whole runs: how many queries a second, by so many threads. */
struct bench_throughput {
    unsigned threads;
    uint64_t queries;
    double seconds;
};

struct bench_command {
    const char *name;
    struct cli_protocol_command what;
    struct bench_measure *measures; /* by query */
    struct bench_throughput alone, together; /* threads 0: not measured */
};

struct bench {
    const struct cli_settings *settings;
    const char *file;
    struct cli_reader reader;
    struct trawl_stats stats;
    struct bench_queries queries;
    struct bench_command *commands;
    size_t command_count;
    size_t failed;    /* queries, under any command */
    int is_unsteady;  /* the same query gave different answers */
};

#endif
