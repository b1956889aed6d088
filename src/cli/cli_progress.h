/* The progress bar: one line on standard error, when that is a terminal:
 *
 *     12,345 documents  85.3 MB/s  [########............]  43 %  0:12 left */
#ifndef SRC_CLI_CLI_PROGRESS_H
#define SRC_CLI_CLI_PROGRESS_H

#include <stddef.h>
#include <stdint.h>

#include "include/trawl.h"
#include "src/cli/cli_text.h"

struct cli_progress {
    int is_wanted, is_drawn;
    uint64_t start_ns;
};

void cli_progress_start(struct cli_progress *progress);
void cli_progress_draw(struct cli_progress *progress, const struct trawl_progress *state);
void cli_progress_erase(struct cli_progress *progress); /* nothing of it stays on the screen */

/* The line itself, at most `width` columns, `seconds` after the start. */
void cli_progress_line(struct cli_text *out, const struct trawl_progress *state, double seconds, size_t width);

#endif
