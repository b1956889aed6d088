/* Fills lines with words: a text is cut at blanks to lines of a given width,
 * each indented; a word longer than a line is cut anywhere, and wide (East
 * Asian) characters may be parted. Marked characters are put between two
 * strings (colours), which never stretch over a line's end. */
#ifndef SRC_CLI_CLI_WRAP_H
#define SRC_CLI_CLI_WRAP_H

#include <stddef.h>

#include "src/cli/cli_text.h"

struct cli_wrap {
    struct cli_text *out;
    size_t width, indent;
    const char *mark_on, *mark_off;
    size_t column;        /* where the line in `out` ends; 0: not begun */
    struct cli_text word; /* not yet in `out` */
    size_t word_columns;
    int word_is_marked;   /* the word's end so far */
    int blank_before;     /* a blank parts the word from what stands before it */
};

/* `column` is where the caller's own text on the first line ends (0: nothing
 * yet). The strings may be NULL. */
void cli_wrap_start(struct cli_wrap *wrap, struct cli_text *out, size_t width, size_t indent, size_t column);

/* A run of text, marked or not. */
void cli_wrap_add(struct cli_wrap *wrap, const char *bytes, size_t length, int is_marked);
void cli_wrap_add_string(struct cli_wrap *wrap, const char *string);

/* Puts out the last word and a line end, and releases what `wrap` holds. */
void cli_wrap_end(struct cli_wrap *wrap);

#endif
