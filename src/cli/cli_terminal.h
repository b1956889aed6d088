/* Texts on a terminal: made harmless, and measured. Documents, queries and
 * names of files are other people's bytes: what could steer the terminal shows
 * as \x1b or \u202e, damaged UTF-8 as U+FFFD. */
#ifndef SRC_CLI_CLI_TERMINAL_H
#define SRC_CLI_CLI_TERMINAL_H

#include <stddef.h>
#include <stdint.h>

#include "src/cli/cli_text.h"

/* $COLUMNS, else the terminal's width, else 80; at least 20. */
size_t cli_terminal_width(int descriptor);

/* Adds one character. -> the columns that it takes. */
size_t cli_terminal_add_character(struct cli_text *out, uint32_t code);

/* Adds a text on one line: line ends and tabs become blanks. -> columns. */
size_t cli_terminal_add(struct cli_text *out, const char *bytes, size_t length);
size_t cli_terminal_add_string(struct cli_text *out, const char *string);

/* The same, but line ends and tabs show as \x0a, as other controls do: for what messages quote. */
void cli_terminal_add_quoted(struct cli_text *out, const char *bytes, size_t length);

/* A text on one line, but cut before it takes more than `most` columns, then ending in "…". -> columns. */
size_t cli_terminal_add_cut(struct cli_text *out, const char *bytes, size_t length, size_t most);

/* Adds a text of many lines: line ends and tabs stay. */
void cli_terminal_add_lines(struct cli_text *out, const char *bytes, size_t length);

/* The columns that a text takes. */
size_t cli_terminal_columns(const char *bytes, size_t length);

#endif
