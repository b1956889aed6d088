/* Lines of any length from a descriptor, each handed over as soon as it is
 * whole: the writer at the other end may wait for an answer before it goes on. */
#ifndef SRC_CLI_CLI_LINES_H
#define SRC_CLI_CLI_LINES_H

#include <stddef.h>

struct cli_lines {
    int descriptor;
    char *bytes;
    size_t start, end, capacity; /* read but not handed over: [start, end) */
    int is_at_end;
};

void cli_lines_init(struct cli_lines *lines, int descriptor);
void cli_lines_release(struct cli_lines *lines); /* the descriptor stays open */

/* The next line without its line end (LF or CRLF), valid until the next call;
 * the last needs none. It may hold NUL bytes. -> 0, 1 at the end, -1 with errno set. */
int cli_lines_next(const char **line, size_t *length, struct cli_lines *lines);

#endif
