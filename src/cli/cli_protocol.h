/* The two line protocols that compare engines. A line is COMMAND, tab, QUERY,
 * with COMMAND one of COUNT, TOP_n, TOP_n_COUNT; each gets one line:
 *
 *   game    the count, or 1 for TOP_n
 *   timed   count or "-", tab, nanoseconds, tab, number of hits, tab,
 *           "id:score id:score ..." of at most ten ($HITS) hits
 *
 * and UNSUPPORTED for what is no such line or cannot be answered. */
#ifndef SRC_CLI_CLI_PROTOCOL_H
#define SRC_CLI_CLI_PROTOCOL_H

#include "src/cli/cli_query.h"
#include "src/cli/cli_text.h"

struct cli_protocol_command {
    size_t limit; /* of TOP_n; 0 for COUNT */
    int counts;
};

/* -> 0, or -1: no such command. */
int cli_protocol_parse(struct cli_protocol_command *command, const char *word, size_t length);

/* Runs the query by the command, without what is only for people to read. */
void cli_protocol_ask(struct cli_answer *answer, const struct cli_protocol_command *command,
                      const struct cli_reader *reader, const struct cli_settings *settings, const char *query,
                      size_t length);

/* Adds the answer to one line. */
void cli_protocol_answer(struct cli_text *out, const struct cli_reader *reader, const struct cli_settings *settings,
                         const char *line, size_t length);

#endif
