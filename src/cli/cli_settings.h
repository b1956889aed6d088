/* The value of every option of every command, as the library wants them where
 * it has a name for them. */
#ifndef SRC_CLI_CLI_SETTINGS_H
#define SRC_CLI_CLI_SETTINGS_H

#include <stddef.h>
#include <stdint.h>

#include "include/trawl.h"

enum cli_format {
    CLI_FORMAT_UNSET,
    CLI_FORMAT_TEXT,
    CLI_FORMAT_JSON,
    CLI_FORMAT_TSV,
    CLI_FORMAT_IDS,
    CLI_FORMAT_TREC
};

enum cli_protocol { CLI_PROTOCOL_NONE, CLI_PROTOCOL_GAME, CLI_PROTOCOL_TIMED };

enum cli_shell { CLI_SHELL_NONE, CLI_SHELL_BASH, CLI_SHELL_ZSH, CLI_SHELL_FISH };

struct cli_names {
    const char **names;
    size_t count, capacity;
};

struct cli_bench_settings {
    struct cli_names commands;         /* none: the usual ones */
    uint64_t passes, warm_up;
    size_t limit, show;                /* of queries; of rows in lists. SIZE_MAX: all */
    unsigned threads;                  /* 0: throughput is not measured */
    int by_tag;
    const char *html, *compare;        /* names of files, or NULL */
};

struct cli_settings {
    const char *index; /* NULL: to be looked for */
    int color;         /* enum cli_color_mode */
    int help, version;

    struct trawl_writer_options writer;
    struct trawl_source_options source;

    struct trawl_search_options search; /* limit: SIZE_MAX is all */
    uint64_t timeout_ms;
    int format;           /* enum cli_format */
    int nul;              /* records end with NUL */
    const char *run_name;
    const char *batch;    /* a file, or "-" */
    int protocol;         /* enum cli_protocol */
    struct cli_names fields;

    const char *query;      /* of delete */
    const char *field;      /* of terms */
    size_t terms_limit;     /* SIZE_MAX: all */
    int sizes;              /* of stats */
    const char *language;   /* of analyze */
    struct cli_bench_settings bench;
    int man, completion;    /* of help; enum cli_shell */
};

void cli_settings_init(struct cli_settings *settings);
void cli_settings_release(struct cli_settings *settings);

#endif
