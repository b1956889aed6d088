/* A run beside an earlier one, which `trawl bench --json` printed: how the time
 * of each query changed, and whose answers are others. A ratio is the time now
 * by the time then: above 1 is slower. */
#ifndef SRC_CLI_BENCH_COMPARE_H
#define SRC_CLI_BENCH_COMPARE_H

#include "src/cli/bench.h"
#include "src/cli/bench_groups.h"

struct bench_change {
    size_t command, query;
    double before, now, ratio; /* microseconds */
};

struct bench_difference {
    size_t command, query;
    char what[96]; /* "count 12, was 13" */
};

/* The geometric mean over a group. */
struct bench_ratio {
    size_t command;
    const char *type;
    size_t count;
    double ratio;
};

struct bench_compare {
    const char *file;
    struct bench_change *changes; /* worst first */
    size_t change_count, change_capacity;
    struct bench_difference *differences;
    size_t difference_count, difference_capacity;
    struct bench_ratio *ratios;   /* by group, those that have any */
    size_t ratio_count, ratio_capacity;
    size_t only_now;              /* that the earlier run does not have */
};

/* -> 0, or CLI_EXIT_ERROR after a message: no such file, or another shape.
 * What makes the two unlike (settings, documents) is warned of. */
int bench_compare_init(struct bench_compare *compare, const struct bench *bench, const struct bench_groups *groups,
                       const char *file);
void bench_compare_release(struct bench_compare *compare);

/* Is the file one to compare with? To be asked before the queries are run. -> as above */
int bench_compare_check(const char *file);

#endif
