/* The queries of `trawl bench`, from a file of lines. A line that begins with
 * a brace is an object of JSON,
 *
 *     {"query": "griffith observatory", "tags": ["union", "union:2"]}
 *
 * in which "type" or the first tag names the kind of query; any other line is
 * a query as it stands, whose kind is told from how it was understood
 * (bench_kind.h). Empty lines are left out. */
#ifndef SRC_CLI_BENCH_QUERIES_H
#define SRC_CLI_BENCH_QUERIES_H

#include <stddef.h>
#include <stdint.h>

struct bench_query {
    char *text;
    size_t length;
    uint64_t line;     /* in the file, from 1 */
    const char *type;  /* NULL: not told yet */
    char **tags;       /* the type is the first of them, when the file names one */
    size_t tag_count, tag_capacity;
};

struct bench_queries {
    struct bench_query *list;
    size_t count, capacity;
};

/* Reads at most `limit` queries of the file (`-`: standard input). -> 0, or
 * CLI_EXIT_ERROR after a message: it cannot be read, a line is broken, it has none. */
int bench_queries_read(struct bench_queries *queries, const char *name, size_t limit);
void bench_queries_release(struct bench_queries *queries);

#endif
