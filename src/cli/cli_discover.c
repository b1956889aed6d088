#include "src/cli/cli_discover.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "src/cli/cli_complain.h"

enum { PARENTS_MOST = 1024 };

/* A folder without a manifest is what a killed run or something else left. */
static int is_index(struct cli_text *path)
{
    struct stat about;
    const size_t length = path->length;
    cli_text_add_string(path, "/manifest");
    const int is_there = stat(cli_text_string(path), &about) == 0;
    path->length = length;
    path->bytes[length] = '\0';
    return is_there;
}

/* Is `folder` the same as its parent: the root? */
static int is_top(struct cli_text *folder)
{
    struct stat here, above;
    const size_t length = folder->length;
    const int status = stat(length ? cli_text_string(folder) : ".", &here);
    cli_text_add_string(folder, "../");
    const int is_same = status || stat(cli_text_string(folder), &above) ||
                        (here.st_dev == above.st_dev && here.st_ino == above.st_ino);
    folder->length = length;
    folder->bytes[length] = '\0';
    return is_same;
}

static int search_upwards(struct cli_text *path)
{
    struct cli_text folder = {0}; /* "", "../", "../../", ... */
    int found = 0;
    for (int i = 0; i < PARENTS_MOST && !found; i++) {
        cli_text_clear(path);
        cli_text_printf(path, "%s.trawl", cli_text_string(&folder));
        found = is_index(path);
        if (!found && is_top(&folder))
            break;
        cli_text_add_string(&folder, "../");
    }
    cli_text_release(&folder);
    return found ? 0 : 1;
}

int cli_discover(struct cli_text *path, const struct cli_settings *settings)
{
    const char *named = settings->index ? settings->index : getenv("TRAWL_INDEX");
    if (!named || (!*named && !settings->index))
        return search_upwards(path);
    cli_text_clear(path);
    cli_text_add_string(path, named);
    return 0;
}

int cli_discover_or_complain(struct cli_text *path, const struct cli_settings *settings)
{
    if (cli_discover(path, settings) == 0)
        return 0;
    cli_complain("there is no index .trawl here or in a parent folder");
    cli_complain_note("  `trawl index PATH...` makes one; -i DIR or $TRAWL_INDEX names one elsewhere");
    return CLI_EXIT_ERROR;
}
