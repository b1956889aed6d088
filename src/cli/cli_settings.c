#include "src/cli/cli_settings.h"

#include <stdlib.h>

void cli_settings_init(struct cli_settings *settings)
{
    *settings = (struct cli_settings){
        .writer = TRAWL_WRITER_OPTIONS_INIT,
        .source = TRAWL_SOURCE_OPTIONS_INIT,
        .search = TRAWL_SEARCH_OPTIONS_INIT,
        .run_name = "trawl",
        .terms_limit = SIZE_MAX,
        .bench = {.passes = 5, .warm_up = 1, .limit = SIZE_MAX, .show = 20},
    };
}

void cli_settings_release(struct cli_settings *settings)
{
    free(settings->fields.names);
    free(settings->bench.commands.names);
}
