/* Options: rows that describe them, and the parser that reads a command line
 * by those rows into struct cli_settings.
 *
 *     --name value  --name=value  -n value  -nvalue  -abc  --
 *
 * Options may stand after operands. A word that starts with "-" is an option,
 * but "-" alone is an operand. */
#ifndef SRC_CLI_CLI_OPTIONS_H
#define SRC_CLI_CLI_OPTIONS_H

#include <stddef.h>

#include "src/cli/cli_settings.h"

enum cli_option_kind {
    CLI_OPTION_FLAG,   /* int = constant */
    CLI_OPTION_STRING, /* const char * */
    CLI_OPTION_NUMBER, /* size_t, unsigned or uint64_t: `least` .. `most` */
    CLI_OPTION_LIMIT,  /* size_t; "all" is SIZE_MAX */
    CLI_OPTION_BYTES,  /* uint64_t: 512M */
    CLI_OPTION_FLOAT,  /* float: `least` .. `most` */
    CLI_OPTION_CHOICE, /* int = constant + number of the word in `choices` */
    CLI_OPTION_NAMES   /* struct cli_names: a,b,c */
};

struct cli_option_row {
    char letter;         /* 0: none */
    const char *name;    /* without "--" */
    const char *value;   /* what it is called in the help; NULL: a flag */
    const char *help;    /* a sentence without a full stop */
    enum cli_option_kind kind;
    size_t offset, size; /* of the member of struct cli_settings */
    int constant;
    double least, most;
    const char *const *choices; /* NULL after the last */
};

/* Rows end with one whose name is NULL. */

/* What of the command line is not an option; points into argv. */
struct cli_operands {
    char **words;
    size_t count;
};

/* Reads argv[first..] by `rows`. With stop_at_operand it stops before the
 * first operand. -> the number of the word where it stopped, or -1 after a
 * message (an unknown option, a bad value). operands->words must have room for
 * all words. `usage` tells how to put an operand that starts with "-". */
int cli_options_parse(struct cli_settings *settings, struct cli_operands *operands, const struct cli_option_row *rows,
                      int argc, char **argv, int first, int stop_at_operand, const char *usage);

#endif
