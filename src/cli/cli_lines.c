#include "src/cli/cli_lines.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "src/cli/cli_memory.h"

enum { READ_SIZE = 65536 };

void cli_lines_init(struct cli_lines *lines, int descriptor)
{
    *lines = (struct cli_lines){.descriptor = descriptor};
}

void cli_lines_release(struct cli_lines *lines)
{
    free(lines->bytes);
    *lines = (struct cli_lines){.descriptor = -1};
}

static int read_more(struct cli_lines *lines)
{
    if (lines->start) {
        memmove(lines->bytes, lines->bytes + lines->start, lines->end - lines->start);
        lines->end -= lines->start;
        lines->start = 0;
    }
    lines->bytes = cli_memory_grow(lines->bytes, &lines->capacity, lines->end + READ_SIZE, 1);
    ssize_t length;
    do
        length = read(lines->descriptor, lines->bytes + lines->end, READ_SIZE);
    while (length < 0 && errno == EINTR);
    if (length < 0)
        return -1;
    lines->end += (size_t)length;
    lines->is_at_end = length == 0;
    return 0;
}

static void hand_over(const char **line, size_t *length, struct cli_lines *lines, size_t end, size_t next)
{
    *line = lines->bytes + lines->start;
    *length = end - lines->start;
    if (*length && (*line)[*length - 1] == '\r')
        --*length;
    lines->start = next;
}

int cli_lines_next(const char **line, size_t *length, struct cli_lines *lines)
{
    size_t seen = 0; /* bytes of the line known to hold no line end */
    for (;;) {
        const size_t from = lines->start + seen;
        const char *end = lines->end > from ? memchr(lines->bytes + from, '\n', lines->end - from) : NULL;
        if (end) {
            const size_t at = (size_t)(end - lines->bytes);
            hand_over(line, length, lines, at, at + 1);
            return 0;
        }
        seen = lines->end - lines->start;
        if (lines->is_at_end)
            break;
        if (read_more(lines))
            return -1;
    }
    if (seen == 0)
        return 1;
    hand_over(line, length, lines, lines->end, lines->end);
    return 0;
}
