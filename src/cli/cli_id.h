/* Ids on the command line. The id of a file is its path, less "./" and doubled
 * slashes; people may type it the way the shell completes it. */
#ifndef SRC_CLI_CLI_ID_H
#define SRC_CLI_CLI_ID_H

#include "src/cli/cli_text.h"

/* `id` as a path is cleaned when it becomes an id: "./a//b" gives "a/b". -> 1
 * when that is another id, to be tried when there is no document `id`. */
int cli_id_clean(struct cli_text *out, const char *id);

#endif
