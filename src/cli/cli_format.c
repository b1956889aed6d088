#include "src/cli/cli_format.h"

#include <unistd.h>

#include "src/cli/cli_output.h"
#include "src/cli/cli_terminal.h"

void cli_layout_init(struct cli_layout *layout, const struct cli_settings *settings)
{
    *layout = (struct cli_layout){
        .settings = settings,
        .colors = cli_colors_for((enum cli_color_mode)settings->color, STDOUT_FILENO),
        .width = cli_terminal_width(STDOUT_FILENO),
        .is_terminal = cli_output_is_terminal(),
        .query_id = "1",
    };
}

int cli_format_add(struct cli_text *out, struct cli_answer *answer, const struct cli_layout *layout)
{
    static int (*const formats[])(struct cli_text *, struct cli_answer *, const struct cli_layout *) = {
        [CLI_FORMAT_UNSET] = cli_format_text, [CLI_FORMAT_TEXT] = cli_format_text, [CLI_FORMAT_JSON] = cli_format_json,
        [CLI_FORMAT_TSV] = cli_format_tsv,    [CLI_FORMAT_IDS] = cli_format_ids,   [CLI_FORMAT_TREC] = cli_format_trec,
    };
    const int format = layout->settings->format;
    if (answer->status && format != CLI_FORMAT_JSON)
        return 0;
    return formats[format](out, answer, layout);
}
