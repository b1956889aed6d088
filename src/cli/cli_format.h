/* How answers are printed: one function per format adds a whole answer to a
 * text. Each is told by the layout what the command line and the terminal want. */
#ifndef SRC_CLI_CLI_FORMAT_H
#define SRC_CLI_CLI_FORMAT_H

#include <stddef.h>

#include "src/cli/cli_color.h"
#include "src/cli/cli_query.h"
#include "src/cli/cli_text.h"

struct cli_layout {
    const struct cli_settings *settings;
    struct cli_colors colors;
    size_t width;    /* columns */
    int is_terminal; /* 1: what could steer one must not come through */
    const char *query_id; /* of trec; any bytes but NUL */
};

void cli_layout_init(struct cli_layout *layout, const struct cli_settings *settings);

/* -> 0; or an error of the library, noted in the answer, when stored text
 * cannot be read. An answer with an error prints nothing, but in JSON the error. */
int cli_format_add(struct cli_text *out, struct cli_answer *answer, const struct cli_layout *layout);

int cli_format_text(struct cli_text *out, struct cli_answer *answer, const struct cli_layout *layout);
int cli_format_json(struct cli_text *out, struct cli_answer *answer, const struct cli_layout *layout);
int cli_format_tsv(struct cli_text *out, struct cli_answer *answer, const struct cli_layout *layout);
int cli_format_ids(struct cli_text *out, struct cli_answer *answer, const struct cli_layout *layout);
int cli_format_trec(struct cli_text *out, struct cli_answer *answer, const struct cli_layout *layout);

/* A query's error as one line of JSON:
 *     {"trawl":1,"query":"...","error":{"code":"query","message":"..."},"diagnostics":[...]} */
void cli_format_json_error(struct cli_text *out, const struct cli_answer *answer);

#endif
