/* Colours of the text form. All strings are "" where there is to be none. */
#ifndef SRC_CLI_CLI_COLOR_H
#define SRC_CLI_CLI_COLOR_H

enum cli_color_mode { CLI_COLOR_AUTO, CLI_COLOR_ALWAYS, CLI_COLOR_NEVER };

struct cli_colors {
    const char *title, *id, *score, *match, *error, *warning, *off;
};

/* AUTO: when `descriptor` is a terminal that is not dumb, and $NO_COLOR is unset or empty. */
struct cli_colors cli_colors_for(enum cli_color_mode mode, int descriptor);

#endif
