#include "src/cli/cli_reader.h"

#include "src/cli/cli_complain.h"
#include "src/cli/cli_discover.h"

int cli_reader_open(struct cli_reader *reader, const struct cli_settings *settings)
{
    *reader = (struct cli_reader){NULL, NULL};
    struct cli_text path = {0};
    int status = cli_discover_or_complain(&path, settings);
    if (status == 0) {
        struct trawl_error error = {0};
        if (trawl_snapshot_open(&reader->snapshot, cli_text_string(&path), &error) ||
            trawl_searcher_new(&reader->searcher, reader->snapshot, &error)) {
            cli_reader_close(reader);
            status = cli_complain_open(&error);
        }
    }
    cli_text_release(&path);
    return status;
}

int cli_reader_refresh(struct cli_reader *reader, struct trawl_error *error)
{
    trawl_snapshot *newer = NULL;
    int status = trawl_snapshot_refresh(&newer, reader->snapshot, error);
    if (status || !newer)
        return status;
    struct cli_reader next = {newer, NULL};
    status = trawl_searcher_new(&next.searcher, newer, error);
    if (status) {
        trawl_snapshot_release(newer);
        return status;
    }
    cli_reader_close(reader);
    *reader = next;
    return 0;
}

void cli_reader_close(struct cli_reader *reader)
{
    trawl_searcher_free(reader->searcher);
    if (reader->snapshot)
        trawl_snapshot_release(reader->snapshot);
    *reader = (struct cli_reader){NULL, NULL};
}
