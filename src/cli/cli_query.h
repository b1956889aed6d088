/* A query, asked of an opened index by the options of the command line, and
 * what came of it. */
#ifndef SRC_CLI_CLI_QUERY_H
#define SRC_CLI_CLI_QUERY_H

#include <stddef.h>

#include "src/cli/cli_reader.h"

struct cli_answer {
    const char *query; /* the caller's */
    size_t length;
    trawl_results *results; /* NULL after most errors */
    uint64_t count;         /* of cli_query_count */
    int status;             /* 0, or the library's error */
    struct trawl_error error;
};

/* The library's options; of the snapshot comes what `--limit all` is. */
void cli_query_options(struct trawl_search_options *options, const struct cli_settings *settings,
                       trawl_snapshot *snapshot);

void cli_query_search(struct cli_answer *answer, const struct cli_reader *reader, const struct cli_settings *settings,
                      const char *query, size_t length);
void cli_query_count(struct cli_answer *answer, const struct cli_reader *reader, const struct cli_settings *settings,
                     const char *query, size_t length);
void cli_query_release(struct cli_answer *answer);

/* Prints diagnostics and the error to standard error. */
void cli_query_complain(const struct cli_answer *answer);

/* The exit status that the answer stands for: found, nothing, error. */
int cli_query_status(const struct cli_answer *answer);

#endif
