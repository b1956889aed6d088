#include "src/cli/cli_color.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int is_wanted(enum cli_color_mode mode, int descriptor)
{
    if (mode != CLI_COLOR_AUTO)
        return mode == CLI_COLOR_ALWAYS;
    const char *no_color = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    return !(no_color && *no_color) && terminal && strcmp(terminal, "dumb") && isatty(descriptor);
}

struct cli_colors cli_colors_for(enum cli_color_mode mode, int descriptor)
{
    if (!is_wanted(mode, descriptor))
        return (struct cli_colors){"", "", "", "", "", "", ""};
    return (struct cli_colors){
        .title = "\033[1m",
        .id = "\033[35m",
        .score = "\033[2m",
        .match = "\033[1;31m",
        .error = "\033[1;31m",
        .warning = "\033[1;33m",
        .off = "\033[0m",
    };
}
