/* The times of a run put together: a group for each command and type of query
 * (or tag, with --by-tag), in the order in which types come up in the file, and behind
 * them one for all queries of the command. */
#ifndef SRC_CLI_BENCH_GROUPS_H
#define SRC_CLI_BENCH_GROUPS_H

#include "src/cli/bench.h"

struct bench_group {
    size_t command;
    const char *type;   /* "all": every query of the command */
    int is_all;
    uint64_t *ns;       /* ascending */
    size_t count;       /* of queries that did not fail */
    double mean;        /* microseconds */
};

struct bench_groups {
    struct bench_group *list;
    size_t count, capacity;
};

void bench_groups_init(struct bench_groups *groups, const struct bench *bench);
void bench_groups_release(struct bench_groups *groups);

/* Microseconds that this share of the queries does not exceed; 1: the slowest. */
double bench_groups_quantile(const struct bench_group *group, double share);

/* Queries a second, one after another. */
double bench_groups_rate(const struct bench_group *group);

int bench_groups_has_type(const struct bench_query *query, const char *type, int by_tag);

/* The queries of a command from the slowest to the fastest; those that failed
 * are left out. *count of them, to be freed. */
size_t *bench_groups_slowest(size_t *count, const struct bench *bench, size_t command);

#endif
